import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Pair, type YAMLMap } from 'yaml'
import { yamlText } from '../pipeline/scaffold/yaml-text.ts'
import { addItem, dropItem, splice } from '../pipeline/update/edit-text.ts'

/** Steps into the project file; in lists an entry is named by its `id`, its `use`, or its position. */
export type EntryPath = ReadonlyArray<string | number>

export type EntryValue = string | number | boolean | readonly EntryValue[] | { readonly [key: string]: EntryValue | undefined }

/**
 * The text of a project file with another value at one place; `undefined` takes the entry away, and what is empty without it. All
 * other bytes stay: remarks, order, spelling. Where the place is an alias (`*lizenz`), it gets a text of its own.
 *
 * @throws RangeError where the file is broken or has no such place
 */
export function setPath (text: string, path: EntryPath, value: EntryValue | undefined): string {
  const document = parse(text)
  const edited = edit({ text, document, path, value })
  refuseLostAnchors(parse(edited))
  return edited
}

/** What others take over cannot go away. */
function refuseLostAnchors (document: Document): void {
  try {
    document.toJS()
  } catch (error) {
    throw error instanceof ReferenceError ? new RangeError('an alias would lead nowhere') : error
  }
}

export function parse (text: string): Document {
  const document = parseDocument(text)
  if (document.errors.length > 0) throw new RangeError('the project file is broken')
  return document
}

interface Edit { readonly text: string, readonly document: Document, readonly path: EntryPath, readonly value: EntryValue | undefined }

function edit ({ text, document, path, value }: Edit): string {
  let node: unknown = document.contents
  for (const [depth, step] of path.entries()) {
    const child = enter(node, step)
    if (isAlias(child) && (depth < path.length - 1 || value !== undefined)) {
      if (depth === path.length - 1) return replace(text, child, value!)
      return setPath(replace(text, child, child.toJS(document) as EntryValue), path, value)
    }
    if (child === undefined || isEmptyValue(child)) return value === undefined ? text : addAt({ text, document, path, value }, node, depth)
    node = child
  }
  return value === undefined ? remove({ text, document, path, value }) : replace(text, node as Node, value)
}

/** An entry of a map or a list; undefined where there is none. */
export function enter (node: unknown, step: string | number): unknown {
  if (isMap(node)) return node.get(String(step), true) ?? node.get(step, true)
  if (!isSeq(node)) return undefined
  if (typeof step === 'number') return node.get(step, true)
  const named = node.items.find(item => isMap(item) && item.get('id') === step) ?? node.items.find(item => isMap(item) && item.get('id') === undefined && item.get('use') === step)
  return named ?? (/^\d{1,4}$/.test(step) ? node.get(Number(step), true) : undefined)
}

/** `rules:` with nothing behind it. */
function isEmptyValue (node: unknown): boolean {
  return isScalar(node) && node.value === null && (node.source ?? '') === ''
}

/** What of the path is not there yet is written in one line. */
function addAt ({ text, path, value }: Edit, parent: unknown, depth: number): string {
  const nested = path.slice(depth + 1).toReversed().reduce<EntryValue>((inner, step) => /^\d+$/.test(String(step)) ? [inner] : { [step]: inner }, value!)
  // Only a position can be new in a list; a name that is not there was taken away by somebody.
  if (isSeq(parent) && /^\d+$/.test(String(path[depth]))) return parent.items.length === 0 ? replace(text, parent, [nested]) : addItem(text, parent, formatFlow(nested))
  if (!isMap(parent)) throw new RangeError('the project file has no such entry')
  const key = String(path[depth])
  const empty = parent.items.find(pair => isScalar(pair.key) && pair.key.value === key)
  if (empty) {
    const colon = text.indexOf(':', endOf(text, empty.key)) + 1
    return splice(text, [colon, colon], ` ${formatFlow(nested)}`)
  }
  return addKey(text, parent, key, formatFlow(nested))
}

