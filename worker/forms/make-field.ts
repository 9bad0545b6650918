import type { Localised } from '../../core/area.ts'
import { gapMark } from '../../pipeline/project-file/gaps.ts'
import type { EntryPath } from '../set-path.ts'
import type { ChoicesFrom, FieldForm, FieldKind } from './field-form.ts'
import type { FieldChoice, FieldControl, FormField } from './field.ts'
import { countSharing, nameOf, valueAt, type ProjectView } from './project-view.ts'
import { findSchemaNode, isRequiredBySchema, type SchemaNode } from './schema-node.ts'

/** A field as it is shown; a text in two languages makes two. */
export function makeFields (view: ProjectView, base: EntryPath, form: FieldForm): FormField[] {
  const path = [...base, ...form.path]
  if (form.kind !== 'localised') return [makeField(view, path, form)]
  const value = valueAt(view.value, path)
  const [de, en] = typeof value === 'string' ? [value, ''] : [partOf(value, 'de'), partOf(value, 'en')]
  const shared = { ...makeField(view, path, form), choices: [] }
  return [
    { ...shared, name: fieldName([...path, 'de']), value: shownText(de) },
    { ...shared, name: fieldName([...path, 'en']), value: shownText(en), label: inEnglish(form.label), help: null, isRequired: false },
  ]
}

function makeField (view: ProjectView, path: EntryPath, form: FieldForm): FormField {
  const node = findSchemaNode(path)
  return {
    name: fieldName(path),
    control: controls[form.kind],
    label: form.label,
    help: form.help ?? (node?.description === undefined ? null : { de: node.description, en: node.english ?? node.description }),
    value: formatValue(valueAt(view.value, path), form.kind),
    choices: choicesOf(view, form, node),
    isRequired: isRequiredBySchema(path),
    sharedBy: countSharing(view, path),
  }
}

const controls: Readonly<Record<FieldKind, FieldControl>> = {
  line: 'line', number: 'line', minimum: 'line', text: 'text', localised: 'text', choice: 'choice', 'yes-no': 'choice', several: 'several',
}

/** Parts of a name are encoded, because signs of a legend can be anything. */
export function fieldName (path: EntryPath): string {
  return path.map(step => encodeURIComponent(step)).join('/')
}

export function parseFieldName (name: string): EntryPath {
  return name.split('/').map(decodeURIComponent)
}

function partOf (value: unknown, part: 'de' | 'en'): unknown {
  return valueAt(value, [part])
}

function inEnglish ({ de, en }: Localised): Localised {
  return { de: `${de} (englisch)`, en: `${en ?? de} (English)` }
}

/** As people type it: a decimal comma, „keine“. */
function formatValue (value: unknown, kind: FieldKind): string {
  if (kind === 'several') return Array.isArray(value) ? value.join(' ') : ''
  if (kind === 'minimum' && value === 'none') return 'keine'
  if (kind === 'number' && typeof value === 'number') return String(value).replace('.', ',')
  return shownText(value)
}

function shownText (value: unknown): string {
  if (value === undefined || value === null || typeof value === 'object') return ''
  const text = String(value as string | number | boolean)
  return text.includes(gapMark) ? '' : text
}

function choicesOf (view: ProjectView, { kind, says = {}, from }: FieldForm, node: SchemaNode | undefined): FieldChoice[] {
  if (kind === 'yes-no') return [{ value: 'true', label: { de: 'ja', en: 'yes' } }, { value: 'false', label: { de: 'nein', en: 'no' } }]
  if (from !== undefined) return entriesOf(view, from)
  const values = kind === 'several' ? node?.items?.enum : node?.enum
  return kind === 'choice' || kind === 'several' ? (values ?? Object.keys(says)).map(value => ({ value, label: says[value] ?? { de: value } })) : []
}

function entriesOf ({ value }: ProjectView, from: ChoicesFrom): FieldChoice[] {
  const entries = valueAt(value, [from === 'counts' ? 'indicators' : from])
  if (!Array.isArray(entries)) return []
  return entries.flatMap((entry: unknown): FieldChoice[] => {
    const id = nameOf(entry)
    if (id === undefined || (from === 'counts' && valueAt(entry, ['kind']) !== 'count')) return []
    return [{ value: id, label: labelOf(entry) ?? { de: id } }]
  })
}

/** What an entry is called for people: its label or its title. */
export function labelOf (entry: unknown): Localised | undefined {
  const label = valueAt(entry, ['label']) ?? valueAt(entry, ['title'])
  if (typeof label === 'string') return { de: label }
  const [de, en] = [partOf(label, 'de'), partOf(label, 'en')]
  return typeof de !== 'string' ? undefined : { de, ...typeof en === 'string' && { en } }
}

/** What was typed, as it belongs into the project file; undefined takes the entry away. What is no number stays text, for the schema to refuse. */
export function toEntryValue (typed: string, kind: FieldKind): string | number | boolean | readonly string[] | undefined {
  if (typed === '') return undefined
  if (kind === 'yes-no') return typed === 'true' ? true : typed === 'false' ? false : typed
  if (kind === 'several') return typed.split(' ')
  if (kind === 'minimum' && /^(keine|none)$/i.test(typed)) return 'none'
  if ((kind === 'number' || kind === 'minimum') && /^-?\d+([.,]\d+)?$/.test(typed)) return Number(typed.replace(',', '.'))
  return typed
}
