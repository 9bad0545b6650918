import type { Certificate, Pattern } from '../core/certificate.ts'
import { attainableRanges, cellState, type Block, type Bounds } from '../core/release.ts'

/**
 * Checks all proofs of a pattern in whole numbers, without solver and without tolerance.
 *
 * @param required defaults to the attainable ranges of the block
 * @returns how many certificates are no other table, plus how many ends of required ranges no sound one reaches
 */
export function countBadCertificates (block: Block, pattern: Pattern, required: Bounds = attainableRanges(block)): number {
  const isSound = checkCertificates(block, pattern)
  const shiftOf = (index: number, cell: number) => {
    const { cells, shifts } = pattern.certificates[index]!
    const place = cells.indexOf(cell)
    return place < 0 ? 0 : shifts[place]!
  }
  let bad = isSound.filter(sound => !sound).length
  for (let cell = 0; cell < block.cells.length; cell++) {
    if (block.rules[cell] === 0) continue
    const value = block.values[cell]!
    for (const [side, end] of [required.lower[cell]!, required.upper[cell]!].entries()) {
      const isThere = side === 0 ? value <= end : value >= end
      if (isThere) continue
      const index = pattern.proofs[2 * cell + side] ?? -1
      const shift = isSound[index] === true ? shiftOf(index, cell) : 0
      if (side === 0 ? value + shift > end : value + shift < end) bad++
    }
  }
  return bad
}

/** Which certificates are another table that fits everything printed and known. */
export function checkCertificates (block: Block, pattern: Pattern): boolean[] {
  const sums = new Float64Array(block.equations.starts.length - 1)
  const seen = new Int32Array(block.cells.length).fill(-1)
  return pattern.certificates.map((certificate, index) => isOtherTable(block, pattern, certificate, { sums, seen, index }))
}

/** Memory of the check: sums per equation, all 0 between certificates; and which certificate met a cell last. */
interface Scratch { readonly sums: Float64Array, readonly seen: Int32Array, readonly index: number }

function isOtherTable (block: Block, pattern: Pattern, { cells, shifts }: Certificate, { sums, seen, index }: Scratch): boolean {
  const { values, lower, upper, states, incidence } = block
  let isSound = cells.length > 0 && cells.length === shifts.length
  const forEachTouched = (visit: (row: number, amount: number) => void) => {
    cells.forEach((cell, place) => {
      if (cell < 0 || cell >= values.length) return
      for (let entry = incidence.starts[cell]!; entry < incidence.starts[cell + 1]!; entry++) {
        visit(incidence.columns[entry]!, incidence.coefficients[entry]! * (shifts[place] ?? 0))
      }
    })
  }
  cells.forEach((cell, place) => {
    const isFresh = cell >= 0 && cell < values.length && seen[cell] !== index
    const shift = shifts[place] ?? 0
    if (!isFresh || shift === 0 || pattern.printed[cell] !== 0 || states[cell] === cellState.known) isSound = false
    else if (values[cell]! + shift < lower[cell]! || values[cell]! + shift > upper[cell]!) isSound = false
    if (isFresh) seen[cell] = index
  })
  forEachTouched((row, amount) => { sums[row]! += amount })
  forEachTouched(row => { if (sums[row] !== 0) isSound = false })
  forEachTouched(row => { sums[row] = 0 })
  return isSound
}
