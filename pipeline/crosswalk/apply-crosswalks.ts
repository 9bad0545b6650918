import type { Level, Localised } from '../../core/area.ts'
import type { Remark } from '../../core/edition.ts'
import { comparePeriods } from '../../core/period.ts'
import { hasErrors, problem, type Place, type Problem } from '../../core/problem.ts'
import { deriveQuotients, deriveUpperLevels, type Quotient } from '../derive.ts'
import { periodFact, quoteList } from '../facts.ts'
import { addColumn, columnKey, findFigures, listColumns, type FigureColumn, type Figures } from '../figures.ts'
import type { Boundaries } from '../levels/levels.ts'
import { toLocalised, type Project } from '../project-file/project.ts'
import type { CrosswalkEntry } from '../project-file/schema.ts'
import { applyQuality } from '../protect/quality.ts'
import { carryCells, type Weights } from './carry.ts'
import { findTellingOperands } from './guard-wholes.ts'
import { gridWeights } from './grid-weights.ts'
import { readWeights } from './read-weights.ts'
import { arealWeights, normaliseWeights, type WeightsResult } from './weights.ts'

export interface CrosswalkInput {
  readonly project: Project
  readonly boundaries: Boundaries
  /** After `protect`: printed cells only; what is carried over is added to them. */
  readonly figures: Figures
  /** Counts of old levels without boundaries. */
  readonly retired: Figures
  /** Whether a column was there before `protect`; what is withheld does not come back as an estimate. */
  readonly wasDelivered: (level: string, indicator: string, period: string) => boolean
}

export interface Crossed {
  readonly remarks: readonly Remark[]
  /** Shares and ratios recomputed from estimated counts. */
  readonly quotients: readonly Quotient[]
  /** Estimates from old levels without boundaries. */
  readonly carried: readonly FigureColumn[]
  readonly problems: readonly Problem[]
}

/**
 * Carries series over a re-cut: printed counts of the old boundaries are apportioned to the new ones and flagged estimated, upper
 * levels and quotients are computed from them. It runs after `protect`, so that an estimate says nothing that is not printed already
 * (docs/decisions): an old area that is suppressed suppresses every new one it contributes to.
 */
export async function applyCrosswalks (input: CrosswalkInput): Promise<Crossed> {
  const { project: { file, displayName } } = input
  const problems: Problem[] = []
  const remarks: Remark[] = []
  const added: Figures = { columns: new Map() }
  const withoutBoundaries = new Set<FigureColumn>()
  for (const entry of file.crosswalks ?? []) {
    const place = { file: displayName }
    const [from, to] = [findAnyLevel(input.boundaries, entry.from), findAnyLevel(input.boundaries, entry.to)]
    const { weights, problems: found } = await findWeights(input, entry, from, to)
    problems.push(...found)
    if (!weights) continue
    const columns = carriedColumns(input, entry).map(column => carry(column, weights, to))
    const twice = columns.filter(({ level, indicator, period }) => findFigures(added, level, indicator, period) !== undefined)
    if (twice.length > 0) {
      problems.push(problem('crosswalk-twice', place, { from: from.id, to: to.id, indicators: quoteList([...new Set(twice.map(({ indicator }) => indicator))], 5), periods: periodFact(...periodsOf(twice)) }))
      continue
    }
    for (const column of columns) addColumn(added, column)
    if (input.boundaries.retired.includes(from)) for (const column of columns) withoutBoundaries.add(column)
    const indicators = new Set(columns.map(({ indicator }) => indicator))
    remarks.push(...[...indicators].map(indicator => estimatedRemark(entry, indicator, from)))
    problems.push(columns.length === 0
      ? problem('crosswalk-nothing', place, { from: from.id, to: to.id })
      : problem('crosswalk-applied', place, { from: from.id, to: to.id, columns: columns.length, periods: periodFact(...periodsOf(columns)) }))
  }
  if (hasErrors(problems) || added.columns.size === 0) return { remarks: [], quotients: [], carried: [], problems }
  const { counts, quotients } = deriveFrom(input, added, problems)
  const left = remarks.filter(({ indicator }) => counts.some(column => column.indicator === indicator))
  const all = [...left, ...levelRemarks(counts, left)]
  const carried = [...added.columns.values()].filter(column => withoutBoundaries.has(column))
  return { remarks: [...all, ...quotientRemarks(quotients, all)], quotients, carried, problems }
}

function periodsOf (columns: readonly FigureColumn[]): string[] {
  return [...new Set(columns.map(({ period }) => period))].toSorted(comparePeriods)
}

function findAnyLevel ({ levels, retired }: Boundaries, id: string): Level {
  return [...levels, ...retired].find(level => level.id === id)!
}

async function findWeights ({ project, boundaries }: CrosswalkInput, entry: CrosswalkEntry, from: Level, to: Level): Promise<WeightsResult> {
  if (entry.table) {
    const { found, problems } = await readWeights(project, entry.table)
    if (!found || hasErrors(problems)) return { problems }
    const normalised = normaliseWeights(found, from, to, { file: entry.table.file }, entry.table.evenOut)
    return { ...normalised, problems: [...problems, ...normalised.problems] }
  }
  const shapeOf = (level: Level) => ({ ...level, shape: boundaries.geometries.find(({ id }) => id === level.geometry)! })
  if (entry.grid) {
    const { found, problems } = await gridWeights(project, entry.grid, shapeOf(from), shapeOf(to))
    return found ? normaliseWeights(found, from, to, { file: entry.grid.file }) : { problems }
  }
  return normaliseWeights(arealWeights(shapeOf(from), shapeOf(to)), from, to, { file: project.displayName })
}

