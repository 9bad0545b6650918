/**
 * The sum of decimal numbers as people write them: 0.1 + 0.2 is 0.3. Exact as long as the sum has
 * no more than 15 digits.
 */
export function sumDecimals (values: readonly number[]): number {
  const sum = values.reduce((all, value) => all + value, 0)
  const decimals = Math.max(0, ...values.map(decimalsOf))
  return decimals === 0 ? sum : Number(sum.toFixed(Math.min(decimals, 15)))
}

/** Digits behind the point of the shortest text of a number. */
function decimalsOf (value: number): number {
  if (Number.isInteger(value)) return 0
  const [digits, exponent] = String(value).split('e') as [string, string | undefined]
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent ?? 0))
}
