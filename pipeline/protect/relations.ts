import type { Geometry, Level } from '../../core/area.ts'
import type { Cell } from '../../core/cell.ts'
import { byCodeUnit, comparePeriods, getPeriod } from '../../core/period.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { stricterRules } from '../../core/rules.ts'
import type { Quotient } from '../derive.ts'
import { findFigures, type FigureColumn, type Figures } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import type { IndicatorEntry } from '../project-file/schema.ts'
import { findContainers, findUncovered, type Shared } from './overlap.ts'
import { countRule, remainderRule, type Primaries, type Primary } from './primary.ts'
import { isProtected } from './rules.ts'
import { findShared } from './shared-land.ts'
import { findSums } from './sums.ts'

/** What connects the figures of an atlas: whoever has some of them can compute others. */
export type Relation = TreeRelation | OverlapRelation | SumRelation | WindowRelation | NumeratorRelation

/** Areas add up to the area that contains them. */
export interface TreeRelation {
  readonly kind: 'tree'
  readonly parent: FigureColumn
  readonly child: FigureColumn
  /** Per area of the child's level the index of the one that contains it; −1 where none does. */
  readonly parentOf: readonly number[]
  /** Whether the project says so; else the boundaries and the counts do. */
  readonly declared: boolean
  /** The parent is made of whole areas of the child's level; cases without an area are none of its own. */
  readonly isUnion?: true
  /** Parent areas of which the children leave some land: whoever lives there is in none of them. */
  readonly uncovered?: ReadonlySet<number>
}

/** Two area systems that cut each other: both are sums over the intersections. */
export interface OverlapRelation {
  readonly kind: 'overlap'
  readonly first: FigureColumn
  readonly second: FigureColumn
  /** Every pair with common land, slivers among them. */
  readonly shared: readonly Shared[]
}

/** A count is the sum of others, area by area: `total = Σ coefficient · part`. */
export interface SumRelation {
  readonly kind: 'parts' | 'found'
  readonly total: FigureColumn
  readonly parts: readonly FigureColumn[]
  readonly coefficients: readonly number[]
  /** Indicators of parts that have no figures: whoever subtracts the others has what is left. */
  readonly absent?: readonly string[]
}

/** Several years and each of them, a year and its quarters. */
export interface WindowRelation {
  readonly kind: 'window'
  readonly total: FigureColumn
  readonly parts: readonly FigureColumn[]
  /** Periods without figures of their own, such as follow from the same windows put together: `2022+2023`. */
  readonly gaps: readonly string[]
  /** The totals of other windows with one of these gaps. */
  readonly beside: readonly FigureColumn[]
}

/** What a share counts: the sum of several parts, or what is left of one without another. */
export interface NumeratorRelation {
  readonly kind: 'numerators'
  readonly share: string
  readonly parts: readonly FigureColumn[]
  readonly coefficients: readonly number[]
  /** By area: the denominator, and what protects the sum of the parts. */
  readonly sums: ReadonlyMap<number, { readonly whole: number, readonly primary: Primary }>
}

export interface RelationInput {
  readonly figures: Figures
  readonly quotients: readonly Quotient[]
  readonly levels: ReadonlyArray<Pick<Level, 'id' | 'parent' | 'areas' | 'geometry' | 'madeOf'>>
  readonly geometries: readonly Geometry[]
  readonly indicators: readonly IndicatorEntry[]
  /** The project file. */
  readonly place: Place
  /** Columns with cells that are secret although their publisher demands nothing, for the sake of others or by hand. */
  readonly primaries?: Primaries
}

/** Whether cells of a column may be suppressed for the sake of others: its publisher demands protection, and not by rounding. */
export function isSuppressible ({ rules }: FigureColumn): boolean {
  return isProtected(rules) && rules.method === 'suppress'
}

/**
 * Everything an intruder can add and subtract, found from the project itself. Relations between
 * public figures alone are left out.
 */