/** Counts of the old level in periods of which the new one knows nothing. */
function carriedColumns ({ project: { file }, figures, retired, wasDelivered }: CrosswalkInput, { from, to, indicators }: CrosswalkEntry): FigureColumn[] {
  const counts = new Set(file.indicators.filter(({ id, kind }) => kind === 'count' && (indicators === undefined || indicators.includes(id))).map(({ id }) => id))
  return [...listColumns(figures, from), ...listColumns(retired, from)]
    .filter(({ indicator, period }) => counts.has(indicator) && !wasDelivered(to, indicator, period))
}

function carry (column: FigureColumn, weights: Weights, to: Level): FigureColumn {
  return { ...column, level: to.id, cells: carryCells(column.cells, weights, to.areas.length), unassigned: [], deliveries: new Set(column.deliveries) }
}

/** Upper levels and quotients, computed from what was carried over and from what is printed beside it. */
function deriveFrom (input: CrosswalkInput, added: Figures, problems: Problem[]): { counts: FigureColumn[], quotients: Quotient[] } {
  const { project: { file, displayName }, boundaries: { levels }, figures } = input
  const place = { file: displayName }
  const isNew = ({ level, indicator, period }: FigureColumn) => findFigures(figures, level, indicator, period) === undefined && !input.wasDelivered(level, indicator, period)
  const work: Figures = { columns: new Map(added.columns) }
  deriveUpperLevels(work, levels, file.indicators, place)
  const isUnion = ({ level }: FigureColumn) => levels.find(({ id }) => id === level)?.madeOf !== undefined
  const isTown = (column: FigureColumn) => column.cells.length === 1 && column.summedFrom !== undefined && !isUnion(column)
  const counts = [...work.columns.values()].filter(isNew).map(column => isTown(column) ? withoutFlags(column) : column)
  const touched = new Set(counts.map(({ level, period }) => `${level}|${period}`))
  // A denominator may be a printed one of the same level.
  const beside: Figures = { columns: new Map([...figures.columns, ...counts.map(column => [columnKey(column.level, column.indicator, column.period), column] as const)]) }
  const { quotients } = deriveQuotients(beside, levels, file.indicators, place)
  const fresh = quotients.filter(({ column }) => touched.has(`${column.level}|${column.period}`) && isNew(column))
  const telling = findTellingOperands(fresh, new Set(counts))
  if (telling.length > 0) {
    for (const { share, operands } of telling) {
      for (const { indicator, period } of operands) problems.push(...leaveOut(added, indicator, period, share, place))
    }
    return deriveFrom(input, added, problems)
  }
  for (const column of [...counts, ...fresh.map(({ column }) => column)]) addColumn(figures, column)
  applyQuality(figures, fresh, file)
  return { counts, quotients: fresh }
}

/** Said once: another share may have the same operand. */
function leaveOut ({ columns }: Figures, indicator: string, period: string, share: string, place: Place): Problem[] {
  const gone = [...columns].filter(([, column]) => column.indicator === indicator && column.period === period)
  for (const [key] of gone) columns.delete(key)
  return gone.length === 0 ? [] : [problem('crosswalk-keys-rest', place, { indicator, period: periodFact(period), share })]
}

/** What was given out inside the town is exact for the town. */
function withoutFlags (column: FigureColumn): FigureColumn {
  return { ...column, cells: column.cells.map(cell => cell.status === 'observed' ? { status: 'observed', value: cell.value } : cell) }
}

function estimatedRemark ({ to, table, grid, note }: CrosswalkEntry, indicator: string, from: Level): Remark {
  const basis = table ? byTable : grid ? byPopulation : byArea
  const text: Localised = {
    de: `Zeiträume vor dem Neuzuschnitt sind geschätzt: umgerechnet von „${from.label.de}“ ${basis.de}, Summen bleiben erhalten.`,
    en: `Periods before the re-cut are estimated: converted from "${from.label.en ?? from.label.de}" ${basis.en}; sums are kept.`,
  }
  const more = note === undefined ? undefined : toLocalised(note)
  return {
    kind: 'estimated',
    indicator,
    level: to,
    area: null,
    period: null,
    text: more ? { de: `${text.de} ${more.de}`, en: `${text.en} ${more.en ?? more.de}` } : text,
  }
}

const byTable = { de: 'mit veröffentlichten Gewichten', en: 'with published weights' }
const byPopulation = { de: 'nach den Einwohnern des Zensusgitters', en: 'by the inhabitants of the census grid' }
const byArea = { de: 'nach gemeinsamer Fläche', en: 'by common surface' }

/** What estimates add up to is an estimate too. */
function levelRemarks (counts: readonly FigureColumn[], remarks: readonly Remark[]): Remark[] {
  const above = new Map(counts.filter(isEstimated).map(({ level, indicator }) => [`${level}|${indicator}`, { level, indicator }]))
  return [...above.values()].flatMap(({ level, indicator }) => {
    if (remarks.some(remark => remark.level === level && remark.indicator === indicator)) return []
    const source = remarks.find(remark => remark.indicator === indicator)
    return source ? [{ ...source, level }] : []
  })
}

function isEstimated ({ cells }: FigureColumn): boolean {
  return cells.some(cell => cell.status === 'observed' && cell.flag === 'estimated')
}

/** A share of estimated counts is as much an estimate as these. */
function quotientRemarks (quotients: readonly Quotient[], remarks: readonly Remark[]): Remark[] {
  const shares = new Map(quotients.map(({ column, numerator, denominator }) => [`${column.level}|${column.indicator}`, { column, operands: [...numerator, ...denominator] }]))
  return [...shares.values()].flatMap(({ column: { level, indicator }, operands }) => {
    const source = remarks.find(remark => remark.level === level && operands.some(operand => operand.indicator === remark.indicator))
    return source ? [{ ...source, indicator }] : []
  })
}
