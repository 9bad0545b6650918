import type { SparseRows } from '../core/release.ts'

/**
 * How far can one column move while all rows stay zero? A dense simplex method with bounds on both
 * sides that starts at zero, which is feasible, so there is no first phase. Columns outside the
 * basis may lie anywhere between their bounds. Tableau and point stay from one question to the
 * next, which makes the next one cheap.
 *
 * Its answers are floating point: whoever relies on a point checks it in integers first.
 */
export class LinearProgram {
  /** Where every column is now; zero at the start. */
  readonly point: Float64Array
  /** Bounds of every column; may be changed between questions as long as `point` fits them. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly #basics: Int32Array
  readonly #nonbasics: Int32Array
  /** Slot of a nonbasic column, or ~row of a basic one. */
  readonly #place: Int32Array
  /** Row after row: basic + Σ tableau · nonbasic = 0. */
  readonly #tableau: Float64Array
  /** Slots that are not zero in the pivot row. */
  readonly #support: Int32Array
  /** Rows in which the entering column is not zero, and how many. */
  readonly #touched: Int32Array
  #touchedCount = 0

  /** @param rows Σ coefficient · column = 0; dependent ones do no harm */
  constructor (rows: SparseRows, lower: Float64Array, upper: Float64Array) {
    const { tableau, basics, nonbasics } = eliminate(rows, lower.length)
    this.point = new Float64Array(lower.length)
    this.lower = lower.slice()
    this.upper = upper.slice()
    this.#tableau = tableau
    this.#basics = basics
    this.#nonbasics = nonbasics
    this.#place = new Int32Array(lower.length)
    basics.forEach((column, row) => { this.#place[column] = ~row })
    nonbasics.forEach((column, slot) => { this.#place[column] = slot })
    this.#support = new Int32Array(nonbasics.length)
    this.#touched = new Int32Array(basics.length)
  }

  /** Back to zero; what the tableau has learnt stays. Bounds must hold zero. */
  reset (): void {
    this.point.fill(0)
  }

  /**
   * Moves `column` up (1) or down (−1) as far as possible, or until it is at `stop`.
   *
   * @param isCareful takes Bland's rule from the start, and so another way
   * @returns where it ends, ±Infinity where nothing stops it, NaN where it did not come to an end
   */
  push (column: number, direction: 1 | -1, stop = direction * Infinity, isCareful = false): number {
    const bounds = direction > 0 ? this.upper : this.lower
    const bound = bounds[column]!
    bounds[column] = direction > 0 ? Math.min(bound, stop) : Math.max(bound, stop)
    const end = this.#climb(column, direction, isCareful)
    bounds[column] = bound
    return end
  }

  #climb (column: number, direction: number, isAlwaysCareful: boolean): number {
    const { point, lower, upper } = this
    const goal = direction > 0 ? upper[column]! : lower[column]!
    const patience = 50 * point.length + 1000
    let idle = 0
    for (let step = 0; step < patience; step++) {
      if (direction * (goal - point[column]!) <= tiny) return point[column]!
      // Bland's rule ends cycles; it is slow, so it waits until the point has not moved for long.
      const isCareful = isAlwaysCareful || idle > 2 * this.#basics.length + 20
      const place = this.#place[column]!
      const slot = place >= 0 ? place : this.#chooseEntering(~place, direction, isCareful)
      if (slot < 0) return point[column]!
      const entering = this.#nonbasics[slot]!
      const heading = place >= 0 ? direction : -Math.sign(this.#tableau[~place * this.#nonbasics.length + slot]!) * direction
      const room = heading > 0 ? upper[entering]! - point[entering]! : point[entering]! - lower[entering]!
      this.#gather(slot)
      const { row, length } = this.#findBlocking(slot, heading, room, column, isCareful)
      if (length === Infinity) return direction * Infinity
      this.#advance(slot, heading, length)
      idle = length > tiny ? 0 : idle + 1
      if (row >= 0) this.#pivot(row, slot)
    }
    return NaN
  }

  /** A nonbasic column whose move lets the basic one of `row` go on, or −1 where there is none: optimal. */
  #chooseEntering (row: number, direction: number, isCareful: boolean): number {
    const { point, lower, upper } = this
    const nonbasics = this.#nonbasics
    const tableau = this.#tableau
    const width = nonbasics.length
    let [best, bestRoom] = [-1, 0]
    for (let slot = 0, entry = row * width; slot < width; slot++, entry++) {
      const rate = tableau[entry]! * direction
      if (rate < tiny && rate > -tiny) continue
      const column = nonbasics[slot]!
      const room = rate < 0 ? upper[column]! - point[column]! : point[column]! - lower[column]!
      if (room <= tiny) continue
      if (isCareful) {
        if (best < 0 || column < nonbasics[best]!) best = slot
      } else if (room > bestRoom) {
        [best, bestRoom] = [slot, room]
      }
    }
    return best
  }

  /** The one walk down a column of the tableau, which lies row by row. */
  #gather (slot: number): void {
    const tableau = this.#tableau
    const touched = this.#touched
    const width = this.#nonbasics.length
    const height = this.#basics.length
    let count = 0
    for (let row = 0, entry = slot; row < height; row++, entry += width) if (tableau[entry] !== 0) touched[count++] = row
    this.#touchedCount = count
  }

  /** How far the column of `slot` can go: blocked by a basic column (its row) or only by its own bound (row −1). */
  #findBlocking (slot: number, heading: number, room: number, column: number, isCareful: boolean): { row: number, length: number } {
    const { point, lower, upper } = this
    const basics = this.#basics
    const tableau = this.#tableau
    const width = this.#nonbasics.length
    let [row, length, size] = [-1, room, Infinity]
    for (let index = 0; index < this.#touchedCount; index++) {
      const other = this.#touched[index]!
      const rate = tableau[other * width + slot]! * heading
      if (rate < tiny && rate > -tiny) continue
      const basic = basics[other]!
      const otherRoom = rate > 0 ? point[basic]! - lower[basic]! : upper[basic]! - point[basic]!
      const otherLength = otherRoom > 0 ? otherRoom / Math.abs(rate) : 0
      if (otherLength > length + tiny) continue
      const isTie = otherLength >= length - tiny
      // Of several that block at once: nobody needs a pivot where the own bound does, then the largest pivot.
      const isBetter = !isTie || (row >= 0 && (isCareful ? basic < basics[row]! : basic === column || (Math.abs(rate) > size && basics[row] !== column)))
      if (!isBetter) continue
      [row, length, size] = [other, Math.min(length, otherLength), Math.abs(rate)]
    }
    return { row, length }
  }

  #advance (slot: number, heading: number, length: number): void {
    if (length === 0) return
    const { point } = this
    const tableau = this.#tableau
    const width = this.#nonbasics.length
    const entering = this.#nonbasics[slot]!
    point[entering] = clean(point[entering]! + heading * length)
    for (let index = 0; index < this.#touchedCount; index++) {
      const row = this.#touched[index]!
      const rate = tableau[row * width + slot]!
      const basic = this.#basics[row]!
      point[basic] = clean(point[basic]! - rate * heading * length)
    }
  }

