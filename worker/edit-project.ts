import { isSeq } from 'yaml'
import type { Repair } from '../core/problem.ts'
import type { AcceptedEntry } from '../pipeline/project-file/schema.ts'
import { addItem, rangeOf, splice } from '../pipeline/update/edit-text.ts'
import { enter, formatFlow, parse, setPath, type EntryValue } from './set-path.ts'

/** The text of a project file with one more accepted finding; all else of it stays. @throws RangeError where the file has no place for it */
export function addAccepted (text: string, entry: AcceptedEntry): string {
  const item = formatFlow(entry as EntryValue)
  const list = parse(text).get('accepted', true)
  if (list === undefined) return `${text.trimEnd()}\naccepted:\n  - ${item}\n`
  if (!isSeq(list)) throw new RangeError('accepted is no list')
  return list.items.length === 0 ? splice(text, rangeOf(list), `[${item}]`) : addItem(text, list, item)
}

/** The text of a project file with a repair in it; all else stays. @throws RangeError where the file has no such place */
export function applyRepair (text: string, { path, value }: Repair): string {
  const parent = path.slice(0, -1).reduce<unknown>(enter, parse(text).contents)
  if (parent === undefined || path.length === 0) throw new RangeError('the project file has no such entry')
  return setPath(text, path, value as EntryValue)
}
