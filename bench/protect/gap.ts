import { suppress } from '../../pipeline/protect/suppress.ts'
import type { Block } from '../../core/release.ts'
import { findOptimum } from './exact.ts'
import { costOf, listSecondaries } from './tally.ts'
import { generateBlocks, tiny, type Design } from './towns.ts'

/** How far patterns are above the proven optimum. */
export interface Gap {
  /** Blocks in which anything must be suppressed beyond the primaries and the optimum is proven. */
  readonly instances: number
  readonly cost: number
  readonly optimum: number
  readonly equal: number
  /** Cost of a single block against its optimum, the worst of all. */
  readonly worst: number
  readonly secondaries: number
  readonly optimalSecondaries: number
  readonly unprotected: number
}

/** The same design on several plans, k = 3 and 5; in small towns the optimum takes a second or so. */
export function * listSmallBlocks (design: Design, seeds: readonly number[]): Generator<Block> {
  for (const seed of seeds) for (const minimumCount of [3, 5]) yield * generateBlocks({ ...design, seed }, minimumCount)
}

/** Suppresses blocks and proves what the best pattern would have cost; leaves out those where nothing is to be done. */
export async function compareWithOptimum (blocks: Iterable<Block>): Promise<Gap> {
  let gap: Gap = { instances: 0, cost: 0, optimum: 0, equal: 0, worst: 1, secondaries: 0, optimalSecondaries: 0, unprotected: 0 }
  for (const block of blocks) {
    const optimum = await findOptimum(block)
    if (!optimum || optimum.cost === 0 || optimum.atLeast < optimum.cost) continue
    const pattern = await suppress(block)
    const secondaries = listSecondaries(block, pattern)
    const cost = costOf(block, secondaries)
    gap = {
      instances: gap.instances + 1,
      cost: gap.cost + cost,
      optimum: gap.optimum + optimum.cost,
      equal: gap.equal + (cost < optimum.cost + tolerance ? 1 : 0),
      worst: Math.max(gap.worst, cost / optimum.cost),
      secondaries: gap.secondaries + secondaries.length,
      optimalSecondaries: gap.optimalSecondaries + optimum.suppressed.length,
      unprotected: gap.unprotected + pattern.unprotected.length,
    }
  }
  return gap
}

const tolerance = 1e-6

/** The gap over many small towns, as text. */
export async function measureGap (): Promise<string> {
  const { instances, cost, optimum, equal, worst, secondaries, optimalSecondaries, unprotected } = await compareWithOptimum(listSmallBlocks(tiny, [105, 106, 107, 108]))
  return [
    `protect against the optimum: ${instances} small blocks, cost ${cost.toFixed(1)} against ${optimum.toFixed(1)}, ratio ${(cost / optimum).toFixed(3)} (limit 1.10, reference 1.077)`,
    `  equal in ${equal}, worst single ${worst.toFixed(2)}; ${secondaries} secondaries against ${optimalSecondaries}; unprotected ${unprotected}`,
  ].join('\n')
}
