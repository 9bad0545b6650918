/**
 * A small linear program, many thousand times: the cheapest movement of a table that meets demands.
 *
 *     minimise Σ cost · |x|   subject to   A x = demand,   lower <= x <= upper,   lower <= 0 <= upper
 *
 * No movement at all costs nothing and is therefore where the search starts: no first phase is
 * needed. Dual simplex on a dense table: what is not yet met is met row by row, at the lowest price.
 * A cost has a kink at 0, so a column outside the basis rests at its lower bound, at 0 or at its upper bound.
 *
 * The buffers are reused; one instance serves any number of programs after one another.
 */
export class Simplex {
  /** Per column, to be filled after `begin`. */
  lower = new Float64Array(0)
  upper = new Float64Array(0)
  cost = new Float64Array(0)
  /** Per row, 0 after `begin`. */
  demand = new Float64Array(0)
  /** Per column, after `solve`. */
  x = new Float64Array(0)

  #rows = 0
  #columns = 0
  /** Row after row; a column that enters the basis leaves its place to the one that goes. */
  #table = new Float64Array(0)
  /** Which column stands in a place of the table, −1 for none. */
  #columnAt = new Int32Array(0)
  /** Which column is the basis of a row, −1 as long as it is nothing but its own shortfall. */
  #basis = new Int32Array(0)
  /** Value of the basis, and the stretch on which its cost has one slope. */
  #value = new Float64Array(0)
  #from = new Float64Array(0)
  #to = new Float64Array(0)
  #slope = new Float64Array(0)
  /** How many entries of the row are not 0, or a few more. */
  #entries = new Int32Array(0)
  /** Per place: what the rest of the table costs or saves when this column rises by one. */
  #price = new Float64Array(0)
  /** Scratch: places of the pivot row that are not 0; candidates of the ratio test. */
  #filled = new Int32Array(0)
  #pivotRow = new Float64Array(0)
  #candidates = new Int32Array(0)
  #ratios = new Float64Array(0)
  #reaches = new Float64Array(0)

