import type { Terrain } from './neighbourhood.ts'
import type { Proofs } from './proofs.ts'
import type { WitnessSearch } from './witness.ts'

/** What the steps of the suppressor work with: the ground, the pattern as it grows, the tool. */
export interface Workshop {
  readonly terrain: Terrain
  readonly proofs: Proofs
  readonly search: WitnessSearch
}
