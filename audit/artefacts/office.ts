import type { Address } from './address.ts'
import type { Judge } from './judge.ts'
import { strFromU8, unzipSync } from 'fflate'
import { judgeNoticeLines } from './notice.ts'
import { judgeRows } from './rows.ts'
import { report } from './judge.ts'
import { childrenNamed, descendants, parseMarkup, textOf, type Element } from './markup.ts'

/** XLSX, ODS, DOCX and ODT: the text of every XML part, in rows where it stands in rows. */
export function judgeOffice (judge: Judge, bytes: Uint8Array, address: Address): void {
  const parts = openArchive(judge, bytes)
  if (!parts) return
  const shared = parts.get('xl/sharedStrings.xml')
  const strings = shared === undefined ? [] : [...descendants(parseMarkup(shared).root)].filter(({ tag }) => tag === 'si').map(textOf)
  const tables = [...parts].filter(([name]) => isContent(name)).map(([, xml]) => [...rowsOf(parseMarkup(xml).root, strings)])
  if ('language' in address) judgeNoticeLines(judge, tables.flat(2), address.language)
  for (const rows of tables) judgeRows(judge, rows, address)
}

/** Parts that hold what people read; the rest is layout, of which the bytes are searched for secrets. */
function isContent (name: string): boolean {
  return /^(xl\/worksheets\/.*|xl\/comments.*|xl\/charts\/.*|word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)|content|docProps\/.*|meta)\.xml$/.test(name)
}

/** XML parts by their names; undefined, and a finding, for what is no archive or has parts nobody can read. */
export function openArchive (judge: Judge, bytes: Uint8Array): Map<string, string> | undefined {
  try {
    const parts = new Map<string, string>()
    for (const [name, content] of Object.entries(unzipSync(bytes))) {
      if (/\.(xml|rels)$/.test(name) || name === 'mimetype') parts.set(name, strFromU8(content))
      else if (!name.endsWith('/') && !/\.(png|jpe?g|svg|ttf|otf|woff2?)$/.test(name)) report(judge, 'A1', 'unreadable', name)
    }
    return parts
  } catch {
    report(judge, 'A1', 'unreadable', 'no archive')
    return undefined
  }
}

const rowTags = new Set(['row', 'w:tr', 'table:table-row'])
const lineTags = new Set(['w:p', 'text:p', 'text:h'])

/** Table rows as lists of fields; text outside tables as rows of one field. */
function * rowsOf (element: Element, strings: readonly string[]): Generator<string[]> {
  for (const child of element.children) {
    if (typeof child === 'string') yield [child]
    else if (rowTags.has(child.tag)) yield childrenNamed(child, 'c', 'w:tc', 'table:table-cell', 'table:covered-table-cell').map(field => fieldText(field, strings))
    else if (lineTags.has(child.tag)) yield [plainText(child)]
    else yield * rowsOf(child, strings)
  }
}

/** What is shown; a number of its own in `office:value` and the formula in `f` count as shown. */
function fieldText (field: Element, strings: readonly string[]): string {
  const hidden = [...descendants(field)].filter(({ tag }) => tag === 'f').map(textOf)
  const value = childrenNamed(field, 'v').map(textOf).join(' ')
  const own = field.attributes.get('office:value')
  const shown = field.tag !== 'c'
    ? plainText(field)
    : field.attributes.get('t') === 's' ? strings[Number(value)] ?? '' : value === '' ? childrenNamed(field, 'is').map(plainText).join(' ') : value
  return [shown, ...hidden, ...(own === undefined || shown.includes(own) ? [] : [own])].join(' ').trim()
}

/** Runs of one word may be several elements. */
function plainText (element: Element): string {
  return element.children.map(child => typeof child === 'string' ? child : plainText(child)).join('').replaceAll(/[ \t\r\n]+/g, ' ').trim()
}
