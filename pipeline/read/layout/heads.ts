import type { Grid } from '../grid.ts'
import { trimBlanks } from '../number-text.ts'

/** Which rows of a grid are heads: `top` counts rows from 0 (not lines), `count` at least 1. */
export interface HeadBlock {
  readonly top: number
  readonly count: number
}

/**
 * The heads of all columns. Several rows are joined from top to bottom with a blank; a head above several columns holds for all of
 * them: merged cells of a sheet, and blank fields to the right in a text file as far as something stands below.
 */
export function joinHeads (grid: Pick<Grid, 'rows' | 'merges'>, { top, count }: HeadBlock): string[] {
  const rows = grid.rows.slice(top, top + count)
  if (count === 1) return [...rows[0]?.fields ?? []]
  const width = Math.max(...rows.map(({ fields }) => fields.length))
  const filled = rows.map(({ fields }, index) => index === rows.length - 1
    ? [...fields]
    : spread(fields, width, column => hasTextBelow(rows.slice(index + 1), column)))
  for (const merge of grid.merges) fillMerge(filled, rows, merge)
  return Array.from({ length: width }, (_, column) => joinParts(filled.map(fields => fields[column] ?? '')))
}

function hasTextBelow (rows: Grid['rows'], column: number): boolean {
  return rows.some(({ fields }) => trimBlanks(fields[column] ?? '') !== '')
}

/** Repeats a head to the right where something stands below it; a head with nothing below reaches down, not to the right. */
function spread (fields: readonly string[], width: number, hasText: (column: number) => boolean): string[] {
  let current = ''
  return Array.from({ length: width }, (_, column) => {
    const field = fields[column] ?? ''
    if (trimBlanks(field) !== '') {
      current = hasText(column) ? field : ''
      return field
    }
    return hasText(column) ? current : ''
  })
}

/** Rows of a merge count from line 1 of the sheet; a grid may hold fewer. */
function fillMerge (filled: string[][], rows: Grid['rows'], { top, left, bottom, right }: Grid['merges'][number]): void {
  const first = rows.findIndex(({ line }) => line === top + 1)
  if (first === -1) return
  const text = rows[first]!.fields[left] ?? ''
  rows.forEach(({ line }, index) => {
    if (line - 1 < top || line - 1 > bottom) return
    for (let column = left; column <= right; column++) filled[index]![column] = text
  })
}

/** One after the other, what is repeated only once; line breaks within heads of several rows are blanks. */
function joinParts (parts: readonly string[]): string {
  const texts = parts.map(part => trimBlanks(part).replaceAll(/\s*\n\s*/g, ' ')).filter(part => part !== '')
  return texts.filter((text, index) => text !== texts[index - 1]).join(' ')
}
