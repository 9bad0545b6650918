import type { Level } from '../../core/area.ts'
import { missing, observed, suppressed, type Cell } from '../../core/cell.ts'
import type { Audience, Remark } from '../../core/edition.ts'
import { formatNumber } from '../../core/number.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import { addColumn, findFigures, type Figures } from '../figures.ts'
import type { DeliveryEntry, IndicatorEntry } from '../project-file/schema.ts'
import type { GridEntry, MeanEntry } from '../project-file/schema/grid.ts'
import { isProtected, rulesOf } from '../protect/rules.ts'
import type { Ancestor } from './ancestors.ts'
import { apportion } from '../../core/apportion.ts'
import type { Assignment } from './assign.ts'
import { calibrate, readTargets } from './calibrate.ts'
import type { Coverage } from './coverage.ts'
import { readGrid, secret, type Grid } from './read-grid.ts'
import { areaRemark, gridRemark, type GridFacts } from './remarks.ts'
import { gatherTally, tallyCounts, tallyMeans, type Tally } from './tally.ts'

/** Everything a figure of a grid is made of. */
export interface GridJoin {
  readonly figures: Figures
  readonly level: Level
  readonly ancestors: readonly Ancestor[]
  readonly period: string
  readonly entry: GridEntry
  readonly grid: Grid
  readonly assignment: Assignment
  readonly coverage: readonly Coverage[]
  readonly delivery: DeliveryEntry
  readonly indicators: readonly IndicatorEntry[]
  readonly audience: Audience
  readonly place: Place
  readonly resolve: (file: string) => string
}

interface Report { readonly remarks: Remark[], readonly problems: Problem[] }

/** Adds a count to the level of the delivery; the levels above are summed like any other count. */
export async function joinCount (join: GridJoin, indicator: string, column: NonNullable<GridEntry['columns']>[string]): Promise<Report> {
  const { level, grid, entry, assignment, coverage, place } = join
  const values = grid.values[Object.keys(entry.columns!).indexOf(indicator)]!
  const fractional = values.findIndex(value => Number.isFinite(value) && !Number.isInteger(value))
  if (fractional !== -1 && join.indicators.find(({ id }) => id === indicator)?.decimals === 0) {
    return { remarks: [], problems: [problem('grid-fractional-count', place, { indicator, text: values[fractional]! })] }
  }
  const tally = tallyCounts(values, assignment, level.areas.length)
  const sums = wholeSums(values, assignment, tally, fractional === -1)
  const { calibrated, factors, problems } = await calibrateSums(join, indicator, sums)
  const cells = level.areas.map((_, area) => toCell(tally, coverage[area]!, area, calibrated[area]!))
  problems.push(...addCells(join, level, indicator, cells))
  const facts = { factors, isSparse: typeof column !== 'string' }
  const remarks = [{ level, tally, cells }, ...join.ancestors.map(({ level, parents }) => ({ level, tally: gatherTally(tally, parents, level.areas.length), cells: [] }))]
    .flatMap(made => remarksOf(join, indicator, made, facts))
  return { remarks, problems }
}

/** Adds a mean to the level of the delivery and to all above: unlike a count it cannot be computed there from the areas below. */
export async function joinMean (join: GridJoin, indicator: string, mean: MeanEntry): Promise<Report> {
  const { level, grid, entry, assignment, coverage, indicators } = join
  const position = Object.keys(entry.columns ?? {}).length + Object.keys(entry.means!).indexOf(indicator)
  const { weights, problems } = await weightsOf(join, indicator, mean)
  if (!weights) return { remarks: [], problems }
  const decimals = indicators.find(({ id }) => id === indicator)?.decimals ?? 0
  const tally = tallyMeans(grid.values[position]!, weights, assignment, level.areas.length)
  const remarks: Remark[] = []
  for (const made of [{ level, parents: undefined }, ...join.ancestors]) {
    const whole = made.parents === undefined ? tally : gatherTally(tally, made.parents, made.level.areas.length)
    const cells = made.level.areas.map((_, area) => toCell(whole, made.parents === undefined ? coverage[area]! : 'whole', area, meanOf(whole, area, decimals)))
    problems.push(...addCells(join, made.level, indicator, cells))
    const weight = { column: typeof mean.weight === 'string' ? mean.weight : mean.weight.column, ...!isSecret(join) && { secretShare: secretShare(whole) } }
    remarks.push(...remarksOf(join, indicator, { level: made.level, tally: whole, cells }, { weight, factors: [], isSparse: false }))
  }
  return { remarks, problems }
}

/** By area; where cells were divided by their land, whole numbers that add up with what lies on no area. */
function wholeSums (values: Float64Array, { cells, shares }: Assignment, { sums }: Tally, isWhole: boolean): number[] {
  if (shares === undefined || !isWhole) return Array.from(sums)
  let total = 0
  for (const cell of new Set(cells)) if (Number.isFinite(values[cell]!)) total += values[cell]!
  const beyond = Math.max(0, total - sums.reduce((all, sum) => all + sum, 0))
  return apportion([...sums, beyond], total).slice(0, -1)
}

