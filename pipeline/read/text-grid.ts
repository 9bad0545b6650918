import { problem, type Problem } from '../../core/problem.ts'
import { listSome } from '../facts.ts'
import { kindOfHead } from '../records/person-columns.ts'
import { delimiters, findDelimiter, findLine, parseCsv, type CsvFault, type Delimiter } from './csv.ts'
import { detectCodePage, type CodePageWord } from './dialect/code-page.ts'
import { detectDelimiter } from './dialect/delimiter.ts'
import { decodeAs, decodeText, findEncoding, type DecodedText } from './encoding.ts'
import type { Grid } from './grid.ts'
import { lineProblem } from './limits.ts'
import type { TableLayout } from './layout/layout.ts'

/** The lines of a text file; no grid where an error leaves nothing to read. */
export interface TextGrid {
  readonly grid?: Grid
  /** Reading ended at a quote that nobody closed: missing rows say nothing. */
  readonly isCutOff: boolean
  /** The bytes hold letters beyond ASCII, so that the encoding matters. */
  readonly hasLetters: boolean
  readonly problems: Problem[]
}

/**
 * Decodes a text file and cuts it into fields. What the layout leaves out is looked up: encoding by mark, UTF-8 and German words;
 * delimiter by `sep=` and by the first lines. Where two readings are possible, both are said.
 */
export function readTextGrid (bytes: Uint8Array, layout: TableLayout): TextGrid {
  const read = readLines(bytes, layout)
  return read.problems.length > 0 && tellsOfPersons(bytes) ? { ...read, problems: read.problems.map(withoutQuotes) } : read
}

function readLines (bytes: Uint8Array, layout: TableLayout): TextGrid {
  const { displayName: file } = layout
  const decoded = decode(bytes, layout)
  if ('code' in decoded) return failed([decoded])
  const { text, encoding } = decoded
  const hasLetters = /[\u0080-\uffff]/.test(text)
  if (text.trim() === '') return failed([problem('read-empty-file', { file })])

  const separator = separatorLine(text)
  const start = layout.headLine ?? (separator === undefined ? 1 : 2)
  const problems = undecodableProblems(decoded, file)
  if (findLine(text, start) === undefined) {
    return failed([...problems, problem('read-head-beyond-end', { file }, { headLine: start, lines: text.trimEnd().split('\n').length })])
  }
  const chosen = chooseDelimiter(text, start, separator, layout)
  if (typeof chosen !== 'string') return failed([...problems, chosen])

  const { records, faults } = parseCsv(text, chosen, start)
  return {
    grid: { file, sheet: null, encoding, delimiter: chosen, rows: records, merges: [], indents: [], faults: [] },
    // Behind an unclosed quote nothing was read, so that missing rows say nothing.
    isCutOff: faults.some(({ kind }) => kind === 'unclosed-quote'),
    hasLetters,
    problems: [...problems, ...faults.map(fault => faultProblem(fault, file))],
  }
}

function failed (problems: Problem[]): TextGrid {
  return { isCutOff: false, hasLetters: false, problems }
}

function decode (bytes: Uint8Array, { displayName: file, encoding }: TableLayout): DecodedText | Problem {
  const stated = encoding === undefined ? undefined : findEncoding(encoding)
  if (encoding !== undefined && stated === undefined) return problem('read-unknown-encoding', { file }, { encoding })
  const endless = lineProblem(bytes, file)
  if (endless !== undefined) return endless
  if (stated !== undefined) return decodeText(bytes, stated)
  const guess = detectCodePage(bytes)
  if (guess !== undefined && 'either' in guess) return eitherEncoding(guess.either, file)
  return decodeText(bytes, guess?.encoding)
}

function eitherEncoding ([first, second]: readonly [CodePageWord, CodePageWord], file: string): Problem {
  const read = ({ encoding, bytes }: CodePageWord) => decodeAs(Buffer.from(bytes, 'latin1'), encoding)
  return problem('layout-two-encodings', { file, line: second.line }, {
    first: first.encoding, firstWord: read(first), firstLine: first.line, second: second.encoding, secondWord: read(second), secondLine: second.line,
  })
}

/** The stated delimiter if it cuts the head line at all; else `sep=`, else what the first lines say. */
function chooseDelimiter (text: string, start: number, separator: Delimiter | undefined, { displayName: file, delimiter: stated, headLine }: TableLayout): Delimiter | Problem {
  const delimiter = stated ?? separator
  if (delimiter === undefined) {
    const guess = detectDelimiter(text, start)
    if (guess === undefined) return ';'
    if ('delimiter' in guess) return guess.delimiter
    return problem('layout-two-delimiters', { file, line: start }, { first: nameOf(guess.either[0]), second: nameOf(guess.either[1]) })
  }
  const head = headLine === undefined ? text : findLine(text, start)!
  const guess = findDelimiter(findLine(text, start)!)
  return guess === undefined || head.includes(delimiter)
    ? delimiter
    : problem('read-other-delimiter', { file, line: start }, { stated: nameOf(delimiter), guess: nameOf(guess) })
}

/** Excel's own first line `sep=;`, which says the delimiter and is no part of the table. */
function separatorLine (text: string): Delimiter | undefined {
  const stated = /^sep=(.)\r?\n/i.exec(text)?.[1]
  return delimiters.find(delimiter => delimiter === stated)
}

function faultProblem ({ kind, line, field, text }: CsvFault, file: string): Problem {
  return problem(kind === 'unclosed-quote' ? 'read-unclosed-quote' : 'read-text-after-quote', { file, line }, { field, text })
}

function undecodableProblems ({ faults, encoding }: DecodedText, file: string): Problem[] {
  const [first] = faults
  if (first === undefined) return []
  return [problem('read-undecodable', { file, line: first.line }, { bytes: first.bytes, encoding, lines: listSome(faults.map(({ line }) => line)) })]
}

/** Heads are looked for in so many bytes: they stand on top. */
const headBytes = 8192

/** Whether a line on top has two heads of columns about persons, or days of birth stand there: what stands below them is quoted nowhere. */
function tellsOfPersons (bytes: Uint8Array): boolean {
  const top = Buffer.from(bytes.subarray(0, headBytes)).toString('latin1').replaceAll('\0', '')
  // Figures are of the first or last day of a month; other days are days of birth.
  const days = new Set(top.match(/(?<!\d)(?:0?[2-9]|1\d|2[0-7])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d{2}(?!\d)/g))
  return days.size >= 2 || top.split(/[\r\n]+/).some(line => line.split(/[;\t|,]/).filter(head => kindOfHead(head) !== undefined).length >= 2)
}

function withoutQuotes (found: Problem): Problem {
  const facts = Object.entries(found.facts).map(([name, fact]) => [name, quotingFacts.has(name) ? '***' : fact] as const)
  return { ...found, facts: Object.fromEntries(facts) }
}

/** Facts that quote a field or a word of one. */
const quotingFacts: ReadonlySet<string> = new Set(['text', 'firstWord', 'secondWord'])

function nameOf (delimiter: string): string {
  return delimiter === '\t' ? '\\t' : delimiter
}
