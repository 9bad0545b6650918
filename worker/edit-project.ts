import { isMap, isScalar, isSeq, parseDocument, type Document, type Node, type YAMLMap } from 'yaml'
import type { Repair } from '../core/problem.ts'
import type { AcceptedEntry } from '../pipeline/project-file/schema.ts'
import { yamlText } from '../pipeline/scaffold/yaml-text.ts'
import { addItem, rangeOf, splice } from '../pipeline/update/edit-text.ts'

/** The text of a project file with one more accepted finding; all else of it stays. @throws RangeError where the file has no place for it */
export function addAccepted (text: string, entry: AcceptedEntry): string {
  const item = flowText(entry as Readonly<Record<string, string | number>>)
  const list = parse(text).get('accepted', true)
  if (list === undefined) return `${text.trimEnd()}\naccepted:\n  - ${item}\n`
  if (!isSeq(list)) throw new RangeError('accepted is no list')
  return list.items.length === 0 ? splice(text, rangeOf(list), `[${item}]`) : addItem(text, list, item)
}

/** The text of a project file with a repair in it; all else stays. @throws RangeError where the file has no such place */
export function applyRepair (text: string, { path, value }: Repair): string {
  const document = parse(text)
  let node: unknown = document.contents
  for (const step of path.slice(0, -1)) node = enter(node, step)
  const key = path.at(-1)
  if (!isMap(node) || key === undefined) throw new RangeError('the project file has no such entry')
  const there = node.get(key, true)
  return there === undefined ? addKey(text, node, String(key), flowText(value)) : splice(text, rangeOf(there), flowText(value))
}

function parse (text: string): Document {
  const document = parseDocument(text)
  if (document.errors.length > 0) throw new RangeError('the project file is broken')
  return document
}

/** In lists an entry is named by its id. */
function enter (node: unknown, step: string | number): unknown {
  if (isMap(node)) return node.get(step, true)
  if (!isSeq(node)) return undefined
  return typeof step === 'number' ? node.get(step, true) : node.items.find(item => isMap(item) && item.get('id') === step)
}

function addKey (text: string, map: YAMLMap, key: string, value: string): string {
  const last = map.items.at(-1)
  if (!last || !isScalar(last.key)) throw new RangeError('the project file has no such entry')
  const end = rangeOf(last.value ?? last.key)[1]
  if (map.flow === true) return splice(text, [end, end], `, ${yamlText(key)}: ${value}`)
  const start = rangeOf(last.key as Node)[0]
  const column = start - (text.lastIndexOf('\n', start - 1) + 1)
  // Before the last key, whose value may go on over many lines.
  return splice(text, [start, start], `${yamlText(key)}: ${value}\n${' '.repeat(column)}`)
}

function flowText (value: Repair['value'] | Readonly<Record<string, string | number>>): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string' || typeof value === 'number') return yamlText(value)
  if (Array.isArray(value)) return `[${value.map(text => yamlText(String(text))).join(', ')}]`
  const entries = Object.entries(value).filter(([, text]) => text !== undefined)
  return `{ ${entries.map(([key, text]) => `${yamlText(key)}: ${yamlText(text as string | number)}`).join(', ')} }`
}