async function calibrateSums (join: GridJoin, indicator: string, sums: readonly number[]): Promise<{ calibrated: readonly number[], factors: readonly number[], problems: Problem[] }> {
  const entry = join.entry.calibrate?.[indicator]
  if (entry === undefined) return { calibrated: sums, factors: [], problems: [] }
  const own: Ancestor = { level: join.level, parents: join.level.areas.map((_, i) => i) }
  const parentsIn = (id: string) => [own, ...join.ancestors].find(({ level }) => level.id === id)
  const { targets, problems } = await readTargets(entry, { areaCount: sums.length, parentsIn }, join.resolve, join.place)
  const { values, factors, impossible } = calibrate(sums, targets)
  if (impossible > 0) problems.push(problem('grid-calibration-empty', join.place, { indicator, count: impossible }))
  const wild = factors.filter(factor => factor < 0.8 || factor > 1.25)
  if (wild.length > 0) problems.push(problem('grid-calibration-far', join.place, { indicator, count: wild.length, factor: { de: formatNumber(wild[0]!, { decimals: 3, language: 'de' }), en: formatNumber(wild[0]!, { decimals: 3, language: 'en' }) } }))
  return { calibrated: values, factors, problems }
}

/** The weights of the cells: of the same file, or of the same cells in another one. */
async function weightsOf ({ entry, grid, resolve, delivery }: GridJoin, indicator: string, { weight }: MeanEntry): Promise<{ weights?: ArrayLike<number>, problems: Problem[] }> {
  if (typeof weight === 'string') {
    const means = Object.entries(entry.means!).filter(([, mean]) => typeof mean.weight === 'string').map(([id]) => id)
    return { weights: grid.values[Object.keys(entry.columns ?? {}).length + Object.keys(entry.means!).length + means.indexOf(indicator)]!, problems: [] }
  }
  const { size, secret: secretSigns, uninhabited: emptySigns } = entry
  const read = await readGrid(resolve(weight.file), { displayName: weight.file, size, secret: secretSigns, uninhabited: emptySigns, decimal: delivery.dialect?.decimal, fields: [{ column: weight.column }] })
  if (!read.grid) return { problems: read.problems }
  const other = read.grid
  const known = new Map(Array.from(other.x, (x, i) => [`${x}|${other.y[i]!}`, other.values[0]![i]!]))
  return { weights: Float64Array.from(grid.x, (x, i) => known.get(`${x}|${grid.y[i]!}`) ?? secret), problems: read.problems }
}

function meanOf ({ sums, weights }: Tally, area: number, decimals: number): number {
  return weights[area] === 0 ? NaN : Number((sums[area]! / weights[area]!).toFixed(decimals + extraDecimals))
}

/** As quotients: two digits finer than printed. */
const extraDecimals = 2

function secretShare ({ weights, secretWeights }: Tally): number {
  const [known, unknown] = [weights, secretWeights].map(list => list.reduce((all, weight) => all + weight, 0)) as [number, number]
  return known + unknown === 0 ? 0 : unknown / (known + unknown)
}

/** What cells say together: every value of it is an estimate, since cells are noisy and do not end where areas end. */
function toCell ({ observed: known, secret: unknown }: Tally, coverage: Coverage, area: number, value: number): Cell {
  if (coverage === 'beyond') return missing('not-delivered')
  if (coverage === 'too-small' && known[area] === 0 && unknown[area] === 0) return missing('unit-too-small')
  if (known[area] === 0 && unknown[area]! > 0) return suppressed
  // Nobody lives here: the count is zero, and a mean of nobody is none.
  return Number.isNaN(value) ? missing('not-applicable') : observed(value, 'estimated')
}

function addCells ({ figures, period, delivery, audience, place }: GridJoin, level: Level, indicator: string, cells: Cell[]): Problem[] {
  const before = findFigures(figures, level.id, indicator, period)
  if (before) return [problem('grid-two-values', place, { indicator, level: level.id, period, deliveries: quoteList([...before.deliveries]) })]
  addColumn(figures, { level: level.id, indicator, period, cells, unassigned: [], deliveries: new Set([delivery.id]), rules: rulesOf(delivery, audience) })
  return []
}

function isSecret ({ delivery, audience }: GridJoin): boolean {
  return isProtected(rulesOf(delivery, audience))
}

interface Made { readonly level: Level, readonly tally: Tally, readonly cells: readonly Cell[] }

/** One remark for the level, and one for every area of which much is secret; none names an area whose own figure might be suppressed. */
function remarksOf (join: GridJoin, indicator: string, { level, tally, cells }: Made, more: Pick<GridFacts, 'weight' | 'isSparse' | 'factors'>): Remark[] {
  const { period, grid, entry } = join
  const sum = (list: Int32Array) => list.reduce((all, count) => all + count, 0)
  const secretCells = sum(tally.secret)
  const facts: GridFacts = { indicator, level: level.id, period, sizeMetres: grid.sizeMetres, assign: entry.assign ?? 'centre', inhabitedCells: secretCells + sum(tally.observed), secretCells, isProtected: isSecret(join), ...more }
  const gaps = level.areas.flatMap(({ id }, area) => {
    const [hidden, shown] = [tally.secret[area]!, tally.observed[area]!]
    return cells[area]?.status === 'observed' && hidden >= muchSecret * (hidden + shown) && hidden > 0 ? [areaRemark(facts, id, hidden, hidden + shown)] : []
  })
  return [gridRemark(facts), ...isSecret(join) || level.areas.length === 1 || gaps.length > mostAreaRemarks ? [] : gaps]
}

/** From this share of secret cells on, an area says so itself. */
const muchSecret = 0.2
/** A country would be all remarks. */
const mostAreaRemarks = 500
