import type { Pattern } from '../../core/certificate.ts'
import type { Block } from '../../core/release.ts'
import { cleanUp } from './clean-up.ts'
import { guardAgainstInsiders } from './insiders.ts'
import { findFarthestShift, findWholeMovement } from './integer-program.ts'
import { surveyBlock, type Terrain } from './neighbourhood.ts'
import { Proofs } from './proofs.ts'
import { reachFar, reachNearby, reachSuppressed } from './reaches.ts'
import { WitnessSearch, type Movement } from './witness.ts'
import type { Workshop } from './workshop.ts'

/**
 * Decides which open cells of a block are suppressed too, so that nobody can compute the closed ones
 * from what is printed: complementary suppression.
 *
 * For each end of each required range it looks for another table that fits everything printed as
 * well, the one whose cells the reader misses least (docs/geheimhaltung.md). What such tables move is
 * suppressed; the tables are kept as certificates. The same block always gives the same pattern.
 */
export async function suppress (block: Block): Promise<Pattern> {
  const terrain = surveyBlock(block)
  const proofs = new Proofs(terrain)
  const search = new WitnessSearch(terrain)
  const workshop = { terrain, proofs, search }
  const late = orderDemands(terrain).filter(demand => proofs.isOpen(demand) && !protectNearby(demand, workshop))
  for (const demand of late) {
    if (proofs.isOpen(demand)) await protectAnywhere(demand, workshop)
    if (proofs.isOpen(demand) && terrain.eitherWay.has(demand >> 1)) await protectOtherWay(demand, workshop)
  }
  cleanUp(workshop)
  await guardAgainstInsiders(workshop)
  return proofs.toPattern()
}

/** Upper levels first, as their certificates reach down; of one cell the longer way first. */
function orderDemands ({ block: { weights, rules }, targets }: Terrain): number[] {
  const cells = Array.from(rules.keys()).filter(cell => rules[cell] !== 0 && targets[2 * cell]! + targets[2 * cell + 1]! > 0)
  cells.sort((a, b) => weights[b]! - weights[a]! || a - b)
  return cells.flatMap(cell => targets[2 * cell]! > targets[2 * cell + 1]! ? [2 * cell, 2 * cell + 1] : [2 * cell + 1, 2 * cell])
}

/** @returns false where no movement of whole numbers was found in the small */
function protectNearby (demand: number, { terrain, proofs, search }: Workshop): boolean {
  const [cell, shift] = [demand >> 1, proofs.shiftOf(demand)]
  if (search.search(cell, shift, reachSuppressed(proofs.suppressed)) === 'found') {
    proofs.accept(search.movement)
    return true
  }
  let best: Movement | undefined
  for (const reach of reachNearby(proofs.suppressed)) {
    if (search.search(cell, shift, reach) !== 'found') continue
    // What reaches up a level may be avoided by going a little farther on this one.
    const isDear = !best && proofs.dearestOf(search.movement) > dear * terrain.block.weights[cell]!
    if (!best || proofs.priceOf(search.movement) < proofs.priceOf(best)) best = search.copyMovement()
    if (!isDear) break
  }
  if (best) proofs.accept(best)
  return best !== undefined
}

/** Against the weight of the cell that is to be protected; a level up weighs more than that. */
const dear = 2

/**
 * The rare case that needs much room or whole numbers that are hard to find. A cell that cannot
 * reach its required value at all stays unprotected, but is moved as far as it can be.
 */
async function protectAnywhere (demand: number, { terrain, proofs, search }: Workshop): Promise<void> {
  const { neighbourhood } = search
  const question = { terrain, neighbourhood, suppressed: proofs.suppressed }
  const [cell, wanted] = [demand >> 1, proofs.shiftOf(demand)]
  for (const most of [1000, Infinity]) {
    if (!neighbourhood.gather(cell, reachFar(proofs.suppressed, most))) return
    const isAll = most === Infinity || neighbourhood.isWhole
    const movement = await findWholeMovement(question, wanted)
    if (movement && search.isValid(movement)) return proofs.accept(movement)
    if (!isAll) continue
    const farthest = await findFarthestShift(question, wanted)
    const nearest = farthest === 0 ? undefined : await findWholeMovement(question, farthest)
    if (nearest && search.isValid(nearest)) proofs.keep(nearest)
    return
  }
}

async function protectOtherWay (demand: number, workshop: Workshop): Promise<void> {
  const { targets, fall, rise } = workshop.terrain
  const other = demand ^ 1
  if (((other & 1) === 0 ? fall : rise)[demand >> 1] === 0) return
  targets[other] = targets[demand]!
  targets[demand] = 0
  if (!protectNearby(other, workshop)) await protectAnywhere(other, workshop)
}
