import { read } from 'hucre'
import type { Sheet } from './sheet.ts'
import { buildSheet, type CellBudget } from './sheet-builder.ts'

/**
 * The sheets of an `.xlsb` workbook. hucre reads its values, dates and merged cells but neither number formats nor which sheets are
 * hidden: shares are plain numbers and keys formatted `0000` have lost their zeros.
 *
 * @throws what hucre throws: HucreError, RangeError, TypeError; TooManyCellsError
 */
export async function readXlsb (bytes: Uint8Array, decimal: ',' | '.', budget: CellBudget): Promise<Sheet[]> {
  const workbook = await read(bytes)
  return workbook.sheets.map(sheet => {
    const builder = buildSheet(sheet.name, false, decimal, budget)
    for (const [row, values] of sheet.rows.entries()) {
      for (const [column, value] of values.entries()) builder.put(row, column, { value })
    }
    for (const { startRow, startCol, endRow, endCol } of sheet.merges ?? []) builder.merge({ top: startRow, left: startCol, bottom: endRow, right: endCol })
    return builder.finish()
  })
}
