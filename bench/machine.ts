import os from 'node:os'

/** The machine a figure was measured on; without it a figure says nothing. */
export function describeMachine (): string {
  const [cpu] = os.cpus()
  return `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${os.platform()}`
}

/** Minimum and median of some measurements, in their own unit. */
export function minimumAndMedian (values: readonly number[]): { minimum: number, median: number } {
  const ascending = values.toSorted((a, b) => a - b)
  return { minimum: ascending[0]!, median: ascending[ascending.length >> 1]! }
}

/** The value below which the given share of the measurements lies. */
export function percentile (values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b)
  return ascending[Math.min(ascending.length - 1, Math.ceil(share * ascending.length) - 1)]!
}

/** Seeded random numbers in [0, 1), the same on every machine (mulberry32). */
export function seededRandom (seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