export function findRelations (input: RelationInput): { relations: Relation[], problems: Problem[] } {
  const columns = countColumns(input)
  const trees = findTrees(columns, input)
  const { relations: overlays, problems } = findOverlays(columns, input)
  const declared = declaredSums(columns, input.indicators)
  const { sums, problems: sumProblems } = undeclaredSums(columns, input)
  const relations = [...trees, ...overlays, ...declared, ...sums, ...windows(columns), ...numerators(input.quotients)]
  const hasSecret = (column: FigureColumn) => isTouchy(column) || [...input.primaries?.get(column)?.values() ?? []].some(primary => primary !== 'free')
  return { relations: relations.filter(relation => columnsOf(relation).some(hasSecret)), problems: [...problems, ...sumProblems] }
}

export function columnsOf (relation: Relation): readonly FigureColumn[] {
  switch (relation.kind) {
    case 'tree': return [relation.parent, relation.child]
    case 'overlap': return [relation.first, relation.second]
    case 'numerators': return relation.parts
    case 'window': return [relation.total, ...relation.parts, ...relation.beside]
    default: return [relation.total, ...relation.parts]
  }
}

/** Protected, or with cells that the publisher has suppressed himself. */
export function isTouchy (column: FigureColumn): boolean {
  return isProtected(column.rules) || [...column.cells, ...column.unassigned].some(({ status }) => status === 'suppressed')
}

/** Columns of counts, sorted so that the order in which deliveries came changes nothing. */
export function countColumns ({ figures, levels, indicators }: Pick<RelationInput, 'figures' | 'levels' | 'indicators'>): FigureColumn[] {
  const rankOfLevel = new Map(levels.map(({ id }, index) => [id, index]))
  const rank = new Map(indicators.filter(({ kind }) => kind === 'count').map(({ id }, index) => [id, index]))
  return [...figures.columns.values()]
    .filter(({ indicator }) => rank.has(indicator))
    .toSorted((a, b) => rank.get(a.indicator)! - rank.get(b.indicator)! || comparePeriods(a.period, b.period) || rankOfLevel.get(a.level)! - rankOfLevel.get(b.level)!)
}

function findTrees (columns: readonly FigureColumn[], { figures, levels }: RelationInput): TreeRelation[] {
  return columns.flatMap((child): TreeRelation[] => [...findUnions(child, { figures, levels }), ...findParent(child, { figures, levels })])
}

/** The levels whose areas are unions of areas of this one, such as Fördergebiete: they need not cover the town. */
function findUnions (child: FigureColumn, { figures, levels }: Pick<RelationInput, 'figures' | 'levels'>): TreeRelation[] {
  const { areas } = levels.find(({ id }) => id === child.level)!
  return levels.filter(({ madeOf }) => madeOf?.level === child.level).flatMap((union): TreeRelation[] => {
    const parent = findFigures(figures, union.id, child.indicator, child.period)
    return parent ? [{ kind: 'tree', parent, child, declared: true, isUnion: true, parentOf: areas.map(({ id }) => union.madeOf!.parts.findIndex(parts => parts.includes(id))) }] : []
  })
}

function findParent (child: FigureColumn, { figures, levels }: Pick<RelationInput, 'figures' | 'levels'>): TreeRelation[] {
  const level = levels.find(({ id }) => id === child.level)!
  const parentLevel = levels.find(({ id }) => id === level.parent)
  const parent = parentLevel && findFigures(figures, parentLevel.id, child.indicator, child.period)
  if (!parent) return []
  const indexes = new Map(parentLevel.areas.map(({ id }, index) => [id, index]))
  return [{ kind: 'tree', parent, child, declared: true, parentOf: level.areas.map(({ parentId }) => parentId === null ? -1 : indexes.get(parentId) ?? -1) }]
}

