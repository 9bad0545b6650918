/** Whether a ring `[x, y, x, y, …]` does not end where it begins. */
export function isOpenRing (ring: readonly number[]): boolean {
  return ring.length > 2 && (ring[0] !== ring.at(-2) || ring[1] !== ring.at(-1))
}
