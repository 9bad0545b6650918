import { delimiters, findDelimiter, findLine, parseCsv, type Delimiter } from '../csv.ts'

/** What separates the fields of a text; two signs where the text can be cut either way. */
export type DelimiterGuess = { readonly delimiter: Delimiter } | { readonly either: readonly [Delimiter, Delimiter] } | undefined

/** So many lines show how a table is written. */
const sampledLines = 60

/**
 * The sign that cuts the first lines into records of equal width; undefined where none does.
 *
 * A comma also stands in numbers and titles, so it only counts where no other sign cuts as well. Two of the others that
 * cut equally well are two readings, and a person has to say which holds.
 *
 * @param firstLine line from which to look, from 1
 */
export function detectDelimiter (text: string, firstLine = 1): DelimiterGuess {
  const sample = firstLines(text, firstLine, sampledLines)
  const strengths = delimiters.filter(delimiter => sample.includes(delimiter)).map(delimiter => ({ delimiter, lines: countEqualLines(sample, delimiter) }))
  const most = Math.max(0, ...strengths.map(({ lines }) => lines))
  if (most === 0) {
    const delimiter = findDelimiter(findLine(text, firstLine) ?? '')
    return delimiter && { delimiter }
  }
  const good = strengths.filter(({ lines }) => lines >= most * 0.9).map(({ delimiter }) => delimiter)
  const [first, second] = good.filter(delimiter => delimiter !== ',')
  if (first === undefined) return { delimiter: ',' }
  return second === undefined || second === '|' ? { delimiter: first } : { either: [first, second] }
}

/** Records of the width that most records have, if that is two fields or more. */
function countEqualLines (sample: string, delimiter: Delimiter): number {
  const counts = new Map<number, number>()
  for (const { fields: { length } } of parseCsv(sample, delimiter).records) {
    if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
  }
  return Math.max(0, ...counts.values())
}

function firstLines (text: string, firstLine: number, count: number): string {
  const lineBreak = /\r\n|\n|\r/g
  let start = 0
  for (let line = 1; line < firstLine + count; line++) {
    if (lineBreak.exec(text) === null) return text.slice(start)
    if (line < firstLine) start = lineBreak.lastIndex
  }
  return text.slice(start, lineBreak.lastIndex)
}
