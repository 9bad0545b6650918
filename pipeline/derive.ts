import type { Cell } from '../core/cell.ts'
import type { Level } from '../core/area.ts'
import { sumDecimals } from '../core/aggregate.ts'
import { missing, observed } from '../core/cell.ts'
import { groupBy } from '../core/group-by.ts'
import { byCodeUnit, comparePeriods, getPeriod } from '../core/period.ts'
import { problem, type Place, type Problem } from '../core/problem.ts'
import { stricterRules, type DominanceRule } from '../core/rules.ts'
import { denominatorProblem } from './check/denominators.ts'
import { periodFact, quoteList } from './facts.ts'
import { addColumn, findFigures, listColumns, type FigureColumn, type Figures } from './figures.ts'
import { toLocalised } from './project-file/project.ts'
import { listOf } from './project-file/list-of.ts'
import type { IndicatorEntry } from './project-file/schema.ts'
import { listDominance } from './protect/rules.ts'

type DeriveLevel = Pick<Level, 'id' | 'parent' | 'areas' | 'madeOf'>

/**
 * Adds what follows from the delivered figures: counts of upper levels as sums of their parts,
 * never as averages of rates. Where two levels sum to one, the first in project order decides and
 * the other is checked against it.
 */
export function deriveUpperLevels (figures: Figures, levels: readonly DeriveLevel[], indicators: readonly IndicatorEntry[], place: Place): Problem[] {
  const dominance = listDominance(figures.columns.values())
  const contributors = new Set(dominance.flatMap(({ largest, second }) => [largest, second]))
  const additive = new Set(indicators.filter(({ kind, id }) => kind === 'count' && !contributors.has(id)).map(({ id }) => id))
  const labels = new Map(indicators.map(({ id, label }) => [id, toLocalised(label)]))
  const problems: Problem[] = []
  for (const level of deepestFirst(levels)) {
    const parent = levels.find(({ id }) => id === level.parent)
    if (!parent) continue
    for (const rule of dominance) addContributors(figures, rule, level.id, parent.id, membersOf(level, parent), parent.areas.length === 1)
    for (const column of listColumns(figures, level.id)) {
      if (!additive.has(column.indicator)) continue
      const sums = sumToParent(column, level, parent)
      const known = findFigures(figures, parent.id, column.indicator, column.period)
      if (!known) {
        addColumn(figures, sums)
        continue
      }
      const places = sums.cells.filter((cell, index) => disagrees(cell, known.cells[index]!)).length
      if (places > 0) {
        problems.push(problem('derive-levels-disagree', place, {
          label: labels.get(column.indicator)!, when: periodFact(column.period), indicator: column.indicator, period: column.period, level: level.id, parent: parent.id, places,
        }))
      }
    }
  }
  for (const level of sourcesFirst(levels)) {
    const source = levels.find(({ id }) => id === level.madeOf?.level)
    if (!source) continue
    const members = level.madeOf!.parts.map(ids => ids.map(part => source.areas.findIndex(({ id }) => id === part)))
    for (const rule of dominance) addContributors(figures, rule, source.id, level.id, members, false)
    sumUnions(figures, level, source, members, additive)
  }
  return problems
}

/** A level made of another comes after it; otherwise in project order. */
function sourcesFirst<L extends DeriveLevel> (levels: readonly L[]): L[] {
  const depth = (level: L | undefined): number => level ? 1 + depth(levels.find(({ id }) => id === level.madeOf?.level)) : 0
  return levels.toSorted((a, b) => depth(a) - depth(b))
}

/** Counts of areas that are unions of others; what was delivered for them stays. */
function sumUnions (figures: Figures, level: DeriveLevel, source: DeriveLevel, members: Members, additive: ReadonlySet<string>): void {
  for (const column of listColumns(figures, source.id)) {
    if (!additive.has(column.indicator) || findFigures(figures, level.id, column.indicator, column.period)) continue
    const cells = members.map(areas => sumCells(areas.map(area => column.cells[area]!)))
    addColumn(figures, { ...column, level: level.id, cells, unassigned: [], deliveries: new Set(column.deliveries), summedFrom: source.id })
  }
}

/** A level comes before the level that contains it; otherwise in project order. */
function deepestFirst<L extends DeriveLevel> (levels: readonly L[]): L[] {
  const height = (level: L | undefined): number => level ? 1 + height(levels.find(({ id }) => id === level.parent)) : 0
  return levels.toSorted((a, b) => height(b) - height(a))
}

function sumToParent (column: FigureColumn, level: DeriveLevel, parent: DeriveLevel): FigureColumn {
  // Cases without an area belong to the town as a whole; above several areas nobody knows to which.
  const whole = parent.areas.length === 1
  return {
    ...column,
    level: parent.id,
    cells: partsOf(column, membersOf(level, parent)).map(cells => sumCells(whole ? [...cells, ...column.unassigned] : cells)),
    unassigned: whole ? [] : [...column.unassigned],
    deliveries: new Set(column.deliveries),
    summedFrom: level.id,
  }
}

