import type { Delimiter } from '../csv.ts'

/** How a delivered table is written, as far as somebody stated it; what is left out is looked up in the file. */
export interface TableDialect {
  /** Left out: byte order mark, else valid UTF-8, else by the words, else windows-1252. */
  readonly encoding?: string | undefined
  /** Left out: the sign that cuts the first lines into records of equal width. */
  readonly delimiter?: Delimiter | undefined
  /** First line of the column heads, from 1 as an editor counts, or row of the sheet. */
  readonly headLine?: number | undefined
  /** Lines of column heads; those above each other are joined with a blank. */
  readonly headRows?: number | undefined
  /** Sheet of a workbook; left out: the one that has the named columns, else the first visible one. */
  readonly sheet?: string | undefined
  /** Several sheets, each a table of its own. */
  readonly sheets?: 'all' | readonly string[] | undefined
  /** Numbers of a workbook are written with it (default `,`), so that all fields of a delivery read alike. */
  readonly decimal?: ',' | '.' | undefined
  readonly thousands?: '.' | ',' | ' ' | "'" | '' | undefined
  /** Columns whose blank fields repeat the text above. */
  readonly fillDown?: readonly string[] | undefined
}

/** A dialect, and what is known of the table before it is read. */
export interface TableLayout extends TableDialect {
  /** How messages name the file. */
  readonly displayName: string
  /** Head of the column with the areas, and the depth of indentation at which they stand, from 0. */
  readonly area?: { readonly column?: string | undefined, readonly indent?: number | undefined } | undefined
  /** Where the period stands: a column (default), the heads, the name of the sheet or of the file. */
  readonly period?: { readonly in?: 'column' | 'head' | 'sheet' | 'file' | undefined, readonly column?: string | undefined, readonly extract?: string | undefined } | undefined
  /** Heads of the columns with values, each with its alternatives; left out: whatever holds numbers. */
  readonly values?: ReadonlyArray<readonly string[]> | undefined
  /** Heads of further columns that are needed. */
  readonly others?: readonly string[] | undefined
}

/** Heads that must be there whatever the period does to the columns, each with its alternatives. */
export function namedHeads ({ area, period, values, others, fillDown }: TableLayout): ReadonlyArray<readonly string[]> {
  const isInHead = period?.in === 'head'
  const single = [area?.column, isInHead ? undefined : period?.column, ...(others ?? []), ...(fillDown ?? [])]
  return [...single.filter(name => name !== undefined).map(name => [name]), ...(isInHead ? [] : values ?? [])]
}
