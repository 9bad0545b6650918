import type { Localised } from '../../../core/area.ts'
import { problem, type Problem } from '../../../core/problem.ts'
import { findColumn } from '../column.ts'
import { detectNotation, type NumberSigns, type NumberWitness } from '../dialect/notation.ts'
import type { Grid } from '../grid.ts'
import { headRows, placeOf, type DeliveredTable } from '../head.ts'
import { trimBlanks } from '../number-text.ts'
import { cellProblems } from '../sheet-choice.ts'
import { fillDown, fillMerged } from './fill-down.ts'
import { findHead } from './find-head.ts'
import { cutFooter, readFootnoteMarks } from './footnotes.ts'
import { joinHeads, type HeadBlock } from './heads.ts'
import { layoutHints } from './hints.ts'
import { chooseDepth } from './indents.ts'
import type { TableLayout } from './layout.ts'
import { mergeQuality } from './quality.ts'
import { findPeriodColumns, unpivot } from './unpivot.ts'
import { findValueColumns } from './value-columns.ts'

/** A grid as a table, and what was found out on the way. */
export interface LaidOut {
  readonly table?: DeliveredTable
  readonly problems: Problem[]
  readonly found: Findings
}

export interface Findings {
  /** From 1; absent where no head was found. */
  readonly headLine?: number
  readonly headRows?: number
  readonly signs?: NumberSigns
}

/** Makes the table of a grid: finds its heads, cuts its footer, and brings its rows into the form of one row per area and period. */
export function layOut (grid: Grid, layout: TableLayout): LaidOut {
  const block = findHead(grid, layout)
  const split = splitHeads(grid, block, layout)
  if (split.table === undefined) return { problems: split.problems, found: {} }
  const step = new Steps(split.table, split.problems)
  const { footer, ...cut } = cutFooter(step.table)
  step.take({ ...cut, problems: [] })
  step.take({ table: mergeQuality(step.table), problems: [] })

  const periods = layout.period?.in === 'head' ? findPeriodColumns(step.table, layout) : { found: [], problems: [] }
  step.report(periods.problems)
  const values = findValueColumns(step.table, layout, periods.found)
  arrangeRows(step, grid, layout, values)
  step.take(readFootnoteMarks(step.table, values, footer))
  const signs = readNotation(step, values, layout)
  step.report(layoutHints(step.table, layout))
  if (periods.found.length > 0) step.take(unpivot(step.table, periods.found, layout))
  const found = { headLine: grid.rows[block.top]!.line, headRows: block.count, ...(signs && { signs }) }
  return { table: step.table, problems: step.problems, found }
}

/** A table on its way, with everything that was said about it. */
class Steps {
  table: DeliveredTable
  readonly problems: Problem[]

  constructor (table: DeliveredTable, problems: readonly Problem[]) {
    this.table = table
    this.problems = [...problems]
  }

  take ({ table, problems }: { readonly table: DeliveredTable, readonly problems: readonly Problem[] }): void {
    this.table = table
    this.report(problems)
  }

  report (problems: readonly Problem[]): void {
    this.problems.push(...problems)
  }
}

function splitHeads (grid: Grid, block: HeadBlock, { displayName: file, headLine }: TableLayout): { table?: DeliveredTable, problems: Problem[] } {
  const [first, last] = [grid.rows[block.top], grid.rows[Math.min(block.top + block.count, grid.rows.length) - 1]]
  if (first === undefined || last === undefined || (headLine !== undefined && first.line !== headLine)) {
    const line = headLine ?? 1
    return { problems: [problem('read-blank-head', { file, line }, { headLine: line })] }
  }
  const heads = joinHeads(grid, block)
  const { sheet, encoding, delimiter } = grid
  const below = grid.rows.slice(block.top + block.count)
  const isSheet = sheet !== null
  // Rows of a sheet end at their last filled cell; they are not too short for that.
  const rows = isSheet ? below.map(row => ({ ...row, fields: [...row.fields, ...Array<string>(Math.max(0, heads.length - row.fields.length)).fill('')] })) : below
  const result = headRows([{ line: first.line, fields: heads }, ...rows.filter(({ fields }) => !isRepeated(fields, heads))], first.line, { file, sheet, encoding, delimiter, notation: {} })
  const width = heads.findLastIndex(head => head !== '')
  const cells = isSheet ? cellProblems(grid.faults, grid, { top: first.line - 1, left: 0, bottom: Infinity, right: width }) : []
  return { ...result, problems: [...result.problems, ...cells] }
}

/** Lists that were made for paper repeat their heads on every page. */
function isRepeated (fields: readonly string[], heads: readonly string[]): boolean {
  return heads.length > 1 && heads.every((head, index) => trimBlanks(head) === trimBlanks(fields[index] ?? ''))
}

function arrangeRows (step: Steps, grid: Grid, layout: TableLayout, values: readonly number[]): void {
  step.take({ table: fillMerged(step.table, grid.merges, values), problems: [] })
  if (layout.fillDown !== undefined) step.take(fillDown(step.table, layout.fillDown))
  const { area } = layout
  const labels = area?.column === undefined ? undefined : findColumn(step.table.columns, area.column, {})
  if (labels !== undefined && 'index' in labels) step.take(chooseDepth(step.table, labels.index, grid.indents, area?.indent))
}

function readNotation (step: Steps, values: readonly number[], layout: TableLayout): NumberSigns | undefined {
  const { table } = step
  const isOfWorkbook = table.sheet !== null
  const guess = detectNotation(table.rows, values, {
    decimal: layout.decimal ?? (isOfWorkbook ? ',' : undefined), thousands: layout.thousands, isOfWorkbook,
  })
  if ('comma' in guess) {
    step.report([contradiction(table, guess.comma, guess.point)])
    step.table = { ...table, notation: { decimal: ',', contradicted: true } }
    return undefined
  }
  step.table = { ...table, notation: guess.notation }
  return guess.seen
}

function contradiction (table: DeliveredTable, comma: NumberWitness, point: NumberWitness): Problem {
  const where = ({ line, column }: NumberWitness): Localised => {
    const { cell } = placeOf(table, line, column)
    return cell === undefined ? { de: `Zeile ${line}`, en: `line ${line}` } : { de: cell, en: cell }
  }
  return problem('layout-contradicting-numbers', placeOf(table, point.line, point.column), {
    comma: comma.text, commaPlace: where(comma), point: point.text, pointPlace: where(point),
  })
}
