import type { Level } from '../../core/area.ts'
import type { LedgerCell } from '../../core/ledger.ts'
import type { Place, Problem } from '../../core/problem.ts'
import { attainableRanges, cellState, propagateBounds, type Block } from '../../core/release.ts'
import type { Quotient } from '../derive.ts'
import type { FigureColumn } from '../figures.ts'
import { Drafting } from './drafting.ts'
import type { External } from './external.ts'
import { countRule, type Primaries } from './primary.ts'
import { columnsOf, type Relation } from './relations.ts'
import { isProtected } from './rules.ts'
import type { WeightsOf } from './weights.ts'
import type { FindWholeNumbers } from './whole-numbers.ts'

/** What earlier editions have said; the functions of a `LedgerView` that are needed here. */
export interface LedgerFacts {
  /** Oldest first. */
  readonly findLedgerCells: (cellId: string) => readonly LedgerCell[]
  readonly hashValue: (cellId: string, value: number | null) => string
}

export interface BlockInput {
  /** Columns of counts, in a fixed order. */
  readonly columns: readonly FigureColumn[]
  readonly relations: readonly Relation[]
  readonly quotients: readonly Quotient[]
  readonly levels: ReadonlyArray<Pick<Level, 'id' | 'areas'>>
  readonly primaries: Primaries
  readonly external: External
  /** Indicators that are never printed. */
  readonly unpublished: ReadonlySet<string>
  readonly ledger: LedgerFacts
  readonly weightsOf: WeightsOf
  readonly findWholeNumbers: FindWholeNumbers
  /** The project file. */
  readonly place: Place
}

/** A block, and which figures its cells are. */
export interface FigureBlock {
  readonly block: Block
  readonly columns: readonly FigureColumn[]
  /** Per cell the position of its column in `columns`; −1 for a cell that is no figure of the atlas. */
  readonly columnOf: Int32Array
  /** Per cell its area in the column. */
  readonly areaOf: Int32Array
}

/**
 * One block per set of columns that relations connect, one at a time; only such with a cell to
 * protect. Problems come with the block in which they were found.
 */
export function * draftBlocks (input: BlockInput): Generator<{ readonly drafted?: FigureBlock, readonly problems: readonly Problem[] }> {
  const bounds = boundByWholes(input)
  for (const { columns, relations } of connectColumns(input)) {
    // Public figures alone, or nothing to protect: no need to look.
    if (!columns.some(column => hasSecret(column, relations, input))) continue
    yield draftBlock(columns, relations, input, bounds)
  }
}

function hasSecret (column: FigureColumn, relations: readonly Relation[], { primaries }: BlockInput): boolean {
  return [...primaries.get(column)?.values() ?? []].some(primary => primary !== 'free') ||
    column.cells.some(({ status }) => status === 'suppressed') ||
    (isProtected(column.rules) && relations.length > 0) // what lies between the figures may be small
}

/** Components of columns, in the order of their first column. */
function connectColumns ({ columns, relations }: BlockInput): Array<{ columns: FigureColumn[], relations: Relation[] }> {
  const parentOf = new Map(columns.map(column => [column, column]))
  const find = (column: FigureColumn): FigureColumn => {
    let root = column
    while (parentOf.get(root) !== root) root = parentOf.get(root)!
    for (let step = column; step !== root;) {
      const next = parentOf.get(step)!
      parentOf.set(step, root)
      step = next
    }
    return root
  }
  for (const relation of relations) {
    const [first, ...others] = columnsOf(relation)
    for (const other of others) parentOf.set(find(other), find(first!))
  }
  const components = new Map<FigureColumn, { columns: FigureColumn[], relations: Relation[] }>()
  for (const column of columns) {
    const root = find(column)
    if (!components.has(root)) components.set(root, { columns: [], relations: [] })
    components.get(root)!.columns.push(column)
  }
  for (const relation of relations) components.get(find(columnsOf(relation)[0]!))!.relations.push(relation)
  return [...components.values()]
}

/** A number of people cannot be larger than the whole of which a share is made, nor the whole smaller. */
export interface WholeBounds {
  readonly upper: ReadonlyMap<FigureColumn, ReadonlyMap<number, number>>
  readonly lower: ReadonlyMap<FigureColumn, ReadonlyMap<number, number>>
}

