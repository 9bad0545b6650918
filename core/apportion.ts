/**
 * Whole numbers in the proportion of the weights that add up to the total exactly: each gets the whole part of its due, and what
 * is left goes to the largest fractions, of equal ones to the first.
 *
 * @param weights zero or above, not all zero unless the total is zero
 * @param total a whole number, zero or above
 */
export function apportion (weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum === 0) return weights.map(() => 0)
  const dues = weights.map(weight => weight / sum * total)
  const shares = dues.map(Math.floor)
  const order = dues.map((due, i) => ({ i, fraction: due - shares[i]! })).toSorted((a, b) => b.fraction - a.fraction || a.i - b.i)
  let left = total - shares.reduce((all, share) => all + share, 0)
  for (const { i } of order) {
    if (left <= 0) break
    shares[i]!++
    left--
  }
  return shares
}
