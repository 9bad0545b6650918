import type { Geometry, Level } from '../../core/area.ts'
import { observed, type Cell } from '../../core/cell.ts'
import { deriveQuotients } from '../derive.ts'
import { addColumn, findFigures, type FigureColumn, type Figures } from '../figures.ts'
import { listOf } from '../project-file/list-of.ts'
import type { IndicatorEntry, ManualEntry } from '../project-file/schema.ts'
import type { Protection, ProtectInput } from './protect.ts'
import { sumOf } from './relations.ts'
import { isProtected, listContributors, listUnpublished } from './rules.ts'

/**
 * The figures of one family as they would be delivered if a remedy were taken, and what their
 * protection needs beside them. Raw counts: it lives no longer than the search for remedies.
 */
export interface Trial {
  readonly columns: readonly FigureColumn[]
  /** Denominators, units and contributions: looked at, but not protected here. */
  readonly beside: readonly FigureColumn[]
  /** The counts of the family, and what is computed from them. */
  readonly indicators: readonly IndicatorEntry[]
  readonly levels: readonly Level[]
  readonly geometries: readonly Geometry[]
  /** How many of the figures that are offered now a cell stands for; one unless figures were put together. */
  readonly weightOf?: WeightOf
}

export type WeightOf = (column: FigureColumn, area: number) => number

/** Protects a copy of the figures, as the build would do it. */
export type Protect = (input: ProtectInput) => Promise<Protection>

/** How many counts of a family are printed, of how many that are there. */
export interface Shown {
  readonly printed: number
  readonly cells: number
}

export function copyColumn (column: FigureColumn): FigureColumn {
  return { ...column, cells: [...column.cells], unassigned: [...column.unassigned] }
}

/** The counts that a reader would see, and that rules protect: only these can be lost. */
export function isCounted ({ file }: Pick<ProtectInput, 'file'>): (column: FigureColumn) => boolean {
  const neverPrinted = new Set([...listUnpublished(file), ...listContributors(file)])
  return ({ indicator, rules }) => isProtected(rules) && !neverPrinted.has(indicator)
}

export function countCells (columns: readonly FigureColumn[]): number {
  return columns.reduce((sum, { cells }) => sum + cells.filter(({ status }) => status !== 'missing').length, 0)
}

/** What is printed of columns, by the figures after their protection. */
export function countPrinted (columns: readonly FigureColumn[], figures: Figures, weightOf: WeightOf = () => 1): number {
  return columns.reduce((sum, column) => {
    const cells = findFigures(figures, column.level, column.indicator, column.period)?.cells ?? []
    return cells.reduce((all, { status }, area) => all + (status === 'observed' ? weightOf(column, area) : 0), sum)
  }, 0)
}

/** How many of the figures that are offered now would be printed, alone or as a part; none where they cannot be cleared at all. */
export async function runTrial (trial: Trial, input: ProtectInput, protect: Protect): Promise<number> {
  const figures: Figures = { columns: new Map() }
  for (const column of [...trial.columns, ...trial.beside]) addColumn(figures, copyColumn(column))
  const { levels, geometries, indicators } = trial
  const { quotients } = deriveQuotients(figures, levels, indicators, {})
  const { audience, secret, findLedgerCells, hashValue } = input
  const isThere = ({ indicator, level, area, period }: ManualEntry) => findFigures(figures, level, indicator, String(period)) !== undefined &&
    levels.some(({ id, areas }) => id === level && areas.some(({ id }) => id === String(area)))
  const file = { ...input.file, indicators: [...indicators], manual: (input.file.manual ?? []).filter(isThere) }
  // Nobody attacks: what is offered here is attacked when it is built.
  await protect({ figures, quotients, levels, geometries, file, audience, secret, ...(findLedgerCells && { findLedgerCells }), ...(hashValue && { hashValue }) })
  return countPrinted(trial.columns.filter(isCounted(input)), figures, trial.weightOf)
}

/** Formulas and sums of which every term is still there. */
export function keepComputable (trial: Trial): Trial {
  const left = new Set([...trial.columns, ...trial.beside].map(({ indicator }) => indicator))
  return { ...trial, indicators: trial.indicators.filter(entry => termsOf(entry).every(id => left.has(id))) }
}

/** Counts in the formula of a share or ratio. */
export function termsOf ({ numerator, minus, denominator }: IndicatorEntry): string[] {
  return [...listOf(numerator), ...listOf(minus), ...listOf(denominator)]
}

/** As good as the worst of them: one that is secret or missing, and the sum is. */
export function addCells (cells: readonly Cell[]): Cell {
  const sum = sumOf(cells)
  if (sum !== undefined) return observed(sum)
  return cells.find(({ status }) => status === 'suppressed') ?? cells.find(({ status }) => status === 'missing')!
}
