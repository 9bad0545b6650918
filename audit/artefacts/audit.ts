import type { Edition } from '../../core/edition.ts'
import type { Artefact, ArtefactFormat } from './artefact.ts'
import type { Address } from './address.ts'
import type { SecretCells } from './canary.ts'
import type { ArtefactFinding } from './finding.ts'
import type { Judge } from './judge.ts'
import { createHash } from 'node:crypto'
import { cellId } from '../../core/release.ts'
import { addressOf } from './address.ts'
import { formatOf } from './artefact.ts'
import { makeCanary, searchArtefact } from './canary.ts'
import { judgeClosure } from './closure.ts'
import { judgeCsv } from './csv.ts'
import { judgePicture } from './drawing.ts'
import { makeFacts, viewFacts } from './facts.ts'
import { judgeJson } from './json.ts'
import { judgeLooks, makeJudge, mergeLooks, openArtefact, report } from './judge.ts'
import { parseMarkup } from './markup.ts'
import { isInternal, judgeNoticeLines, judgePublicBytes } from './notice.ts'
import { judgeOffice } from './office.ts'
import { judgePage } from './page.ts'
import { readPdfLines } from './pdf.ts'
import { judgeRows } from './rows.ts'
import { judgeTile } from './tile.ts'

export interface ArtefactOptions {
  /** True values of unprinted cells; with them every byte is searched for them. */
  readonly secrets?: SecretCells
  /** Whether the artefacts are all of the edition, so that every printed cell must have been seen. Defaults to true. */
  readonly isComplete?: boolean
}

export interface FormatCount { readonly artefacts: number, readonly bytes: number, readonly claims: number }

/** What an audit of finished bytes found. Plain data; as secret as the vault because of `findings`. */
export interface ArtefactVerdict {
  readonly edition: string
  readonly formats: Readonly<Partial<Record<ArtefactFormat, FormatCount>>>
  /** The first 500. The bytes may be published where there is none. */
  readonly findings: readonly ArtefactFinding[]
  readonly findingCount: number
  /** Cells of the edition: printed, of these read in some artefact, and suppressed. */
  readonly cells: { readonly printed: number, readonly seen: number, readonly suppressed: number }
  /** Printed quotients whose counts are no indicators of the edition, so that nobody could recompute them. */
  readonly withoutOperands: number
  /** Secrets that were searched for, and those that equal something printed or are too short; null without secrets. */
  readonly canaries: { readonly searched: number, readonly unsearchable: number } | null
  /** SHA-256 over the lines `SHA-256 of the bytes, two spaces, path`, in code-unit order of the paths. */
  readonly hash: string
  /** Which cells were read; see `printedCells`. */
  readonly seen: readonly SeenSeries[]
}

/** Cells of a series that were read in the bytes. */
export interface SeenSeries {
  readonly level: string
  readonly indicator: string
  readonly periods: readonly string[]
  readonly areas: readonly string[]
  /** 1 where the value was read; period after period, in each one per area. */
  readonly cells: Uint8Array
}

/** What one process read; plain data that goes from a child to its parent. */
export interface Reading {
  readonly findings: readonly ArtefactFinding[]
  readonly findingCount: number
  readonly formats: Readonly<Partial<Record<ArtefactFormat, FormatCount>>>
  /** By path. */
  readonly digests: ReadonlyArray<readonly [path: string, sha256: string]>
  readonly looks: Judge['looks']
  /** By `level/indicator`. */
  readonly seen: ReadonlyMap<string, Uint8Array>
  readonly tiled: ReadonlyMap<string, Uint8Array>
  readonly canaries: ArtefactVerdict['canaries']
}

/**
 * Holds finished bytes against the edition they were made of: every number is that of its cell, derived things follow
 * from printed ones, suppressed cells look alike and say nothing (confidentiality reference §4.8, A1 to A3).
 */
export async function auditArtefacts (edition: Edition, artefacts: AsyncIterable<Artefact> | Iterable<Artefact>, options: ArtefactOptions = {}): Promise<ArtefactVerdict> {
  return concludeReadings(edition, [await readArtefacts(edition, artefacts, options)], options)
}

/** The part of an audit that can be shared out: each process reads some of the artefacts. */
export async function readArtefacts (edition: Edition, artefacts: AsyncIterable<Artefact> | Iterable<Artefact>, { secrets }: ArtefactOptions = {}): Promise<Reading> {
  const facts = makeFacts(edition)
  const judge = makeJudge(facts)
  const canary = secrets === undefined ? null : makeCanary(secrets, facts)
  const formats: Partial<Record<ArtefactFormat, FormatCount>> = {}
  const digests: Array<[string, string]> = []
  for await (const artefact of artefacts) {
    const format = formatOf(artefact)
    const before = judge.claims
    openArtefact(judge, artefact)
    judgeArtefact(judge, artefact, format)
    if (canary) searchArtefact(judge, canary, format, artefact.bytes)
    const count = formats[format] ?? { artefacts: 0, bytes: 0, claims: 0 }
    formats[format] = { artefacts: count.artefacts + 1, bytes: count.bytes + artefact.bytes.length, claims: count.claims + judge.claims - before }
    digests.push([artefact.path, createHash('sha256').update(artefact.bytes).digest('hex')])
  }
  return {
    findings: judge.findings,
    findingCount: judge.findingCount,
    formats,
    digests,
    looks: judge.looks,
    seen: new Map([...facts.series].map(([key, { seen }]) => [key, seen])),
    tiled: new Map([...facts.series].map(([key, { tiled }]) => [key, tiled])),
    canaries: canary && { searched: secrets!.size - canary.unsearchable, unsearchable: canary.unsearchable },
  }
}

