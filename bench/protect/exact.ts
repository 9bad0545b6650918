import type { Highs } from 'highs'
import { attainableRanges, cellState, propagateBounds, type Block } from '../../core/release.ts'

/** The cheapest pattern of a block, or the best one found and how little any other can cost. */
export interface Optimum {
  /** Sum of the weights of what is suppressed beyond what is closed anyway. */
  readonly cost: number
  readonly suppressed: readonly number[]
  /** No pattern costs less; equal to `cost` where that is proven. */
  readonly atLeast: number
}

/**
 * Finds the pattern that loses the reader the least, by a mixed integer program: one binary per open
 * cell, and for each direction of each protected cell one table that moves nothing but what is
 * suppressed. Movements may be fractional here, so the optimum is never above that with whole counts.
 *
 * Grows with cells times protected cells: for blocks of about a hundred cells.
 *
 * @returns `undefined` where no pattern gives every cell its attainable range
 * @throws Error if the solver gives up without any pattern
 */
export async function findOptimum (block: Block, { seconds = 60 }: { readonly seconds?: number } = {}): Promise<Optimum | undefined> {
  const demands = listDemands(block)
  if (demands.length === 0) return { cost: 0, suppressed: [], atLeast: 0 }
  const highs = await loadSolver()
  const { program, open } = buildProgram(block, demands)
  const model = highs.createModel(program)
  try {
    // A binary that is a millionth above 0 would let through a part of a person; with the usual
    // tolerances the solver once took the second best pattern for the best.
    model.options.set({ output_flag: false, mip_rel_gap: 0, time_limit: seconds, mip_feasibility_tolerance: 1e-9, primal_feasibility_tolerance: 1e-9 })
    model.run()
    const status = model.getModelStatus()
    if (status === highs.constants.modelStatus.infeasible) return undefined
    const atLeast = Number(model.info.get('mip_dual_bound'))
    const { colValue } = model.getSolution()
    if (status !== highs.constants.modelStatus.optimal && !Number.isFinite(atLeast)) throw new Error(`the solver gave up on ${block.id} (${status})`)
    const suppressed = open.filter((_, column) => colValue[column]! > 0.5)
    const cost = suppressed.reduce((sum, cell) => sum + block.weights[cell]!, 0)
    return { cost, suppressed, atLeast: status === highs.constants.modelStatus.optimal ? cost : atLeast }
  } finally {
    model.dispose()
  }
}

/** Loaded when first needed, once. The package's types describe the CommonJS form, its Node entry is a module. */
function loadSolver (): Promise<Highs> {
  solver ??= import('highs').then(module => (module.default as unknown as typeof module.default.default)())
  return solver
}

let solver: Promise<Highs> | undefined

interface Demand { readonly cell: number, /** Whole, not 0; below it downwards. */ readonly shift: number }

function listDemands (block: Block): Demand[] {
  const { lower, upper, exposed } = attainableRanges(block)
  const hopeless = new Set(exposed)
  return Array.from(block.rules.keys())
    .filter(cell => block.rules[cell] !== 0 && !hopeless.has(cell))
    .flatMap(cell => [lower[cell]!, upper[cell]!].map(end => ({ cell, shift: end - block.values[cell]! })))
    .filter(({ shift }, index) => index % 2 === 0 ? shift < 0 : shift > 0)
}

/** Columns: the binaries of the open cells, then for each demand the movements of all movable cells. */
function buildProgram (block: Block, demands: readonly Demand[]) {
  const { values, states, weights, equations } = block
  const { lower, upper } = propagateBounds(block, cell => states[cell] === cellState.known)
  const movable = Array.from(values.keys()).filter(cell => lower[cell]! < upper[cell]!)
  const open = movable.filter(cell => states[cell] === cellState.open)
  // A binary needs a finite end. No elementary movement of a small table takes a cell so much farther than the target.
  const farthest = 100 * Math.max(...demands.map(({ shift }) => Math.abs(shift)))
  const reach = movable.map(cell => ({
    fall: lower[cell] === -Infinity ? farthest : values[cell]! - lower[cell]!,
    rise: upper[cell] === Infinity ? farthest : upper[cell]! - values[cell]!,
  }))
  const placeOf = new Map(movable.map((cell, place) => [cell, place]))
  const rows = new Rows()
  const columns = { cost: open.map(cell => weights[cell]!), lower: open.map(() => 0), upper: open.map(() => 1) }

  for (const { cell: target, shift } of demands) {
    const first = columns.cost.length
    movable.forEach((cell, place) => {
      columns.cost.push(0)
      columns.lower.push(cell === target ? shift : -reach[place]!.fall)
      columns.upper.push(cell === target ? shift : reach[place]!.rise)
    })
    for (let row = 0; row + 1 < equations.starts.length; row++) {
      const entries: Array<[number, number]> = []
      for (let entry = equations.starts[row]!; entry < equations.starts[row + 1]!; entry++) {
        const place = placeOf.get(equations.columns[entry]!)
        if (place !== undefined) entries.push([first + place, equations.coefficients[entry]!])
      }
      if (entries.length > 0) rows.add(entries, 0, 0)
    }
    open.forEach((cell, binary) => {
      const place = placeOf.get(cell)!
      rows.add([[first + place, 1], [binary, -reach[place]!.rise]], -Infinity, 0)
      rows.add([[first + place, 1], [binary, reach[place]!.fall]], 0, Infinity)
    })
  }
  const count = columns.cost.length
  return {
    open,
    program: {
      numCols: count,
      numRows: rows.count,
      colCost: columns.cost,
      colLower: columns.lower,
      colUpper: columns.upper,
      ...rows.compile(count),
      integrality: Int32Array.from({ length: count }, (_, column) => column < open.length ? 1 : 0),
    },
  }
}

/** Rows of a program, one after another. */
class Rows {
  count = 0
  readonly #starts = [0]
  readonly #indices: number[] = []
  readonly #values: number[] = []
  readonly #lower: number[] = []
  readonly #upper: number[] = []

  add (entries: ReadonlyArray<readonly [column: number, coefficient: number]>, lower: number, upper: number): void {
    for (const [column, coefficient] of entries) {
      this.#indices.push(column)
      this.#values.push(coefficient)
    }
    this.#starts.push(this.#indices.length)
    this.#lower.push(lower)
    this.#upper.push(upper)
    this.count++
  }

  compile (numCols: number) {
    return {
      rowLower: this.#lower,
      rowUpper: this.#upper,
      matrix: { format: 'csr', numRows: this.count, numCols, starts: Int32Array.from(this.#starts), indices: Int32Array.from(this.#indices), values: Float64Array.from(this.#values) },
    } as const
  }
}
