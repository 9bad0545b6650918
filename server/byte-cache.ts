/**
 * Keeps the most recently used values up to a number of bytes, and lets each be made once at a
 * time: whoever asks while it is being made waits for the same one (single-flight).
 */
export class ByteCache<Value> {
  readonly #limitBytes: number
  readonly #sizeOf: (value: Value) => number
  /** Oldest use first: a Map keeps the order of insertion. */
  readonly #kept = new Map<string, { value: Value, bytes: number }>()
  readonly #inTheMaking = new Map<string, Promise<Value>>()
  #bytes = 0

  constructor ({ limitBytes, sizeOf }: { limitBytes: number, sizeOf: (value: Value) => number }) {
    this.#limitBytes = limitBytes
    this.#sizeOf = sizeOf
  }

  /** Bytes of everything kept; never above the limit. */
  get sizeBytes (): number {
    return this.#bytes
  }

  find (key: string): Value | undefined {
    const entry = this.#kept.get(key)
    if (!entry) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, entry)
    return entry.value
  }

  /** The kept value, or the one `make` makes; a failure is not kept and reaches everybody who waits. */
  async get (key: string, make: () => Promise<Value> | Value): Promise<Value> {
    const kept = this.find(key)
    if (kept !== undefined) return kept
    const pending = this.#inTheMaking.get(key)
    if (pending) return await pending
    const making = this.#make(key, make)
    this.#inTheMaking.set(key, making)
    return await making
  }

  /** Forgets one value. What is being made meanwhile is kept when it is done. */
  delete (key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0
    this.#kept.delete(key)
  }

  /** Every value kept, oldest use first. */
  values (): Value[] {
    return [...this.#kept.values()].map(({ value }) => value)
  }

  async #make (key: string, make: () => Promise<Value> | Value): Promise<Value> {
    try {
      // Deferred, so that a `make` that throws at once is still entered into #inTheMaking before it leaves.
      await undefined
      const value = await make()
      this.#keep(key, value)
      return value
    } finally {
      this.#inTheMaking.delete(key)
    }
  }

  #keep (key: string, value: Value): void {
    const bytes = this.#sizeOf(value)
    if (bytes > this.#limitBytes) return
    this.#kept.set(key, { value, bytes })
    this.#bytes += bytes
    for (const [oldest, entry] of this.#kept) {
      if (this.#bytes <= this.#limitBytes) break
      this.#kept.delete(oldest)
      this.#bytes -= entry.bytes
    }
  }
}
