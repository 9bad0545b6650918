import { attainableRanges, cellState, propagateBounds, type Block } from '../../core/release.ts'

/** What of a block can move at all, and how far: the ground on which witnesses are looked for. */
export interface Terrain {
  readonly block: Block
  /** How far a value can fall and rise; 0 both where known or pinned down by what is known. */
  readonly fall: Float64Array
  readonly rise: Float64Array
  readonly isMovable: Uint8Array
  /** By 2 · cell (down) and 2 · cell + 1 (up): how far the cell must be able to move; 0 where nothing is to be shown. */
  readonly targets: Float64Array
  /** Cells of which nothing is required but that they cannot be computed: they may move up as well as down. */
  readonly eitherWay: ReadonlySet<number>
  /** The equations without what cannot move: rows to cells, and cells to rows. */
  readonly rowStarts: Int32Array
  readonly rowCells: Int32Array
  readonly rowCoefficients: Int8Array
  readonly cellStarts: Int32Array
  readonly cellRows: Int32Array
  readonly cellCoefficients: Int8Array
}

export function surveyBlock (block: Block): Terrain {
  const { values, states, rules } = block
  const count = values.length
  const bounds = propagateBounds(block, cell => states[cell] === cellState.known)
  const isMovable = findMovable(block, bounds.lower, bounds.upper)
  const fall = new Float64Array(count)
  const rise = new Float64Array(count)
  for (let cell = 0; cell < count; cell++) {
    if (isMovable[cell] === 0) continue
    fall[cell] = Math.max(0, values[cell]! - bounds.lower[cell]!)
    rise[cell] = Math.max(0, bounds.upper[cell]! - values[cell]!)
  }
  const attainable = attainableRanges(block)
  const targets = new Float64Array(2 * count)
  for (let cell = 0; cell < count; cell++) {
    if (rules[cell] === 0) continue
    targets[2 * cell] = Math.max(0, values[cell]! - attainable.lower[cell]!)
    targets[2 * cell + 1] = Math.max(0, attainable.upper[cell]! - values[cell]!)
  }
  for (const cell of attainable.exposed) targets[2 * cell] = targets[2 * cell + 1] = 0
  const eitherWay = new Set<number>()
  for (let cell = 0; cell < count; cell++) {
    if (rules[cell] === 0 || isMovable[cell] === 0 || targets[2 * cell]! + targets[2 * cell + 1]! > 0) continue
    eitherWay.add(cell)
    targets[2 * cell + (rise[cell]! > 0 ? 1 : 0)] = 1
  }
  return { block, fall, rise, isMovable, targets, eitherWay, ...withoutImmovable(block, isMovable) }
}

/** A cell that is known, pinned down or the only unknown of an equation cannot move, nor what then is the only one left. */
function findMovable ({ states, equations, incidence }: Block, lower: Float64Array, upper: Float64Array): Uint8Array {
  const isMovable = Uint8Array.from(states, (state, cell) => state !== cellState.known && lower[cell]! < upper[cell]! ? 1 : 0)
  const rows = equations.starts.length - 1
  const left = new Int32Array(rows)
  const lonely: number[] = []
  for (let row = 0; row < rows; row++) {
    for (let entry = equations.starts[row]!; entry < equations.starts[row + 1]!; entry++) left[row]! += isMovable[equations.columns[entry]!]!
    if (left[row] === 1) lonely.push(row)
  }
  for (let row = lonely.pop(); row !== undefined; row = lonely.pop()) {
    for (let entry = equations.starts[row]!; entry < equations.starts[row + 1]!; entry++) {
      const cell = equations.columns[entry]!
      if (isMovable[cell] === 0) continue
      isMovable[cell] = 0
      for (let other = incidence.starts[cell]!; other < incidence.starts[cell + 1]!; other++) {
        if (--left[incidence.columns[other]!]! === 1) lonely.push(incidence.columns[other]!)
      }
    }
  }
  return isMovable
}

