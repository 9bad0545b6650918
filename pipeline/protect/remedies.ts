import type { Level } from '../../core/area.ts'
import { comparePeriods, getPeriod } from '../../core/period.ts'
import { stricterRules } from '../../core/rules.ts'
import { addColumn, findFigures, type FigureColumn, type Figures } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import type { Family } from './families.ts'
import { listNeighbours } from './neighbours.ts'
import type { ProtectInput } from './protect.ts'
import { isSuppressible, type SumRelation } from './relations.ts'
import { mergeShapes } from './shared-land.ts'
import { addCells, keepComputable, termsOf, type Trial } from './trial.ts'

/** From the gentlest to the one that costs most; the order in which equal gains are offered. */
export const remedyNames = ['without-system', 'merged-subgroups', 'merged-areas', 'several-years', 'smaller-minimum', 'without-leaf', 'rounded'] as const
export type RemedyName = typeof remedyNames[number]

/** One way to change what is offered of a family. */
export interface Remedy {
  readonly name: RemedyName
  /** Names and rules, never a figure. */
  readonly facts: Readonly<Record<string, string | number>>
  readonly trial: Trial
}

/** All that can be tried on a family, one after another: a trial is only made when its turn comes. */
export function * listRemedies (family: Family, input: ProtectInput): Generator<Remedy> {
  yield * dropSystems(family)
  yield * mergeSubgroups(family)
  yield * mergeAreas(family, input)
  yield * joinYears(family)
  yield * lowerMinimum(family)
  yield * dropLeaf(family)
  yield * roundCounts(family)
}

/** The same family without one of two area systems that cut each other, or of which the boundaries make one a part of the other. */
function * dropSystems ({ raw, relations }: Family): Generator<Remedy> {
  // The system with the larger areas goes, or the later one; without the smaller areas little would be left to look at.
  const overlays = relations.flatMap(relation => {
    if (relation.kind === 'tree') return relation.declared ? [] : [{ other: relation.child, overlay: relation.parent }]
    if (relation.kind !== 'overlap') return []
    const { first, second } = relation
    return [first.cells.length < second.cells.length ? { other: second, overlay: first } : { other: first, overlay: second }]
  })
  const dropped = new Map(overlays.map(({ other, overlay }) => {
    const levels = branchOf(overlay.level, other.level, raw.levels).filter(level => raw.columns.some(column => column.level === level))
    return [levels.join(', '), levels]
  }))
  for (const [names, levels] of dropped) yield { name: 'without-system', facts: { levels: names }, trial: withoutLevels(raw, levels) }
}

/** A level and its kin that is not the kin of another: `wahlkreis` goes together with `wahlbezirk`, but not the town. */
function branchOf (level: string, other: string, levels: readonly Level[]): string[] {
  const above = (id: string): string[] => {
    const parent = levels.find(level => level.id === id)?.parent
    return parent ? [parent, ...above(parent)] : []
  }
  const kinOf = (id: string) => [id, ...above(id), ...levels.map(level => level.id).filter(below => above(below).includes(id))]
  const kept = kinOf(other)
  const own = kinOf(level)
  return levels.map(({ id }) => id).filter(id => own.includes(id) && !kept.includes(id))
}

function withoutLevels (raw: Trial, levels: readonly string[]): Trial {
  return keepComputable({ ...raw, columns: raw.columns.filter(({ level }) => !levels.includes(level)) })
}

/** The two smallest parts of a sum as one. With two parts there would be nothing left to tell apart. */
function * mergeSubgroups ({ raw, relations }: Family): Generator<Remedy> {
  const sums = relations.filter((relation): relation is SumRelation => (relation.kind === 'parts' || relation.kind === 'found') && relation.coefficients.every(coefficient => coefficient === 1))
  const distinct = [...groupBy(sums, ({ total, parts }) => [total, ...parts].map(({ indicator }) => indicator).toSorted().join('|'))]
    .map(([key, [sum]]) => ({ key, total: sum!.total.indicator, parts: sum!.parts.map(({ indicator }) => indicator) }))
  const sizeOf = (id: string) => raw.columns.filter(({ indicator }) => indicator === id)
    .reduce((sum, { cells }) => sum + cells.reduce((all, cell) => all + (cell.status === 'observed' ? cell.value : 0), 0), 0)
  for (const { key, parts } of distinct.slice(0, mostTried)) {
    // What stands in another sum too could be computed from that.
    const isElsewhere = (id: string) => distinct.some(other => other.key !== key && [other.total, ...other.parts].includes(id))
    const [first, second] = parts.map(id => ({ id, size: sizeOf(id) })).toSorted((a, b) => a.size - b.size).map(({ id }) => id).slice(0, 2).toSorted((a, b) => parts.indexOf(a) - parts.indexOf(b))
    if (parts.length < 3 || isElsewhere(first!) || isElsewhere(second!)) continue
    yield { name: 'merged-subgroups', facts: { first: first!, second: second! }, trial: asOne(raw, first!, second!) }
  }
}

