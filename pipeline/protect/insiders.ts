import { cellState, propagateBounds } from '../../core/release.ts'
import { findWholeMovement } from './integer-program.ts'
import type { Terrain } from './neighbourhood.ts'
import { reachFar, reachNearby, reachSuppressed } from './reaches.ts'
import type { Movement } from './witness.ts'
import type { Workshop } from './workshop.ts'

/**
 * Who is the only case of a figure knows that figure although it is not printed. For each such
 * insider: whatever needs protection keeps a table in which it differs and the insider's own cell does not.
 */
export async function guardAgainstInsiders (workshop: Workshop): Promise<void> {
  const { terrain, proofs } = workshop
  const { isMovable, block: { values } } = terrain
  for (let own = 0; own < values.length; own++) {
    if (values[own] !== 1 || isMovable[own] === 0 || proofs.suppressed[own] === 0) continue
    const others = new Set(proofs.listDemands(own).map(demand => demand >> 1))
    others.delete(own)
    const bound = [...others].filter(cell => !proofs.canMoveWithout(cell, own))
    const pinned = bound.length > 0 ? pinWith(own, terrain) : undefined
    for (const cell of bound) {
      if (pinned?.has(cell)) continue
      const movement = findNearby(cell, own, workshop)
      if (movement === 'unclear') await keepMovable(cell, own, workshop)
      else if (movement) proofs.accept(movement)
    }
  }
}

/** What follows from one cell and what everybody knows, as the last unknown of an equation: nothing can help there. */
function pinWith (own: number, { cellStarts, cellRows, rowStarts, rowCells }: Terrain): Set<number> {
  const pinned = new Set([own])
  const lost = new Map<number, number>()
  for (const cell of pinned) {
    for (let entry = cellStarts[cell]!; entry < cellStarts[cell + 1]!; entry++) {
      const row = cellRows[entry]!
      lost.set(row, (lost.get(row) ?? 0) + 1)
      if (rowStarts[row + 1]! - rowStarts[row]! - lost.get(row)! !== 1) continue
      for (let place = rowStarts[row]!; place < rowStarts[row + 1]!; place++) pinned.add(rowCells[place]!)
    }
  }
  return pinned
}

/** @returns `undefined` where there is surely none: the insider can compute the cell from what everybody knows */
function findNearby (cell: number, own: number, { proofs, search }: Workshop): Movement | 'unclear' | undefined {
  for (const shift of [1, -1]) {
    if (search.search(cell, shift, { ...reachSuppressed(proofs.suppressed), banned: own }) === 'found') return search.movement
  }
  let isSure = false
  for (const reach of reachNearby(proofs.suppressed)) {
    isSure = true
    const found: Movement[] = []
    for (const shift of [1, -1]) {
      const outcome = search.search(cell, shift, { ...reach, banned: own })
      if (outcome === 'found') found.push(search.copyMovement())
      else if (outcome === 'fractional' || !search.neighbourhood.isWhole) isSure = false
    }
    if (found.length > 0) return cheapestOf(found, proofs)
    if (isSure) return undefined
  }
  return 'unclear'
}

async function keepMovable (cell: number, own: number, { terrain, proofs, search }: Workshop): Promise<void> {
  const { block } = terrain
  const { lower, upper } = propagateBounds(block, other => other === own || block.states[other] === cellState.known)
  if (lower[cell] === upper[cell]) return
  for (const most of [1000, Infinity]) {
    const found: Movement[] = []
    if (!search.neighbourhood.gather(cell, { ...reachFar(proofs.suppressed, most), banned: own })) continue
    for (const shift of [1, -1]) {
      const movement = await findWholeMovement({ terrain, neighbourhood: search.neighbourhood, suppressed: proofs.suppressed }, shift)
      if (movement && search.isValid(movement)) found.push(movement)
    }
    if (found.length > 0) return proofs.accept(cheapestOf(found, proofs))
    if (search.neighbourhood.isWhole) return
  }
}

function cheapestOf (movements: readonly Movement[], proofs: Workshop['proofs']): Movement {
  return movements.reduce((best, movement) => proofs.priceOf(movement) < proofs.priceOf(best) ? movement : best)
}
