import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import { nearest } from '../../core/nearest.ts'
import { quoteList } from '../facts.ts'
import type { Grid } from './grid.ts'
import type { TableLayout } from './layout/layout.ts'
import { namedHeads } from './layout/layout.ts'
import { findPeriodText } from './layout/period-text.ts'
import { trimBlanks } from './number-text.ts'
import type { Sheet } from './sheet.ts'
import { cellProblems as problemsOfSheet, chooseSheet } from './workbook.ts'

/**
 * The sheets a delivery speaks of: the stated ones, all with a period in their names where the period is to be found there, else the only
 * one that has the named columns, else the first visible one with content.
 */
export function chooseSheets (sheets: readonly Sheet[], layout: TableLayout): { sheets: readonly Sheet[], problems: Problem[] } {
  const { displayName: file } = layout
  const visible = sheets.filter(({ hidden }) => !hidden)
  if (Array.isArray(layout.sheets)) return namedSheets(sheets, layout.sheets, file)
  if (layout.sheet === undefined && layout.period?.in === 'sheet') return sheetsWithPeriod(visible, layout)
  if (layout.sheets === 'all') return { sheets: visible, problems: [] }
  const byHeads = layout.sheet === undefined && visible.length > 1 ? findByHeads(visible, layout) : undefined
  if (byHeads !== undefined) {
    return { sheets: [byHeads], problems: [problem('layout-sheet-by-heads', { file }, { sheet: byHeads.name, sheets: quoteList(visible.map(({ name }) => name)) })] }
  }
  const { sheet, problems } = chooseSheet(sheets, layout.sheet, file)
  return { sheets: sheet ? [sheet] : [], problems }
}

function namedSheets (sheets: readonly Sheet[], names: readonly string[], file: string): { sheets: readonly Sheet[], problems: Problem[] } {
  const known = sheets.map(({ name }) => name)
  const missing = names.filter(name => !known.includes(name))
  return {
    sheets: sheets.filter(({ name }) => names.includes(name)),
    problems: missing.map(sheet => problem('read-unknown-sheet', { file }, { sheet, sheets: quoteList(known), guess: nearest(sheet, known) ?? known[0] ?? '' })),
  }
}

function sheetsWithPeriod (sheets: readonly Sheet[], { displayName: file, period }: TableLayout): { sheets: readonly Sheet[], problems: Problem[] } {
  const chosen = sheets.filter(({ name }) => typeof findPeriodText(name, period?.extract) === 'object')
  const others = sheets.filter(sheet => !chosen.includes(sheet)).map(({ name }) => name)
  if (chosen.length === 0) return { sheets: [], problems: [problem('layout-no-period-sheets', { file }, { sheets: quoteList(others) })] }
  return { sheets: chosen, problems: others.length === 0 ? [] : [problem('layout-sheets-left-out', { file }, { sheets: quoteList(others) })] }
}

/** The only sheet in whose first rows all the named columns stand. */
function findByHeads (sheets: readonly Sheet[], layout: TableLayout): Sheet | undefined {
  const named = namedHeads(layout)
  if (named.length === 0) return undefined
  const having = sheets.filter(({ rows }) => {
    const texts = new Set(rows.slice(0, 60).flatMap(({ fields }) => fields.map(trimBlanks)))
    return named.every(names => names.some(name => texts.has(trimBlanks(name))))
  })
  return having.length === 1 && having[0] !== sheets[0] ? having[0] : undefined
}

/** Cells of the table in a sheet that hold no data. */
export function cellProblems (faults: Grid['faults'], { file, sheet }: Grid, within: Parameters<typeof problemsOfSheet>[2]): Problem[] {
  return problemsOfSheet({ name: sheet!, faults, hidden: false, rows: [], merges: [], indents: [] }, file, within)
}
