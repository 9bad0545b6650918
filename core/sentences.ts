import type { Language } from './edition.ts'
import { localise } from './edition.ts'
import { problemCatalogue, type Facts, type Place, type Problem, type ProblemText } from './problem.ts'
import { visibleText } from './visible-text.ts'

/** A problem as people read it: whole sentences, quoted text with its blanks visible. */
export interface Sentences {
  /** Within the file, empty for the file as a whole: `Blatt „Tabelle1“, Zelle C14`. */
  readonly where: string
  readonly found: string
  /** Empty for a note, whose `found` says all. */
  readonly expected: string
  /** What to do, in one or more lines; empty where nothing is to be done. */
  readonly next: string
}

export function sentencesOf ({ code, severity, place, facts }: Problem, language: Language): Sentences {
  const kind = problemCatalogue[code]
  const text: ProblemText = kind[language]
  const say = (sentence: string) => fillVisibly(sentence, facts, language)
  // Accepted findings are notes too, but their texts were written for findings.
  const isNote = severity === 'note' && kind.severity === 'note'
  return {
    where: capitalise(describePlace(place, language)),
    found: toSentence(text.found, isNote ? said => `${said}${/: \{\w+\}$/.test(text.found) ? ';' : ':'} ${say(text.expected)}` : said => said, say),
    expected: isNote || text.expected === '' ? '' : toSentence(text.expected, said => `${language === 'de' ? 'Erwartet' : 'Expected'}: ${said}`, say, false),
    next: text.next === '' ? '' : toSentence(text.next, said => said, say),
  }
}

/** Where in its file a problem is; the file itself is named by whoever shows it. */
export function describePlace ({ sheet, cell, line, column, record }: Place, language: Language): string {
  const words = placeWords[language]
  const [sheetName, cellName] = splitCell(cell)
  return [
    sheetName === undefined ? undefined : words.sheet(sheetName, sheet),
    cellName === undefined ? undefined : /^\d+$/.test(cellName) ? words.row(cellName) : words.cell(cellName),
    line === undefined ? undefined : words.line(line),
    record === undefined ? undefined : words.record(record),
    column === undefined ? undefined : typeof column === 'number' ? words.position(column) : words.column(visibleText(column)),
  ].filter(part => part !== undefined).join(', ')
}

/** `Tabelle1!C14` in two; the name of a sheet may hold an exclamation mark itself. */
function splitCell (cell: string | undefined): [string | undefined, string | undefined] {
  if (cell === undefined) return [undefined, undefined]
  const mark = cell.lastIndexOf('!')
  return mark === -1 ? [undefined, cell] : [cell.slice(0, mark), cell.slice(mark + 1)]
}

const placeWords = {
  de: {
    sheet: (name: string, position?: number) => position === undefined ? `Blatt „${name}“` : `Blatt ${position} („${name}“)`,
    cell: (name: string) => `Zelle ${name}`,
    row: (row: string) => `Zeile ${row}`,
    line: (line: number) => `Zeile ${line}`,
    record: (record: number) => `Datensatz ${record}`,
    position: (column: number) => `Zeichen ${column}`,
    column: (name: string) => `Spalte „${name}“`,
  },
  en: {
    sheet: (name: string, position?: number) => position === undefined ? `sheet "${name}"` : `sheet ${position} ("${name}")`,
    cell: (name: string) => `cell ${name}`,
    row: (row: string) => `row ${row}`,
    line: (line: number) => `line ${line}`,
    record: (record: number) => `record ${record}`,
    position: (column: number) => `character ${column}`,
    column: (name: string) => `column "${name}"`,
  },
} as const

/** Capital at the start, full stop at the end. A sentence that begins with a name or a quote keeps it as it is written. */
function toSentence (template: string, extend: (said: string) => string, say: (template: string) => string, isCapital = true): string {
  const startsWithText = /^\p{Ll}/u.test(template) || /^\{guess\}/.test(template)
  const said = say(template)
  const extended = extend(isCapital && startsWithText ? capitalise(said) : said).trim()
  // A line to be copied has no full stop.
  return template.endsWith('{yaml}') ? extended : withStop(extended)
}

function capitalise (text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** What somebody wrote, with a full stop where no sign ends it. */
export function withStop (text: string): string {
  return text === '' || /[.!?:…]$/.test(text) ? text : `${text}.`
}

/** Plain facts may be source text; those in two languages are sentences of ours. */
function fillVisibly (sentence: string, facts: Facts, language: Language): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const fact = facts[name]
    if (fact === undefined) return whole
    if (typeof fact === 'object') return quote(localise(fact, language), language)
    return typeof fact === 'number' ? String(fact) : quote(visibleText(fact), language)
  })
}

/** `"01", "02"` as the language quotes. */
function quote (text: string, language: Language): string {
  return language === 'de' ? text.replaceAll(/"([^"]*)"/g, '„$1“') : text
}