/** Levels that no `parent` connects, but the ground they lie on. */
function findOverlays (columns: readonly FigureColumn[], { levels, geometries, place }: RelationInput): { relations: Relation[], problems: Problem[] } {
  const geometryOf = (level: string) => geometries.find(({ id }) => id === levels.find(({ id }) => id === level)!.geometry)!
  const ancestors = (level: string): string[] => {
    const { parent } = levels.find(({ id }) => id === level)!
    const above = [...parent === null ? [] : [parent], ...levels.filter(({ madeOf }) => madeOf?.level === level).map(({ id }) => id)]
    return above.flatMap(id => [id, ...ancestors(id)])
  }
  const isRelated = (a: string, b: string) => ancestors(a).includes(b) || ancestors(b).includes(a)
  const shared = memoise((a: string, b: string) => findShared(geometryOf(a), geometryOf(b)))
  const relations: Relation[] = []
  const differing = new Map<string, Set<string>>()
  const crowded = new Map<string, Set<string>>()
  const note = (map: Map<string, Set<string>>, key: string, indicator: string) => map.set(key, (map.get(key) ?? new Set()).add(indicator))

  for (const group of groupBy(columns, ({ indicator, period }) => `${indicator}|${period}`).values()) {
    if (!group.some(isTouchy)) continue
    const isDivided = (column: FigureColumn) => isUnionOfFigures(column, group, levels) || group.some(finer => finer.level !== column.level &&
      ancestors(finer.level).includes(column.level) && finer.cells.length > column.cells.length && finer.cells.every(({ status }) => status !== 'missing'))
    const overlapping = new Set<string>()
    for (const [index, first] of group.entries()) {
      for (const second of group.slice(index + 1)) {
        // What finer areas add up to says nothing more.
        if (isRelated(first.level, second.level) || isDivided(first) || isDivided(second)) continue
        const pairs = shared(first.level, second.level)
        if (pairs.length === 0) continue
        const nested = nest(first, second, pairs)
        if (!nested) {
          relations.push({ kind: 'overlap', first, second, shared: pairs })
          overlapping.add(first.level).add(second.level)
        } else if (addsUp(nested)) relations.push(nested)
        else note(differing, `${nested.child.level}|${nested.parent.level}`, first.indicator)
      }
    }
    // Of levels that contain each other the finest stands for all.
    const systems = [...overlapping].filter(level => ![...overlapping].some(finer => ancestors(finer).includes(level)))
    if (systems.length > 2) note(crowded, systems.join(', '), group[0]!.indicator)
  }
  const problems = [
    ...[...differing].map(([levels, indicators]) => {
      const [level, parent] = levels.split('|') as [string, string]
      return problem('structure-nested-differ', place, { level, parent, indicators: [...indicators].join(', ') })
    }),
    ...[...crowded].map(([levels, indicators]) => problem('structure-three-systems', place, { levels, indicators: [...indicators].join(', ') })),
  ]
  return { relations, problems }
}

/** Whether every figure of a level of unions is the sum of figures of the parts. */
function isUnionOfFigures ({ level, cells }: FigureColumn, group: readonly FigureColumn[], levels: RelationInput['levels']): boolean {
  const { madeOf } = levels.find(({ id }) => id === level)!
  const source = group.find(column => column.level === madeOf?.level)
  if (!madeOf || !source) return false
  const { areas } = levels.find(({ id }) => id === madeOf.level)!
  return cells.every((cell, union) => cell.status === 'missing' ||
    areas.every(({ id }, area) => !madeOf.parts[union]!.includes(id) || source.cells[area]!.status !== 'missing'))
}

function memoise<Value> (compute: (a: string, b: string) => Value): (a: string, b: string) => Value {
  const known = new Map<string, Value>()
  return (a, b) => {
    const key = `${a}|${b}`
    if (!known.has(key)) known.set(key, compute(a, b))
    return known.get(key)!
  }
}

