import type { ReferenceArea, ReferenceValue } from '../../core/edition.ts'
import { comparePeriods, getPeriod } from '../../core/period.ts'
import { problem, type Problem } from '../../core/problem.ts'
import type { Figures } from '../figures.ts'
import type { Boundaries } from '../levels/levels.ts'
import { toLocalised, type Project } from '../project-file/project.ts'
import { listOf } from '../project-file/list-of.ts'
import type { IndicatorEntry, ReferenceAreaEntry } from '../project-file/schema.ts'
import { periodFact } from '../facts.ts'
import { readReferenceTable, type StatedValue } from './reference-table.ts'

export interface ReferenceInput {
  readonly boundaries: Boundaries | undefined
  /** What was delivered, with old levels: a figure needs a period of ours to stand beside. */
  readonly figures: readonly Figures[]
}

/**
 * Reads the figures of areas beyond the map: Kreis, Land, Bund. They are public figures of others, pass no protection, and are no
 * means to compute ours: an area of the atlas itself is refused, one that contains the town is what they are for.
 */
export async function readReferenceAreas (project: Project, { boundaries, figures }: ReferenceInput): Promise<{ references: ReferenceArea[], problems: Problem[] }> {
  const references: ReferenceArea[] = []
  const problems: Problem[] = []
  const own = ownNames(project, boundaries)
  const known = knownPeriods(project, figures)
  for (const [index, entry] of (project.file.references ?? []).entries()) {
    const { values: stated, problems: unread } = await listStated(project, entry, index)
    const found = [
      ...ownAreaProblems(project, entry, index, own),
      ...unread,
      ...twiceProblems(entry, stated),
      ...stated.flatMap(value => valueProblems(project, entry, value, known)),
      ...silenceProblems(project, entry, index, stated),
    ]
    problems.push(...found)
    references.push(toReferenceArea(project, entry, stated))
  }
  return { references, problems }
}

async function listStated (project: Project, entry: ReferenceAreaEntry, index: number): Promise<{ values: readonly StatedValue[], problems: readonly Problem[] }> {
  if (entry.file !== undefined) return await readReferenceTable(project, entry)
  const values = (entry.values ?? []).map((value, position): StatedValue =>
    ({ ...value, period: String(value.period), place: project.locate(['references', index, 'values', position, 'indicator']) }))
  return { values, problems: [] }
}

/** Names of the town and of all its areas, as they are compared; the id of the atlas too, because it names the town. */
export function ownNames ({ file }: Project, boundaries: Boundaries | undefined): ReadonlySet<string> {
  return new Set([
    file.municipality,
    file.atlas,
    ...file.levels.flatMap(({ boundaries: { areaName, areas } }) => [areaName, ...(areas ?? []).map(({ name }) => name)]),
    ...(boundaries?.levels ?? []).flatMap(({ areas }) => areas.map(({ name }) => name)),
  ].filter(name => name !== undefined).map(plainName))
}

/** What stands beside the name of a town and does not turn it into another place. */
const townWords = /^(?:(?:gesamt|landeshaupt|haupt|hanse|universitäts|gro(?:ß|ss)e|kreis)?stadt|(?:samt)?gemeinde|markt|kreisfreie|gro(?:ß|ss)e|kreisangehörige|freie|und|insgesamt|gesamt|zusammen|total|town|city|municipality|of)$/

/** `Stadt Nienburg/Weser` and `Nienburg / Weser, Stadt` are one; a Landkreis is another. Empty where only the town can be meant: `Stadt insgesamt`. */
export function plainName (name: string): string {
  return name.normalize('NFC').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(word => !townWords.test(word)).join('')
}

function ownAreaProblems ({ locate }: Project, { id, name }: ReferenceAreaEntry, index: number, own: ReadonlySet<string>): Problem[] {
  const { de, en = de } = toLocalised(name)
  const isOwn = (text: string) => plainName(text) === '' || own.has(plainName(text))
  const [key, text] = isOwn(de) ? ['name', de] : isOwn(en) ? ['name', en] : isOwn(id) ? ['id', id] : []
  return key === undefined || text === undefined ? [] : [problem('catalogue-reference-own-area', locate(['references', index, key]), { name: text })]
}

/** Periods of every indicator that a delivery carries; of a share those of the first count in it. */
function knownPeriods ({ file }: Project, figures: readonly Figures[]): ReadonlyMap<string, readonly string[]> {
  const delivered = new Map<string, Set<string>>()
  for (const { indicator, period } of figures.flatMap(({ columns }) => [...columns.values()])) {
    delivered.set(indicator, (delivered.get(indicator) ?? new Set()).add(period))
  }
  const sorted = (id: string | undefined) => [...delivered.get(id ?? '') ?? []].toSorted(comparePeriods)
  return new Map(file.indicators.map(({ id, kind, numerator }) => [id, sorted(kind === 'share' || kind === 'ratio' ? listOf(numerator)[0] : id)]))
}

