import type { Certificate } from '../../core/certificate.ts'
import { Neighbourhood, type Reach, type Terrain } from './neighbourhood.ts'
import { Simplex } from './simplex.ts'

/**
 * A movement of the true table into another one that fulfils the same equations and bounds: what a
 * certificate is made of. Cells and shifts beyond `count` are remains of earlier searches.
 */
export interface Movement {
  readonly cells: Int32Array
  readonly shifts: Float64Array
  count: number
}

/** What came of a search: `fractional` says that there may be a movement of whole numbers, but was not seen. */
export type Outcome = 'found' | 'none' | 'fractional'

/**
 * Looks for the movement that takes a cell to where it must be able to go and loses the reader the
 * least: whatever it moves must not be printed.
 */
export class WitnessSearch {
  readonly neighbourhood: Neighbourhood
  /** The last movement found. */
  readonly movement: Movement

  readonly #terrain: Terrain
  readonly #simplex = new Simplex()
  readonly #sums: Float64Array
  /** How far a certificate already moves a cell; 0 everywhere outside of `reroute`. */
  readonly #moved: Float64Array

  constructor (terrain: Terrain) {
    this.#terrain = terrain
    this.neighbourhood = new Neighbourhood(terrain)
    const count = terrain.fall.length
    this.movement = { cells: new Int32Array(count), shifts: new Float64Array(count), count: 0 }
    this.#sums = new Float64Array(terrain.rowStarts.length - 1)
    this.#moved = new Float64Array(count)
  }

  /** @param shift where to: above 0 up, below 0 down, never 0 */
  search (start: number, shift: number, reach: Reach): Outcome {
    if (!this.neighbourhood.gather(start, reach)) return 'none'
    const outcome = this.#solve(shift, reach.suppressed)
    return outcome !== 'found' || this.isValid(this.movement) ? outcome : 'fractional'
  }

  /**
   * Looks, in the neighbourhood gathered last, for a detour: the movement that takes the start of the
   * neighbourhood back to its true value after a certificate moved it, while another cell stays at
   * least as far as it must. Certificate and detour together are a certificate without the start.
   */
  reroute ({ cells, shifts }: Certificate, { cell, shift, suppressed }: { readonly cell: number, readonly shift: number, readonly suppressed: Uint8Array }): Outcome {
    const moved = this.#moved
    for (let i = 0; i < cells.length; i++) moved[cells[i]!] = shifts[i]!
    const back = -moved[this.neighbourhood.cells[0]!]!
    const outcome = this.#solve(back, suppressed, cell, shift)
    for (const moving of cells) moved[moving] = 0
    return outcome
  }

  /**
   * A solution in fractions is solved again with a limit on one of its columns, a few times: mostly
   * that is enough to make it whole.
   *
   * @param kept a cell that must stay moved by `keptShift` or farther, or −1
   */
  #solve (shift: number, suppressed: Uint8Array, kept = -1, keptShift = 0): Outcome {
    const limits: Array<{ readonly column: number, readonly limit: number, readonly isUpper: boolean }> = []
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      if (!this.#fill(shift, suppressed, kept, keptShift)) return 'none'
      const { lower, upper, x } = this.#simplex
      for (const { column, limit, isUpper } of limits) (isUpper ? upper : lower)[column] = limit
      if (!this.#simplex.solve()) return attempt === 0 ? 'none' : 'fractional'
      const column = this.#findFractional()
      if (column < 0) return this.#readMovement(shift)
      // Towards 0, where the solver starts from.
      limits.push({ column, limit: Math.trunc(x[column]!), isUpper: x[column]! > 0 })
    }
    return 'fractional'
  }

  /** @returns false where the start cannot go there at all */
  #fill (shift: number, suppressed: Uint8Array, kept: number, keptShift: number): boolean {
    const { fall, rise, cellStarts, cellRows, cellCoefficients, block: { weights } } = this.#terrain
    const { neighbourhood } = this
    const { cells, count, group, sign, groupCount, rowCount, placeOfRow } = neighbourhood
    const { lower, upper, cost, demand } = this.#simplex.begin(rowCount, groupCount)
    const moved = this.#moved
    for (let place = 0; place < count; place++) {
      const cell = cells[place]!
      const column = group[place]!
      const at = moved[cell]!
      let bottom = (cell === kept && keptShift > 0 ? keptShift : -fall[cell]!) - at
      let top = (cell === kept && keptShift < 0 ? keptShift : rise[cell]!) - at
      if (sign[place]! < 0) [bottom, top] = [-top, -bottom]
      if (bottom > lower[column]!) lower[column] = bottom
      if (top < upper[column]!) upper[column] = top
      // Costs that differ a little leave the solver no ties to go round in.
      cost[column]! += priceOf(cell, suppressed, weights) * (1 + place * unevenness)
      for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) {
        const row = placeOfRow[cellRows[entry]!]!
        if (row < 0) continue
        const coefficient = sign[place]! * cellCoefficients[entry]!
        // The start's movement is given: what the others must make up for.
        if (column === 0) demand[row]! -= coefficient * shift
        else this.#simplex.add(row, column, coefficient)
      }
      if (neighbourhood.isStuck(place)) lower[column] = upper[column] = 0
    }
    if (shift < lower[0]! || shift > upper[0]!) return false
    lower[0] = upper[0] = 0
    return true
  }

  copyMovement (): Movement {
    const { cells, shifts, count } = this.movement
    return { cells: cells.slice(0, count), shifts: shifts.slice(0, count), count }
  }

  /** @returns the first column that is not whole, −1 if all are */
  #findFractional (): number {
    const { x } = this.#simplex
    for (let column = 1; column < this.neighbourhood.groupCount; column++) {
      if (Math.abs(x[column]! - Math.round(x[column]!)) > closeToWhole) return column
    }
    return -1
  }

  #readMovement (shift: number): Outcome {
    const { cells, count, group, sign } = this.neighbourhood
    const { movement } = this
    const { x } = this.#simplex
    movement.count = 0
    for (let place = 0; place < count; place++) {
      const value = group[place] === 0 ? shift : x[group[place]!]!
      const whole = Math.round(value)
      if (whole === 0) continue
      movement.cells[movement.count] = cells[place]!
      movement.shifts[movement.count++] = sign[place]! * whole
    }
    return 'found'
  }

  /** Whether a movement keeps all bounds and equations; in whole numbers, without tolerance. */
  isValid ({ cells, shifts, count }: Movement): boolean {
    const { fall, rise, cellStarts, cellRows, cellCoefficients } = this.#terrain
    const sums = this.#sums
    let isWithin = true
    for (let i = 0; i < count; i++) {
      const cell = cells[i]!
      const shift = shifts[i]!
      if (shift > rise[cell]! || -shift > fall[cell]!) isWithin = false
      for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) sums[cellRows[entry]!]! += cellCoefficients[entry]! * shift
    }
    let isBalanced = true
    for (let i = 0; i < count; i++) {
      for (let entry = cellStarts[cells[i]!]!; entry < cellStarts[cells[i]! + 1]!; entry++) {
        if (sums[cellRows[entry]!] !== 0) isBalanced = false
        sums[cellRows[entry]!] = 0
      }
    }
    return isWithin && isBalanced
  }
}

/** What it costs to move a cell by one. */
export function priceOf (cell: number, suppressed: Uint8Array, weights: Float64Array): number {
  return suppressed[cell] === 1 ? costOfSuppressed : weights[cell]!
}

/** Against weights around 1: free, but short movements are preferred. */
const costOfSuppressed = 1e-5
const mostAttempts = 12
const unevenness = 1e-6
const closeToWhole = 1e-6
