/**
 * The release model: what an atlas is about to say, as integers and equations. The suppressor
 * decides in it which cells are printed; the intruder attacks it with nothing but what is printed.
 *
 * A block holds all cells that equations connect; no equation leads from one block to another, so
 * each can be protected and attacked alone.
 */
export interface Block {
  /** For messages and progress, `sgb2 2024-12-31`. */
  readonly id: string
  /** Cell ids as of `cellId`; a cell that is never printed has a name of the same form that says what it is. */
  readonly cells: readonly string[]
  /** The true counts, whole and not negative. */
  readonly values: Float64Array
  /** What everybody knows about a cell before anything is printed (or, where it is rounded, after that): `lower <= value <= upper`; Infinity where nothing. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** A `CellState` per cell. */
  readonly states: Uint8Array
  /** What the reader loses if the cell is not printed; above zero where open. */
  readonly weights: Float64Array
  /** Position in `ruleNames`; 0 where the cell needs no protection of its own. */
  readonly rules: Uint8Array
  /** What must stay possible for an intruder where `rules` is not 0: `requiredLower <= value <= requiredUpper`. */
  readonly requiredLower: Float64Array
  readonly requiredUpper: Float64Array
  /** Equation after equation: `Σ coefficient · value = 0`. */
  readonly equations: SparseRows
  /** The same, cell after cell: `columns` are positions of equations. */
  readonly incidence: SparseRows
}

/** Rows of a sparse matrix: row `r` spans `starts[r] … starts[r + 1]`. */
export interface SparseRows {
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly coefficients: Int8Array
}

/** What is decided about a cell before the suppressor starts. */
export const cellState = {
  /** The suppressor may print it. */
  open: 0,
  /** The intruder knows it whatever we do: public, published earlier, printed by others. */
  known: 1,
  /** It is not printed: small, suppressed earlier, delivered so, or no figure of the atlas at all. */
  closed: 2,
  /** It is printed as a multiple of five: its bounds are what that says, not what was known before. */
  rounded: 3,
} as const

/** Why a cell needs protection of its own. The first means that it does not. */
export const ruleNames = ['none', 'minimum-count', 'remainder', 'units', 'dominance', 'imported', 'manual'] as const
export type RuleName = typeof ruleNames[number]

/** A cell before it is compiled; the fields are those of `Block`. */
export interface DraftCell {
  readonly id: string
  readonly value: number
  /** Defaults to 0. */
  readonly lower?: number
  /** Defaults to Infinity. */
  readonly upper?: number
  /** Defaults to open. */
  readonly state?: number
  /** Defaults to 1. */
  readonly weight?: number
  readonly rule?: RuleName
  /** Lowest and highest value that must stay possible; only with a rule. */
  readonly required?: readonly [lower: number, upper: number]
}

export interface DraftEquation {
  /** Positions in the cells of the draft. */
  readonly cells: readonly number[]
  /** Same length; small integers, not 0. */
  readonly coefficients: readonly number[]
}

export interface BlockDraft {
  readonly id: string
  readonly cells: readonly DraftCell[]
  readonly equations: readonly DraftEquation[]
}

/** Names a figure of the atlas; no part of it can hold a slash. */
export function cellId (level: string, area: string, indicator: string, period: string): string {
  return `${level}/${area}/${indicator}/${period}`
}

/** The equation that the true counts do not fulfil, or `undefined`: then the draft can be compiled. */
export function findFailingEquation ({ cells, equations }: BlockDraft): DraftEquation | undefined {
  return equations.find(equation => equation.cells.reduce((sum, cell, index) => sum + equation.coefficients[index]! * cells[cell]!.value, 0) !== 0)
}

