/**
 * The candidate a person most likely meant, or `undefined` where none is close: at most a third of
 * the letters may differ. Case, blanks and dashes do not count as differences.
 */
export function nearest (text: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(text.length / 3))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    const distance = editDistance(plain(text), plain(candidate), bestDistance)
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

function plain (text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, '')
}

/** Levenshtein distance, or `limit` where it is not smaller. */
function editDistance (a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1))
    }
    previous = current
  }
  return Math.min(previous[b.length]!, limit)
}
