import type { MultiPolygon } from '../../core/area.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { assignCentres } from './assign.ts'
import { findPlane, toPlaneAreas } from './plane.ts'
import { readGrid } from './read-grid.ts'

export interface WeightsInput {
  /** Path of a census grid, plain or gzipped. */
  readonly gridFile: string
  readonly displayName: string
  /** Head of the column with inhabitants; default `Einwohner`. */
  readonly column?: string
  /** Areas of both vintages, in integers of 1e-7 degree. */
  readonly from: readonly MultiPolygon[]
  readonly to: readonly MultiPolygon[]
}

/** How many inhabitants an old area and a new one share. */
export interface GridWeight {
  /** Numbers of the areas, as given. */
  readonly from: number
  readonly to: number
  /** People of the cells with their centre in both; above zero, not normalised. */
  readonly weight: number
}

/**
 * Population weights from one area system to another: the people of every grid cell whose centre lies in both. Old areas in which
 * no cell has people are not among them; their land is what is left to go by.
 *
 * @returns weights by `from`, then `to`
 */
export async function weightsFromGrid ({ gridFile, displayName, column = 'Einwohner', from, to }: WeightsInput): Promise<{ weights: GridWeight[], problems: Problem[] }> {
  const { grid, problems } = await readGrid(gridFile, { displayName, fields: [{ column }] })
  if (!grid) return { weights: [], problems }
  const toPlane = findPlane('EPSG:3035')!
  const assigned = [from, to].map(shapes => {
    const areas = new Int32Array(grid.x.length).fill(-1)
    const assignment = assignCentres(grid, toPlaneAreas(shapes, toPlane))
    assignment.cells.forEach((cell, i) => { areas[cell] = assignment.areas[i]! })
    return areas
  }) as [Int32Array, Int32Array]
  const people = new Map<number, number>()
  for (let cell = 0; cell < grid.x.length; cell++) {
    const [old, next, value] = [assigned[0][cell]!, assigned[1][cell]!, grid.values[0]![cell]!]
    if (old === -1 || next === -1 || !Number.isFinite(value) || value === 0) continue
    const key = old * to.length + next
    people.set(key, (people.get(key) ?? 0) + value)
  }
  const weights = [...people].toSorted(([a], [b]) => a - b).map(([key, weight]) => ({ from: Math.floor(key / to.length), to: key % to.length, weight }))
  return { weights, problems: weights.length === 0 ? [...problems, problem('grid-no-weights', { file: displayName })] : problems }
}
