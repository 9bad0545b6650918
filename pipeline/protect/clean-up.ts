import type { Certificate } from '../../core/certificate.ts'
import { cellState } from '../../core/release.ts'
import type { Terrain } from './neighbourhood.ts'
import { reachSuppressed } from './reaches.ts'
import type { Movement } from './witness.ts'
import type { Workshop } from './workshop.ts'

/**
 * Prints again what need not be suppressed after all, the most valuable first: where every proof
 * that uses a cell can be replaced by one that does not and needs nothing else.
 */
export function cleanUp (workshop: Workshop): void {
  const { terrain, proofs } = workshop
  const { states, weights, rules } = terrain.block
  const complementary: number[] = []
  for (let cell = 0; cell < states.length; cell++) {
    if (states[cell] === cellState.open && rules[cell] === 0 && proofs.suppressed[cell] === 1 && proofs.isKept[cell] === 0) complementary.push(cell)
  }
  complementary.sort((a, b) => weights[b]! - weights[a]! || a - b)
  const circles = new Circles(terrain, proofs.suppressed)
  for (const cell of complementary) {
    const demands = proofs.listDemands(cell)
    if (!circles.canDo(cell, demands)) continue
    const replacements = replaceProofs(cell, demands, workshop)
    if (!replacements) continue
    proofs.suppressed[cell] = 0
    circles.remove(cell)
    for (const { demands, certificate } of replacements) {
      const position = typeof certificate === 'number' ? certificate : proofs.store(certificate)
      for (const demand of demands) proofs.assign(demand, position)
    }
  }
}

interface Replacement {
  readonly demands: number[]
  /** Position of one that exists, or a new one. */
  readonly certificate: Certificate | number
}

/** @returns `undefined` where a demand cannot be met without the cell */
function replaceProofs (cell: number, demands: readonly number[], { proofs, search }: Workshop): Replacement[] | undefined {
  const { neighbourhood } = search
  const replacements: Replacement[] = []
  const detours: Movement[] = []
  let hasGathered = false
  for (const demand of demands) {
    const known = replacements.find(({ certificate }) => typeof certificate !== 'number' && proofs.meets(certificate, demand))
    if (known) {
      known.demands.push(demand)
      continue
    }
    const stored = proofs.findWithout(demand, cell)
    if (stored >= 0) {
      replacements.push({ demands: [demand], certificate: stored })
      continue
    }
    const certificate = proofs.certificates[proofs.proofs[demand]!]!
    let replacement = firstOf(detours, detour => proofs.addDetour(certificate, detour, cell, demand))
    if (!replacement) {
      // What may move does not depend on the demand.
      hasGathered ||= neighbourhood.gather(cell, reachSuppressed(proofs.suppressed, mostCells))
      if (!hasGathered || search.reroute(certificate, { cell: demand >> 1, shift: proofs.shiftOf(demand), suppressed: proofs.suppressed }) !== 'found') return undefined
      const detour = search.copyMovement()
      detours.unshift(detour)
      replacement = proofs.addDetour(certificate, detour, cell, demand)
    }
    if (!replacement) return undefined
    replacements.push({ demands: [demand], certificate: replacement })
  }
  return replacements
}

function firstOf<Item, Result> (items: readonly Item[], read: (item: Item) => Result | undefined): Result | undefined {
  for (const item of items) {
    const result = read(item)
    if (result !== undefined) return result
  }
  return undefined
}

const mostCells = 400

/** Where suppressed cells still stand at least in pairs: a cell alone in an equation can be computed. */
class Circles {
  readonly #terrain: Terrain
  readonly #suppressed: Uint8Array
  /** How many suppressed cells an equation has. */
  readonly #left: Int32Array
  /** Trial in which a row lost cells, and how many. */
  readonly #trialOf: Int32Array
  readonly #lost: Int32Array
  readonly #goneSince: Int32Array
  #trial = 0

  constructor (terrain: Terrain, suppressed: Uint8Array) {
    const { rowStarts, rowCells } = terrain
    this.#terrain = terrain
    this.#suppressed = suppressed
    this.#left = new Int32Array(rowStarts.length - 1)
    this.#trialOf = new Int32Array(rowStarts.length - 1)
    this.#lost = new Int32Array(rowStarts.length - 1)
    this.#goneSince = new Int32Array(suppressed.length)
    for (let row = 0; row + 1 < rowStarts.length; row++) {
      for (let entry = rowStarts[row]!; entry < rowStarts[row + 1]!; entry++) this.#left[row]! += suppressed[rowCells[entry]!]!
    }
  }

  /** Whether all demands keep a movable cell when a cell is printed; an answer of true promises nothing more. */
  canDo (cell: number, demands: readonly number[]): boolean {
    const { cellStarts, cellRows, rowStarts, rowCells } = this.#terrain
    const trial = ++this.#trial
    const waiting = [cell]
    this.#goneSince[cell] = trial
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (let entry = cellStarts[next]!; entry < cellStarts[next + 1]!; entry++) {
        const row = cellRows[entry]!
        if (this.#trialOf[row] !== trial) {
          this.#trialOf[row] = trial
          this.#lost[row] = 0
        }
        if (this.#left[row]! - ++this.#lost[row]! !== 1) continue
        for (let place = rowStarts[row]!; place < rowStarts[row + 1]!; place++) {
          const other = rowCells[place]!
          if (this.#suppressed[other] === 0 || this.#goneSince[other] === trial) continue
          this.#goneSince[other] = trial
          waiting.push(other)
          break
        }
      }
    }
    return demands.every(demand => this.#goneSince[demand >> 1] !== trial)
  }

  remove (cell: number): void {
    const { cellStarts, cellRows } = this.#terrain
    for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) this.#left[cellRows[entry]!]!--
  }
}
