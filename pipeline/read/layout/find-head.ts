import type { Grid } from '../grid.ts'
import type { TableRow } from '../head.ts'
import { trimBlanks } from '../number-text.ts'
import { kindOf, type CellKind } from './cell-kind.ts'
import { joinHeads, type HeadBlock } from './heads.ts'
import { namedHeads, type TableLayout } from './layout.ts'

/** Titles and remarks above a table are shorter than this. */
const searchedRows = 60
/** So many rows show what stands in a column. */
const sampledRows = 200
const maxHeadRows = 6

/**
 * Where the column heads stand: as stated, else where the columns are that the delivery names, else the rows above the first row
 * that looks like the rows below it. The first row of the grid where nothing tells.
 */
export function findHead (grid: Grid, layout: TableLayout): HeadBlock {
  const named = namedHeads(layout)
  const fixed = layout.headLine === undefined ? undefined : grid.rows.findIndex(({ line }) => line >= layout.headLine!)
  if (fixed !== undefined && layout.headRows !== undefined) return { top: fixed, count: layout.headRows }
  const first = { top: fixed ?? 0, count: layout.headRows ?? 1 }
  if (layout.period?.in !== 'head' && named.length > 0 && countNamed(grid, first, named) === named.length) return first

  const shape = findShape(grid, fixed)
  const candidates = [
    ...(layout.headRows === undefined || shape.count === layout.headRows ? [shape] : []),
    ...listCandidates(grid, fixed, layout.headRows),
  ]
  const scores = candidates.map(block => countNamed(grid, block, named))
  const most = Math.max(0, ...scores)
  if (most === 0) return layout.headRows === undefined ? shape : { top: shape.top, count: layout.headRows }
  return candidates[scores.indexOf(most)]!
}

/** Fewer rows first, then from top to bottom. */
function listCandidates (grid: Grid, fixed: number | undefined, stated: number | undefined): HeadBlock[] {
  const tops = fixed === undefined ? Array.from({ length: Math.min(grid.rows.length, searchedRows) }, (_, top) => top) : [fixed]
  const counts = stated === undefined ? [1, 2, 3, 4] : [stated]
  return counts.flatMap(count => tops.map(top => ({ top, count })))
}

function countNamed (grid: Grid, block: HeadBlock, named: ReadonlyArray<readonly string[]>): number {
  if (named.length === 0) return 0
  const heads = new Set(joinHeads(grid, block).map(trimBlanks))
  return named.filter(names => names.some(name => heads.has(trimBlanks(name)))).length
}

/** The rows of heads by their shape alone. */
function findShape (grid: Grid, fixed: number | undefined): HeadBlock {
  const fallback = { top: fixed ?? 0, count: 1 }
  const kinds = grid.rows.slice(0, sampledRows).map(({ fields }) => fields.map(kindOf))
  const body = findBody(kinds)
  if (body === undefined) return fixed === undefined ? { top: Math.max(0, kinds.findIndex(row => countFilled(row) > 1)), count: 1 } : fallback
  let bottom = body - 1
  while (bottom >= 0 && countFilled(kinds[bottom]!) < 2) bottom--
  if (bottom < (fixed ?? 0)) return fallback
  if (fixed !== undefined) return { top: fixed, count: Math.min(bottom - fixed + 1, maxHeadRows) }
  let top = bottom
  while (top > 0 && bottom - top + 1 < maxHeadRows && belongsToHeads(grid, top - 1, bottom)) top--
  return { top, count: bottom - top + 1 }
}

/** Index of the first row whose cells are of the kinds that stand below; undefined where no column holds numbers. */
function findBody (kinds: ReadonlyArray<readonly CellKind[]>): number | undefined {
  const lower = kinds.slice(Math.floor(kinds.length / 2))
  const width = Math.max(0, ...kinds.map(row => row.length))
  const columns = Array.from({ length: width }, (_, column) => describeColumn(lower, column)).map((kind, column) => ({ kind, column }))
  const numeric = columns.filter(({ kind }) => kind !== 'text')
  if (numeric.length === 0) return undefined
  const body = kinds.findIndex(row => {
    const filled = numeric.filter(({ column }) => (row[column] ?? 'blank') !== 'blank')
    const fitting = filled.filter(({ column, kind }) => row[column] === 'number' || row[column] === 'sign' || (row[column] === 'year' && kind === 'year'))
    // A number that happens to look like a year, 1998 inhabitants, must not make a head of a row.
    const plain = filled.some(({ column, kind }) => row[column] === 'number' || (row[column] === 'sign' && kind === 'number'))
    return fitting.length > 0 && (fitting.length >= filled.length / 2 || plain) && (plain || fitting.length === filled.length)
  })
  return body === -1 ? undefined : body
}

function describeColumn (rows: ReadonlyArray<readonly CellKind[]>, column: number): 'text' | 'number' | 'year' {
  const counts = { blank: 0, text: 0, number: 0, year: 0, sign: 0 }
  for (const row of rows) counts[row[column] ?? 'blank']++
  const filled = rows.length - counts.blank
  if (filled === 0 || counts.number + counts.year + counts.sign < filled / 2 || counts.number + counts.year === 0) return 'text'
  return counts.year >= filled * 0.8 ? 'year' : 'number'
}

function countFilled (row: readonly CellKind[]): number {
  return row.filter(kind => kind !== 'blank').length
}

/** Whether the row above heads is one of them: it stretches over columns, fills a gap or tells heads apart that are alike. */
function belongsToHeads (grid: Grid, index: number, bottom: number): boolean {
  const [row, next] = [grid.rows[index]!, grid.rows[index + 1]!]
  const filled = row.fields.flatMap((field, column) => trimBlanks(field) === '' ? [] : [column])
  if (filled.length === 0 || next.line !== row.line + 1) return false
  if (filled.length === 1 && filled[0] === 0) return false
  const heads = joinHeads(grid, { top: index + 1, count: bottom - index }).map(trimBlanks)
  if (isMergedOver(grid, row)) return true
  const names = heads.filter(head => head !== '')
  const hasTwins = new Set(names).size < names.length
  const fillsGap = filled.some(column => heads[column] === '') && filled.length > 1
  const stretches = filled[0]! > 0 && (filled.length > 1 || heads.slice(filled[0]).every(head => kindOf(head) === 'year'))
  return hasTwins || fillsGap || stretches
}

/** A merged cell over some of the columns; one over all of them is a title. */
function isMergedOver (grid: Grid, row: TableRow): boolean {
  const width = Math.max(...grid.rows.slice(0, sampledRows).map(({ fields }) => fields.length))
  return grid.merges.some(({ top, left, bottom, right }) => row.line - 1 >= top && row.line - 1 <= bottom &&
    (bottom > top ? right - left + 1 < width : right > left && !(left === 0 && right >= width - 1)))
}