function asOne (raw: Trial, first: string, second: string): Trial {
  const id = `${first}+${second}`
  const figures = figuresOf(raw.columns)
  const columns = raw.columns.flatMap((column): FigureColumn[] => {
    if (column.indicator !== first && column.indicator !== second) return [column]
    const other = findFigures(figures, column.level, column.indicator === first ? second : first, column.period)
    return !other ? [column] : column.indicator === first ? [{ ...addColumns([column, other]), indicator: id }] : []
  })
  const replaced = (ids: readonly string[]) => ids.includes(first) && ids.includes(second) ? [...ids.map(term => term === first ? id : term).filter(term => term !== second)] : [...ids]
  const indicators = raw.indicators.flatMap(entry => {
    const { numerator, denominator, parts } = entry
    const changed = {
      ...entry,
      ...(Array.isArray(numerator) && { numerator: replaced(numerator) }),
      ...(Array.isArray(denominator) && { denominator: replaced(denominator) }),
      ...(parts && { parts: replaced(parts) }),
    }
    return entry.id === first ? [changed, { ...entry, id }] : [changed]
  })
  return keepComputable({ ...raw, columns, indicators, weightOf: ({ indicator }) => indicator === id ? 2 : 1 })
}

/** One area and its neighbour as one, for good: those areas first that lose most now. */
function * mergeAreas ({ raw }: Family, { figures, file }: ProtectInput): Generator<Remedy> {
  // Two largest contributions cannot be added.
  if (raw.columns.some(({ rules }) => rules.dominance)) return
  const leaves = leavesOf(raw)
  const lost = leaves.flatMap(level => {
    // What others publish of an area holds for that area alone.
    if (file.external?.some(entry => entry.level === level.id && (entry.areas ?? entry.values))) return []
    const columns = raw.columns.filter(column => column.level === level.id)
    return level.areas.map((_, area) => ({
      level,
      area,
      cells: columns.filter(({ indicator, period, cells }) => cells[area]!.status !== 'missing' && findFigures(figures, level.id, indicator, period)?.cells[area]!.status !== 'observed').length,
      size: sizeOf(columns, area),
    }))
  })
  const worst = lost.filter(({ cells }) => cells > 0).toSorted((a, b) => b.cells - a.cells || a.size - b.size).slice(0, mostTried)
  const tried = new Set<string>()
  for (const { level, area } of worst) {
    const other = chooseNeighbour(raw, level, area)
    const pair = other === undefined ? [] : [area, other].toSorted((a, b) => a - b)
    const key = `${level.id}|${pair.join('|')}`
    if (pair.length === 0 || tried.has(key)) continue
    tried.add(key)
    const [first, second] = pair as [number, number]
    yield { name: 'merged-areas', facts: { level: level.id, first: level.areas[first]!.id, second: level.areas[second]!.id }, trial: asOneArea(raw, level, first, second) }
  }
}

/** The smallest neighbour under the same parent; where areas do not touch, the smallest of the others there. */
function chooseNeighbour ({ columns, geometries }: Trial, { id, areas, geometry }: Level, area: number): number | undefined {
  const siblings = areas.flatMap(({ parentId }, other) => other !== area && parentId === areas[area]!.parentId ? [other] : [])
  const near = listNeighbours(geometries.find(({ id }) => id === geometry)!, area)
  const touching = siblings.filter(other => near.has(other))
  const ofLevel = columns.filter(({ level }) => level === id)
  return (touching.length > 0 ? touching : siblings).toSorted((a, b) => sizeOf(ofLevel, a) - sizeOf(ofLevel, b) || a - b)[0]
}

function sizeOf (columns: readonly FigureColumn[], area: number): number {
  return columns.reduce((sum, { cells }) => {
    const cell = cells[area]!
    return sum + (cell.status === 'observed' ? cell.value : 0)
  }, 0)
}

function asOneArea (raw: Trial, level: Level, first: number, second: number): Trial {
  const merge = <Entry>(entries: readonly Entry[], join: (a: Entry, b: Entry) => Entry): Entry[] => entries
    .map((entry, area) => area === first ? join(entry, entries[second]!) : entry)
    .filter((_, area) => area !== second)
  const geometry = mergeShapes(raw.geometries.find(({ id }) => id === level.geometry)!, first, second)
  const areas = merge(level.areas, (a, b) => ({ ...a, id: `${a.id}+${b.id}` }))
  const ofLevel = (column: FigureColumn) => column.level === level.id ? { ...column, cells: merge(column.cells, (a, b) => addCells([a, b])) } : column
  return {
    ...raw,
    columns: raw.columns.map(ofLevel),
    beside: raw.beside.map(ofLevel),
    levels: raw.levels.map(other => other === level ? { ...level, areas, geometry: geometry.id } : other),
    geometries: [...raw.geometries, geometry],
    weightOf: (column, area) => column.level === level.id && area === first ? 2 : 1,
  }
}

