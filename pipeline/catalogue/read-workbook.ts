import type { Localised } from '../../core/area.ts'
import type { Place, Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import { guess } from '../project-file/parse.ts'
import { columnLetters, type TableRow } from '../read/head.ts'
import { trimBlanks } from '../read/number-text.ts'
import type { Sheet } from '../read/sheet.ts'
import { cellProblems, readSheets } from '../read/workbook.ts'
import { splitLines, splitList, unguardCell } from './workbook-cell.ts'
import { workbookColumns, type WorkbookColumn } from './workbook-columns.ts'
import type { ColumnMapping, IndicatorSettings, IndicatorWorkbook } from './workbook.ts'
import { mappingHeads, sheetNames } from './write-workbook.ts'

/**
 * Reads `kennzahlen.xlsx`, or the same as `.ods`. Every mistake names its cell; entries hold what could be read. Never throws for what
 * the file holds.
 */
export async function readIndicatorWorkbook (bytes: Uint8Array, displayName: string): Promise<IndicatorWorkbook> {
  const { sheets, problems } = await readSheets(bytes, { displayName })
  const find = (name: string) => sheets.find(sheet => trimBlanks(sheet.name).toLowerCase() === name.toLowerCase())
  const [sheet, mappings] = [find(sheetNames.indicators), find(sheetNames.columns)]
  const noSheet = sheets.length > 0 && !sheet
    ? [problem('catalogue-workbook-no-sheet', { file: displayName }, { sheet: sheetNames.indicators, sheets: quoteList(sheets.map(({ name }) => name)) })]
    : []
  const { entries, placeOf, problems: found } = readEntries(sheet, displayName)
  const { columns, problems: others } = readMappings(mappings, displayName)
  const faulty = [sheet, mappings].flatMap(one => one ? faultProblems(one, displayName) : [])
  return { entries, columns, placeOf, problems: [...problems, ...noSheet, ...faulty, ...found, ...others] }
}

/** Formulas with errors and such, but not in columns of somebody's own. */
function faultProblems (sheet: Sheet, file: string): Problem[] {
  const { heads } = toTable(sheet, file)
  const faults = sheet.faults.filter(({ column }) => !(heads[column] ?? '').startsWith('#'))
  return cellProblems({ ...sheet, faults }, file, { top: 0, left: 0, bottom: Infinity, right: Infinity })
}

/** A sheet with its heads, and where its cells are. */
interface Table {
  readonly heads: readonly string[]
  readonly rows: readonly TableRow[]
  readonly headLine: number
  readonly place: (line: number, column: number) => Place
}

function toTable (sheet: Sheet, file: string): Table {
  const [head, ...rows] = sheet.rows.filter(({ fields }) => fields.some(field => trimBlanks(field) !== ''))
  return {
    heads: (head?.fields ?? []).map(trimBlanks),
    rows,
    headLine: head?.line ?? 1,
    place: (line, column) => ({ file, cell: `${sheet.name}!${columnLetters(Math.max(column, 0))}${line}` }),
  }
}

function readEntries (sheet: Sheet | undefined, file: string): Pick<IndicatorWorkbook, 'entries' | 'placeOf' | 'problems'> {
  if (!sheet) return { entries: [], placeOf: () => ({ file }), problems: [] }
  const table = toTable(sheet, file)
  const indexOf = new Map(table.heads.map((head, index) => [head.toLowerCase(), index]))
  const positions = workbookColumns.map(({ head }) => indexOf.get(head.toLowerCase()) ?? -1)
  const read = table.rows.map(row => readEntry(row, positions, table)).filter(({ isBlank }) => !isBlank)
  return {
    entries: read.map(({ entry }) => entry),
    placeOf: (entry, key, part) => {
      const column = workbookColumns.findIndex(column => column.key === key && (column.part === undefined || column.part === (part ?? 'de')))
      return table.place(read[entry]?.line ?? table.headLine, column === -1 ? 0 : positions[column]!)
    },
    problems: [...headProblems(table, workbookColumns.map(({ head }) => head), []), ...read.flatMap(({ problems }) => problems)],
  }
}

function headProblems ({ heads, place, headLine }: Table, known: readonly string[], needed: readonly string[]): Problem[] {
  const names = new Set(known.map(name => name.toLowerCase()))
  const lower = heads.map(head => head.toLowerCase())
  const all = known.join(', ')
  return [
    ...heads.flatMap((head, index) => head === '' || head.startsWith('#') || names.has(lower[index]!)
      ? []
      : [problem('catalogue-workbook-unknown-column', place(headLine, index), { column: head, known: all, guess: guess(head, known) })]),
    ...heads.flatMap((head, index) => head !== '' && !head.startsWith('#') && lower.indexOf(lower[index]!) < index ? [problem('catalogue-workbook-column-twice', place(headLine, index), { column: head })] : []),
    ...needed.filter(head => !lower.includes(head.toLowerCase())).map(column => problem('catalogue-workbook-missing-column', place(headLine, 0), { column, known: all })),
  ]
}

interface ReadEntry { readonly entry: IndicatorSettings, readonly line: number, readonly isBlank: boolean, readonly problems: Problem[] }

function readEntry ({ line, fields }: TableRow, positions: readonly number[], table: Table): ReadEntry {
  const problems: Problem[] = []
  const values = new Map<string, unknown>()
  workbookColumns.forEach((column, index) => {
    const field = fields[positions[index]!] ?? ''
    // In cells of several lines a blank first line says that the first text has no translation.
    const text = unguardCell(column.key === 'notes' || column.key === 'changes' ? field : trimBlanks(field))
    if (text.trim() === '') return
    const value = column.read(text)
    if (value === undefined) problems.push(invalidCell(table.place(line, positions[index]!), column, text))
    else values.set(`${column.key} ${column.part ?? ''}`, value)
  })
  const entry: Record<string, unknown> = {}
  for (const key of new Set(workbookColumns.map(({ key }) => key))) {
    const put = (value: unknown) => { if (value !== undefined) entry[key] = value }
    const [german, english] = [values.get(`${key} de`), values.get(`${key} en`)] as [string | undefined, string | undefined]
    const complain = (text: string, expected: Localised, part: 'de' | 'en' = 'de') => {
      const index = workbookColumns.findIndex(column => column.key === key && column.part === part)
      problems.push(invalidCell(table.place(line, positions[index]!), { ...workbookColumns[index]!, expected }, text))
    }
    if (key === 'notes') put(readNotes(german, english, complain))
    else if (key === 'changes') put(readChanges(german, english, complain))
    else if (key === 'label' || key === 'definition' || key === 'unit') put(readLocalised(german, english, key === 'unit', complain))
    else put(values.get(`${key} `))
  }
  return { entry: entry as IndicatorSettings, line, isBlank: values.size === 0 && problems.length === 0, problems }
}

type Complain = (text: string, expected: Localised, part?: 'de' | 'en') => void

const needsGerman: Localised = { de: 'auch der deutsche Text in der Spalte davor', en: 'the German text in the column before as well' }

function invalidCell (place: Place, { head, expected }: Pick<WorkbookColumn, 'head' | 'expected'>, text: string): Problem {
  return problem('catalogue-workbook-invalid-cell', place, { column: head, text, expected })
}

function readLocalised (de: string | undefined, en: string | undefined, mayBeBlank: boolean, complain: Complain): string | Localised | undefined {
  if (de === undefined && en !== undefined && !mayBeBlank) {
    complain(en, needsGerman, 'en')
    return undefined
  }
  return en === undefined ? de : { de: de ?? '', en }
}

function readNotes (german: string | undefined, english: string | undefined, complain: Complain): Array<string | Localised> | undefined {
  return pairLines(german, english, complain)?.map(({ de, en }) => en === undefined ? de : { de, en })
}

function readChanges (german: string | undefined, english: string | undefined, complain: Complain): Array<{ from: string, note: string | Localised }> | undefined {
  return pairLines(german, english, complain)?.flatMap(({ de, en }) => {
    const [, from, note] = /^([^:]+):\s*(\S[\s\S]*)$/.exec(de) ?? []
    if (from === undefined || note === undefined) {
      complain(de, { de: 'je Zeile ein Zeitraum, ein Doppelpunkt und der Text: 2024: ohne Personen in Einrichtungen', en: 'in every line a period, a colon and the text: 2024: without people in institutions' })
      return []
    }
    return [{ from: from.trim(), note: en === undefined ? note : { de: note, en } }]
  })
}

/** Lines of two cells side by side; undefined where both are blank. */
function pairLines (german: string | undefined, english: string | undefined, complain: Complain): Localised[] | undefined {
  if (german === undefined && english === undefined) return undefined
  const [all, translated] = [splitLines(german ?? ''), splitLines(english ?? '')]
  const alone = translated.find((line, index) => line !== '' && (all[index] ?? '') === '')
  if (alone !== undefined) complain(alone, needsGerman, 'en')
  return all.flatMap((de, index) => {
    const en = translated[index] ?? ''
    return de === '' ? [] : [en === '' ? { de } : { de, en }]
  })
}

function readMappings (sheet: Sheet | undefined, file: string): { columns: ColumnMapping[], problems: Problem[] } {
  if (!sheet) return { columns: [], problems: [] }
  const table = toTable(sheet, file)
  if (table.heads.length === 0) return { columns: [], problems: [] }
  const heads = Object.values(mappingHeads)
  const missing = headProblems(table, heads, heads)
  if (missing.length > 0) return { columns: [], problems: missing }
  const positions = heads.map(head => table.heads.findIndex(found => found.toLowerCase() === head.toLowerCase()))
  const problems: Problem[] = []
  const columns = table.rows.flatMap(({ line, fields }): ColumnMapping[] => {
    const [delivery, indicator, text] = positions.map(position => unguardCell(trimBlanks(fields[position] ?? ''))) as [string, string, string]
    const names = splitList(text)
    const blank = [delivery, indicator, names.join('')].indexOf('')
    if (blank !== -1) {
      problems.push(problem('catalogue-workbook-invalid-cell', table.place(line, positions[blank]!), { column: heads[blank]!, text: '', expected: { de: 'ein Text', en: 'a text' } }))
      return []
    }
    return [{ delivery, indicator, heads: names, place: table.place(line, positions[2]!) }]
  })
  return { columns, problems }
}
