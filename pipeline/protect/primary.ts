import type { Level } from '../../core/area.ts'
import { getPeriod } from '../../core/period.ts'
import { problem, type Problem } from '../../core/problem.ts'
import type { RuleName } from '../../core/release.ts'
import { stricterRules, type DominanceRule, type Rules, type UnitRule } from '../../core/rules.ts'
import type { Quotient } from '../derive.ts'
import { findFigures, listColumns, type FigureColumn, type Figures } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import type { Locate } from '../project-file/parse.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { externalProblems } from './external.ts'
import { isProtected, listContributors } from './rules.ts'

/** Why a cell may not be printed, and what must stay possible for whoever attacks the release. */
export interface Primary {
  readonly rule: RuleName
  readonly required: readonly [lower: number, upper: number]
}

/** By column and area index. `free` cells are not printed either, but need no protection of their own. */
export type Primaries = ReadonlyMap<FigureColumn, ReadonlyMap<number, Primary | 'free'>>

/**
 * What the rules say of each cell, before anything is suppressed for the sake of another cell. A
 * cell under several rules has the range that holds all of theirs.
 *
 * Of a share, only numerators of one term are looked at here; what several terms leave of their
 * whole is a figure of its own (`remainderRule`). Measures are here only where suppressed by hand.
 */
export function findPrimaries (figures: Figures, quotients: readonly Quotient[], file: ProjectFile, levels: readonly Level[], locate: Locate = () => ({})): { primaries: Primaries, problems: Problem[] } {
  const search = new PrimarySearch(figures, file, levels, locate)
  search.markCounts()
  for (const quotient of quotients) search.markShare(quotient)
  search.markManual()
  return { primaries: search.primaries, problems: [...search.listProblems(), ...externalProblems(figures, file, levels, locate, search.primaries)] }
}

/**
 * A count from 1 to below the minimum: everything from 0 to the minimum must stay possible, so that
 * nobody can even prove that it is small. Where zeros are always printed, 0 is not possible and the
 * attainable range (`attainableRanges`) begins at 1.
 */
export function countRule (value: number, { minimumCount }: Rules): Primary | undefined {
  return isSmall(value, minimumCount) ? { rule: 'minimum-count', required: [0, minimumCount] } : undefined
}

/**
 * A part (or sum of parts) of a whole that leaves few others: how many are in it tells how many are
 * not. That all of the whole are in it is no secret here, as zero is none; and where nobody is, the
 * others are the whole, which has its own rule.
 *
 * @param rules the stricter of those of the part and of the whole: the rest are people of either
 */
export function remainderRule (sum: number, whole: number, { minimumCount, remainder }: Rules): Primary | undefined {
  return remainder && sum > 0 && isSmall(whole - sum, minimumCount) ? { rule: 'remainder', required: [Math.max(0, whole - minimumCount), whole] } : undefined
}

/**
 * A part of a whole that is small itself: however many are in it, the whole has no fewer. Its own
 * minimum count may be lower than that of the whole, or it may be rounded; neither is enough here.
 *
 * @param rules the stricter of those of the part and of the whole
 */
export function partOfSmallRule (part: number | undefined, rules: Rules): Primary | 'free' {
  return (part !== undefined && countRule(part, rules)) || 'free'
}

/**
 * Of several wholes that are added up one can be small: a part that is larger than all the others
 * tells how many it has at least.
 */
export function partBeyondRule (part: number, wholes: readonly number[], rules: Rules): Primary | undefined {
  const whole = wholes.reduce((sum, value) => sum + value, 0)
  const small = wholes.filter(value => isSmall(value, rules.minimumCount) && part > whole - value)
  return wholes.length > 1 && small.length > 0 ? { rule: 'remainder', required: [whole - Math.max(...small), whole] } : undefined
}

/** Few units behind a figure of many people: half of them more or fewer must stay possible. */
export function unitsRule (value: number, units: number | undefined, { minimum }: UnitRule, { minimumCount }: Rules): Primary | undefined {
  return value > 0 && (units === undefined || units < minimum) ? { rule: 'units', required: aroundHalf(value, minimumCount) } : undefined
}

/**
 * p% rule (Handbook on SDC 4.2): the second largest contributor, who knows the figure and his own
 * part, must not come closer to the largest than p percent of that. The upper end alone matters; a
 * lower end that stays where it is tells him nothing more. Where a contribution is not known, the
 * rule holds as if there were only one contributor.
 */