/** Disjoint cells of three years in place of each year: cases add up, numbers at a day do not. */
function * joinYears ({ raw }: Family): Generator<Remedy> {
  const kinds = new Set(raw.columns.map(({ period }) => getPeriod(period).kind))
  const isCountedTwice = raw.columns.some(({ rules: { units, dominance } }) => units ?? dominance)
  // Windows that overlap would give the years away again.
  if (!kinds.has('year') || kinds.has('years') || isCountedTwice) return
  const years = [...new Set(raw.columns.map(({ period }) => period))].filter(isYear).toSorted(comparePeriods)
  const windows = windowsOf(Number(years.at(-1)), Number(years[0]))
  const columns = inWindows(raw.columns, windows)
  if (columns.length === 0) return
  const beside = inWindows(raw.beside, windows)
  const periodsOf = (id: string) => [...columns, ...beside].filter(({ indicator }) => indicator === id).map(({ period }) => getPeriod(period).kind)
  // Cases of three years are no part of those who were there on one day.
  const indicators = raw.indicators.filter(({ kind, ...entry }) => kind !== 'share' || new Set(termsOf({ kind, ...entry }).flatMap(id => periodsOf(id))).size <= 1)
  const names = [...new Set(columns.map(({ period }) => period))].filter(period => getPeriod(period).kind === 'years').toSorted(comparePeriods)
  const weightOf = ({ period }: FigureColumn) => names.includes(period) ? yearsTogether : 1
  if (names.length > 0) yield { name: 'several-years', facts: { periods: names.join(', ') }, trial: keepComputable({ ...raw, columns, beside, indicators, weightOf }) }
}

function isYear (period: string): boolean {
  return getPeriod(period).kind === 'year'
}

/** Threes of years that follow each other, the newest first. */
function windowsOf (last: number, first: number): string[][] {
  const count = Math.floor((last - first + 1) / yearsTogether)
  return Array.from({ length: count }, (_, index) => Array.from({ length: yearsTogether }, (_, year) => String(last - yearsTogether * (index + 1) + 1 + year)))
}

/** Years that fill no window are not offered, nor quarters, which would add up to years. */
function inWindows (columns: readonly FigureColumn[], windows: ReadonlyArray<readonly string[]>): FigureColumn[] {
  const figures = figuresOf(columns)
  const others = columns.filter(({ period }) => !['year', 'quarter'].includes(getPeriod(period).kind))
  const series = groupBy(columns.filter(({ period }) => isYear(period)), ({ level, indicator }) => `${level}|${indicator}`)
  const joined = [...series.values()].flatMap(([first]) => windows.flatMap((years): FigureColumn[] => {
    const members = years.map(year => findFigures(figures, first!.level, first!.indicator, year))
    return members.every(member => member !== undefined) ? [{ ...addColumns(members), period: `${years[0]}-${years.at(-1)}` }] : []
  }))
  return [...others, ...joined]
}

/** The next smaller of the usual minimum counts, where the publisher and the data protection officer agree. */
function * lowerMinimum ({ raw }: Family): Generator<Remedy> {
  const from = Math.max(...raw.columns.filter(isSuppressible).map(({ rules }) => rules.minimumCount))
  const to = usualMinimums.find(minimum => minimum < from)
  if (to === undefined) return
  const columns = raw.columns.map(column => column.rules.minimumCount > to ? { ...column, rules: { ...column.rules, minimumCount: to } } : column)
  yield { name: 'smaller-minimum', facts: { from, to }, trial: { ...raw, columns } }
}

/** The family on its upper levels alone. */
function * dropLeaf ({ raw }: Family): Generator<Remedy> {
  const leaf = leavesOf(raw).toSorted((a, b) => b.areas.length - a.areas.length)[0]
  if (leaf && raw.columns.some(({ level }) => level !== leaf.id)) yield { name: 'without-leaf', facts: { level: leaf.id }, trial: withoutLevels(raw, [leaf.id]) }
}

function * roundCounts ({ raw }: Family): Generator<Remedy> {
  if (!raw.columns.some(isSuppressible)) return
  const columns = raw.columns.map(column => isSuppressible(column) ? { ...column, rules: { ...column.rules, method: 'round5' as const } } : column)
  yield { name: 'rounded', facts: { base: 5 }, trial: { ...raw, columns } }
}

/** Levels of the family that contain no other of its levels. */
function leavesOf ({ columns, levels }: Trial): Level[] {
  const used = levels.filter(({ id }) => columns.some(({ level }) => level === id))
  return used.filter(({ id }) => !used.some(({ parent }) => parent === id))
}

function figuresOf (columns: readonly FigureColumn[]): Figures {
  const figures: Figures = { columns: new Map() }
  for (const column of columns) addColumn(figures, column)
  return figures
}

/** Area by area. */
function addColumns (columns: readonly FigureColumn[]): FigureColumn {
  const [first] = columns
  return {
    ...first!,
    cells: first!.cells.map((_, area) => addCells(columns.map(({ cells }) => cells[area]!))),
    unassigned: columns.flatMap(({ unassigned }) => unassigned),
    deliveries: new Set(columns.flatMap(({ deliveries }) => [...deliveries])),
    rules: columns.map(({ rules }) => rules).reduce(stricterRules),
  }
}

const usualMinimums = [10, 5, 3]
const yearsTogether = 3
/** So many merges of one kind are tried. */
const mostTried = 3