/** For every area of an upper level the indexes of its areas. */
type Members = ReadonlyArray<readonly number[]>

function membersOf (level: DeriveLevel, parent: DeriveLevel): Members {
  const indexOf = new Map(parent.areas.map(({ id }, index) => [id, index]))
  const members: number[][] = parent.areas.map(() => [])
  level.areas.forEach(({ parentId }, index) => {
    const target = parentId === null ? undefined : indexOf.get(parentId)
    if (target !== undefined) members[target]!.push(index)
  })
  return members
}

function partsOf ({ cells }: FigureColumn, members: Members): Cell[][] {
  return members.map(areas => areas.map(area => cells[area]!))
}

/**
 * The two largest contributions above are the two largest of those below. A contributor in several
 * areas counts there as several.
 */
function addContributors (figures: Figures, rule: DominanceRule, level: string, parent: string, members: Members, isWhole: boolean): void {
  for (const largest of listColumns(figures, level).filter(({ indicator }) => indicator === rule.largest)) {
    const second = findFigures(figures, level, rule.second, largest.period)
    if (!second || findFigures(figures, parent, rule.largest, largest.period)) continue
    const unassigned = isWhole ? [...largest.unassigned, ...second.unassigned] : []
    const seconds = partsOf(second, members)
    const ranked = partsOf(largest, members).map((cells, area) => rankCells([...cells, ...seconds[area]!, ...unassigned]))
    const ofParent = (column: FigureColumn, rank: 0 | 1): FigureColumn => ({
      ...column, level: parent, cells: ranked.map(cells => cells[rank]), unassigned: [], deliveries: new Set(column.deliveries), summedFrom: level,
    })
    addColumn(figures, ofParent(largest, 0))
    addColumn(figures, ofParent(second, 1))
  }
}

/** The largest and the second largest value; both as unknown as the least known cell. */
function rankCells (cells: readonly Cell[]): readonly [Cell, Cell] {
  const whole = sumCells(cells)
  if (whole.status !== 'observed') return [whole, whole]
  const [largest = 0, second = 0] = cells.flatMap(cell => cell.status === 'observed' ? cell.value : []).toSorted((a, b) => b - a)
  return [observed(largest), observed(second)]
}

/** A sum is as good as its worst part: one secret or missing part, and it is secret or missing. */
function sumCells (cells: readonly Cell[]): Cell {
  if (cells.length === 0) return missing('not-delivered')
  const values: number[] = []
  let worst: Cell | undefined
  let flag: Extract<Cell, { status: 'observed' }>['flag']
  for (const cell of cells) {
    if (cell.status === 'observed') {
      values.push(cell.value)
      flag ??= cell.flag
    } else if (worst?.status !== 'suppressed') {
      worst = cell
    }
  }
  return worst ?? observed(sumDecimals(values), flag)
}

function disagrees (sum: Cell, known: Cell): boolean {
  return sum.status === 'observed' && known.status === 'observed' && sum.value !== known.value
}

/** A share or ratio of one level and period, and the columns it is computed from. */
export interface Quotient {
  readonly column: FigureColumn
  readonly indicator: IndicatorEntry
  readonly numerator: readonly FigureColumn[]
  readonly minus: readonly FigureColumn[]
  readonly denominator: readonly FigureColumn[]
  /** Other columns of the denominators with the same last day; what is left of them must be no secret either. */
  readonly otherWholes: readonly FigureColumn[]
}

/**
 * Computes shares and ratios from counts on every level. The denominator is the one whose last day
 * is the numerator's (or a year earlier, `denominatorPeriod: previous`): arrivals of 2024 stand
 * over the inhabitants of 2024-12-31. Of several the one of the same period is taken, else the
 * shortest, a Stichtag before a year.
 */
export function deriveQuotients (figures: Figures, levels: readonly DeriveLevel[], indicators: readonly IndicatorEntry[], place: Place): { quotients: Quotient[], problems: Problem[] } {
  const quotients: Quotient[] = []
  const problems: Problem[] = []
  for (const level of levels) {
    const byIndicator = groupBy(listColumns(figures, level.id), ({ indicator }) => indicator)
    for (const indicator of indicators) {
      if (indicator.kind !== 'share' && indicator.kind !== 'ratio') continue
      const withoutDenominator: string[] = []
      const withoutNumerator: string[] = []
      const [first, ...others] = listOf(indicator.numerator)
      for (const lead of byIndicator.get(first!) ?? []) {
        const parts = operands(byIndicator, indicator, lead, others)
        if (parts === 'no-denominator') withoutDenominator.push(lead.period)
        if (parts === 'no-numerator') withoutNumerator.push(lead.period)
        if (typeof parts === 'string') continue
        const quotient = divide(level, indicator, parts)
        quotients.push(quotient)
        problems.push(...partsAboveWhole(quotient, level, place))
      }
      if (withoutNumerator.length > 0) {
        problems.push(problem('derive-no-numerator', place, {
          indicator: indicator.id, level: level.id, periods: withoutNumerator.toSorted(byCodeUnit).join(', '), terms: [...others, ...listOf(indicator.minus)].join(', '),
        }))
      }
      if (withoutDenominator.length > 0) {
        const known = (byIndicator.get(listOf(indicator.denominator)[0]!) ?? []).map(({ period }) => period)
        const newest = withoutDenominator.toSorted(comparePeriods).at(-1)!
        problems.push(denominatorProblem({ indicator, level: level.id, periods: withoutDenominator, day: denominatorDay(indicator, newest), known }, place))
      }
    }
  }
  for (const { column } of quotients) addColumn(figures, column)
  return { quotients, problems }
}

