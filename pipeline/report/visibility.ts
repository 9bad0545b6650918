import type { Language } from '../../core/edition.ts'
import { formatNumber } from '../../core/number.ts'

/** How many cells of an indicator on a level are shown, over all its periods. */
export interface Visibility {
  readonly indicator: string
  readonly level: string
  readonly printed: number
  readonly suppressed: number
  /** Cells of periods that are not offered because they could not be protected. */
  readonly withheld: number
}

/** "Was bleibt sichtbar": a table for the terminal, the most affected first; what stays whole is only counted. */
export function formatVisibility (rows: readonly Visibility[], language: Language): string {
  const { heading, whole, columns } = words[language]
  const shareOf = ({ printed, suppressed, withheld }: Visibility) => printed / (printed + suppressed + withheld)
  const affected = rows.filter(row => row.suppressed + row.withheld > 0).toSorted((a, b) => shareOf(a) - shareOf(b))
  const count = (value: number) => formatNumber(value, { decimals: 0, language })
  const cells = affected.map(row => [
    row.indicator, row.level, `${formatNumber(100 * shareOf(row), { decimals: 1, language })} %`, count(row.printed), count(row.suppressed), count(row.withheld),
  ])
  const widths = columns.map((column, index) => Math.max(column.length, ...cells.map(row => row[index]!.length)))
  const line = (row: readonly string[]) => row.map((cell, index) => index < 2 ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!)).join('  ')
  const rest = whole(rows.length - affected.length, affected.length === 0)
  return affected.length === 0 ? `${heading}: ${rest}` : [heading, line(columns), ...cells.map(line), rest].join('\n')
}

const words = {
  de: {
    heading: 'Was bleibt sichtbar',
    columns: ['Kennzahl', 'Ebene', 'sichtbar', 'gezeigt', 'gesperrt', 'nicht angeboten'],
    whole: (count: number, isAll: boolean) => isAll ? `alles (Reihen: ${count}).` : count === 1 ? 'Vollständig sichtbar: 1 weitere Reihe.' : `Vollständig sichtbar: ${count} weitere Reihen.`,
  },
  en: {
    heading: 'What stays visible',
    columns: ['indicator', 'level', 'visible', 'shown', 'suppressed', 'not offered'],
    whole: (count: number, isAll: boolean) => isAll ? `everything (series: ${count}).` : count === 1 ? 'Wholly visible: 1 more series.' : `Wholly visible: ${count} more series.`,
  },
} as const
