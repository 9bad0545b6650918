import { problem, type Problem } from '../../../core/problem.ts'
import { quoteList } from '../../facts.ts'
import type { DeliveredTable, TableRow } from '../head.ts'
import { trimBlanks } from '../number-text.ts'
import type { Indent } from '../sheet.ts'
import { isTotalLabel } from './totals.ts'

/**
 * Rows of one depth of an indented table, labels without blanks; rows of the other depths are left out and named. Which depth holds
 * the areas is stated, or it is the deepest one where every other row has deeper ones below it.
 *
 * @param column of the labels, from 0
 * @param stated depth from 0; undefined where nobody said it
 */
export function chooseDepth (table: DeliveredTable, column: number, indents: readonly Indent[], stated: number | undefined): { table: DeliveredTable, problems: Problem[] } {
  const steps = new Map(indents.filter(indent => indent.column === column).map(({ row, steps }) => [row + 1, steps]))
  const widths = table.rows.map(row => isLabelled(row, column) ? indentOf(row.fields[column]!, steps.get(row.line)) : undefined)
  const known = [...new Set(widths.filter(width => width !== undefined))].toSorted((a, b) => a - b)
  const depths = widths.map(width => width === undefined ? undefined : known.indexOf(width))
  const place = { file: table.file }
  if (stated !== undefined && stated >= known.length) {
    return { table, problems: [problem('layout-no-such-depth', place, { stated, depths: known.length, ...exampleOf(table, depths, column) })] }
  }
  const chosen = stated ?? deepest(depths, known.length)
  if (chosen === undefined) return { table, problems: [] }

  const rows = table.rows.filter((_, index) => depths[index] === undefined || depths[index] === chosen)
  const others = table.rows.filter((_, index) => depths[index] !== undefined && depths[index] !== chosen)
  const labels = quoteList(others.map(({ fields }) => trimBlanks(fields[column]!)), 8)
  const bare = rows.map(row => ({ ...row, fields: row.fields.with(column, trimBlanks(row.fields[column]!)) }))
  return {
    table: { ...table, rows: bare },
    problems: others.length === 0 ? [] : [problem('layout-other-depths', place, { depth: chosen, count: others.length, labels })],
  }
}

/** Totals and remarks say nothing of the depth. */
function isLabelled ({ fields }: TableRow, column: number): boolean {
  const label = fields[column] ?? ''
  return trimBlanks(label) !== '' && !isTotalLabel(label) && fields.some((field, index) => index !== column && trimBlanks(field) !== '')
}

function indentOf (label: string, steps = 0): number {
  return steps * 1000 + (/^[\s\u00a0\u2007\u2009\u202f]*/.exec(label)?.[0].length ?? 0)
}

/** The deepest depth of a tree: it begins above, every upper row has deeper ones below it, and most rows are at the bottom. */
function deepest (depths: ReadonlyArray<number | undefined>, count: number): number | undefined {
  if (count < 2) return undefined
  const known = depths.filter(depth => depth !== undefined)
  const last = count - 1
  const leaves = known.filter(depth => depth === last).length
  const isTree = known.every((depth, index) => depth === last || (known[index + 1] ?? -1) > depth)
  return isTree && leaves > known.length - leaves ? last : undefined
}

function exampleOf (table: DeliveredTable, depths: ReadonlyArray<number | undefined>, column: number): { example: string } {
  const index = depths.findLastIndex(depth => depth !== undefined)
  return { example: trimBlanks(table.rows[index]?.fields[column] ?? '') }
}