function nest (first: FigureColumn, second: FigureColumn, shared: readonly Shared[]): TreeRelation | undefined {
  const turned = shared.map(pair => ({ first: pair.second, second: pair.first, ofFirst: pair.ofSecond, ofSecond: pair.ofFirst }))
  return within(first, second, shared) ?? within(second, first, turned)
}

function within (child: FigureColumn, parent: FigureColumn, shared: readonly Shared[]): TreeRelation | undefined {
  const parentOf = findContainers(shared, child.cells.length)
  const uncovered = findUncovered(shared, parent.cells.length)
  return parentOf && { kind: 'tree', child, parent, parentOf, declared: false, ...(uncovered.size > 0 && { uncovered }) }
}

/** Whether the counts do what the boundaries suggest, wherever all of them are known. */
function addsUp ({ parent, child, parentOf, uncovered }: TreeRelation): boolean {
  const unassigned = parent.cells.length === 1 ? child.unassigned : []
  let seen = 0
  const holds = parent.cells.every((total, area) => {
    const parts = sumOf([...child.cells.filter((_, index) => parentOf[index] === area), ...unassigned])
    if (total.status !== 'observed' || parts === undefined) return true
    seen++
    return uncovered?.has(area) ? parts <= total.value : parts === total.value
  })
  return holds && seen > 0
}

/** `undefined` where some cell has no number. */
export function sumOf (cells: readonly Cell[]): number | undefined {
  let sum = 0
  for (const cell of cells) {
    if (cell.status !== 'observed') return undefined
    sum += cell.value
  }
  return sum
}

function declaredSums (columns: readonly FigureColumn[], indicators: readonly IndicatorEntry[]): SumRelation[] {
  const entries = new Map(indicators.map(entry => [entry.id, entry]))
  return columns.flatMap((total): SumRelation[] => {
    const ids = entries.get(total.indicator)!.parts ?? []
    const parts = ids.flatMap(id => columns.find(column => column.indicator === id && column.level === total.level && column.period === total.period) ?? [])
    const absent = ids.filter(id => !parts.some(({ indicator }) => indicator === id))
    return parts.length > 0 ? [{ kind: 'parts', total, parts, coefficients: parts.map(() => 1), absent }] : []
  })
}

/**
 * Sums that nobody declared, level by level, over all periods with the same columns. What holds on
 * one level is tried on the others, which may have too few rows of their own.
 */
function undeclaredSums (columns: readonly FigureColumn[], { levels, indicators, place }: RelationInput): { sums: SumRelation[], problems: Problem[] } {
  const declared = new Set(indicators.filter(({ parts }) => parts !== undefined).map(({ id }) => id))
  const groups = [...groupBy(columns.filter(({ indicator }) => !declared.has(indicator)), ({ level, period }) => `${level}|${period}`).values()]
  const candidates = new Map<string, Candidate>()
  for (const tables of groupBy(groups, table => [table[0]!.level, ...table.map(({ indicator }) => indicator)].join('|')).values()) {
    for (const candidate of searchSums(tables)) candidates.set(describe(candidate), candidate)
  }
  const sums = groups.flatMap(table => [...candidates.values()].flatMap(candidate => applySum(candidate, table)))
  const touchy = sums.filter(sum => columnsOf(sum).some(isTouchy))
  const problems = [...groupBy(touchy, ({ total, parts, coefficients }) => describe({ total: total.indicator, parts: parts.map(({ indicator }) => indicator), coefficients }))]
    .map(([sum, found]) => {
      const where = new Set(found.map(({ total }) => total.level))
      return problem('structure-sum-found', place, { sum, levels: levels.map(({ id }) => id).filter(id => where.has(id)).join(', ') })
    })
  return { sums: touchy, problems }
}

interface Candidate {
  readonly total: string
  readonly parts: readonly string[]
  readonly coefficients: readonly number[]
}