type Operands = Pick<Quotient, 'numerator' | 'minus' | 'denominator' | 'otherWholes'>

function operands (byIndicator: ReadonlyMap<string, readonly FigureColumn[]>, indicator: IndicatorEntry, lead: FigureColumn, others: readonly string[]): Operands | 'no-numerator' | 'no-denominator' {
  const samePeriod = (id: string) => byIndicator.get(id)?.find(({ period }) => period === lead.period)
  const numerator = [lead, ...others.map(samePeriod)]
  const minus = listOf(indicator.minus).map(samePeriod)
  const day = denominatorDay(indicator, lead.period)
  const wholes = listOf(indicator.denominator).map(id => (byIndicator.get(id) ?? [])
    .filter(({ period }) => getPeriod(period).to === day)
    .toSorted((a, b) => Number(b.period === lead.period) - Number(a.period === lead.period) || comparePeriods(b.period, a.period)))
  const denominator = wholes.map(([first]) => first)
  if (!isComplete(numerator) || !isComplete(minus)) return 'no-numerator'
  return isComplete(denominator) ? { numerator, minus, denominator, otherWholes: wholes.flatMap(columns => columns.slice(1)) } : 'no-denominator'
}

function isComplete (columns: ReadonlyArray<FigureColumn | undefined>): columns is readonly FigureColumn[] {
  return columns.every(column => column !== undefined)
}

function denominatorDay ({ denominatorPeriod }: IndicatorEntry, period: string): string {
  const day = getPeriod(period).to
  return denominatorPeriod === 'previous' ? `${Number(day.slice(0, 4)) - 1}${day.slice(4)}` : day
}

function divide (level: DeriveLevel, indicator: IndicatorEntry, parts: Operands): Quotient {
  const all = [...parts.numerator, ...parts.minus, ...parts.denominator]
  return {
    ...parts,
    indicator,
    column: {
      level: level.id,
      indicator: indicator.id,
      period: parts.numerator[0]!.period,
      cells: level.areas.map((_, area) => computeQuotient(indicator, parts, area)),
      unassigned: [],
      deliveries: new Set(all.flatMap(({ deliveries }) => [...deliveries])),
      rules: all.map(({ rules }) => rules).reduce(stricterRules),
    },
  }
}

/** The quotient of one area, from what its operands hold now. */
export function computeQuotient (indicator: IndicatorEntry, { numerator, minus, denominator }: Pick<Quotient, 'numerator' | 'minus' | 'denominator'>, area: number): Cell {
  const top = sumCells([...numerator.map(({ cells }) => cells[area]!), ...minus.map(({ cells }) => negate(cells[area]!))])
  const bottom = sumCells(denominator.map(({ cells }) => cells[area]!))
  const worst = [top, bottom].find(cell => cell.status === 'suppressed') ?? [top, bottom].find(cell => cell.status === 'missing')
  if (worst) return worst
  if (top.status !== 'observed' || bottom.status !== 'observed' || bottom.value === 0) return missing('not-applicable')
  return observed(Number(((indicator.factor ?? 100) * top.value / bottom.value).toFixed(indicator.decimals + extraDecimals)), top.flag ?? bottom.flag)
}

/**
 * A quotient is kept two digits finer than it is printed (docs/decisions): seventeen digits say
 * nothing about people, fill the files and would give the counts away.
 */
const extraDecimals = 2

function negate (cell: Cell): Cell {
  return cell.status === 'observed' ? { ...cell, value: -cell.value } : cell
}

function partsAboveWhole ({ column, indicator, numerator, denominator }: Quotient, level: DeriveLevel, place: Place): Problem[] {
  if (indicator.kind !== 'share') return []
  const areas = level.areas.filter((_, area) => {
    const [part, whole] = [numerator, denominator].map(columns => sumCells(columns.map(({ cells }) => cells[area]!))) as [Cell, Cell]
    return part.status === 'observed' && whole.status === 'observed' && part.value > whole.value
  })
  return areas.length === 0
    ? []
    : [problem('derive-part-above-whole', place, {
        indicator: indicator.id, period: column.period, level: level.id, count: areas.length, areas: quoteList(areas.map(({ id }) => id), 5),
      })]
}
