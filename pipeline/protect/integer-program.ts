import type { Highs } from 'highs'
import type { Neighbourhood, Terrain } from './neighbourhood.ts'
import { priceOf, type Movement } from './witness.ts'

/** Where a movement in whole numbers is looked for: what was gathered last around its start. */
export interface IntegerQuestion {
  readonly terrain: Terrain
  readonly neighbourhood: Neighbourhood
  /** 1 where a cell is not printed. */
  readonly suppressed: Uint8Array
}

/**
 * The cheapest movement in whole numbers that takes the start of a neighbourhood by a shift. For the
 * few cases that the simplex leaves open: solutions in fractions, and neighbourhoods too large for it.
 *
 * @returns `undefined` where there is none
 */
export async function findWholeMovement (question: IntegerQuestion, shift: number): Promise<Movement | undefined> {
  const { terrain, suppressed } = question
  const columns = toColumns(question, cell => priceOf(cell, suppressed, terrain.block.weights))
  columns.lower[0] = columns.upper[0] = shift
  return solve(question, columns)
}

/** How far the start of a neighbourhood can move at all, upwards or downwards; never farther than `shift`. */
export async function findFarthestShift (question: IntegerQuestion, shift: number): Promise<number> {
  const columns = toColumns(question, () => 0)
  columns.cost[0] = -1
  columns.lower[0] = Math.max(columns.lower[0]!, Math.min(0, shift))
  columns.upper[0] = Math.min(columns.upper[0]!, Math.max(0, shift))
  const movement = await solve(question, columns)
  const start = question.neighbourhood.cells[0]!
  return movement?.shifts[movement.cells.indexOf(start)] ?? 0
}

/** One per group of the neighbourhood. */
interface Columns {
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly cost: Float64Array
  /** Coefficients by place of the equation. */
  readonly entries: ReadonlyArray<Map<number, number>>
}

function toColumns ({ terrain, neighbourhood }: IntegerQuestion, priceOfCell: (cell: number) => number): Columns {
  const { fall, rise, cellStarts, cellRows, cellCoefficients } = terrain
  const { cells, count, group, sign, groupCount, placeOfRow } = neighbourhood
  const lower = new Float64Array(groupCount).fill(-Infinity)
  const upper = new Float64Array(groupCount).fill(Infinity)
  const cost = new Float64Array(groupCount)
  const entries = Array.from({ length: groupCount }, () => new Map<number, number>())
  for (let place = 0; place < count; place++) {
    const cell = cells[place]!
    const column = group[place]!
    const [bottom, top] = sign[place]! > 0 ? [-fall[cell]!, rise[cell]!] : [-rise[cell]!, fall[cell]!]
    lower[column] = neighbourhood.isStuck(place) ? 0 : Math.max(lower[column]!, bottom)
    upper[column] = neighbourhood.isStuck(place) ? 0 : Math.min(upper[column]!, top)
    cost[column]! += priceOfCell(cell)
    for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) {
      const row = placeOfRow[cellRows[entry]!]!
      if (row >= 0) entries[column]!.set(row, (entries[column]!.get(row) ?? 0) + sign[place]! * cellCoefficients[entry]!)
    }
  }
  return { lower, upper, cost, entries }
}

/** Each column twice, what it rises and what it falls, as both cost. */
async function solve ({ neighbourhood }: IntegerQuestion, { lower, upper, cost, entries }: Columns): Promise<Movement | undefined> {
  const { rowCount, groupCount } = neighbourhood
  if (lower[0]! > upper[0]!) return undefined
  const highs = await loadHighs()
  const bound = (value: number) => value === Infinity ? highs.infinity : value
  const directions = [1, -1].flatMap(sign => entries.map((column, index) => ({
    sign,
    column,
    cost: cost[index]!,
    lower: bound(Math.max(0, sign > 0 ? lower[index]! : -upper[index]!)),
    upper: bound(Math.max(0, sign > 0 ? upper[index]! : -lower[index]!)),
  })))
  const starts = [0]
  for (const { column } of directions) starts.push(starts.at(-1)! + column.size)
  const model = highs.createModel({
    numCols: directions.length,
    numRows: rowCount,
    colCost: directions.map(({ cost }) => cost),
    colLower: directions.map(({ lower }) => lower),
    colUpper: directions.map(({ upper }) => upper),
    rowLower: new Float64Array(rowCount),
    rowUpper: new Float64Array(rowCount),
    matrix: {
      format: 'csc',
      numRows: rowCount,
      numCols: directions.length,
      starts,
      indices: directions.flatMap(({ column }) => [...column.keys()]),
      values: directions.flatMap(({ column, sign }) => [...column.values()].map(coefficient => sign * coefficient)),
    },
    integrality: new Int32Array(directions.length).fill(highs.constants.variableType.integer),
  })
  try {
    // Limits in steps, not in seconds: the same block gives the same pattern on every machine.
    model.options.set({ output_flag: false, mip_max_nodes: mostNodes, mip_rel_gap: goodEnough })
    model.run()
    if (model.info.get('primal_solution_status') !== highs.constants.solutionStatus.feasible) return undefined
    const { colValue } = model.getSolution()
    return toMovement(neighbourhood, Float64Array.from({ length: groupCount }, (_, column) => Math.round(colValue[column]!) - Math.round(colValue[column + groupCount]!)))
  } finally {
    model.dispose()
  }
}

function toMovement ({ cells, count, group, sign }: Neighbourhood, shifts: Float64Array): Movement {
  const places = Array.from({ length: count }, (_, place) => place).filter(place => shifts[group[place]!] !== 0)
  return {
    cells: Int32Array.from(places, place => cells[place]!),
    shifts: Float64Array.from(places, place => sign[place]! * shifts[group[place]!]!),
    count: places.length,
  }
}

const mostNodes = 5000
const goodEnough = 0.05

let loading: Promise<Highs> | undefined

/** Only few releases need it at all, and it takes a while to load. */
function loadHighs (): Promise<Highs> {
  // Its types describe the form for `require`; imported, the function is the default export itself.
  loading ??= import('highs').then(module => (module.default as unknown as typeof module.default.default)())
  return loading
}
