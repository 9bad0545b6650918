/**
 * What the intruder found out about a block. Plain data, so that it can cross between processes.
 * It quotes true counts wherever it found a leak: as secret as the vault.
 */
export interface BlockVerdict {
  /** How many cells have a rule. */
  readonly protectedCells: number
  /** Protected cells whose value follows from what is printed. */
  readonly exact: readonly Finding[]
  /** Protected cells for which less stays possible than required. */
  readonly narrow: readonly Finding[]
  /** Protected cells that known cells alone give away, whatever is printed: reported, but no fault of the pattern. */
  readonly exposed: readonly Finding[]
  /** Protected cells that the only person in an unprinted cell can compute, because that person knows it to be 1. */
  readonly insiders: readonly Finding[]
  /** Certificates that do not fit, and ends of required ranges that none reaches; 0 where not asked for. */
  readonly badCertificates: number
  /** Linear programs solved. */
  readonly lps: number
  /** Questions that went to the exact integer solver. */
  readonly integerChecks: number
  /** What can be deduced about every cell, printed ones included; only where asked for. */
  readonly intervals?: { readonly lower: Float64Array, readonly upper: Float64Array }
}

export interface Finding {
  readonly cell: string
  /** What the intruder knows in the end: `lower <= value <= upper`. */
  readonly lower: number
  readonly upper: number
  /** What must stay possible, as far as known cells leave it possible. */
  readonly required: readonly [lower: number, upper: number]
  /** One line, `x = 64 - 20 - 41` or `3 <= x <= 9 - 5`. */
  readonly arithmetic: string
  /** The cell behind every number of the line, in its order; an unprinted one stands there with a bound that everybody knows. */
  readonly uses: readonly string[]
}

/** Whether a release may hold this block. */
export function isSafe ({ exact, narrow, insiders, badCertificates }: BlockVerdict): boolean {
  return exact.length + narrow.length + insiders.length + badCertificates === 0
}
