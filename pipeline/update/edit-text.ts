import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLSeq } from 'yaml'
import { yamlText } from '../scaffold/yaml-text.ts'

/** One change of a project file. All others of its bytes stay: comments, order, spelling. */
export type ProjectEdit =
  /** A further file of a delivery. */
  | { readonly kind: 'add-file', readonly delivery: number, readonly file: string, readonly period: string | null }
  /** Another file in the place of one; `entry` is its position in `files`. */
  | { readonly kind: 'replace-file', readonly delivery: number, readonly entry: number, readonly file: string, readonly period: string | null }
  | { readonly kind: 'drop-file', readonly delivery: number, readonly entry: number }
  /** Another spelling of a column head. */
  | { readonly kind: 'add-head', readonly delivery: number, readonly indicator: string, readonly head: string }

/** The text of `atlas.yaml` with the changes in it. @throws RangeError where the file has no such place */
export function editProject (text: string, edits: readonly ProjectEdit[]): string {
  // One after the other, so that positions are those of the text at hand; entries that go away go last and from behind.
  const order = { 'replace-file': 0, 'add-head': 1, 'drop-file': 2, 'add-file': 3 } as const
  const ordered = edits.toSorted((a, b) => order[a.kind] - order[b.kind] || (a.kind === 'drop-file' && b.kind === 'drop-file' ? b.entry - a.entry : 0))
  return ordered.reduce((edited, edit) => applyEdit(edited, edit), text)
}

function applyEdit (text: string, edit: ProjectEdit): string {
  const document = parseDocument(text)
  if (edit.kind === 'add-head') return addHead(text, document, edit)
  const files = document.getIn(['deliveries', edit.delivery, 'files'], true)
  if (!isSeq(files)) throw new RangeError(`delivery ${edit.delivery} has no list of files`)
  switch (edit.kind) {
    case 'add-file': return addItem(text, files, fileText(edit))
    case 'replace-file': return splice(text, rangeOf(files.items[edit.entry]), fileText(edit))
    case 'drop-file': return dropItem(text, files, edit.entry)
  }
}

function addHead (text: string, document: Document, { delivery, indicator, head }: Extract<ProjectEdit, { kind: 'add-head' }>): string {
  const path = ['deliveries', delivery, 'columns', indicator]
  const node = document.getIn(path, true)
  if (isSeq(node)) return addItem(text, node, yamlText(head))
  if (!isScalar(node)) throw new RangeError(`no column for ${indicator}`)
  const range = rangeOf(node)
  return splice(text, range, `[${text.slice(range[0], range[1])}, ${yamlText(head)}]`)
}

function fileText ({ file, period }: { readonly file: string, readonly period: string | null }): string {
  return period === null ? yamlText(file) : `{ file: ${yamlText(file)}, period: ${/^\d{4}(?:-\d{2}-\d{2})?$/.test(period) ? period : yamlText(period)} }`
}

/** A further entry at the end of a list that has one. */
export function addItem (text: string, list: YAMLSeq, item: string): string {
  const last = rangeOf(list.items.at(-1))
  if (list.flow === true) return splice(text, [last[1], last[1]], `, ${item}`)
  // The dash of the last entry shows how far entries stand from the left.
  const dash = text.lastIndexOf('-', last[0] - 1)
  const start = text.lastIndexOf('\n', dash) + 1
  // An entry of several lines ends with its line break.
  const end = endOfLine(text, last[0] + text.slice(last[0], last[1]).trimEnd().length)
  return splice(text, [end, end], `\n${text.slice(start, dash)}- ${item}`)
}

/** A list without one of its entries, and without the line it stood on. */
export function dropItem (text: string, list: YAMLSeq, entry: number): string {
  const [from, to] = rangeOf(list.items[entry])
  if (list.flow === true) {
    const after = /^\s*,\s*/.exec(text.slice(to))?.[0].length ?? 0
    const before = after > 0 ? 0 : /,\s*$/.exec(text.slice(0, from))?.[0].length ?? 0
    return splice(text, [from - before, to + after], '')
  }
  const start = text.lastIndexOf('\n', text.lastIndexOf('-', from - 1))
  return splice(text, [start, endOfLine(text, from + text.slice(from, to).trimEnd().length)], '')
}

/** Behind the remark that may stand on the line. */
function endOfLine (text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}

/** Where an entry begins and ends. @throws RangeError where there is none */
export function rangeOf (node: unknown): readonly [number, number] {
  if ((isScalar(node) || isMap(node) || isSeq(node)) && node.range) return [node.range[0], node.range[1]]
  throw new RangeError('the project file has no such entry')
}

/** A text with another one in the place of a part. */
export function splice (text: string, [from, to]: readonly [number, number], replacement: string): string {
  return text.slice(0, from) + replacement + text.slice(to)
}
