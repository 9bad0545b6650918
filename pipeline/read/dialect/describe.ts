import type { Localised } from '../../../core/area.ts'
import { problem, type Problem } from '../../../core/problem.ts'
import type { NumberNotation } from '../number-text.ts'
import type { Findings } from '../layout/lay-out.ts'
import type { TableLayout } from '../layout/layout.ts'

/** How a file was read. */
export interface ReadAs {
  readonly encoding: string
  /** Null where nothing is cut: in a workbook. */
  readonly delimiter: string | null
  readonly columns: number
  /** The encoding matters: there are letters beyond ASCII. */
  readonly hasLetters: boolean
  readonly notation: NumberNotation
  readonly found: Findings
}

/**
 * Says how a file was read, where somebody might want to know: everything that was looked up and not stated. No note where what
 * is left out makes no difference, such as the decimal sign of whole numbers.
 */
export function describeReading (read: ReadAs, layout: TableLayout): Problem[] {
  const signs: Localised[] = []
  if (read.delimiter !== null && layout.encoding === undefined && read.hasLetters) signs.push({ de: `als ${nameOf(read.encoding).de}`, en: `as ${nameOf(read.encoding).en!}` })
  if (read.delimiter !== null && layout.delimiter === undefined && read.columns > 1) {
    const { de, en } = delimiterNames[read.delimiter] ?? { de: `„${read.delimiter}“`, en: `"${read.delimiter}"` }
    signs.push({ de: `mit ${de}`, en: `separated by ${en}` })
  }
  const parts = [
    ...(signs.length === 0 ? [] : [{ de: signs.map(({ de }) => de).join(' '), en: signs.map(({ en }) => en).join(' ') }]),
    ...describeHead(read.found, layout, signs.length === 0),
    ...describeNumbers(read, layout),
  ]
  if (parts.length === 0) return []
  // Only numbers were looked at: „gelesen mit Dezimalkomma“.
  const isBare = signs.length === 0 && !parts[0]!.de.startsWith('mit ')
  return [problem('layout-detected', { file: layout.displayName }, {
    reading: { de: `${isBare ? 'mit ' : ''}${parts.map(({ de }) => de).join(', ')}`, en: `${isBare ? 'with ' : ''}${parts.map(({ en }) => en).join(', ')}` },
  })]
}

function describeHead ({ headLine = 1, headRows = 1 }: Findings, layout: TableLayout, isFirst: boolean): Localised[] {
  const isLineFound = layout.headLine === undefined && headLine > 1
  const isCountFound = layout.headRows === undefined && headRows > 1
  if (!isLineFound && !isCountFound) return []
  const last = headLine + headRows - 1
  const [de, en] = isFirst ? ['mit Spaltenköpfen', 'with column heads'] : ['Spaltenköpfe', 'column heads']
  return headRows === 1
    ? [{ de: `${de} in Zeile ${headLine}`, en: `${en} in line ${headLine}` }]
    : [{ de: `${de} in den Zeilen ${headLine} ${headRows === 2 ? 'und' : 'bis'} ${last}`, en: `${en} in lines ${headLine} ${headRows === 2 ? 'and' : 'to'} ${last}` }]
}

function describeNumbers ({ notation, found: { signs } }: ReadAs, layout: TableLayout): Localised[] {
  if (signs === undefined || signs.undecided) return []
  const isPoint = notation.decimal === '.'
  return [
    ...(signs.decimal && layout.decimal === undefined ? [isPoint ? { de: 'Dezimalpunkt', en: 'decimal point' } : { de: 'Dezimalkomma', en: 'decimal comma' }] : []),
    ...(signs.thousands && layout.thousands === undefined && notation.thousands !== undefined ? [thousandsNames[notation.thousands]] : []),
  ]
}

const thousandsNames = {
  '.': { de: 'Tausenderpunkt', en: 'a point between thousands' },
  ',': { de: 'Tausenderkomma', en: 'a comma between thousands' },
  ' ': { de: 'Leerzeichen zwischen Tausendern', en: 'a blank between thousands' },
  "'": { de: 'Hochkomma zwischen Tausendern', en: 'an apostrophe between thousands' },
  '': { de: 'ohne Tausendertrennung', en: 'nothing between thousands' },
} as const

const delimiterNames: Readonly<Record<string, Localised>> = {
  ';': { de: 'Semikolon', en: 'semicolons' },
  ',': { de: 'Komma', en: 'commas' },
  '\t': { de: 'Tabulator', en: 'tabs' },
  '|': { de: 'senkrechtem Strich', en: 'vertical bars' },
}

function nameOf (encoding: string): Localised {
  if (encoding === 'utf-8') return { de: 'UTF-8', en: 'UTF-8' }
  if (encoding.startsWith('utf-16')) return { de: 'UTF-16', en: 'UTF-16' }
  if (encoding === 'cp850') return { de: 'cp850 (aus einem DOS-Programm)', en: 'cp850 (of a DOS program)' }
  return { de: encoding, en: encoding }
}