export function dominanceRule (value: number, largest: number | undefined, second: number | undefined, { percent }: DominanceRule): Primary | undefined {
  if (value <= 0) return undefined
  const [first, rest] = largest === undefined || second === undefined ? [value, 0] : [largest, value - largest - second]
  const lacking = (percent * first - 100 * rest) / 100
  return lacking > 0 ? { rule: 'dominance', required: [value, value + Math.max(1, Math.ceil(lacking - rounding))] } : undefined
}

/** Percentages of whole numbers carry errors in the last digits. */
const rounding = 1e-9

/** Suppressed by hand: the reason is the editor's, so the figure is veiled widely. */
export function manualRule (value: number, { minimumCount }: Rules): Primary {
  return { rule: 'manual', required: aroundHalf(value, minimumCount) }
}

/**
 * Delivered as suppressed: everything below the publisher's minimum must stay possible. The value is
 * not known to us; a stand-in outside the range (the publisher suppresses larger figures too, to
 * protect others) widens it.
 */
export function importedRule ({ minimumCount }: Rules, standIn = 1): Primary {
  return { rule: 'imported', required: [Math.min(1, standIn), Math.max(minimumCount - 1, standIn)] }
}

/** Zero is no case; from one case on the minimum applies. */
function isSmall (value: number, minimumCount: number): boolean {
  return value >= 1 && value < minimumCount
}

function aroundHalf (value: number, minimumCount: number): readonly [number, number] {
  const half = Math.ceil(value / 2)
  return [Math.max(0, value - half), value + Math.max(minimumCount, half, 1)]
}

/** The column of an indicator that speaks of the same moment: of the same period, else with the same last day. */
function findCompanion (figures: Figures, { level, period }: FigureColumn, indicator: string): FigureColumn | undefined {
  const day = getPeriod(period).to
  return findFigures(figures, level, indicator, period) ?? listColumns(figures, level)
    .find(column => column.indicator === indicator && getPeriod(column.period).to === day)
}

/** Goes through the figures and collects what the rules say. */
class PrimarySearch {
  readonly primaries = new Map<FigureColumn, Map<number, Primary | 'free'>>()
  readonly #figures: Figures
  readonly #file: ProjectFile
  readonly #levels: readonly Level[]
  readonly #locate: Locate
  readonly #problems: Problem[] = []
  /** What a rule needs and nobody delivered, said once per indicator and level. */
  readonly #withoutCompanion: Array<{ readonly column: FigureColumn, readonly rule: string, readonly needed: string }> = []
  readonly #noCounts: FigureColumn[] = []

  constructor (figures: Figures, file: ProjectFile, levels: readonly Level[], locate: Locate) {
    this.#figures = figures
    this.#file = file
    this.#levels = levels
    this.#locate = locate
  }

