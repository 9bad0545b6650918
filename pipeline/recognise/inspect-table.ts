import path from 'node:path'
import type { DeliveredTable } from '../read/table.ts'
import type { NumberNotation } from '../read/number-text.ts'
import { headsOfPersons } from '../records/person-columns.ts'
import { findAreaColumn, isAreaHead } from './area-column.ts'
import type { AreaGuess, LayerInspection, PeriodGuess, TableInspection } from './inspection.ts'
import { findPeriod } from './period-column.ts'
import { findLong, findSigns, findValues } from './value-columns.ts'

/** Which column of a table is what, as far as its texts, its heads and the boundaries beside it tell. */
export function inspectTable (table: DeliveredTable, displayName: string, title: string, layers: readonly LayerInspection[]): TableInspection {
  const columns = table.columns.map((head, index) => ({ head: head.trim() || `Spalte ${index + 1}`, texts: table.rows.map(({ fields }) => fields[index] ?? '') }))
    .filter(({ head, texts }) => !/^Spalte \d+$/.test(head) || texts.some(text => text.trim() !== ''))
  const notation = { ...table.notation, ...notationOf(columns) }
  const rowPeriods = table.rows.flatMap(({ period }) => period === undefined ? [] : [period])
  const { area, period } = findFrame(columns, table.rows.map(({ period }) => period ?? ''), layers.filter(({ geometry }) => geometry === 'polygon'), area => findPeriod(columns.filter(({ head }) => head !== area), rowPeriods, displayName, title))
  const frame = [area?.column, period?.column ?? undefined].filter(head => head !== undefined)
  const name = path.basename(displayName, path.extname(displayName))
  const rest = columns.filter(({ head }) => !frame.includes(head))
  // Rows of a total or a footnote have gaps that say nothing about signs.
  const isArea = area === null ? () => true : (row: number) => !area.totals.includes((columns.find(({ head }) => head === area.column)!.texts[row] ?? '').trim())
  const valueTexts = rest.map(column => ({ ...column, texts: column.texts.filter((_, row) => isArea(row)) }))
  const values = findValues(valueTexts, notation, title === '' ? name : `${name} ${title}`)
  const long = rowPeriods.length > 0 ? null : findLong(withArea(columns, area), frame, values)
  const used = long === null ? values : values.filter(({ column }) => column === long.value)
  return {
    file: displayName,
    sheet: table.sheet,
    encoding: table.encoding,
    delimiter: table.delimiter,
    notation,
    columns: table.columns,
    rows: table.rows.length,
    area,
    period,
    values: used,
    long,
    signs: findSigns(valueTexts, used, notation),
    persons: headsOfPersons(table),
  }
}

/** Without footnotes and sums, which name no area. */
function withArea (columns: readonly Column[], area: AreaGuess | null): readonly Column[] {
  const keys = columns.find(({ head }) => head === area?.column)?.texts
  return keys === undefined ? columns : columns.map(({ head, texts }) => ({ head, texts: texts.filter((_, row) => keys[row]!.trim() !== '') }))
}

/** The sign that the fields themselves show: a point before one, two or many digits and no comma, or points before groups of three only. */
function notationOf (columns: readonly Column[]): Partial<NumberNotation> {
  const texts = columns.flatMap(({ texts }) => texts.map(text => text.trim()).filter(text => /^-?\d[\d.,]*$/.test(text)))
  const hasComma = texts.some(text => /,\d+$/.test(text))
  if (!hasComma && texts.some(text => /^-?\d+\.(?:\d{1,2}|\d{4,})$/.test(text))) return { decimal: '.' }
  const grouped = texts.filter(text => text.includes('.') && !/^\d{1,2}\.\d{1,2}\.\d{4}$/.test(text))
  const isGrouped = grouped.length > 0 && grouped.every(text => /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(text)) && !texts.some(text => /^-?\d{4,}(?:,\d+)?$/.test(text) && Number(text) > 2100)
  return isGrouped ? { decimal: ',', thousands: '.' } : {}
}

interface Column { readonly head: string, readonly texts: readonly string[] }

/** Area and period of the rows. Numbers may look like keys: a column whose areas come twice in a period is no key, unless another column tells the rows apart. */
function findFrame (columns: readonly Column[], rowPeriods: readonly string[], layers: readonly LayerInspection[], periodBeside: (area: string | undefined) => PeriodGuess | null): { area: AreaGuess | null, period: PeriodGuess | null } {
  let candidates = columns
  for (let tries = 0; tries < 4; tries++) {
    const area = findAreaColumn(candidates, layers)
    if (area === null) break
    const period = periodBeside(area.column)
    const told = [undefined, ...columns.filter(({ head, texts }) => head !== area.column && isCategory(texts)).map(({ head }) => head)]
    if (told.some(category => isTold(columns, [area.column, period?.column ?? undefined, category], rowPeriods)) || isAreaHead(area.column)) return { area, period }
    candidates = candidates.filter(({ head }) => head !== area.column)
  }
  return { area: null, period: periodBeside(undefined) }
}

/** Whether these columns, the areas first, tell the rows apart; rows without an area are footnotes and sums. */
function isTold (columns: readonly Column[], heads: ReadonlyArray<string | undefined>, rowPeriods: readonly string[]): boolean {
  const [keys, ...others] = heads.map(head => columns.find(column => column.head === head)?.texts ?? [])
  const rows = keys!.flatMap((key, row) => key.trim() === '' ? [] : [JSON.stringify([key, ...others.map(texts => texts[row]), rowPeriods[row]])])
  return new Set(rows).size >= 0.9 * rows.length
}

/** Few texts that come again and again. */
function isCategory (texts: readonly string[]): boolean {
  const distinct = new Set(texts).size
  return distinct > 1 && distinct <= 30 && distinct <= texts.length / 2
}
