import { editionsOf, type ServedAtlas } from './served-atlas.ts'

/**
 * The atlases in memory, up to a number of bytes. Above it those are let go that nobody asked for
 * longest, never one that is in use, and never the last: an installation of one atlas has it always.
 */
export class ServedAtlases {
  readonly #limitBytes: number
  /** Oldest use first: a Map keeps the order of insertion. */
  readonly #inMemory = new Map<string, ServedAtlas>()
  /** How many requests are under way, by atlas id. */
  readonly #uses = new Map<string, number>()
  #bytes = 0

  constructor (limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  /** Whether another one, of the size of those that are here, would send one of them away. */
  get isFull (): boolean {
    return this.#inMemory.size > 0 && this.#bytes + this.#bytes / this.#inMemory.size > this.#limitBytes
  }

  get (atlasId: string): ServedAtlas | undefined {
    return this.#inMemory.get(atlasId)
  }

  ids (): string[] {
    return [...this.#inMemory.keys()]
  }

  values (): ServedAtlas[] {
    return [...this.#inMemory.values()]
  }

  set (atlasId: string, atlas: ServedAtlas): void {
    this.delete(atlasId)
    this.#inMemory.set(atlasId, atlas)
    this.#bytes += bytesOf(atlas)
    this.#makeRoom(atlasId)
  }

  delete (atlasId: string): void {
    const atlas = this.#inMemory.get(atlasId)
    if (atlas) this.#bytes -= bytesOf(atlas)
    this.#inMemory.delete(atlasId)
  }

  /** Keeps the atlas, in memory or on its way there, until the function it returns is called. */
  hold (atlasId: string): () => void {
    this.#uses.set(atlasId, (this.#uses.get(atlasId) ?? 0) + 1)
    const atlas = this.#inMemory.get(atlasId)
    if (atlas && this.#inMemory.delete(atlasId)) this.#inMemory.set(atlasId, atlas)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      const left = this.#uses.get(atlasId)! - 1
      if (left > 0) {
        this.#uses.set(atlasId, left)
      } else {
        this.#uses.delete(atlasId)
        this.#makeRoom()
      }
    }
  }

  #makeRoom (wanted?: string): void {
    for (const atlasId of this.#inMemory.keys()) {
      if (this.#bytes <= this.#limitBytes || this.#inMemory.size === 1) return
      if (atlasId !== wanted && !this.#uses.has(atlasId)) this.delete(atlasId)
    }
  }
}

function bytesOf (atlas: ServedAtlas): number {
  return editionsOf(atlas).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
