import type { Reach } from './neighbourhood.ts'

/** What is suppressed anyway costs nothing: all of it as far as a quick search may go. */
export function reachSuppressed (suppressed: Uint8Array, most = 250): Reach {
  return { suppressed, suppressedOnly: true, banned: -1, hops: Infinity, most, partners: Infinity }
}

/** What would have to be suppressed too, from near to far: most movements are short, some are cheaper if longer. */
export function reachNearby (suppressed: Uint8Array): Reach[] {
  return [
    { suppressed, suppressedOnly: false, banned: -1, hops: 2, most: 150, partners: 14 },
    { suppressed, suppressedOnly: false, banned: -1, hops: Infinity, most: 400, partners: 14 },
    { suppressed, suppressedOnly: false, banned: -1, hops: Infinity, most: 1500, partners: 40 },
  ]
}

/** As far as the equations lead, up to a number of cells. */
export function reachFar (suppressed: Uint8Array, most: number): Reach {
  return { suppressed, suppressedOnly: false, banned: -1, hops: Infinity, most, partners: Infinity }
}
