/** One row as sorting sees it. */
export interface SortableRow<Row> {
  readonly row: Row
  /** What the cell says, for columns of text and to order equal values. */
  readonly text: string
  /** The number behind it; absent where no value is printed. */
  readonly value: number | undefined
}

export type Direction = 'ascending' | 'descending'

/**
 * Rows in order: numbers by value, text by the rules of the language. Rows without a value come
 * last in either direction and stay in the order of their names: what is suppressed must not be
 * placed by what it hides.
 */
export function sortRows<Row> (rows: ReadonlyArray<SortableRow<Row>>, direction: Direction, isNumeric: boolean, language: string): Row[] {
  const sign = direction === 'ascending' ? 1 : -1
  const collator = new Intl.Collator(language, { numeric: true })
  const byText = (a: SortableRow<Row>, b: SortableRow<Row>) => collator.compare(a.text, b.text)
  return rows.toSorted((a, b) => {
    if (!isNumeric) return sign * byText(a, b)
    if (a.value === undefined || b.value === undefined) return Number(a.value === undefined) - Number(b.value === undefined) || byText(a, b)
    return sign * (a.value - b.value) || byText(a, b)
  }).map(({ row }) => row)
}