/** @throws RangeError where an equation fails, a value is no count, or bounds and required range do not hold it */
export function compileBlock (draft: BlockDraft): Block {
  const { id, cells, equations } = draft
  const failing = findFailingEquation(draft)
  if (failing) throw new RangeError(`the counts do not fulfil: ${failing.cells.map((cell, index) => `${failing.coefficients[index]} · ${cells[cell]!.id}`).join(' + ')} = 0`)
  const count = cells.length
  const rows = toSparseRows(equations)
  const block: Block = {
    id,
    cells: cells.map(cell => cell.id),
    values: Float64Array.from(cells, ({ value }) => value),
    lower: Float64Array.from(cells, ({ lower }) => lower ?? 0),
    upper: Float64Array.from(cells, ({ upper }) => upper ?? Infinity),
    states: Uint8Array.from(cells, ({ state }) => state ?? cellState.open),
    weights: Float64Array.from(cells, ({ weight }) => weight ?? 1),
    rules: Uint8Array.from(cells, ({ rule }) => ruleNames.indexOf(rule ?? 'none')),
    requiredLower: Float64Array.from(cells, ({ value, required }) => required?.[0] ?? value),
    requiredUpper: Float64Array.from(cells, ({ value, required }) => required?.[1] ?? value),
    equations: rows,
    incidence: transpose(rows, count),
  }
  for (let cell = 0; cell < count; cell++) {
    const value = block.values[cell]!
    const isCount = block.states[cell] === cellState.known || Number.isInteger(value)
    if (!isCount || value < block.lower[cell]! || value > block.upper[cell]! || value < block.requiredLower[cell]! || value > block.requiredUpper[cell]!) {
      throw new RangeError(`${block.cells[cell]} does not lie within its own bounds`)
    }
  }
  return block
}

function toSparseRows (equations: readonly DraftEquation[]): SparseRows {
  const starts = new Int32Array(equations.length + 1)
  equations.forEach(({ cells }, row) => { starts[row + 1] = starts[row]! + cells.length })
  const columns = new Int32Array(starts.at(-1)!)
  const coefficients = new Int8Array(columns.length)
  equations.forEach((equation, row) => {
    columns.set(equation.cells, starts[row])
    coefficients.set(equation.coefficients, starts[row])
  })
  return { starts, columns, coefficients }
}

function transpose (rows: SparseRows, count: number): SparseRows {
  const starts = new Int32Array(count + 1)
  for (const column of rows.columns) starts[column + 1]!++
  for (let column = 0; column < count; column++) starts[column + 1]! += starts[column]!
  const next = starts.slice()
  const columns = new Int32Array(rows.columns.length)
  const coefficients = new Int8Array(rows.columns.length)
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    for (let entry = rows.starts[row]!; entry < rows.starts[row + 1]!; entry++) {
      const target = next[rows.columns[entry]!]!++
      columns[target] = row
      coefficients[target] = rows.coefficients[entry]!
    }
  }
  return { starts, columns, coefficients }
}