/** `inhabitants = women + men`. */
function describe ({ total, parts, coefficients }: Candidate): string {
  const terms = parts.map((part, index) => ({ part, coefficient: coefficients[index]! })).toSorted((a, b) => b.coefficient - a.coefficient || byCodeUnit(a.part, b.part))
  return `${total} = ${terms.map(({ part, coefficient }, index) => `${coefficient < 0 ? '− ' : index > 0 ? '+ ' : ''}${part}`).join(' ')}`
}

/**
 * Looks through all columns together, then through those of each delivery: a column with many gaps
 * leaves few rows to the others.
 *
 * @param tables per period the columns of one level, each time of the same indicators
 */
function searchSums (tables: ReadonlyArray<readonly FigureColumn[]>): Candidate[] {
  const indexes = tables[0]!.map((_, index) => index).filter(index => tables.every(table => hasWholeNumbers(table[index]!)))
  const deliveries = groupBy(indexes, index => [...tables[0]![index]!.deliveries].toSorted(byCodeUnit).join('|'))
  const sets = [indexes, ...deliveries.size > 1 ? deliveries.values() : []]
  return sets.flatMap(set => searchColumns(tables.map(table => set.map(index => table[index]!))))
}

function searchColumns (tables: ReadonlyArray<readonly FigureColumn[]>): Candidate[] {
  const indicators = tables[0]!.map(({ indicator }) => indicator)
  const values: number[][] = indicators.map(() => [])
  for (const table of tables) {
    for (let area = 0; area < (table[0]?.cells.length ?? 0); area++) {
      const row = table.map(({ cells }) => cells[area]!)
      if (!row.every(cell => cell.status === 'observed')) continue
      row.forEach((cell, index) => { if (cell.status === 'observed') values[index]!.push(cell.value) })
    }
  }
  return findSums(values).map(({ total, parts, coefficients }) => ({ total: indicators[total]!, parts: parts.map(part => indicators[part]!), coefficients }))
}

/** Extents, such as hectares, are counted in fractions and take no part in sums of people. */
function hasWholeNumbers ({ cells }: FigureColumn): boolean {
  return cells.every(cell => cell.status !== 'observed' || Number.isInteger(cell.value))
}

function applySum ({ total, parts, coefficients }: Candidate, table: readonly FigureColumn[]): SumRelation[] {
  const column = (id: string) => table.find(({ indicator }) => indicator === id)
  const [sum, found] = [column(total), parts.map(column)]
  if (!sum || !found.every(part => part !== undefined)) return []
  const relation: SumRelation = { kind: 'found', total: sum, parts: found, coefficients }
  return holdsWhereKnown(relation) ? [relation] : []
}

/** Whether a sum is right in every area in which all of it is known, and in one at least. */
function holdsWhereKnown ({ total, parts, coefficients }: SumRelation): boolean {
  let seen = 0
  const holds = total.cells.every((cell, area) => {
    const values = parts.map(({ cells }) => sumOf([cells[area]!]))
    if (cell.status !== 'observed' || values.includes(undefined)) return true
    seen++
    return cell.value === values.reduce<number>((sum, value, index) => sum + coefficients[index]! * value!, 0)
  })
  return holds && seen > 0
}

/** Several years against each of them, a year against its quarters; cases add up, numbers at a day do not. */
function windows (columns: readonly FigureColumn[]): WindowRelation[] {
  return [...groupBy(columns, ({ level, indicator }) => `${level}|${indicator}`).values()].flatMap(series => windowsOf(series).filter(addsUpMostly))
}

/**
 * Also such of which some period has no figures: what is left of it is a figure all the same, and two
 * windows that lack the same one have it in common.
 */
