import { boundsBeforePrint, cellState, type Block, type Bounds, type SparseRows } from '../core/release.ts'

/**
 * Cells that the intruder does not know and that equations connect: whatever is learnt about one
 * may tell about another, and about no cell elsewhere. Columns are positions in `cells`.
 */
export interface Component {
  readonly cells: Int32Array
  /** Equations over these cells alone; the known ones cancel, because shifts are counted from the true table. */
  readonly rows: SparseRows
  /** How far a cell can lie below and above its true value, by bounds that follow from single equations. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** @param bounds what follows from the known cells by single equations; a cell pinned down by them belongs to no component */
export function splitComponents (block: Block, isKnown: Uint8Array, bounds: Bounds): Component[] {
  const { starts, columns } = block.equations
  const isFree = (cell: number) => isKnown[cell] === 0 && bounds.lower[cell]! < bounds.upper[cell]!
  const leaders = Int32Array.from(isKnown.keys())
  const find = (cell: number): number => {
    while (leaders[cell] !== cell) cell = leaders[cell] = leaders[leaders[cell]!]!
    return cell
  }
  const first = new Int32Array(starts.length - 1).fill(-1)
  for (let row = 0; row < first.length; row++) {
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const cell = columns[entry]!
      if (!isFree(cell)) continue
      if (first[row]! < 0) first[row] = cell
      else leaders[find(cell)] = find(first[row]!)
    }
  }
  const cells = group(isKnown.length, cell => isFree(cell) ? find(cell) : -1)
  const rows = group(first.length, row => first[row]! < 0 ? -1 : find(first[row]!))
  const place = new Int32Array(isKnown.length).fill(-1)
  return [...cells].map(([leader, members]) => {
    members.forEach((cell, column) => { place[cell] = column })
    return {
      cells: Int32Array.from(members),
      rows: selectRows(block.equations, rows.get(leader) ?? [], place),
      lower: Float64Array.from(members, cell => bounds.lower[cell]! - block.values[cell]!),
      upper: Float64Array.from(members, cell => bounds.upper[cell]! - block.values[cell]!),
    }
  })
}

/** What is connected if nothing at all is printed, not even rounded. */
export function connectInitially (block: Block): Component[] {
  const isKnown = block.states.map(state => state === cellState.known ? 1 : 0)
  return splitComponents(block, isKnown, boundsBeforePrint(block))
}

export function locate (components: readonly Component[], cell: number): { component: Component, column: number } | undefined {
  for (const component of components) {
    const column = component.cells.indexOf(cell)
    if (column >= 0) return { component, column }
  }
}

function group (count: number, leaderOf: (index: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (let index = 0; index < count; index++) {
    const leader = leaderOf(index)
    if (leader < 0) continue
    const members = groups.get(leader)
    if (members) members.push(index)
    else groups.set(leader, [index])
  }
  return groups
}

/** The rows, without the cells that have no place. */
function selectRows (equations: SparseRows, rows: readonly number[], place: Int32Array): SparseRows {
  const starts = [0]
  const columns: number[] = []
  const coefficients: number[] = []
  for (const row of rows) {
    for (let entry = equations.starts[row]!; entry < equations.starts[row + 1]!; entry++) {
      const column = place[equations.columns[entry]!]!
      if (column < 0) continue
      columns.push(column)
      coefficients.push(equations.coefficients[entry]!)
    }
    starts.push(columns.length)
  }
  return { starts: Int32Array.from(starts), columns: Int32Array.from(columns), coefficients: Int8Array.from(coefficients) }
}

/** The shifts as whole numbers if another table of counts results from them, else `undefined`. Exact, without tolerance in the sums. */
export function toTable ({ rows, lower, upper }: Component, shifts: Float64Array): Int32Array | undefined {
  const table = new Int32Array(shifts.length)
  for (let column = 0; column < shifts.length; column++) {
    const shift = Math.round(shifts[column]!)
    // Far from whole means a fractional solution, which no table of counts has.
    if (Math.abs(shifts[column]! - shift) > 1e-5 || shift < lower[column]! || shift > upper[column]!) return undefined
    table[column] = shift
  }
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    let sum = 0
    for (let entry = rows.starts[row]!; entry < rows.starts[row + 1]!; entry++) sum += rows.coefficients[entry]! * table[rows.columns[entry]!]!
    if (sum !== 0) return undefined
  }
  return table
}