  /** Forgets the last program: no demands, columns without cost, bounds or coefficients. */
  begin (rows: number, columns: number): this {
    if (columns > this.cost.length) this.#growColumns(2 * columns)
    if (rows > this.demand.length) this.#growRows(2 * rows)
    if (rows * columns > this.#table.length) this.#table = new Float64Array(2 * rows * columns)
    this.#rows = rows
    this.#columns = columns
    this.#table.fill(0, 0, rows * columns)
    this.demand.fill(0, 0, rows)
    this.#entries.fill(0, 0, rows)
    this.cost.fill(0, 0, columns)
    this.lower.fill(-Infinity, 0, columns)
    this.upper.fill(Infinity, 0, columns)
    return this
  }

  /** Adds to a coefficient. */
  add (row: number, column: number, coefficient: number): void {
    const entry = row * this.#columns + column
    if (this.#table[entry] === 0) this.#entries[row]!++
    this.#table[entry]! += coefficient
  }

  /** @returns false where the demands cannot be met, or were not met within the allowed steps */
  solve (): boolean {
    const rows = this.#rows
    const columns = this.#columns
    this.x.fill(0, 0, columns)
    this.#price.fill(0, 0, columns)
    for (let column = 0; column < columns; column++) this.#columnAt[column] = column
    this.#basis.fill(-1, 0, rows)
    this.#from.fill(0, 0, rows)
    this.#to.fill(0, 0, rows)
    this.#slope.fill(0, 0, rows)
    for (let row = 0; row < rows; row++) this.#value[row] = this.demand[row]!

    for (let step = 0, limit = stepsPerLine * (rows + columns) + 50; step < limit; step++) {
      const row = this.#worstRow()
      if (row < 0) {
        for (let i = 0; i < rows; i++) if (this.#basis[i]! >= 0) this.x[this.#basis[i]!] = this.#value[i]!
        return true
      }
      if (!this.#improve(row)) return false
    }
    return false
  }

  /** The row whose basis is farthest outside its stretch, measured by how much a row has to offer; −1 if there is none. */
  #worstRow (): number {
    const value = this.#value
    const from = this.#from
    const to = this.#to
    const entries = this.#entries
    let worst = 0
    let worstRow = -1
    for (let row = 0; row < this.#rows; row++) {
      const v = value[row]!
      const excess = v < from[row]! ? from[row]! - v : v - to[row]!
      if (excess <= tolerance) continue
      const score = excess / entries[row]!
      if (score > worst) {
        worst = score
        worstRow = row
      }
    }
    return worstRow
  }

  /**
   * Moves the basis of a row to the end of its stretch. Columns that help are taken by rising price;
   * those that cannot do it alone go to their next kink, the last one becomes the new basis.
   *
   * @returns false where all of them together do not suffice
   */
  #improve (row: number): boolean {
    const { cost, lower, upper, x } = this
    const table = this.#table
    const price = this.#price
    const candidates = this.#candidates
    const ratios = this.#ratios
    const reaches = this.#reaches
    const filled = this.#filled
    const start = row * this.#columns
    const value = this.#value[row]!
    const isBelow = value < this.#from[row]!
    let missing = isBelow ? this.#from[row]! - value : value - this.#to[row]!
    let count = 0
    let filledCount = 0

    for (let place = 0; place < this.#columns; place++) {
      const entry = table[start + place]!
      if (entry === 0) continue
      filled[filledCount++] = place
      // A rise of the column by one brings the row `gain` nearer.
      const gain = isBelow ? -entry : entry
      const size = gain > 0 ? gain : -gain
      if (size < smallestPivot) continue
      const column = this.#columnAt[place]!
      const at = x[column]!
      const c = cost[column]!
      // Read downwards, a column is its own mirror image.
      const rise = gain > 0 ? price[place]! : -price[place]!
      const bottom = gain > 0 ? lower[column]! : -upper[column]!
      const top = gain > 0 ? upper[column]! : -lower[column]!
      const position = gain > 0 ? at : -at
      if (position < 0) {
        candidates[count] = place
        ratios[count] = (rise - c) / size
        reaches[count++] = -bottom * size
      }
      if (position <= 0 && top > 0) {
        candidates[count] = place
        ratios[count] = (rise + c) / size
        reaches[count++] = top * size
      }
    }
    // The basis itself may cross its kink at 0 and go on, at twice its cost.
    const own = this.#basis[row]!
    if (own >= 0) {
      const beyond = isBelow ? (this.#from[row] === 0 ? -lower[own]! : 0) : (this.#to[row] === 0 ? upper[own]! : 0)
      if (beyond > 0) {
        candidates[count] = -1
        ratios[count] = 2 * cost[own]!
        reaches[count++] = beyond
      }
    }

    for (;;) {
      let best = -1
      let bestRatio = Infinity
      for (let i = 0; i < count; i++) {
        const ratio = ratios[i]!
        if (ratio < bestRatio - tie || (ratio < bestRatio + tie && best >= 0 && reaches[i]! > reaches[best]!)) {
          best = i
          bestRatio = Math.min(ratio, bestRatio)
        }
      }
      if (best < 0) return false
      const place = candidates[best]!
      if (reaches[best]! < missing) {
        missing -= reaches[best]!
        if (place < 0) this.#crossKink(row, isBelow, filledCount)
        else this.#moveTo(place, isBelow === (table[start + place]! < 0))
        ratios[best] = Infinity
        continue
      }
      if (place < 0) this.#crossKink(row, isBelow, filledCount)
      else this.#pivot(row, place, isBelow, filledCount)
      return true
    }
  }

  /** The basis of the row goes on with the opposite slope. */
  #crossKink (row: number, isBelow: boolean, filledCount: number): void {
    const column = this.#basis[row]!
    const change = (isBelow ? -2 : 2) * this.cost[column]!
    const start = row * this.#columns
    this.#slope[row]! += change
    this.#from[row] = isBelow ? this.lower[column]! : 0
    this.#to[row] = isBelow ? 0 : this.upper[column]!
    for (let i = 0; i < filledCount; i++) {
      const place = this.#filled[i]!
      this.#price[place]! -= change * this.#table[start + place]!
    }
  }

  /** A column outside the basis goes to its next kink. */
  #moveTo (place: number, isRising: boolean): void {
    const column = this.#columnAt[place]!
    const at = this.x[column]!
    const next = isRising ? (at < 0 ? 0 : this.upper[column]!) : (at > 0 ? 0 : this.lower[column]!)
    this.x[column] = next
    const columns = this.#columns
    for (let row = 0, entry = place; row < this.#rows; row++, entry += columns) {
      const coefficient = this.#table[entry]!
      if (coefficient !== 0) this.#value[row]! -= coefficient * (next - at)
    }
  }

  #pivot (row: number, place: number, isBelow: boolean, filledCount: number): void {
    const table = this.#table
    const price = this.#price
    const filled = this.#filled
    const pivotRow = this.#pivotRow
    const values = this.#value
    const columns = this.#columns
    const start = row * columns
    const pivot = table[start + place]!
    const entering = this.#columnAt[place]!
    const leaving = this.#basis[row]!
    const end = isBelow ? this.#from[row]! : this.#to[row]!
    const change = (values[row]! - end) / pivot
    const at = this.x[entering]!
    const isRising = isBelow === (pivot < 0)
    // The stretch on which the new basis moves: above 0, or below.
    const isAbove = isRising ? at >= 0 : at > 0
    const c = this.cost[entering]!
    const slope = isAbove ? c : -c
    const reduced = (slope + price[place]!) / pivot

    for (let i = 0; i < filledCount; i++) {
      const other = filled[i]!
      const entry = table[start + other]!
      price[other]! -= reduced * entry
      table[start + other] = entry / pivot
    }
    const hasPlace = leaving >= 0
    price[place] = hasPlace ? -reduced - this.#slope[row]! : 0
    table[start + place] = hasPlace ? 1 / pivot : 0
    // What is not there need not be visited in all the other rows.
    let pivotCount = 0
    for (let i = 0; i < filledCount; i++) {
      const entry = table[start + filled[i]!]!
      if (entry === 0) continue
      filled[pivotCount] = filled[i]!
      pivotRow[pivotCount++] = entry
    }
    this.#entries[row] = pivotCount

    for (let other = 0, otherStart = 0; other < this.#rows; other++, otherStart += columns) {
      const factor = table[otherStart + place]!
      if (factor === 0 || other === row) continue
      values[other]! -= factor * change
      table[otherStart + place] = 0
      let entries = this.#entries[other]! - 1
      for (let i = 0; i < pivotCount; i++) {
        const at = otherStart + filled[i]!
        const before = table[at]!
        const after = before - factor * pivotRow[i]!
        if (before === 0) {
          table[at] = after
          entries++
        } else if (after < noise && after > -noise) {
          table[at] = 0
          entries--
        } else {
          table[at] = after
        }
      }
      this.#entries[other] = entries
    }

    this.#columnAt[place] = leaving
    if (hasPlace) this.x[leaving] = end
    this.#basis[row] = entering
    values[row] = at + change
    this.#slope[row] = slope
    this.#from[row] = isAbove ? 0 : this.lower[entering]!
    this.#to[row] = isAbove ? this.upper[entering]! : 0
  }

  #growColumns (columns: number): void {
    this.lower = new Float64Array(columns)
    this.upper = new Float64Array(columns)
    this.cost = new Float64Array(columns)
    this.x = new Float64Array(columns)
    this.#columnAt = new Int32Array(columns)
    this.#price = new Float64Array(columns)
    this.#filled = new Int32Array(columns)
    this.#pivotRow = new Float64Array(columns)
    this.#candidates = new Int32Array(2 * columns + 1)
    this.#ratios = new Float64Array(2 * columns + 1)
    this.#reaches = new Float64Array(2 * columns + 1)
  }

  #growRows (rows: number): void {
    this.demand = new Float64Array(rows)
    this.#basis = new Int32Array(rows)
    this.#entries = new Int32Array(rows)
    this.#value = new Float64Array(rows)
    this.#from = new Float64Array(rows)
    this.#to = new Float64Array(rows)
    this.#slope = new Float64Array(rows)
  }
}

/** Values are sums of whole numbers. */
const tolerance = 1e-7
const smallestPivot = 1e-7
const noise = 1e-11
/** Prices closer than this count as equal. */
const tie = 1e-12
/** Far more than any program was seen to need; ends a search that goes round in circles. */
const stepsPerLine = 20
