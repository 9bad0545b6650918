import type { Pattern } from '../core/certificate.ts'
import { boundsBeforePrint, cellState, compileBlock, propagateBounds, type Block, type Bounds } from '../core/release.ts'
import { checkCertificates } from './certificates.ts'
import { connectInitially, locate, type Component } from './component.ts'
import { findIntegerOptimum } from './integer-optimum.ts'
import type { Effort, Interrogation } from './intervals.ts'

/** A protected cell that whoever is the only case in another one can compute. */
export interface InsiderLeak {
  readonly cell: number
  readonly insider: number
}

/**
 * Whoever is the only case of an unprinted cell knows it to be 1. No other protected cell may follow
 * from that, unless it does so from known cells already.
 *
 * Tables near the true one settle nearly all of it. The certificates of the pattern are such; those
 * that stand the exact check are as good as tables of our own.
 *
 * @param settled cells that need no look, because they leak anyway
 */
export async function findInsiders (block: Block, pattern: Pattern, interrogations: readonly Interrogation[], settled: ReadonlySet<number>, effort: Effort): Promise<InsiderLeak[]> {
  const leaks: InsiderLeak[] = []
  const moves = interrogations.map(({ component }) => new Moves(component.cells.length))
  const initial = new InitialKnowledge(block, effort)
  collectCertificates(block, pattern, interrogations, moves)
  for (const [index, interrogation] of interrogations.entries()) {
    const { cells } = interrogation.component
    const targets = Int32Array.from(cells.keys()).filter(column => block.rules[cells[column]!] !== 0 && !settled.has(cells[column]!))
    const found = new Set<number>()
    for (const [held, insider] of cells.entries()) {
      if (block.values[insider] !== 1) continue
      for (const target of moves[index]!.listUnmoved(targets, held)) {
        const cell = cells[target]!
        if (found.has(cell) || moves[index]!.has(target, held)) continue
        const move = await interrogation.findMove(target, held)
        if (typeof move !== 'boolean') moves[index]!.add([...move.keys()].filter(column => move[column] !== 0))
        if (move !== false || await initial.gives(cell, insider)) continue
        found.add(cell)
        leaks.push({ cell, insider })
      }
    }
  }
  return leaks
}

/** Which tables move which columns of a component. */
class Moves {
  /** Per column the tables that move it. */
  readonly #byColumn: number[][]
  /** Per table the column that was last held. */
  readonly #mark: number[] = []

  constructor (width: number) {
    this.#byColumn = Array.from({ length: width }, () => [])
  }

  add (columns: readonly number[]): void {
    const table = this.#mark.push(-1) - 1
    for (const column of columns) this.#byColumn[column]!.push(table)
  }

  has (target: number, held: number): boolean {
    const holders = this.#byColumn[held]!
    return this.#byColumn[target]!.some(table => !holders.includes(table))
  }

  /** Targets other than `held` that no table moves while it leaves `held` alone. */
  listUnmoved (targets: Int32Array, held: number): number[] {
    for (const table of this.#byColumn[held]!) this.#mark[table] = held
    const unmoved: number[] = []
    for (const target of targets) {
      if (target !== held && this.#byColumn[target]!.every(table => this.#mark[table] === held)) unmoved.push(target)
    }
    return unmoved
  }
}

/** Cuts certificates into their components: a part of one is another table too. */
function collectCertificates (block: Block, pattern: Pattern, interrogations: readonly Interrogation[], moves: readonly Moves[]): void {
  const home = new Int32Array(block.cells.length).fill(-1)
  const place = new Int32Array(block.cells.length)
  interrogations.forEach(({ component }, index) => component.cells.forEach((cell, column) => {
    home[cell] = index
    place[cell] = column
  }))
  const isSound = checkCertificates(block, pattern)
  for (const [index, { cells }] of pattern.certificates.entries()) {
    if (isSound[index] === false) continue
    for (const component of new Set(cells.map(cell => home[cell]!))) {
      if (component >= 0) moves[component]!.add(Array.from(cells).filter(cell => home[cell] === component).map(cell => place[cell]!))
    }
  }
}

/** What follows from known cells and the knowledge of one insider, whatever is printed. */
class InitialKnowledge {
  readonly #block: Block
  readonly #effort: Effort
  #bounds: Bounds | undefined
  #components: Component[] | undefined
  #doubts = 0

  constructor (block: Block, effort: Effort) {
    this.#block = block
    this.#effort = effort
  }

  /** Whether the insider could compute the cell before anything was printed; in doubt not. */
  async gives (cell: number, insider: number): Promise<boolean> {
    this.#bounds ??= boundsBeforePrint(this.#block)
    if (isGivenNearby(this.#block, this.#bounds, cell, insider)) return true
    // A block with that many doubts is broken anyway; nothing speaks in favour of its cells any more.
    if (++this.#doubts > patience) return false
    this.#components ??= connectInitially(this.#block)
    const found = locate(this.#components, cell)
    const held = found ? found.component.cells.indexOf(insider) : -1
    if (!found || held < 0 || found.component.cells.length > largest) return false
    this.#effort.integerChecks += 2
    return await isStuck(found.component, found.column, held, 1) && await isStuck(found.component, found.column, held, -1)
  }
}

const patience = 25
/** In larger components the integer solver may take minutes. */
const largest = 10_000

/** Bounds propagation over the equations around the cell, which is all that matters nearly always. */
function isGivenNearby (block: Block, bounds: Bounds, cell: number, insider: number): boolean {
  const { equations: { starts, columns, coefficients }, incidence } = block
  const rows = new Set<number>()
  let cells = new Set([cell])
  for (let round = 0; round < rounds && rows.size < maximumRows; round++) {
    const reached = new Set<number>()
    for (const member of cells) {
      for (let use = incidence.starts[member]!; use < incidence.starts[member + 1]!; use++) {
        const row = incidence.columns[use]!
        rows.add(row)
        // What is known already leads nowhere.
        for (const other of columns.subarray(starts[row]!, starts[row + 1]!)) if (bounds.lower[other]! < bounds.upper[other]!) reached.add(other)
      }
    }
    cells = reached
  }
  const members = [...new Set([cell, insider, ...[...rows].flatMap(row => [...columns.subarray(starts[row]!, starts[row + 1]!)])])]
  const place = new Map(members.map((member, index) => [member, index]))
  const surroundings = compileBlock({
    id: block.id,
    cells: members.map(member => ({ id: block.cells[member]!, value: block.values[member]!, lower: bounds.lower[member]!, upper: bounds.upper[member]!, state: block.states[member]! })),
    equations: [...rows].map(row => ({
      cells: [...columns.subarray(starts[row]!, starts[row + 1]!)].map(member => place.get(member)!),
      coefficients: [...coefficients.subarray(starts[row]!, starts[row + 1]!)],
    })),
  })
  const { lower, upper } = propagateBounds(surroundings, index => index === 1 || surroundings.states[index] === cellState.known)
  return lower[0] === upper[0]
}

const rounds = 4
const maximumRows = 500

async function isStuck (component: Component, column: number, held: number, direction: 1 | -1): Promise<boolean> {
  return await findIntegerOptimum(component, column, direction, [held]) === 0
}
