import { problem, type Problem } from '../../core/problem.ts'
import type { Audience, Remark } from '../../core/edition.ts'
import { quoteList } from '../facts.ts'
import type { Figures } from '../figures.ts'
import { findLevelOfSystem } from '../join/period.ts'
import type { Boundaries } from '../levels/levels.ts'
import type { DeliveryEntry, IndicatorEntry } from '../project-file/schema.ts'
import type { GridEntry } from '../project-file/schema/grid.ts'
import { joinBoxes, type Box } from '../ring.ts'
import { indexAreas, type AreaIndex } from './area-index.ts'
import { assignCentres, assignShares, type Assignment } from './assign.ts'
import { findCoverage, type Coverage } from './coverage.ts'
import { listAncestors } from './ancestors.ts'
import { joinCount, joinMean, type GridJoin } from './grid-figures.ts'
import type { GridField } from './grid-head.ts'
import { findPlane, toPlaneAreas, type PlaneAreas } from './plane.ts'
import { readGrid, uninhabited, type Grid } from './read-grid.ts'

export interface GridInput {
  readonly delivery: DeliveryEntry
  readonly filePath: string
  readonly displayName: string
  /** Period of the file where the project fixes it. */
  readonly filePeriod?: string
  readonly boundaries: Boundaries
  readonly audience: Audience
  readonly indicators: readonly IndicatorEntry[]
  /** Path of a file that the project names. */
  readonly resolve: (file: string) => string
}

/**
 * Sums the cells of a census grid into areas, and says how many of them were secret. Cells know no boundaries, so a grid fits any
 * vintage. Counts are added up for the level of the delivery (upper levels follow from them), means for the levels above it too.
 */
export async function joinGrid (figures: Figures, input: GridInput): Promise<{ remarks: Remark[], problems: Problem[] }> {
  const { delivery, boundaries, displayName: file } = input
  const entry = delivery.grid!
  const place = { file }
  const period = String(input.filePeriod ?? delivery.period?.value)
  const level = delivery.system === undefined
    ? boundaries.levels.find(({ id }) => id === delivery.level)!
    : findLevelOfSystem(boundaries.levels, delivery.system, period) ?? boundaries.levels.findLast(({ system }) => system === delivery.system)!
  const crs = entry.crs ?? 'EPSG:3035'
  const toPlane = findPlane(crs)
  if (!toPlane) return { remarks: [], problems: [problem('grid-unusable-crs', place, { crs })] }

  const geometry = boundaries.geometries.find(({ id }) => id === level.geometry)!
  const areas = toPlaneAreas(geometry.shapes, toPlane)
  const index = indexAreas(areas)
  const { grid, problems } = await readGrid(input.filePath, { ...readSettings(delivery), displayName: file, fields: listFields(entry), within: reachOf(areas, index) })
  if (!grid) return { remarks: [], problems }

  const assignment = entry.assign === 'area' ? assignShares(grid, areas, index) : assignCentres(grid, areas)
  if (assignment.cells.length === 0) return { remarks: [], problems: [problem('grid-nothing-inside', place, { rows: grid.rows, extent: formatBox(grid.extent), areas: formatBox(reachOf(areas, index)), crs })] }
  const coverage = findCoverage(grid, index, countCells(assignment, level.areas.length))
  const join: GridJoin = {
    figures, level, period, entry, grid, assignment, coverage, delivery, place, audience: input.audience, resolve: input.resolve, indicators: input.indicators, ancestors: listAncestors(level, boundaries.levels),
  }
  const reports = []
  for (const [id, column] of Object.entries(entry.columns ?? {})) reports.push(await joinCount(join, id, column))
  for (const [id, column] of Object.entries(entry.means ?? {})) reports.push(await joinMean(join, id, column))
  return {
    remarks: reports.flatMap(({ remarks }) => remarks),
    problems: [...problems, ...placeProblems(join), ...reports.flatMap(({ problems }) => problems)],
  }
}

/** How the cells of a delivery are written. */
export function readSettings ({ grid, dialect }: Pick<DeliveryEntry, 'grid' | 'dialect'>) {
  const { x, y, size, secret, uninhabited } = grid!
  return { x, y, size, secret, uninhabited, delimiter: dialect?.delimiter, decimal: dialect?.decimal }
}

/** Fields in the order in which `GridJoin` finds them: counts, then means, then their weights. */
export function listFields ({ columns = {}, means = {} }: GridEntry): GridField[] {
  return [
    ...Object.values(columns).map(column => typeof column === 'string' ? { column } : column),
    ...Object.values(means).map(({ column }) => ({ column })),
    ...Object.values(means).flatMap(({ weight }) => typeof weight === 'string' ? { column: weight } : []),
  ]
}

/** Files beside the grid itself: weights in a file of their own, and published values. */
export function listGridFiles (grid: GridEntry | undefined): string[] {
  const weights = Object.values(grid?.means ?? {}).flatMap(({ weight }) => typeof weight === 'string' ? [] : weight.file)
  return [...new Set([...weights, ...Object.values(grid?.calibrate ?? {}).flatMap(({ file }) => file ?? [])])]
}

/** Around all areas and a cell more, because a cell on the border has its centre beyond it. */
function reachOf (areas: PlaneAreas, index: AreaIndex): Box {
  const { minX, minY, maxX, maxY } = joinBoxes(Array.from({ length: areas.areaRings.length - 1 }, (_, area) => index.boxOf(area)))
  return { minX: minX - marginMetres, minY: minY - marginMetres, maxX: maxX + marginMetres, maxY: maxY + marginMetres }
}

/** Half of the largest cells there are (10 km). */
const marginMetres = 5000

function countCells ({ areas }: Assignment, areaCount: number): Int32Array {
  const counts = new Int32Array(areaCount)
  for (const area of areas) counts[area]!++
  return counts
}

/** Cells on no area, areas without cells: both sides, as with a table. */
function placeProblems ({ grid, assignment, coverage, level, place, entry }: GridJoin): Problem[] {
  const inside = new Set(assignment.cells).size
  const outside = countInhabited(grid) - countInhabited(grid, assignment.cells)
  const named = (kinds: readonly Coverage[]) => level.areas.flatMap(({ id }, i) => kinds.includes(coverage[i]!) ? [id] : [])
  const [small, beyond] = [entry.assign === 'area' ? [] : named(['too-small']), named(['beyond', 'partly-beyond'])]
  return [
    problem('grid-cells-assigned', place, { rows: grid.rows, inside, outside, level: level.id }),
    ...small.length === 0 ? [] : [problem('grid-areas-too-small', place, { count: small.length, areas: quoteList(small, 10), size: grid.sizeMetres })],
    ...beyond.length === 0 ? [] : [problem('grid-areas-beyond', place, { count: beyond.length, areas: quoteList(beyond, 10) })],
  ]
}

/** Cells with any value, secret ones included. */
function countInhabited ({ x, values }: Grid, cells: ArrayLike<number> = x.map((_, i) => i)): number {
  const seen = new Set<number>()
  for (let i = 0; i < cells.length; i++) {
    if (values.some(column => column[cells[i]!] !== uninhabited)) seen.add(cells[i]!)
  }
  return seen.size
}

function formatBox ({ minX, minY, maxX, maxY }: Box): string {
  return `${Math.round(minX)}–${Math.round(maxX)} / ${Math.round(minY)}–${Math.round(maxY)}`
}
