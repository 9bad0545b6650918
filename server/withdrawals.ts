import type { EditionPointer, WithdrawnEdition } from './edition-source.ts'

/** What the atlases took back, as of one look at the pointers. */
export class Withdrawals {
  /** By atlas id, then edition id, in the order of withdrawing; of atlases that took something back. */
  readonly #byAtlas: ReadonlyMap<string, ReadonlyMap<string, WithdrawnEdition>>

  constructor (pointers: readonly EditionPointer[]) {
    this.#byAtlas = new Map(pointers.flatMap(({ atlas, withdrawn = [] }) =>
      withdrawn.length === 0 ? [] : [[atlas, new Map(withdrawn.map(one => [one.edition, one]))] as const]))
  }

  has (editionId: string): boolean {
    for (const withdrawn of this.#byAtlas.values()) if (withdrawn.has(editionId)) return true
    return false
  }

  listIds (): string[] {
    return [...this.#byAtlas.values()].flatMap(withdrawn => [...withdrawn.keys()])
  }

  /** Ids of the atlases that withdrew something since `before`. */
  newsSince (before: Withdrawals): Set<string> {
    return new Set([...this.#byAtlas].flatMap(([atlas, withdrawn]) => withdrawn.size === before.#byAtlas.get(atlas)?.size ? [] : [atlas]))
  }

  /**
   * What to say of an edition that was withdrawn, or of the last one where no id is given.
   *
   * @param current what stands in where no successor is left
   */
  find (atlasId: string, editionId: string | undefined, current: string | null): WithdrawnEdition | undefined {
    const withdrawn = this.#byAtlas.get(atlasId)
    const found = editionId === undefined ? [...withdrawn?.values() ?? []].at(-1) : withdrawn?.get(editionId)
    if (!withdrawn || !found) return undefined
    // A successor may have been withdrawn, too, and so on; the circle that two of them can make ends with what is current.
    let successor = found.successor
    for (let step = 0; successor !== null && step < withdrawn.size; step++) successor = withdrawn.has(successor) ? withdrawn.get(successor)!.successor : successor
    return { ...found, successor: successor === null || withdrawn.has(successor) ? current : successor }
  }
}
