import type { Cell } from '../../core/cell.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { periodFact, quoteList } from '../facts.ts'
import type { FigureColumn, Figures } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import { quotedKeys, type JoinInput } from './input.ts'

export interface RowlessInput extends JoinInput {
  /** Whether the areas without a row are the last ones of the level, so that the file may as well be cut off. */
  readonly isEnd: (column: FigureColumn) => boolean
}

const zero: Cell = { status: 'observed', value: 0 }

/**
 * Gives 0 to areas that a table has no row for, where its delivery says so (`rowless: zero`): the office leaves out areas
 * that nobody lives in. Only counts can be 0 that way.
 *
 * @param rows by key of the column: indexes of the areas that have a row
 */
export function fillRowless (figures: Figures, rows: ReadonlyMap<string, ReadonlySet<number>>, { delivery, levels, indicators, table: { file }, isEnd }: RowlessInput): Problem[] {
  const counts = new Set(indicators.filter(({ kind }) => kind === 'count').map(({ id }) => id))
  const filled = [...rows].flatMap(([key, areas]) => {
    const column = figures.columns.get(key)
    if (!column || !counts.has(column.indicator)) return []
    // A figure of another file stays.
    const rowless = column.cells.flatMap((cell, area) => !areas.has(area) && isNotDelivered(cell) ? [area] : [])
    for (const area of rowless) column.cells[area] = zero
    return rowless.length === 0 ? [] : [{ column, rowless }]
  })
  const alike = groupBy(filled, ({ column, rowless }) => `${column.level}|${isEnd(column)}|${rowless.join()}`)
  return [...alike.values()].map(group => {
    const { column, rowless } = group[0]!
    const ids = rowless.map(area => levels.find(({ id }) => id === column.level)!.areas[area]!.id)
    return problem(isEnd(column) ? 'join-rowless-end' : 'join-rowless-zero', { file }, {
      delivery: delivery.id,
      level: column.level,
      count: ids.length,
      keys: quoteList(ids, quotedKeys),
      when: periodFact(...new Set(group.map(({ column: { period } }) => period))),
    })
  })
}

function isNotDelivered (cell: Cell): boolean {
  return cell.status === 'missing' && cell.reason === 'not-delivered'
}