function judgeArtefact (judge: Judge, { bytes }: Artefact, format: ArtefactFormat): void {
  if (format === 'asset') return
  const address = addressOf(judge.path, judge.facts)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = () => buffer.toString('utf8')
  if (!isInternal(judge)) judgePublicBytes(judge, buffer)
  switch (format) {
    case 'html': return judgePage(judge, parseMarkup(text()).root, address)
    case 'json': return judgeJson(judge, text(), address)
    case 'csv': return judgeCsv(judge, text(), address)
    case 'mvt': return judgeTile(judge, bytes, address)
    case 'svg':
      if (address.kind === 'view') return judgePicture(judge, parseMarkup(text()).root, viewFacts(judge.facts, address.known, address.row, address.language, address.view.classes))
      return report(judge, 'A1', 'unreadable', 'a picture that the audit does not know')
    case 'sheet':
    case 'text-document': return judgeOffice(judge, bytes, address)
    case 'pdf': return judgePdf(judge, readPdfLines(bytes), address)
    case 'unreadable': return report(judge, 'A1', 'unreadable', '')
  }
}

function judgePdf (judge: Judge, lines: readonly string[], address: Address): void {
  if ('language' in address) judgeNoticeLines(judge, lines, address.language)
  judgeRows(judge, lines.map(line => [line]), address)
}

/** Puts the parts together, and adds what only the whole can tell: closure, looks, coverage, hash. */
export function concludeReadings (edition: Edition, readings: readonly Reading[], { isComplete = true }: ArtefactOptions = {}): ArtefactVerdict {
  const facts = makeFacts(edition)
  const judge = makeJudge(facts)
  const formats: Partial<Record<ArtefactFormat, FormatCount>> = {}
  for (const reading of readings) {
    judge.findings.push(...reading.findings)
    judge.findingCount += reading.findingCount
    mergeLooks(judge, reading.looks)
    for (const [format, { artefacts, bytes, claims }] of Object.entries(reading.formats) as Array<[ArtefactFormat, FormatCount]>) {
      const before = formats[format] ?? { artefacts: 0, bytes: 0, claims: 0 }
      formats[format] = { artefacts: before.artefacts + artefacts, bytes: before.bytes + bytes, claims: before.claims + claims }
    }
    for (const [key, known] of facts.series) {
      reading.seen.get(key)?.forEach((isSeen, i) => { known.seen[i]! |= isSeen })
      reading.tiled.get(key)?.forEach((isTiled, i) => { known.tiled[i]! |= isTiled })
    }
  }
  judgeLooks(judge)
  const withoutOperands = judgeClosure(judge)
  if (isComplete) judgeCoverage(judge)
  const count = (letter: string) => edition.series.reduce((sum, { statuses }) => sum + statuses.reduce((all, row) => all + row.filter(status => status === letter).length, 0), 0)
  const digests = readings.flatMap(reading => reading.digests).toSorted(([a], [b]) => a < b ? -1 : 1)
  const canaries = readings.map(reading => reading.canaries).find(found => found !== null) ?? null
  return {
    edition: edition.id,
    formats,
    findings: judge.findings,
    findingCount: judge.findingCount,
    cells: { printed: count('o'), seen: [...facts.series.values()].reduce((sum, { seen }) => sum + seen.reduce((all, one) => all + one, 0), 0), suppressed: count('s') },
    withoutOperands,
    canaries,
    hash: createHash('sha256').update(digests.map(([path, digest]) => `${digest}  ${path}\n`).join('')).digest('hex'),
    seen: [...facts.series.values()].map(({ series: { level, indicator, periods }, level: { areas }, seen }) =>
      ({ level, indicator, periods, areas: areas.map(({ id }) => id), cells: seen })),
  }
}

/** What was not read was not audited: every printed cell somewhere, and every area in the tiles of its series where there are tiles. */
function judgeCoverage (judge: Judge): void {
  judge.path = `edition ${judge.facts.edition.id}`
  const hasTiles = [...judge.facts.series.values()].some(({ tiled }) => tiled.includes(1))
  for (const { series: { level, indicator, statuses, periods }, level: { areas }, seen, tiled } of judge.facts.series.values()) {
    const unseen = statuses.flatMap((row, r) => row.flatMap((status, column) => status === 'o' && seen[r * areas.length + column] === 0 ? [cellId(level, areas[column]!.id, indicator, periods[r]!)] : []))
    if (unseen.length > 0) report(judge, 'A1', 'never-seen', `${unseen.length} cells`, unseen[0]!)
    const missing = areas.filter((_, column) => tiled[column] === 0)
    if (hasTiles && missing.length > 0) report(judge, 'A1', 'never-seen', `${level}/${indicator}: ${missing.map(({ id }) => id).join(', ')}`)
  }
}

/** Ids of all cells whose value was read in the bytes: what the intruder has, for the audit of cells. */
export function printedCells ({ seen }: Pick<ArtefactVerdict, 'seen'>): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { level, indicator, periods, areas, cells } of seen) {
    periods.forEach((period, row) => areas.forEach((area, column) => {
      if (cells[row * areas.length + column] === 1) ids.add(cellId(level, area, indicator, period))
    }))
  }
  return ids
}