function withoutImmovable ({ values, equations, incidence }: Block, isMovable: Uint8Array) {
  const count = values.length
  const rows = equations.starts.length - 1
  const rowStarts = new Int32Array(rows + 1)
  const rowCells: number[] = []
  const rowCoefficients: number[] = []
  for (let row = 0; row < rows; row++) {
    for (let entry = equations.starts[row]!; entry < equations.starts[row + 1]!; entry++) {
      if (isMovable[equations.columns[entry]!] === 0) continue
      rowCells.push(equations.columns[entry]!)
      rowCoefficients.push(equations.coefficients[entry]!)
    }
    rowStarts[row + 1] = rowCells.length
  }
  const cellStarts = new Int32Array(count + 1)
  const cellRows: number[] = []
  const cellCoefficients: number[] = []
  for (let cell = 0; cell < count; cell++) {
    for (let entry = incidence.starts[cell]!; isMovable[cell] === 1 && entry < incidence.starts[cell + 1]!; entry++) {
      cellRows.push(incidence.columns[entry]!)
      cellCoefficients.push(incidence.coefficients[entry]!)
    }
    cellStarts[cell + 1] = cellRows.length
  }
  return {
    rowStarts,
    rowCells: Int32Array.from(rowCells),
    rowCoefficients: Int8Array.from(rowCoefficients),
    cellStarts,
    cellRows: Int32Array.from(cellRows),
    cellCoefficients: Int8Array.from(cellCoefficients),
  }
}

/** Which part of the terrain one search may use. */
export interface Reach {
  /** 1 where a cell is not printed. */
  readonly suppressed: Uint8Array
  /** Only what is not printed may move; by default also what would have to be suppressed for it. */
  readonly suppressedOnly: boolean
  /** A cell that must stay where it is, or −1. */
  readonly banned: number
  /** How many equations away from the start cells are taken whole. */
  readonly hops: number
  /** Gathering ends when as many cells are together. */
  readonly most: number
  /** How many cells of a long equation are taken, the cheapest first. */
  readonly partners: number
}

/**
 * The cells around a start that can take part in a movement: gathered equation by equation, rid of
 * those that are alone in an equation and therefore cannot move, and of what is not connected any more.
 */
export class Neighbourhood {
  /** The start stands first. */
  readonly cells: Int32Array
  count = 0
  /** Which cells move together, and whether as the first of their group (1) or against it (−1). The start is in group 0. */
  readonly group: Int32Array
  readonly sign: Int8Array
  groupCount = 0
  /** The equations of these cells, but for those that groups fulfil. */
  readonly rows: Int32Array
  rowCount = 0
  /** Place of an equation in `rows`, −1 where groups fulfil it; meaningful for equations of members only. */
  readonly placeOfRow: Int32Array
  /** Whether gathering ended because nothing was left, so that a larger reach finds nothing more. */
  isWhole = false

  readonly #terrain: Terrain
  /** Round in which a cell or an equation was last marked. */
  readonly #inSince: Int32Array
  readonly #touchedSince: Int32Array
  readonly #openedSince: Int32Array
  readonly #left: Int32Array
  readonly #queue: Int32Array
  readonly #seenSince: Int32Array
  readonly #hits: Int32Array
  readonly #scores: Float64Array
  readonly #placeOf: Int32Array
  readonly #parent: Int32Array
  readonly #isStuck: Uint8Array
  #round = 0

  constructor (terrain: Terrain) {
    this.#terrain = terrain
    const cells = terrain.fall.length
    const rows = terrain.rowStarts.length - 1
    this.cells = new Int32Array(cells)
    this.rows = new Int32Array(rows)
    this.group = new Int32Array(cells)
    this.sign = new Int8Array(cells)
    this.#placeOf = new Int32Array(cells)
    this.#parent = new Int32Array(cells)
    this.#isStuck = new Uint8Array(cells)
    this.placeOfRow = new Int32Array(rows)
    this.#inSince = new Int32Array(cells)
    this.#seenSince = new Int32Array(cells)
    this.#hits = new Int32Array(cells)
    this.#touchedSince = new Int32Array(rows)
    this.#openedSince = new Int32Array(rows)
    this.#left = new Int32Array(rows)
    this.#queue = new Int32Array(Math.max(cells, rows))
    this.#scores = new Float64Array(cells)
  }

  /** @returns false where the start itself cannot move within this reach */
  gather (start: number, reach: Reach): boolean {
    this.#round++
    this.count = 0
    this.rowCount = 0
    this.#take(start)
    this.#spread(reach)
    if (!reach.suppressedOnly && !this.isWhole) this.#close(reach)
    return this.#prune(start)
  }