function twiceProblems (entry: ReferenceAreaEntry, stated: readonly StatedValue[]): Problem[] {
  const key = ({ indicator, period }: StatedValue) => `${indicator} ${period}`
  return stated.filter((value, index) => stated.findIndex(other => key(other) === key(value)) < index)
    .map(({ indicator, period, place }) => problem('catalogue-reference-twice', place, { ...areaFacts(entry), indicator, period }))
}

function valueProblems ({ file }: Project, entry: ReferenceAreaEntry, value: StatedValue, known: ReadonlyMap<string, readonly string[]>): Problem[] {
  const { indicator: id, period, place } = value
  const indicator = file.indicators.find(candidate => candidate.id === id)!
  const periods = known.get(id) ?? []
  const area = areaFacts(entry)
  if (periods.length > 0 && !periods.includes(period)) return [problem('catalogue-reference-unknown-period', place, { indicator: id, period, known: periods.join(', ') })]
  const date = dateOf(entry, value)
  const ours = getPeriod(period).to
  const differs = value.differs ?? entry.differs
  const unit = value.unit ?? entry.unit
  return [
    ...(date === ours ? [] : [problem('catalogue-reference-other-date', place, { ...area, indicator: id, date: periodFact(date), ours: periodFact(ours) })]),
    ...(differs === undefined || differs === false ? [] : [problem('catalogue-reference-differs', place, { ...area, indicator: id, differs: toLocalised(differs) })]),
    ...(unit === undefined || isSameUnit(unit, indicator) ? [] : [problem('catalogue-reference-other-unit', place, { ...area, indicator: id, unit, ours: toLocalised(indicator.unit ?? '').de })]),
  ]
}

/** The id is what an acceptance names, the name what people read. */
function areaFacts ({ id, name }: ReferenceAreaEntry) {
  return { area: id, name: toLocalised(name) }
}

function dateOf (entry: ReferenceAreaEntry, { referenceDate, period }: StatedValue): string {
  return referenceDate ?? entry.referenceDate ?? getPeriod(period).to
}

const percentWords = ['%', 'prozent', 'percent', 'vh', 'v.h.']

function isSameUnit (unit: string, { unit: ours }: IndicatorEntry): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[\s\u00a0.]+/g, '')
  const same = toLocalised(ours ?? '')
  const isPercent = (text: string) => percentWords.some(word => plain(word) === plain(text))
  return [same.de, same.en ?? same.de].some(text => plain(text) === plain(unit) || (isPercent(text) && isPercent(unit)))
}

/** What nobody said, once per area. */
function silenceProblems ({ file, locate }: Project, entry: ReferenceAreaEntry, index: number, stated: readonly StatedValue[]): Problem[] {
  const place = locate(['references', index])
  const kindOf = (id: string) => file.indicators.find(indicator => indicator.id === id)!.kind
  const silent = [...new Set(stated.filter(value => (value.differs ?? entry.differs) === undefined).map(({ indicator }) => indicator))]
  const unitless = [...new Set(stated.filter(value => (value.unit ?? entry.unit) === undefined && kindOf(value.indicator) !== 'count').map(({ indicator }) => indicator))]
  return [
    ...(silent.length === 0 ? [] : [problem('catalogue-reference-no-definition', place, { ...areaFacts(entry), indicator: silent.join(', ') })]),
    ...(unitless.length === 0 ? [] : [problem('catalogue-reference-no-unit', place, { ...areaFacts(entry), indicator: unitless.join(', ') })]),
  ]
}

function toReferenceArea ({ file }: Project, entry: ReferenceAreaEntry, stated: readonly StatedValue[]): ReferenceArea {
  const order = new Map(file.indicators.map(({ id }, index) => [id, index]))
  const values = stated.toSorted((a, b) => order.get(a.indicator)! - order.get(b.indicator)! || comparePeriods(a.period, b.period))
  return { id: entry.id, name: toLocalised(entry.name), kind: entry.kind, values: values.map(value => toReferenceValue(entry, value)) }
}

function toReferenceValue (entry: ReferenceAreaEntry, value: StatedValue): ReferenceValue {
  const differs = value.differs ?? entry.differs ?? false
  return {
    indicator: value.indicator,
    period: value.period,
    value: value.value,
    source: value.source ?? entry.source,
    referenceDate: dateOf(entry, value),
    licence: value.licence ?? entry.licence,
    differs: differs === false ? null : toLocalised(differs),
  }
}