  markCounts (): void {
    const counts = new Set(this.#file.indicators.filter(({ kind }) => kind === 'count').map(({ id }) => id))
    const contributors = listContributors(this.#file)
    for (const column of this.#figures.columns.values()) {
      if (!counts.has(column.indicator) || contributors.has(column.indicator) || !isProtected(column.rules)) continue
      if (column.cells.some(cell => cell.status === 'observed' && !(Number.isInteger(cell.value) && cell.value >= 0))) this.#noCounts.push(column)
      else this.#markColumn(column)
    }
  }

  #markColumn (column: FigureColumn): void {
    const { rules } = column
    const units = (rules.units ?? []).filter(({ of }) => of !== column.indicator).map(rule => ({ rule, of: this.#companion(column, 'units', rule.of) }))
    const dominance = (rules.dominance ?? []).filter(rule => this.#isDominated(column, rule)).map(rule => ({
      rule, largest: this.#companion(column, 'dominance', rule.largest), second: this.#companion(column, 'dominance', rule.second),
    }))
    column.cells.forEach((cell, area) => {
      if (cell.status === 'suppressed' && column.summedFrom === undefined && rules.minimumCount > 0) this.#mark(column, area, importedRule(rules))
      if (cell.status !== 'observed') return
      const at = (of: FigureColumn | undefined) => of && valueAt(of, area)
      // A rounded count hides one of five; it needs no dot.
      if (rules.method === 'suppress') this.#mark(column, area, countRule(cell.value, rules))
      for (const { rule, of } of units) if (of) this.#mark(column, area, unitsRule(cell.value, at(of), rule, rules))
      for (const { rule, largest, second } of dominance) {
        if (largest && second) this.#mark(column, area, dominanceRule(cell.value, at(largest), at(second), rule))
      }
    })
  }

  /** The contributions are to the one count of the delivery that is none itself and counts no units. */
  #isDominated ({ indicator }: FigureColumn, { largest, second }: DominanceRule): boolean {
    const units = this.#file.deliveries.flatMap(({ rules }) => [rules, rules?.internal])
      .filter(rules => rules?.dominance?.largest === largest && rules.dominance.second === second)
      .map(rules => rules?.units?.of)
    return !units.includes(indicator)
  }

  #companion (column: FigureColumn, rule: string, needed: string): FigureColumn | undefined {
    const found = findCompanion(this.#figures, column, needed)
    if (!found) this.#withoutCompanion.push({ column, rule, needed })
    return found
  }

  markShare ({ indicator, column: { cells }, numerator, denominator, otherWholes }: Quotient): void {
    if (indicator.kind !== 'share') return
    const isRounded = numerator.some(({ rules }) => rules.method === 'round5')
    const wholes = [denominator, ...otherWholes.map(other => [other])]
      .map(columns => ({ columns, rules: [...numerator, ...columns].map(({ rules }) => rules).reduce(stricterRules) }))
    cells.forEach((_, area) => {
      for (const { columns, rules } of wholes) {
        const whole = sumAt(columns, area)
        if (whole === undefined) continue
        // A part of a whole that is kept secret would tell how small that is.
        if (isSmall(whole, rules.minimumCount)) numerator.forEach(part => this.#mark(part, area, partOfSmallRule(valueAt(part, area), rules)))
        const part = numerator.length === 1 && !isRounded ? valueAt(numerator[0]!, area) : undefined
        if (part === undefined) continue
        this.#mark(numerator[0]!, area, remainderRule(part, whole, rules))
        this.#mark(numerator[0]!, area, partBeyondRule(part, columns.map(column => valueAt(column, area)!), rules))
      }
    })
  }

  markManual (): void {
    const measures = new Set(this.#file.indicators.filter(({ kind }) => kind === 'measure').map(({ id }) => id))
    this.#file.manual?.forEach(({ indicator, level, area, period }, index) => {
      const column = findFigures(this.#figures, level, indicator, String(period))
      const position = this.#levels.find(({ id }) => id === level)?.areas.findIndex(({ id }) => id === String(area)) ?? -1
      if (!column || position === -1) {
        const key = position === -1 ? 'area' : 'period'
        this.#problems.push(problem('protect-unknown-cell', this.#locate(['manual', index, key]), {
          list: 'manual', key, value: String(key === 'area' ? area : period), level, indicators: indicator,
        }))
        return
      }
      const value = valueAt(column, position)
      if (value !== undefined) this.#mark(column, position, measures.has(indicator) ? 'free' : manualRule(value, column.rules))
    })
  }

  /** Two rules make the range that holds both; a rule says more than `free`. */
  #mark (column: FigureColumn, area: number, found: Primary | 'free' | undefined): void {
    if (found === undefined) return
    const areas = this.primaries.get(column) ?? new Map<number, Primary | 'free'>()
    const before = areas.get(area)
    const merged = before === undefined || before === 'free' ? found : found === 'free' ? before : hull(before, found)
    areas.set(area, merged)
    this.primaries.set(column, areas)
  }

  listProblems (): Problem[] {
    const place = this.#locate([])
    const periods = (columns: readonly FigureColumn[]) => columns.map(({ period }) => period).join(', ')
    const noCounts = groupBy(this.#noCounts, ({ indicator, level }) => `${indicator}|${level}`)
    const withoutCompanion = groupBy(this.#withoutCompanion, ({ column, rule, needed }) => `${column.indicator}|${column.level}|${rule}|${needed}`)
    return [
      ...this.#problems,
      ...[...noCounts.values()].map(columns => problem('protect-not-a-count', place, {
        indicator: columns[0]!.indicator, level: columns[0]!.level, periods: periods(columns),
      })),
      ...[...withoutCompanion.values()].map(group => problem('protect-no-companion', place, {
        rule: group[0]!.rule, needed: group[0]!.needed, indicator: group[0]!.column.indicator, level: group[0]!.column.level, periods: periods(group.map(({ column }) => column)),
      })),
    ]
  }
}

function hull (a: Primary, b: Primary): Primary {
  return { rule: a.rule, required: [Math.min(a.required[0], b.required[0]), Math.max(a.required[1], b.required[1])] }
}

function valueAt ({ cells }: FigureColumn, area: number): number | undefined {
  const cell = cells[area]!
  return cell.status === 'observed' ? cell.value : undefined
}

function sumAt (columns: readonly FigureColumn[], area: number): number | undefined {
  const values = columns.map(column => valueAt(column, area))
  return values.includes(undefined) ? undefined : values.reduce<number>((sum, value) => sum + value!, 0)
}