/** Bounds of every cell that follow from those that are known, for whoever can add and subtract. */
export interface Bounds {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/**
 * Bounds propagation: every equation bounds each of its cells by the bounds of the others, until
 * nothing changes. `isKnown` says whose values the reader has; nothing else of `values` is used.
 */
export function propagateBounds (block: Block, isKnown: (cell: number) => boolean): Bounds {
  const { values, equations, incidence } = block
  const lower = block.lower.slice()
  const upper = block.upper.slice()
  for (let cell = 0; cell < values.length; cell++) if (isKnown(cell)) lower[cell] = upper[cell] = values[cell]!
  const rows = equations.starts.length - 1
  // A ring: each row waits at most once. First in, first out needs far fewer visits than the other way.
  const waiting = Int32Array.from({ length: rows }, (_, row) => row)
  const isWaiting = new Uint8Array(rows).fill(1)
  let [next, count] = [0, rows]
  // Bounds may creep by one for long; to stop early only leaves them wider than they could be.
  for (let visits = 0; count > 0 && visits < visitsPerEquation * rows; visits++) {
    const row = waiting[next]!
    next = (next + 1) % rows
    count--
    isWaiting[row] = 0
    for (const cell of tightenRow(equations, row, lower, upper)) {
      for (let entry = incidence.starts[cell]!; entry < incidence.starts[cell + 1]!; entry++) {
        const other = incidence.columns[entry]!
        if (isWaiting[other] === 1) continue
        isWaiting[other] = 1
        waiting[(next + count++) % rows] = other
      }
    }
  }
  return { lower, upper }
}

const visitsPerEquation = 200

/** @returns the cells whose bounds became tighter */
function tightenRow ({ starts, columns, coefficients }: SparseRows, row: number, lower: Float64Array, upper: Float64Array): number[] {
  const start = starts[row]!
  const end = starts[row + 1]!
  // Sums over the finite bounds, and how many are infinite: one infinite term may still be bounded by the rest.
  // The hottest loop of the audit: no closures, no arrays.
  let least = 0
  let most = 0
  let leastInfinite = 0
  let mostInfinite = 0
  for (let entry = start; entry < end; entry++) {
    const coefficient = coefficients[entry]!
    const cell = columns[entry]!
    const low = coefficient * (coefficient > 0 ? lower[cell]! : upper[cell]!)
    const high = coefficient * (coefficient > 0 ? upper[cell]! : lower[cell]!)
    if (low === -Infinity) leastInfinite++
    else least += low
    if (high === Infinity) mostInfinite++
    else most += high
  }
  const changed: number[] = []
  for (let entry = start; entry < end; entry++) {
    const coefficient = coefficients[entry]!
    const cell = columns[entry]!
    if (lower[cell] === upper[cell]) continue
    const low = coefficient * (coefficient > 0 ? lower[cell]! : upper[cell]!)
    const high = coefficient * (coefficient > 0 ? upper[cell]! : lower[cell]!)
    const ownLow = low === -Infinity ? 0 : low
    const ownHigh = high === Infinity ? 0 : high
    const othersLeast = leastInfinite > (low === -Infinity ? 1 : 0) ? -Infinity : least - ownLow
    const othersMost = mostInfinite > (high === Infinity ? 1 : 0) ? Infinity : most - ownHigh
    // coefficient · value = −(sum of the others)
    const newLower = Math.max(lower[cell]!, Math.ceil(-(coefficient > 0 ? othersMost : othersLeast) / coefficient - rounding))
    const newUpper = Math.min(upper[cell]!, Math.floor(-(coefficient > 0 ? othersLeast : othersMost) / coefficient + rounding))
    if (newLower <= lower[cell]! && newUpper >= upper[cell]!) continue
    lower[cell] = newLower
    upper[cell] = newUpper
    changed.push(cell)
    // The sums move with the bound; a term that was infinite is finite from now on.
    const newLow = coefficient * (coefficient > 0 ? newLower : newUpper)
    const newHigh = coefficient * (coefficient > 0 ? newUpper : newLower)
    if (low === -Infinity && newLow !== -Infinity) leastInfinite--
    if (high === Infinity && newHigh !== Infinity) mostInfinite--
    least += (newLow === -Infinity ? 0 : newLow) - ownLow
    most += (newHigh === Infinity ? 0 : newHigh) - ownHigh
  }
  return changed
}

/** Known cells may hold fractions, of which sums carry rounding errors. */
const rounding = 1e-6

/** What follows from known cells alone: nothing that is printed here is used, not even rounded. */
export function boundsBeforePrint (block: Block): Bounds {
  const isRounded = (cell: number) => block.states[cell] === cellState.rounded
  const open = block.states.includes(cellState.rounded)
    ? { ...block, lower: block.lower.map((bound, cell) => isRounded(cell) ? 0 : bound), upper: block.upper.map((bound, cell) => isRounded(cell) ? Infinity : bound) }
    : block
  return propagateBounds(open, cell => block.states[cell] === cellState.known)
}

/**
 * The required ranges, cut down to what can be attained at all: bounds that follow from known cells
 * alone hold whatever is printed. A cell that such bounds pin down is exposed; no suppression helps it.
 * What rounded figures say together is no excuse: they need not be printed.
 */
export function attainableRanges (block: Block): Bounds & { readonly exposed: readonly number[] } {
  const { lower, upper } = boundsBeforePrint(block)
  const exposed: number[] = []
  for (let cell = 0; cell < lower.length; cell++) {
    if (block.rules[cell] !== 0 && lower[cell] === upper[cell]) exposed.push(cell)
    lower[cell] = Math.max(lower[cell]!, block.requiredLower[cell]!)
    upper[cell] = Math.min(upper[cell]!, block.requiredUpper[cell]!)
  }
  return { lower, upper, exposed }
}
