/** One record of a CSV file; it can span several lines. */
export interface CsvRecord {
  /** Line of the file on which the record starts, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

export interface CsvFault {
  readonly kind: 'unclosed-quote' | 'text-after-quote'
  /** Line on which the quote was opened. */
  readonly line: number
  /** Field of the record, from 1. */
  readonly field: number
  /** What stands there, at most 40 characters. */
  readonly text: string
}

/** A file with more of them is broken as a whole: nobody reads on. */
const maxFaults = 100

export const delimiters = [';', '\t', '|', ','] as const

export type Delimiter = typeof delimiters[number]

/**
 * Records after RFC 4180, with every line ending that occurs (CRLF, LF, CR). Quotes are quotes only at the
 * start of a field; elsewhere they are text, as in `Haus "Sonne"`. Empty lines are no records.
 *
 * An unclosed quote swallows the rest of the file, so reading ends there: the fault names the line that opened it.
 *
 * @param firstLine line from which to read; the lines above are not looked at, whatever quotes they contain
 */
export function parseCsv (text: string, delimiter: string, firstLine = 1): { records: CsvRecord[], faults: CsvFault[] } {
  const records: CsvRecord[] = []
  const faults: CsvFault[] = []
  let position = startOfLine(text, firstLine)
  let line = firstLine

  while (position < text.length) {
    const start = line
    const fields: string[] = []
    for (let more = true; more;) {
      const field = text[position] === '"' ? readQuoted(text, position, delimiter) : readPlain(text, position, delimiter)
      fields.push(field.text)
      const opened = line
      line += countLineBreaks(text, position, field.end)
      position = field.end
      if (field.fault !== undefined) {
        if (faults.length < maxFaults || field.fault === 'unclosed-quote') faults.push({ kind: field.fault, line: opened, field: fields.length, text: field.text.slice(0, 40) })
        if (field.fault === 'unclosed-quote') return { records, faults }
      }
      more = text[position] === delimiter
      if (more) position++
    }
    if (text[position] === '\r' && text[position + 1] === '\n') position++
    if (position < text.length) { position++; line++ }
    if (fields.length > 1 || fields[0] !== '') records.push({ line: start, fields })
  }
  return { records, faults }
}

/** The delimiter that occurs most often in the line, outside of quotes; undefined when none does. */
export function findDelimiter (headLine: string): Delimiter | undefined {
  const unquoted = headLine.replaceAll(/"(?:[^"]|"")*"/g, '')
  const counts = delimiters.map(delimiter => unquoted.split(delimiter).length - 1)
  const most = Math.max(...counts)
  return most === 0 ? undefined : delimiters[counts.indexOf(most)]
}

/** Text of one line without its ending, from 1; undefined beyond the end. */
export function findLine (text: string, line: number): string | undefined {
  const start = startOfLine(text, line)
  if (start >= text.length) return undefined
  const rest = text.slice(start)
  return rest.slice(0, /[\r\n]/.exec(rest)?.index ?? rest.length)
}

interface Field { readonly text: string, readonly end: number, readonly fault?: CsvFault['kind'] }

function readPlain (text: string, start: number, delimiter: string): Field {
  let end = start
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++
  return { text: text.slice(start, end), end }
}

function readQuoted (text: string, start: number, delimiter: string): Field {
  let end = start + 1
  for (;;) {
    end = text.indexOf('"', end)
    if (end === -1) return { text: text.slice(start + 1), end: text.length, fault: 'unclosed-quote' }
    if (text[end + 1] !== '"') break
    end += 2
  }
  const content = text.slice(start + 1, end).replaceAll('""', '"')
  const rest = readPlain(text, end + 1, delimiter)
  return rest.text.trim() === '' ? { text: content, end: rest.end } : { text: content + rest.text, end: rest.end, fault: 'text-after-quote' }
}

function startOfLine (text: string, line: number): number {
  const lineBreak = /\r\n|\n|\r/g
  for (let i = 1; i < line; i++) {
    if (lineBreak.exec(text) === null) return text.length
  }
  return lineBreak.lastIndex
}

function countLineBreaks (text: string, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) {
    if (text[i] === '\n' || (text[i] === '\r' && text[i + 1] !== '\n')) count++
  }
  return count
}
