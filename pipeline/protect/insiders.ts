import { reachNearby, reachSuppressed } from './reaches.ts'
import type { Workshop } from './workshop.ts'

/**
 * Who is the only case of a figure knows that figure although it is not printed. For each such
 * insider: whatever needs protection keeps a table in which it differs and the insider's own cell does not.
 */
export function guardAgainstInsiders (workshop: Workshop): void {
  const { terrain, proofs } = workshop
  const { isMovable, block: { values } } = terrain
  for (let own = 0; own < values.length; own++) {
    if (values[own] !== 1 || isMovable[own] === 0 || proofs.suppressed[own] === 0) continue
    const others = new Set(proofs.listDemands(own).map(demand => demand >> 1))
    others.delete(own)
    for (const cell of others) if (!proofs.canMoveWithout(cell, own)) keepMovable(cell, own, workshop)
  }
}

/** Where nothing is found the insider could compute the cell from what everybody knows. */
function keepMovable (cell: number, own: number, { proofs, search }: Workshop): void {
  for (const shift of [1, -1]) {
    if (search.search(cell, shift, { ...reachSuppressed(proofs.suppressed), banned: own }) !== 'found') continue
    proofs.accept(search.movement)
    return
  }
  for (const reach of reachNearby(proofs.suppressed)) {
    const [first, second] = [1, -1].map(shift => search.search(cell, shift, { ...reach, banned: own }) === 'found' ? search.copyMovement() : undefined)
    const cheapest = first && second ? (proofs.priceOf(second) < proofs.priceOf(first) ? second : first) : first ?? second
    if (!cheapest) continue
    proofs.accept(cheapest)
    return
  }
}
