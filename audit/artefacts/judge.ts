import type { Between, StatusLetter } from '../../core/cell.ts'
import type { Language } from '../../core/edition.ts'
import type { Artefact } from './artefact.ts'
import type { ArtefactFinding, FindingCode } from './finding.ts'
import type { Facts, KnownSeries } from './facts.ts'
import { classIndex } from '../../core/classify.ts'
import { cellId } from '../../core/release.ts'
import { betweenAt, isSamePair } from './between.ts'
import { assessmentWords, printedText, seriesKey, unitOf } from './facts.ts'
import { copyText, decodePercent, hasDigit, wordsWithDigits } from './number-text.ts'

/** What an artefact says about one cell. Everything but the names is optional: an artefact claims what it shows. */
export interface Claim {
  readonly level: string
  readonly area: string
  readonly indicator: string
  readonly period: string
  /** The kind of place, `html table`, `map`, `csv`; suppressed cells must all look alike in it. */
  readonly sink: string
  /** A number for programs; null says that there is none. */
  readonly value?: number | null
  /** As people read it: number with or without its unit, or a sign. */
  readonly text?: string
  /** Of `text`. */
  readonly language?: Language
  /** Whether `text` has all digits or those of the indicator, which is the default. */
  readonly digits?: 'shown' | 'all'
  readonly status?: StatusLetter
  /** Index of the class in `breaks`; null says that there is none. */
  readonly classIndex?: number | null
  readonly breaks?: readonly number[]
  /** The colour and what it must be for a class. */
  readonly colour?: string | null
  readonly colours?: readonly string[]
  /** Why there is no value, or what to think of it; never there for a suppressed cell. */
  readonly reason?: string | null
  /** What a suppressed value lies between; null says nothing of it, and is right only where the edition does not either. */
  readonly between?: Between | null
  /** Whatever else is said about the cell, without names: equal for all suppressed cells of a sink. */
  readonly look?: string
}

/** How often a look was seen, and where first. */
export interface Look { readonly count: number, readonly path: string, readonly cell: string }

/** Takes what parsers read and keeps what is wrong with it. */
export interface Judge {
  readonly facts: Facts
  readonly findings: ArtefactFinding[]
  /** All findings, also those beyond the limit of the list. */
  findingCount: number
  claims: number
  /** Path of the artefact that is read, and the words with digits in it: an answer may repeat what it was asked. A profile may say what the town says about its area. */
  path: string
  asked: ReadonlySet<string>
  /** What stands in front of paths that are written out. */
  publicUrl: string
  /** The path that a link in it means. */
  toPath: (href: string) => string
  /** By sink: how suppressed cells look. More than one look tells them apart. */
  readonly looks: Map<string, Map<string, Look>>
  /** Texts that the edition explains by itself; pages repeat most of what they say. */
  readonly explained: Map<string, boolean>
}

/** So many findings tell what is wrong; the rest is counted. */
const findingLimit = 500
const explainedLimit = 100_000

export function makeJudge (facts: Facts): Judge {
  return { facts, findings: [], findingCount: 0, claims: 0, path: '', asked: new Set(), publicUrl: '', toPath: isPath, looks: new Map(), explained: new Map() }
}

function isPath (href: string): string {
  return href
}

/** From now on everything is said about this artefact. */
export function openArtefact (judge: Judge, { path, publicUrl = '', toPath = isPath }: Pick<Artefact, 'path' | 'publicUrl' | 'toPath'>): void {
  judge.publicUrl = publicUrl
  judge.toPath = toPath
  judge.path = path
  judge.asked = new Set([...wordsWithDigits(decodePercent(path)), ...assessmentWords(judge.facts, path)])
}

export function report (judge: Judge, step: ArtefactFinding['step'], code: FindingCode, found: string, cell: string | null = null): void {
  judge.findingCount++
  if (judge.findings.length < findingLimit) {
    judge.findings.push({ step, code, path: judge.path, cell, found: found.length > 160 ? `${found.slice(0, 160)} …` : found })
  }
}

/** Holds a claim against the edition. */
export function judgeClaim (judge: Judge, claim: Claim): void {
  judge.claims++
  const known = judge.facts.series.get(seriesKey(claim.level, claim.indicator))
  const row = known?.rows.get(claim.period)
  const column = known?.columns.get(claim.area)
  const id = cellId(claim.level, claim.area, claim.indicator, claim.period)
  if (!known || row === undefined || column === undefined) {
    if (saysNumber(claim) || claim.classIndex != null || claim.between != null) report(judge, 'A1', 'unknown-cell', describe(claim), id)
    return
  }
  const status = known.series.statuses[row]![column]!
  if (claim.status !== undefined && claim.status !== status) report(judge, 'A1', 'other-status', `${claim.status} ≠ ${status}`, id)
  const between = betweenAt(known, row, column)
  if (claim.between !== undefined && !isSamePair(claim.between, between)) {
    report(judge, 'A1', 'other-between', `${claim.between?.join(' to ') ?? 'none'} ≠ ${between?.join(' to ') ?? 'none'}`, id)
  }
  if (status === 'o') judgeObserved(judge, claim, known, row, column, id)
  else judgeUnprinted(judge, claim, status, id)
}

