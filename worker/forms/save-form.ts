import path from 'node:path'
import { problem, type Problem } from '../../core/problem.ts'
import { checkText, readProjectText, writeProjectText } from '../project-file.ts'
import { setPath, type EntryPath, type EntryValue } from '../set-path.ts'
import type { FieldFault, FormField, FormSaved, TypedField } from './field.ts'
import { makeFields, parseFieldName, toEntryValue } from './make-field.ts'
import { listPlaced, type FormAsked, type PlacedField } from './make-form.ts'
import { toPositions, viewProject, valueAt, type ProjectView } from './project-view.ts'

export interface Saving {
  readonly folder: string
  readonly atlas: string
  readonly asked: FormAsked
  readonly typed: readonly TypedField[]
}

/**
 * Writes what was changed in a form: all of it or nothing. Another field that somebody else changed meanwhile is no hindrance; the same
 * one is. One caller at a time for each atlas. Undefined where the project has no such form.
 */
export async function saveForm ({ folder, atlas, asked, typed }: Saving): Promise<FormSaved | undefined> {
  const now = await readProjectText(folder)
  if (!now) return undefined
  const view = await viewProject(now.text, path.join(folder, 'atlas.yaml'))
  const placed = listPlaced(view, asked)?.flatMap(({ fields }) => fields)
  if (!placed) return undefined
  const { changes, conflicts } = compare(placed.flatMap(({ base, form }) => makeFields(view, base, form)), typed)
  if (conflicts.length > 0) return { kind: 'changed', conflicts }
  if (changes.size === 0) return { kind: 'written', paths: [], sha256: now.sha256 }
  const edits = placed.flatMap(field => editOf(view, field, changes))
  let text: string
  try {
    text = applyEdits(now.text, edits)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { kind: 'refused', faults: [], problems: [problem('worker-cannot-repair', { file: 'atlas.yaml' })] }
  }
  const after = await viewProject(text, path.join(folder, 'atlas.yaml'))
  const faults = findFaults(after, await checkText(folder, text), [...changes.keys()])
  if (faults.length > 0) return { kind: 'refused', faults, problems: [] }
  const written = await writeProjectText({ folder, atlas, text, expected: now.sha256 })
  if (written.kind === 'written') return { kind: 'written', paths: edits.map(edit => edit.path.join('.')), sha256: written.sha256 }
  return { kind: 'refused', faults: [], problems: written.kind === 'refused' ? written.problems : [written.problem] }
}

/** Against what stands there now: what somebody wants otherwise, and what two want otherwise. */
function compare (fields: readonly FormField[], typed: readonly TypedField[]): { readonly changes: ReadonlyMap<string, string>, readonly conflicts: ReadonlyArray<{ readonly name: string, readonly now: string | null }> } {
  const changes = new Map<string, string>()
  const conflicts: Array<{ name: string, now: string | null }> = []
  for (const { name, was, value: sent } of typed) {
    // A browser sends the line ends of Windows.
    const value = sent.replaceAll('\r\n', '\n').trim()
    if (value === was.replaceAll('\r\n', '\n').trim()) continue
    const field = fields.find(one => one.name === name)
    const now = field === undefined ? null : field.value.trim()
    if (now === value) continue
    if (now === was.replaceAll('\r\n', '\n').trim()) changes.set(name, value)
    else conflicts.push({ name, now })
  }
  return { changes, conflicts }
}

interface Edit { readonly path: EntryPath, readonly value: EntryValue | undefined }

function editOf (view: ProjectView, { base, form }: PlacedField, changes: ReadonlyMap<string, string>): Edit[] {
  const fields = makeFields(view, base, form)
  if (!fields.some(({ name }) => changes.has(name))) return []
  const parts = fields.map(({ name, value }) => changes.get(name) ?? value)
  return [{ path: [...base, ...form.path], value: form.kind === 'localised' ? localised(parts) : toEntryValue(parts[0]!, form.kind) }]
}

/** German alone is a plain text; English alone is left to the schema to refuse. */
function localised ([de = '', en = '']: readonly string[]): EntryValue | undefined {
  if (en === '') return de === '' ? undefined : de
  return de === '' ? { en } : { de, en }
}

/** What goes away goes last and from behind, so that the others keep their places. */
function applyEdits (text: string, edits: readonly Edit[]): string {
  const ordered = [...edits.filter(({ value }) => value !== undefined), ...edits.filter(({ value }) => value === undefined).toReversed()]
  return ordered.reduce((edited, { path: place, value }) => setPath(edited, place, value), text)
}

/** Errors at the changed fields, each at its own. */
function findFaults (view: ProjectView, problems: readonly Problem[], names: readonly string[]): FieldFault[] {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return names.flatMap((name): FieldFault[] => {
    const found = errors.find(error => isAt(view, parseFieldName(name), error))
    return found ? [{ name, problem: { ...found, place: {} } }] : []
  })
}

/** What is missing stands where its parent stands, and says its name. */
function isAt (view: ProjectView, full: EntryPath, { code, place, facts }: Problem): boolean {
  const own = isPart(full, view) ? full.slice(0, -1) : full
  const isOn = (at: EntryPath) => {
    const { line, column } = view.locate(toPositions(view.value, at))
    return line === place.line && column === place.column
  }
  if (code === 'project-file-missing-key') return facts.key === own.at(-1) && isOn(own.slice(0, -1))
  return isOn(own) && (valueAt(view.value, own) !== undefined || facts.key === own.at(-1))
}

/** Of a text in two languages the last step is the language. */
function isPart (full: EntryPath, { value }: ProjectView): boolean {
  const parent = valueAt(value, full.slice(0, -1))
  return ['de', 'en'].includes(String(full.at(-1))) && (typeof parent !== 'object' || parent === null || Array.isArray(parent) || Object.keys(parent).every(key => key === 'de' || key === 'en'))
}
