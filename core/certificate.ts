/**
 * Why a cell is protected: another table of whole counts that fits everything printed as well as
 * the true one does, in which the cell has moved to the end of its required range. Whoever holds
 * the release cannot tell the two apart. It implies true counts: as secret as the vault.
 */
export interface Certificate {
  /** The cells that differ from the true table; none of them is printed or known. */
  readonly cells: Int32Array
  /** By how much, in the same order; whole and not 0. */
  readonly shifts: Int32Array
}

/** What the suppressor decided about a block, and the proofs of it. */
export interface Pattern {
  /** 1 where the cell is printed or known, else 0. */
  readonly printed: Uint8Array
  readonly certificates: readonly Certificate[]
  /**
   * Two per cell: which certificate moves it down to its lowest, and which up to its highest
   * required value. −1 where nothing needs to be shown: no rule, or the value lies there already.
   */
  readonly proofs: Int32Array
  /** Cells with a rule that could not be protected even with everything open suppressed. */
  readonly unprotected: Int32Array
}
