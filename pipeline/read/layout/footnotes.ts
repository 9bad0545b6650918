import { problem, type Problem } from '../../../core/problem.ts'
import { placeOf, type DeliveredTable, type TableRow } from '../head.ts'
import { trimBlanks } from '../number-text.ts'

/** The table without what stands under a line of underscores, which is text; the texts are kept. */
export function cutFooter (table: DeliveredTable): { table: DeliveredTable, footer: readonly TableRow[] } {
  const start = table.rows.findIndex(({ fields }) => /^_{3,}$/.test(trimBlanks(fields[0] ?? '')))
  if (start === -1) return { table, footer: [] }
  return { table: { ...table, rows: table.rows.slice(0, start) }, footer: table.rows.slice(start + 1) }
}

/**
 * Values without their footnote marks: `1 234¹⁾`, `56 1)`, `12a)`. Only marks that cannot be part of the number: raised, behind a blank
 * with a bracket, or a letter with a bracket. `121)` stays, because it can mean two numbers; an asterisk is secrecy.
 *
 * @param columns with values, from 0
 * @param texts rows in which the marks may be explained, `1) ohne Nebenwohnungen`
 */
export function readFootnoteMarks (table: DeliveredTable, columns: readonly number[], texts: readonly TableRow[]): { table: DeliveredTable, problems: Problem[] } {
  const uses = new Map<string, { count: number, readonly line: number, readonly column: number, readonly text: string }>()
  const rows = table.rows.map(row => {
    let fields: string[] | undefined
    for (const column of columns) {
      const text = row.fields[column] ?? ''
      const { bare, marks } = splitMarks(text)
      if (marks.length === 0) continue
      fields ??= [...row.fields]
      fields[column] = bare
      for (const mark of marks) {
        const use = uses.get(mark)
        if (use) use.count++
        else uses.set(mark, { count: 1, line: row.line, column, text })
      }
    }
    return fields === undefined ? row : { ...row, fields }
  })
  if (uses.size === 0) return { table, problems: [] }
  const explained = collectTexts([...texts, ...table.rows])
  const problems = [...uses].map(([mark, { count, line, column, text }]) => {
    const footnote = explained.get(mark)
    const facts = { mark, count, text }
    return footnote === undefined
      ? problem('layout-footnote-unexplained', placeOf(table, line, column), facts)
      : problem('layout-footnote', placeOf(table, line, column), { ...facts, footnote })
  })
  return { table: { ...table, rows }, problems }
}

/** A number or sign and the marks behind it, as `1)`, `a)`; no marks where they could be digits. */
export function splitMarks (text: string): { bare: string, marks: string[] } {
  const last = text.charCodeAt(text.length - 1)
  if ((last >= 0x30 && last <= 0x39) || !maybeMarked.test(text)) return { bare: text, marks: [] }
  const marks: string[] = []
  let bare = trimBlanks(text)
  for (let found = mark.exec(bare); found !== null; found = mark.exec(bare)) {
    marks.unshift(`${plainDigits(found[2] ?? found[3] ?? found[4]!)})`)
    bare = trimBlanks(found[1]!)
  }
  const isBalanced = bare.startsWith('(') === bare.endsWith(')')
  return marks.length > 0 && isBalanced && /^\(?[-+\u2212]?(?:[.,]?\d[\d., '\u2019\u00a0\u2007\u2009\u202f]*(?:\s?%)?(?:[\s\u00a0]?[prs])?|[–./x•…]|\.\.\.)?\)?$/.test(bare) && bare !== ''
    ? { bare, marks }
    : { bare: text, marks: [] }
}

const maybeMarked = /[)\u207e\u00b9\u00b2\u00b3\u2070-\u2079]\s*$/
const mark = /^(.+?)(?:[\s\u00a0\u2009\u202f]+(\d{1,2}|[a-z])\)|(?<=[\d)%])([a-z])\)|[\s\u00a0\u2009\u202f]*([\u00b9\u00b2\u00b3\u2070-\u2079]+)[)\u207e]?)$/

function plainDigits (text: string): string {
  return text.normalize('NFKC')
}

/** `1) ohne Nebenwohnungen`, `¹⁾ …`, `1 …`: a row with one field, by its mark. */
function collectTexts (rows: readonly TableRow[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const { fields } of rows) {
    const filled = fields.filter(field => trimBlanks(field) !== '')
    const parts = filled.length === 1 ? /^(\d{1,2}|[a-z]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)[)\u207e]?[\s\u00a0:=]+(.{3,})$/.exec(trimBlanks(filled[0]!)) : null
    if (parts) texts.set(`${plainDigits(parts[1]!)})`, parts[2]!)
  }
  return texts
}