  #pivot (row: number, slot: number): void {
    const tableau = this.#tableau
    const support = this.#support
    const width = this.#nonbasics.length
    const start = row * width
    const pivot = tableau[start + slot]!
    let count = 0
    for (let other = 0; other < width; other++) {
      if (other === slot || tableau[start + other] === 0) continue
      tableau[start + other] = clean(tableau[start + other]! / pivot)
      support[count++] = other
    }
    tableau[start + slot] = clean(1 / pivot)
    for (let turn = 0; turn < this.#touchedCount; turn++) {
      const other = this.#touched[turn]!
      if (other === row) continue
      const base = other * width
      const factor = tableau[base + slot]!
      for (let index = 0; index < count; index++) {
        const entry = support[index]!
        tableau[base + entry] = clean(tableau[base + entry]! - factor * tableau[start + entry]!)
      }
      tableau[base + slot] = clean(-factor / pivot)
    }
    const [entering, leaving] = [this.#nonbasics[slot]!, this.#basics[row]!]
    this.#basics[row] = entering
    this.#nonbasics[slot] = leaving
    this.#place[entering] = ~row
    this.#place[leaving] = slot
  }
}

/** Below this a rate or a room counts as nothing; entries of these tables are small fractions. */
const tiny = 1e-7

/** Takes rounding errors off numbers that are whole, which nearly all are. */
function clean (value: number): number {
  const whole = Math.round(value)
  return Math.abs(value - whole) < 1e-9 ? whole : value
}

