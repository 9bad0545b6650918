import type { Assignment } from './assign.ts'
import { secret, uninhabited } from './read-grid.ts'

/** What the cells of each area say of one field, as columns by area. */
export interface Tally {
  /** Sum of the values; of a mean, the sum of value × weight. */
  readonly sums: Float64Array
  /** Sum of the weights of the cells with a value; for counts all zero. */
  readonly weights: Float64Array
  /** Sum of the weights of the cells whose value is secret. */
  readonly secretWeights: Float64Array
  /** Cells with a value. */
  readonly observed: Int32Array
  /** Cells whose value the source keeps to itself. */
  readonly secret: Int32Array
}

/** Adds up a count. @param areaCount number of areas */
export function tallyCounts (values: Float64Array, assignment: Assignment, areaCount: number): Tally {
  return tally(assignment, areaCount, (cell, area, share, sums) => {
    const value = values[cell]!
    if (value === uninhabited) return
    if (value === secret) sums.secret[area]!++
    else {
      sums.sums[area]! += value * share
      sums.observed[area]!++
    }
  })
}

/** Adds up a mean, weighted. A cell without a weight is as good as secret: nobody knows how much it says. */
export function tallyMeans (values: Float64Array, weights: ArrayLike<number>, assignment: Assignment, areaCount: number): Tally {
  return tally(assignment, areaCount, (cell, area, share, sums) => {
    const value = values[cell]!
    const weight = weights[cell]!
    if (value === uninhabited || weight === uninhabited) return
    if (value === secret || weight === secret) {
      sums.secret[area]!++
      if (weight !== secret) sums.secretWeights[area]! += weight * share
    } else {
      sums.sums[area]! += value * weight * share
      sums.weights[area]! += weight * share
      sums.observed[area]!++
    }
  })
}

function tally ({ cells, areas, shares }: Assignment, areaCount: number, add: (cell: number, area: number, share: number, sums: Tally) => void): Tally {
  const sums = emptyTally(areaCount)
  for (let pair = 0; pair < cells.length; pair++) add(cells[pair]!, areas[pair]!, shares === undefined ? 1 : shares[pair]!, sums)
  return sums
}

/** The tally of larger areas: -1 where an area belongs to none of them. */
export function gatherTally (tally: Tally, parents: ArrayLike<number>, parentCount: number): Tally {
  const gathered = emptyTally(parentCount)
  for (let area = 0; area < parents.length; area++) {
    const parent = parents[area]!
    if (parent === -1) continue
    for (const key of ['sums', 'weights', 'secretWeights', 'observed', 'secret'] as const) gathered[key][parent]! += tally[key][area]!
  }
  return gathered
}

function emptyTally (areaCount: number): Tally {
  return {
    sums: new Float64Array(areaCount), weights: new Float64Array(areaCount), secretWeights: new Float64Array(areaCount), observed: new Int32Array(areaCount), secret: new Int32Array(areaCount),
  }
}
