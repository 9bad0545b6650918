/** How long an id that the store does not know is not asked for again: a guard against guessing. */
const unknownSeconds = 10
const unknownLimit = 1000

/** Ids that somebody asked for in vain a moment ago. */
export class UnknownIds {
  /** Until when (milliseconds) an id counts as unknown without asking. */
  readonly #until = new Map<string, number>()

  has (id: string): boolean {
    return (this.#until.get(id) ?? 0) > Date.now()
  }

  add (id: string): void {
    if (this.#until.size >= unknownLimit) this.#until.clear()
    this.#until.set(id, Date.now() + unknownSeconds * 1000)
  }
}