/** Solves the rows for one column each (Gauss-Jordan), dropping those that say nothing new. */
function eliminate (rows: SparseRows, width: number): { tableau: Float64Array, basics: Int32Array, nonbasics: Int32Array } {
  const height = rows.starts.length - 1
  const matrix = new Float64Array(height * width)
  // Per column the rows that it stands in, or stood in once.
  const uses: number[][] = Array.from({ length: width }, () => [])
  for (let row = 0; row < height; row++) {
    for (let entry = rows.starts[row]!; entry < rows.starts[row + 1]!; entry++) {
      matrix[row * width + rows.columns[entry]!]! += rows.coefficients[entry]!
      uses[rows.columns[entry]!]!.push(row)
    }
  }
  const basicOf = new Int32Array(height).fill(-1)
  const support = new Int32Array(width)
  // Short rows and rare columns first: they fill the matrix least.
  const order = Array.from({ length: height }, (_, row) => row).sort((a, b) => lengthOf(rows, a) - lengthOf(rows, b) || a - b)
  for (const row of order) {
    const start = row * width
    let [pivotColumn, count] = [-1, 0]
    for (let column = 0; column < width; column++) {
      const entry = matrix[start + column]!
      if (entry === 0) continue
      support[count++] = column
      if (pivotColumn < 0 || isBetterPivot(entry, uses[column]!.length, matrix[start + pivotColumn]!, uses[pivotColumn]!.length)) pivotColumn = column
    }
    if (pivotColumn < 0) continue
    const pivot = matrix[start + pivotColumn]!
    for (let index = 0; index < count; index++) matrix[start + support[index]!] = clean(matrix[start + support[index]!]! / pivot)
    for (const other of uses[pivotColumn]!) {
      const factor = matrix[other * width + pivotColumn]!
      if (factor === 0 || other === row) continue
      for (let index = 0; index < count; index++) {
        const column = support[index]!
        const entry = other * width + column
        if (matrix[entry] === 0) uses[column]!.push(other)
        matrix[entry] = clean(matrix[entry]! - factor * matrix[start + column]!)
      }
    }
    basicOf[row] = pivotColumn
  }
  return compress(matrix, basicOf, width)
}

function lengthOf ({ starts }: SparseRows, row: number): number {
  return starts[row + 1]! - starts[row]!
}

function isBetterPivot (entry: number, uses: number, bestEntry: number, bestUses: number): boolean {
  const [isUnit, isBestUnit] = [Math.abs(entry) === 1, Math.abs(bestEntry) === 1]
  return isUnit === isBestUnit ? uses < bestUses : isUnit
}

function compress (matrix: Float64Array, basicOf: Int32Array, width: number): { tableau: Float64Array, basics: Int32Array, nonbasics: Int32Array } {
  const basics = basicOf.filter(column => column >= 0)
  const isBasic = new Set(basics)
  const nonbasics = Int32Array.from({ length: width }, (_, column) => column).filter(column => !isBasic.has(column))
  const tableau = new Float64Array(basics.length * nonbasics.length)
  let target = 0
  basicOf.forEach((column, row) => {
    if (column < 0) return
    for (const nonbasic of nonbasics) tableau[target++] = matrix[row * width + nonbasic]!
  })
  return { tableau, basics, nonbasics }
}