function addKey (text: string, map: YAMLMap, key: string, value: string): string {
  const entry = `${yamlText(key)}: ${value}`
  const last = map.items.at(-1)
  if (!last) return splice(text, spanOf(text, map), `{ ${entry} }`)
  if (map.flow === true) return splice(text, [endOf(text, last.value ?? last.key), endOf(text, last.value ?? last.key)], `, ${entry}`)
  // Behind an entry of one line: what goes on over many lines has remarks of its own in front.
  const line = map.items.findLast(pair => !text.slice(startOf(pair.key), endOf(text, pair.value ?? pair.key)).includes('\n'))
  const indent = ' '.repeat(columnOf(text, startOf(map.items[0]!.key)))
  if (!line) return splice(text, [startOf(map.items[0]!.key), startOf(map.items[0]!.key)], `${entry}\n${indent}`)
  const end = endOfLine(text, endOf(text, line.value ?? line.key))
  return splice(text, [end, end], `\n${indent}${entry}`)
}

function remove ({ text, document, path }: Edit): string {
  const key = path.at(-1)!
  const parent = path.slice(0, -1).reduce<unknown>(enter, document.contents)
  if (isSeq(parent)) return dropItem(text, parent, parent.items.indexOf(enter(parent, key)))
  if (!isMap(parent)) throw new RangeError('the project file has no such entry')
  const pair = parent.items.find(({ key: name }) => isScalar(name) && String(name.value) === String(key))
  if (!pair) return text
  // A map without entries says nothing.
  if (parent.items.length === 1 && path.length > 1) return remove({ text, document, path: path.slice(0, -1), value: undefined })
  return parent.flow === true ? dropFlow(text, parent, pair) : dropLines(text, parent, pair)
}

function dropFlow (text: string, map: YAMLMap, pair: Pair): string {
  const [from, to] = [startOf(pair.key), endOf(text, pair.value ?? pair.key)]
  const after = map.items.at(-1) === pair ? 0 : /^\s*,\s*/.exec(text.slice(to))?.[0].length ?? 0
  const before = map.items.at(-1) === pair ? /,\s*$/.exec(text.slice(0, from))?.[0].length ?? 0 : 0
  return splice(text, [from - before, to + after], '')
}

function dropLines (text: string, map: YAMLMap, pair: Pair): string {
  const start = startOf(pair.key)
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = endOfLine(text, endOf(text, pair.value ?? pair.key))
  if (text.slice(from, start).trim() === '') return splice(text, [from, Math.min(to + 1, text.length)], '')
  // The first entry of a list's item stands behind its dash: the next one moves up to it.
  const next = map.items[map.items.indexOf(pair) + 1]
  if (!next) throw new RangeError('the project file has no such entry')
  return splice(text, [start, startOf(next.key)], '')
}

function replace (text: string, node: Node, value: EntryValue): string {
  return splice(text, spanOf(text, node), formatFlow(value))
}

/** Without the line break behind a text of several lines. */
function spanOf (text: string, node: Node): readonly [number, number] {
  return [startOf(node), endOf(text, node)]
}

function startOf (node: unknown): number {
  const range = (node as Node | null | undefined)?.range
  if (!range) throw new RangeError('the project file has no such entry')
  return range[0]
}

function endOf (text: string, node: unknown): number {
  const start = startOf(node)
  const end = (node as Node).range![1]
  return start + text.slice(start, end).trimEnd().length
}

function endOfLine (text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}

function columnOf (text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

/** A value on one line. */
export function formatFlow (value: EntryValue): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string' || typeof value === 'number') return yamlText(value)
  if (Array.isArray(value)) return `[${(value as readonly EntryValue[]).map(formatFlow).join(', ')}]`
  const entries = Object.entries(value as Readonly<Record<string, EntryValue | undefined>>).filter((entry): entry is [string, EntryValue] => entry[1] !== undefined)
  return `{ ${entries.map(([key, inner]) => `${yamlText(key)}: ${formatFlow(inner)}`).join(', ')} }`
}