  #take (cell: number): void {
    this.#inSince[cell] = this.#round
    this.cells[this.count++] = cell
  }

  #isAllowed (cell: number, reach: Reach): boolean {
    return this.#inSince[cell] !== this.#round && cell !== reach.banned && (!reach.suppressedOnly || reach.suppressed[cell] === 1)
  }

  #spread (reach: Reach): void {
    const { cellStarts, cellRows, rowStarts, rowCells } = this.#terrain
    this.isWhole = false
    let isCut = false
    let from = 0
    for (let hop = 0; hop < reach.hops; hop++) {
      const to = this.count
      if (from === to) {
        this.isWhole = !isCut
        return
      }
      for (let place = from; place < to; place++) {
        const cell = this.cells[place]!
        for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) {
          const row = cellRows[entry]!
          if (this.#openedSince[row] === this.#round) continue
          const length = rowStarts[row + 1]! - rowStarts[row]!
          const isLong = !reach.suppressedOnly && length > longEquation && length > reach.partners
          if (isLong) isCut = true
          // Cells of a long equation beyond the first step come in by their other equations.
          if (isLong && hop > 0) continue
          this.#openedSince[row] = this.#round
          if (isLong) {
            this.#takeCheapest(row, cell, reach)
            continue
          }
          if (length <= lookedAt) {
            for (let other = rowStarts[row]!; other < rowStarts[row + 1]!; other++) {
              if (this.#isAllowed(rowCells[other]!, reach)) this.#take(rowCells[other]!)
            }
          } else if (!this.#takeNear(row, cell, reach)) {
            return
          }
        }
        if (this.count >= reach.most) return
      }
      from = to
    }
    this.isWhole = !isCut && from === this.count
  }

  /**
   * Takes the cells of a very long equation from the given one on, round its end.
   *
   * @returns false where there are more than the reach allows
   */
  #takeNear (row: number, cell: number, reach: Reach): boolean {
    const { rowStarts, rowCells } = this.#terrain
    const [start, end] = [rowStarts[row]!, rowStarts[row + 1]!]
    const at = rowCells.indexOf(cell, start)
    for (let step = 1; step < end - start; step++) {
      const other = rowCells[at + step < end ? at + step : at + step - end + start]!
      if (!this.#isAllowed(other, reach)) continue
      if (this.count >= reach.most) return false
      this.#take(other)
    }
    return true
  }

  /** The partners of a long equation that promise the cheapest movement, what their own equations then need included. */
  #takeCheapest (row: number, cell: number, reach: Reach): void {
    const { cellStarts, cellRows, rowStarts, rowCells, block: { weights } } = this.#terrain
    const { suppressed } = reach
    const start = rowStarts[row]!
    const length = rowStarts[row + 1]! - start
    // Of a very long equation only what stands near the cell is looked at.
    const looked = Math.min(length, lookedAt)
    let offset = 0
    if (looked < length) offset = rowCells.indexOf(cell, start) - start
    const scores = this.#scores
    const queue = this.#queue
    let count = 0
    for (let i = 0; i < looked; i++) {
      const other = rowCells[start + (i + offset) % length]!
      if (!this.#isAllowed(other, reach)) continue
      let score = suppressed[other] === 1 ? 0 : weights[other]!
      for (let entry = cellStarts[other]!; entry < cellStarts[other + 1]!; entry++) {
        const second = cellRows[entry]!
        if (second === row || rowStarts[second + 1]! - rowStarts[second]! > longEquation) continue
        let cheapest = Infinity
        for (let place = rowStarts[second]!; place < rowStarts[second + 1]!; place++) {
          const third = rowCells[place]!
          if (third === other) continue
          const price = suppressed[third] === 1 ? 0 : weights[third]!
          if (price < cheapest) cheapest = price
        }
        score += cheapest
      }
      // Insertion into the few best so far.
      let place = count < reach.partners ? count++ : count
      if (place === count && !(score < scores[count - 1]!)) continue
      if (place === count) place--
      while (place > 0 && scores[place - 1]! > score) {
        scores[place] = scores[place - 1]!
        queue[place] = queue[place - 1]!
        place--
      }
      scores[place] = score
      queue[place] = other
    }
    for (let i = 0; i < count; i++) this.#take(queue[i]!)
  }

  /** Adds cells all of whose equations lead to cells that are in already: they close circles. */
  #close (reach: Reach): void {
    const { cellStarts, cellRows, rowStarts, rowCells } = this.#terrain
    const round = this.#round
    const count = this.count
    for (let place = 0; place < count; place++) {
      const cell = this.cells[place]!
      for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) {
        const row = cellRows[entry]!
        if (this.#touchedSince[row] === round) continue
        this.#touchedSince[row] = round
        if (this.#openedSince[row] === round) continue
        for (let other = rowStarts[row]!; other < rowStarts[row + 1]!; other++) {
          const candidate = rowCells[other]!
          if (!this.#isAllowed(candidate, reach)) continue
          if (this.#seenSince[candidate] !== round) {
            this.#seenSince[candidate] = round
            this.#hits[candidate] = 0
          }
          if (++this.#hits[candidate]! === cellStarts[candidate + 1]! - cellStarts[candidate]!) this.#take(candidate)
        }
      }
    }
  }

  #prune (start: number): boolean {
    const { cellStarts, cellRows, rowStarts, rowCells } = this.#terrain
    const left = this.#left
    const queue = this.#queue
    const touched = ++this.#round
    const round = touched - 1
    let rowCount = 0
    for (let place = 0; place < this.count; place++) {
      const cell = this.cells[place]!
      for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) {
        const row = cellRows[entry]!
        if (this.#touchedSince[row] !== touched) {
          this.#touchedSince[row] = touched
          left[row] = 0
          this.rows[rowCount++] = row
        }
        left[row]!++
      }
    }
    let waiting = 0
    for (let i = 0; i < rowCount; i++) if (left[this.rows[i]!] === 1) queue[waiting++] = this.rows[i]!
    while (waiting > 0) {
      const row = queue[--waiting]!
      if (left[row] !== 1) continue
      for (let place = rowStarts[row]!; place < rowStarts[row + 1]!; place++) {
        const cell = rowCells[place]!
        if (this.#inSince[cell] !== round) continue
        if (cell === start) return false
        this.#inSince[cell] = 0
        for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) {
          if (--left[cellRows[entry]!]! === 1) queue[waiting++] = cellRows[entry]!
        }
        break
      }
    }
    return this.#connect(start, round)
  }

  /**
   * Keeps what is connected with the start. Two cells that are alone in an equation move together:
   * they become one group, and the equation is done with.
   *
   * @returns false where an equation says that the start moves against itself
   */
  #connect (start: number, round: number): boolean {
    const { cellStarts, cellRows, rowStarts, rowCells, rowCoefficients } = this.#terrain
    const connected = ++this.#round
    this.count = 0
    this.rowCount = 0
    this.#enter(start)
    for (let place = 0; place < this.count; place++) {
      const cell = this.cells[place]!
      for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) {
        const row = cellRows[entry]!
        if (this.#touchedSince[row] === connected) continue
        this.#touchedSince[row] = connected
        let [first, second] = [-1, -1]
        for (let other = rowStarts[row]!; other < rowStarts[row + 1]!; other++) {
          const member = rowCells[other]!
          if (this.#inSince[member] === round) this.#enter(member)
          else if (this.#inSince[member] !== connected) continue
          if (first < 0) first = other
          else second = other
        }
        const isPair = this.#left[row] === 2 && Math.abs(rowCoefficients[first]!) === Math.abs(rowCoefficients[second]!)
        if (isPair) {
          const sign = rowCoefficients[first] === rowCoefficients[second] ? -1 : 1
          this.#join(this.#placeOf[rowCells[first]!]!, this.#placeOf[rowCells[second]!]!, sign)
          this.placeOfRow[row] = -1
        } else {
          this.placeOfRow[row] = this.rowCount
          this.rows[this.rowCount++] = row
        }
      }
    }
    this.groupCount = 0
    // Roots lie before their members.
    for (let place = 0; place < this.count; place++) {
      const root = this.#findRoot(place)
      if (root === place) this.group[place] = this.groupCount++
      else this.group[place] = this.group[root]!
    }
    return this.#isStuck[0] === 0
  }

  #enter (cell: number): void {
    this.#placeOf[cell] = this.count
    this.#parent[this.count] = this.count
    this.sign[this.count] = 1
    this.#isStuck[this.count] = 0
    this.#take(cell)
  }

  /** Says that one place moves as the other, or against it. */
  #join (one: number, other: number, sign: number): void {
    const [a, b] = [this.#findRoot(one), this.#findRoot(other)]
    const relation = sign * this.sign[one]! * this.sign[other]!
    if (a === b) {
      if (relation < 0) this.#isStuck[a] = 1
      return
    }
    const [root, member] = a < b ? [a, b] : [b, a]
    this.#parent[member] = root
    this.sign[member] = relation
    this.#isStuck[root]! |= this.#isStuck[member]!
  }

  /** Points the place at its root; `sign` then says how it moves with the root. */
  #findRoot (place: number): number {
    let root = place
    let sign = 1
    while (this.#parent[root] !== root) {
      sign *= this.sign[root]!
      root = this.#parent[root]!
    }
    for (let at = place; at !== root;) {
      const next = this.#parent[at]!
      const own = this.sign[at]!
      this.#parent[at] = root
      this.sign[at] = sign
      sign *= own
      at = next
    }
    return root
  }

  /** Whether a group cannot move. */
  isStuck (place: number): boolean {
    return this.#isStuck[this.#parent[place]!] === 1
  }
}

/** An equation with more cells than this is not taken whole. */
const longEquation = 20
/** Of an equation with more cells only those are looked at that stand near. */
const lookedAt = 200