function windowsOf (series: readonly FigureColumn[]): WindowRelation[] {
  const byPeriod = new Map(series.map(column => [column.period, column]))
  const finest = (period: string): string[] => {
    const within = byPeriod.has(period) ? [] : membersOf(period)
    return within.some(member => byPeriod.has(member)) ? within : [period]
  }
  const all = series.map(total => {
    const members = membersOf(total.period).flatMap(finest)
    return { total, parts: members.flatMap(period => byPeriod.get(period) ?? []), gaps: members.filter(period => !byPeriod.has(period)) }
  })
  const gaps = new Set(all.flatMap(({ parts, gaps }) => parts.length > 0 ? gaps : []))
  const telling = all.filter(window => window.parts.length > 0 || window.gaps.some(period => gaps.has(period)))
  const holdersOf = (period: string) => telling.flatMap(({ total, gaps }) => gaps.includes(period) ? [total] : [])
  return telling.map(({ total, parts, gaps }) => ({
    kind: 'window',
    total,
    parts,
    gaps: [...groupBy(gaps, period => holdersOf(period).map(holder => holder.period).join('|')).values()].map(periods => periods.join('+')),
    beside: [...new Set(gaps.flatMap(holdersOf))].filter(holder => holder !== total),
  }))
}

/**
 * Whether people are counted once: then no window is smaller than its periods. Where it is equal to
 * them in half of the areas at least, a figure has been revised in the others, and not in both places.
 */
function addsUpMostly ({ total, parts, gaps }: WindowRelation): boolean {
  const rests = total.cells.flatMap((cell, area) => {
    const sum = sumOf(parts.map(({ cells }) => cells[area]!))
    return cell.status === 'observed' && sum !== undefined ? [{ rest: cell.value - sum, isZero: sum === 0 }] : []
  })
  if (gaps.length > 0) return rests.every(({ rest }) => rest >= 0)
  const told = rests.filter(({ isZero, rest }) => !isZero || rest !== 0)
  return told.length === 0 ? rests.length > 0 : 2 * told.filter(({ rest }) => rest === 0).length >= told.length
}

function membersOf (period: string): string[] {
  const { kind, from, to } = getPeriod(period)
  if (kind === 'year') return [1, 2, 3, 4].map(quarter => `${period}-q${quarter}`)
  if (kind !== 'years') return []
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
}

function numerators (quotients: readonly Quotient[]): NumeratorRelation[] {
  return quotients.flatMap((quotient): NumeratorRelation[] => {
    const { indicator, numerator, minus, denominator, otherWholes, column } = quotient
    if (indicator.kind !== 'share' || numerator.length + minus.length < 2) return []
    const rules = [...numerator, ...minus, ...denominator].map(({ rules }) => rules).reduce(stricterRules)
    const sums = new Map<number, { whole: number, primary: Primary }>()
    column.cells.forEach((_, area) => {
      const at = (columns: readonly FigureColumn[]) => sumOf(columns.map(({ cells }) => cells[area]!))
      const [added, taken] = [at(numerator), at(minus)]
      if (added === undefined || taken === undefined) return
      const sum = added - taken
      // Of a sum every part has a rule of its own; what is left of one without another has none.
      const few = minus.length > 0 ? countRule(sum, rules) : undefined
      if (few) sums.set(area, { whole: Infinity, primary: few })
      for (const whole of [at(denominator), ...otherWholes.map(other => at([other]))]) {
        const primary = whole === undefined ? undefined : remainderRule(sum, whole, rules)
        if (primary) sums.set(area, join(sums.get(area), { whole: whole!, primary }))
      }
    })
    if (sums.size === 0) return []
    const coefficients = [...numerator.map(() => 1), ...minus.map(() => -1)]
    return [{ kind: 'numerators', share: indicator.id, parts: [...numerator, ...minus], coefficients, sums }]
  })
}

/** Two wholes of the same people: the sum is in neither's remainder to be read. */
function join (known: { whole: number, primary: Primary } | undefined, added: { whole: number, primary: Primary }): { whole: number, primary: Primary } {
  if (!known) return added
  const [a, b] = [known.primary.required, added.primary.required]
  return { whole: Math.min(known.whole, added.whole), primary: { rule: known.primary.rule, required: [Math.min(a[0], b[0]), Math.max(a[1], b[1])] } }
}