function boundByWholes ({ quotients, primaries }: BlockInput): WholeBounds {
  const upper = new Map<FigureColumn, Map<number, number>>()
  const lower = new Map<FigureColumn, Map<number, number>>()
  const tighten = (bounds: typeof upper, column: FigureColumn, area: number, value: number, choose: (a: number, b: number) => number) => {
    const areas = bounds.get(column) ?? new Map<number, number>()
    areas.set(area, choose(areas.get(area) ?? value, value))
    bounds.set(column, areas)
  }
  for (const { indicator, numerator, minus, denominator, column: { cells } } of quotients) {
    if (indicator.kind !== 'share') continue
    cells.forEach((_, area) => {
      const whole = sumAt(denominator, area)
      const part = sumAt(numerator, area)
      const taken = sumAt(minus, area)
      if (whole === undefined || taken === undefined) return
      for (const column of numerator) tighten(upper, column, area, whole + taken, Math.min)
      const [only] = denominator
      const isSmall = typeof primaries.get(only!)?.get(area) === 'object'
      if (denominator.length === 1 && part !== undefined && part - taken <= whole && !isSmall) tighten(lower, only!, area, part - taken, Math.max)
    })
  }
  return { upper, lower }
}

function sumAt (columns: readonly FigureColumn[], area: number): number | undefined {
  let sum = 0
  for (const { cells } of columns) {
    const cell = cells[area]!
    if (cell.status !== 'observed') return undefined
    sum += cell.value
  }
  return sum
}

function draftBlock (columns: readonly FigureColumn[], relations: readonly Relation[], input: BlockInput, bounds: WholeBounds): { drafted?: FigureBlock, problems: Problem[] } {
  const problems: Problem[] = []
  let active = relations
  let hasOlder = true
  for (;;) {
    const drafting = new Drafting(columns, active, input, bounds)
    const conflict = drafting.build(hasOlder)
    if (!conflict) return { ...drafting.finish(), problems }
    problems.push(...conflict.problems)
    if (conflict.without === 'everything') return { problems }
    if (conflict.without === 'older') {
      hasOlder = false
    } else {
      const { without } = conflict
      active = active.filter(relation => !without.includes(relation))
    }
  }
}

/**
 * Where rounded figures together say more of a protected one than its rule allows, those beside it are taken out of print until they
 * do not. The suppressor would find it too, but slowly, and has no means against it.
 */
export function widenNarrowed (figures: FigureBlock): void {
  let around: Int32Array = narrowedByRounding(figures.block)
  while (around.length > 0) {
    if (widenRounded(figures, around)) {
      around = narrowedByRounding(figures.block)
      continue
    }
    const wider = Int32Array.from(neighboursOf(figures.block, around))
    if (wider.length === around.length) return
    around = wider
  }
}

/** By single equations, which show most of it. */
function narrowedByRounding (block: Block): Int32Array {
  if (!block.states.includes(cellState.rounded)) return new Int32Array()
  const wanted = attainableRanges(block)
  const exposed = new Set(wanted.exposed)
  const { lower, upper } = propagateBounds(block, cell => block.states[cell] === cellState.known)
  return Int32Array.from(lower.keys()).filter(cell => block.rules[cell] !== 0 && !exposed.has(cell) &&
    (lower[cell]! > wanted.lower[cell]! || upper[cell]! < wanted.upper[cell]! || lower[cell] === upper[cell]))
}

/**
 * Takes rounded figures beside such cells out of print, so that they no longer say within two what they are.
 * A small one is a dot from then on, and has the range of every dot.
 *
 * @returns false where there are none left
 */
export function widenRounded ({ block, columns, columnOf }: FigureBlock, cells: Int32Array): boolean {
  const widened = [...neighboursOf(block, cells)].filter(cell => block.states[cell] === cellState.rounded)
  for (const cell of widened) {
    block.states[cell] = cellState.closed
    block.lower[cell] = 0
    block.upper[cell] = Infinity
    if (block.rules[cell] === 0) continue
    const rule = countRule(block.values[cell]!, columns[columnOf[cell]!]!.rules)
    block.requiredLower[cell] = Math.min(block.requiredLower[cell]!, rule?.required[0] ?? Infinity)
    block.requiredUpper[cell] = Math.max(block.requiredUpper[cell]!, rule?.required[1] ?? 0)
  }
  return widened.length > 0
}

/** The cells themselves, and all that share an equation with one. */
function neighboursOf ({ equations, incidence }: Block, cells: Int32Array): Set<number> {
  const near = new Set(cells)
  for (const cell of cells) {
    for (let entry = incidence.starts[cell]!; entry < incidence.starts[cell + 1]!; entry++) {
      const row = incidence.columns[entry]!
      for (let other = equations.starts[row]!; other < equations.starts[row + 1]!; other++) near.add(equations.columns[other]!)
    }
  }
  return near
}