function judgeObserved (judge: Judge, claim: Claim, known: KnownSeries, row: number, column: number, id: string): void {
  const value = known.series.values[row]![column]!
  const isRight = isRightValue(claim, value) && isRightText(claim, value, known)
  if (!isRight) report(judge, 'A1', 'other-value', `${describe(claim)} ≠ ${value}`, id)
  else if (saysNumber(claim) || claim.text !== undefined) known.seen[row * known.level.areas.length + column] = 1
  if (claim.classIndex === undefined || !claim.breaks) return
  const place = classIndex(value, claim.breaks)
  const colour = place === -1 ? null : claim.colours?.[place]
  const isRightClass = (claim.classIndex ?? -1) === place
  const isRightColour = claim.colour === undefined || claim.colours === undefined || claim.colour === colour
  if (!isRightClass || !isRightColour) report(judge, 'A2', 'other-class', `${claim.classIndex} ${claim.colour ?? ''} ≠ ${place} ${colour ?? ''}`, id)
}

/** Nothing a number could follow from; and a suppressed cell looks like every other. */
function judgeUnprinted (judge: Judge, claim: Claim, status: 's' | 'm', id: string): void {
  if (saysNumber(claim) || claim.classIndex != null || claim.colour != null) {
    report(judge, 'A1', status === 's' ? 'number-for-suppressed' : 'number-for-missing', describe(claim), id)
    return
  }
  if (status === 's' && claim.reason != null) report(judge, 'A3', 'reason-for-suppressed', claim.reason, id)
  if (status === 'm' || claim.look === undefined) return
  const look = `${claim.text ?? ''}|${claim.look}`
  const sink = claim.language === undefined ? claim.sink : `${claim.sink} ${claim.language}`
  if (hasDigit(claim.look)) report(judge, 'A1', 'number-for-suppressed', claim.look, id)
  addLook(judge, sink, look, { count: 1, path: judge.path, cell: id })
}

function addLook ({ looks }: Judge, sink: string, look: string, { count, path, cell }: Look): void {
  const known = looks.get(sink) ?? new Map<string, Look>()
  looks.set(sink, known)
  const before = known.get(look)
  known.set(look, before ? { ...before, count: before.count + count } : { count, path, cell })
}

/** Adds the looks that another process saw. */
export function mergeLooks (judge: Judge, looks: Judge['looks']): void {
  for (const [sink, known] of looks) for (const [look, seen] of known) addLook(judge, sink, look, seen)
}

/** One sign for all: whatever looks otherwise than most of its sink is a finding. */
export function judgeLooks (judge: Judge): void {
  for (const [sink, known] of judge.looks) {
    const [usual, ...others] = [...known].toSorted(([, a], [, b]) => b.count - a.count)
    for (const [look, { path, cell, count }] of others) {
      judge.path = path
      report(judge, 'A3', 'second-sign', `${sink}, ${count} times: ${look} ≠ ${usual![0]}`, cell)
    }
  }
}

function saysNumber ({ value, text }: Claim): boolean {
  return (value !== undefined && value !== null) || (text !== undefined && hasDigit(text))
}

function isRightValue (claim: Claim, value: number): boolean {
  return claim.value === undefined || claim.value === value
}

function isRightText ({ text, language, digits = 'shown' }: Claim, value: number, { indicator }: KnownSeries): boolean {
  if (text === undefined || language === undefined) return true
  const unit = unitOf(indicator, language)
  const bare = unit !== '' && text.includes(unit) ? text.replace(unit, '') : text
  const words = wordsWithDigits(bare)
  if (words.length === 0) return value === 0
  if (words.length > 1) return false
  const expected = digits === 'all' ? String(value).replace('.', language === 'de' ? ',' : '.') : printedText(value, indicator, language)
  const isBelowZero = /^[^\d]*[-\u2212]/.test(bare)
  return words[0] === wordsWithDigits(expected)[0] && isBelowZero === /^[-\u2212]/.test(expected)
}

function describe ({ value, text, classIndex, colour, between, look }: Claim): string {
  return [value, text, classIndex == null ? null : `class ${classIndex}`, colour, between?.join(' to '), look].filter(part => part !== undefined && part !== null && part !== '').join(' ')
}

/** Reports words with digits that neither the edition's texts nor `allowed` explain. */
export function judgeText (judge: Judge, text: string, allowed: ReadonlySet<string> | null, code: FindingCode = 'unexplained-number'): void {
  if (isExplained(judge, text)) return
  for (const word of wordsWithDigits(withoutHost(judge, text))) {
    if (!judge.facts.words.has(word) && !allowed?.has(word) && !judge.asked.has(word)) {
      report(judge, 'A1', code, `${word} in "${text}"`)
      return
    }
  }
}

function isExplained (judge: Judge, text: string): boolean {
  const known = judge.explained.get(text)
  if (known !== undefined) return known
  const isKnown = wordsWithDigits(withoutHost(judge, text)).every(word => judge.facts.words.has(word))
  if (judge.explained.size < explainedLimit) judge.explained.set(copyText(text), isKnown)
  return isKnown
}

/** Where the atlas lives is no figure: `http://127.0.0.1:8080/town/…`. */
function withoutHost ({ publicUrl }: Judge, address: string): string {
  const text = publicUrl === '' ? address : address.replaceAll(`${publicUrl}/`, '/')
  return text.includes('://') ? text.replaceAll(/https?:\/\/[\w.:[\]-]+(?=[/\s]|$)/g, '') : text
}
