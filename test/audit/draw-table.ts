import type { Pattern } from '../../core/certificate.ts'
import { cellState, compileBlock, type Block, type DraftEquation } from '../../core/release.ts'

export interface DrawOptions {
  /** What stays possible is required for every cell with a star; defaults to everything up to ten times the value. */
  readonly required?: readonly [lower: number, upper: number]
  /** What everybody knows of cells that are not printed; defaults to 0. */
  readonly least?: number
}

/**
 * A drawn table, sums in the last row and column: `22*` is protected, `8.` suppressed for its sake,
 * `0!` known to everybody, everything else is printed. A cell is named by its row and column, `II/C`.
 */
export function drawTable (drawing: string, { required, least = 0 }: DrawOptions = {}): { block: Block, pattern: Pattern } {
  const [header, ...lines] = drawing.trim().split('\n').map(line => line.trim().split(/\s+/))
  const columns = header!
  const fields = lines.flatMap(([row, ...texts]) => texts.map((text, index) => ({ id: `${row}/${columns[index]}`, text, value: parseInt(text) })))
  const rowCells = lines.map((_, row) => columns.map((_, column) => row * columns.length + column))
  const columnCells = columns.map((_, column) => lines.map((_, row) => row * columns.length + column))
  const block = compileBlock({
    id: 'drawn',
    cells: fields.map(({ id, text, value }) => ({
      id,
      value,
      state: text.endsWith('!') ? cellState.known : text.endsWith('*') ? cellState.closed : cellState.open,
      lower: /[.*]$/.test(text) ? least : 0,
      ...text.endsWith('*') ? { rule: 'minimum-count' as const, required: required ?? [0, 10 * value] as const } : {},
    })),
    equations: [...rowCells, ...columnCells].map(partsThenSum),
  })
  return { block, pattern: patternOf(block, fields.flatMap(({ text }, cell) => /[.*]$/.test(text) ? [cell] : [])) }
}

export function partsThenSum (cells: readonly number[]): DraftEquation {
  return { cells, coefficients: cells.map((_, index) => index === cells.length - 1 ? -1 : 1) }
}

/** A pattern without any proof. */
export function patternOf (block: Block, suppressed: readonly number[]): Pattern {
  const printed = new Uint8Array(block.cells.length).fill(1)
  for (const cell of suppressed) printed[cell] = 0
  return { printed, certificates: [], proofs: new Int32Array(2 * printed.length).fill(-1), unprotected: new Int32Array(0) }
}
