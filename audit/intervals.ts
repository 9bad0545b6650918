import type { SparseRows } from '../core/release.ts'
import { toTable, type Component } from './component.ts'
import { findIntegerOptimum } from './integer-optimum.ts'
import { LinearProgram } from './linear-program.ts'

/** What the search has cost so far. */
export interface Effort {
  lps: number
  integerChecks: number
}

/**
 * Searches other tables that fit everything the intruder knows. Only a table that has been checked
 * in whole numbers counts as a way out; the linear program merely proposes them. So its rounding
 * errors can raise a false alarm, which the integer solver settles, but never hide a leak.
 */
export class Interrogation {
  readonly component: Component
  readonly effort: Effort
  /** The farthest that any table found so far lies from the true one; counts as known once asked. */
  readonly lowest: Int32Array
  readonly highest: Int32Array
  #opened: LinearProgram | undefined

  constructor (component: Component, effort: Effort) {
    this.component = component
    this.effort = effort
    this.lowest = new Int32Array(component.cells.length)
    this.highest = new Int32Array(component.cells.length)
  }

  /**
   * Can the column be `end` away from its true value, up (1) or down (−1)?
   *
   * @returns a shift at or past `end` if so, otherwise the farthest possible one, ±Infinity where nothing limits it
   */
  async ask (column: number, direction: 1 | -1, end: number): Promise<number> {
    const best = direction > 0 ? this.highest : this.lowest
    if (direction * (best[column]! - end) >= 0) return best[column]!
    if (isTooLarge(this.component.rows, best.length)) return await this.#askSolver(column, direction, end)
    let reached = NaN
    // A fractional point proves nothing; from the true table there is mostly another way, over whole tables.
    for (let attempt = 0; attempt < attempts; attempt++) {
      reached = this.#propose(column, direction, attempt === 2 ? direction * Infinity : end, attempt > 2)
      if (direction * (best[column]! - end) >= 0) return best[column]!
      if (!(direction * reached >= direction * end - tolerance)) break
    }
    // Rows of whole coefficients that let a column run away do so in whole steps.
    if (reached === end && Math.abs(end) === Infinity) return reached
    // Integers inward: no whole table lies beyond, and if one lies there the question is settled.
    const inward = direction * Math.floor(direction * reached + tolerance)
    if (inward === best[column]) return inward
    return await this.#askSolver(column, direction, end)
  }

  /**
   * Another table in which `column` differs from its true value although `held` is at its own;
   * `true` if there is one that nobody has written down, `false` if there is none.
   */
  async findMove (column: number, held: number): Promise<Int32Array | boolean> {
    let isPossible = false
    for (const direction of [1, -1] as const) {
      let reached = NaN
      for (let attempt = 0; attempt < attempts && !isTooLarge(this.component.rows, this.lowest.length); attempt++) {
        const move = this.#proposeHolding(column, direction, held, attempt > 1)
        if (typeof move !== 'number') return move
        reached = move
        if (direction * reached < 1 - tolerance) break
      }
      isPossible ||= !(direction * reached < 1 - tolerance) && await this.#solve(column, direction, [held]) !== 0
    }
    return isPossible
  }

  #proposeHolding (column: number, direction: 1 | -1, held: number, isCareful: boolean): Int32Array | number {
    const program = this.#program
    const bounds = [program.lower[held]!, program.upper[held]!] as const
    program.reset()
    program.lower[held] = program.upper[held] = 0
    const reached = this.#propose(column, direction, direction, isCareful)
    const table = toTable(this.component, program.point)
    program.lower[held] = bounds[0]
    program.upper[held] = bounds[1]
    return table && table[column] !== 0 ? table : reached
  }

  get #program (): LinearProgram {
    const { rows, lower, upper } = this.component
    this.#opened ??= new LinearProgram(rows, lower, upper)
    return this.#opened
  }

  #propose (column: number, direction: 1 | -1, end: number, isCareful: boolean): number {
    this.effort.lps++
    const reached = this.#program.push(column, direction, end, isCareful)
    const table = toTable(this.component, this.#program.point)
    if (table) this.#keep(table)
    // From a fractional point the next questions would start badly.
    else this.#program.reset()
    return reached
  }

  #keep (table: Int32Array): void {
    const { lowest, highest } = this
    for (let column = 0; column < table.length; column++) {
      const shift = table[column]!
      if (shift > highest[column]!) highest[column] = shift
      else if (shift < lowest[column]!) lowest[column] = shift
    }
  }

  /** Fails closed: where the solver gave up, only what a table has shown counts as possible. */
  async #askSolver (column: number, direction: 1 | -1, end: number): Promise<number> {
    const best = direction > 0 ? this.highest : this.lowest
    const optimum = await this.#solve(column, direction, [])
    if (Number.isFinite(optimum)) best[column] = optimum
    return direction * (optimum - end) >= 0 ? optimum : best[column]!
  }

  async #solve (column: number, direction: 1 | -1, held: readonly number[]): Promise<number> {
    if (this.effort.integerChecks >= maximumIntegerChecks) return 0
    this.effort.integerChecks++
    return await findIntegerOptimum(this.component, column, direction, held) ?? 0
  }
}

/** Some per block are normal; where it takes so many, the pattern is broken, and the audit comes to an end. */
const maximumIntegerChecks = 300

/** Ways tried to a table of whole numbers before the integer solver is asked, which takes a thousand times as long. */
const attempts = 5

/** How far a linear program may be off. */
const tolerance = 1e-6

/** Beyond 200 MB a dense tableau is no longer sensible; the solver keeps its own sparse. */
function isTooLarge ({ starts }: SparseRows, width: number): boolean {
  return (starts.length - 1) * width > 25_000_000
}
