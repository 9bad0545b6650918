import type { Localised } from '../../core/area.ts'
import type { EntryPath } from '../set-path.ts'
import { describedForms } from './described.ts'
import type { FieldForm, FormName } from './field-form.ts'
import type { FormSection, FormState } from './field.ts'
import { labelOf, makeFields } from './make-field.ts'
import { listGaps, nameOf, valueAt, type ProjectView } from './project-view.ts'
import { isRequiredBySchema } from './schema-node.ts'

/** A field together with the place of the entry that its path starts at. */
export interface PlacedField { readonly base: EntryPath, readonly form: FieldForm }

interface PlacedSection { readonly title: Localised | null, readonly fields: readonly PlacedField[] }

/** What a form asks for: one of the described ones for one entry, or whatever is still open anywhere. */
export type FormAsked = { readonly form: FormName, readonly item: string | null } | { readonly form: 'open' }

/** Undefined where the project file has no such entry. */
export function makeForm (view: ProjectView, asked: FormAsked): FormState | undefined {
  const sections = listPlaced(view, asked)
  return sections && {
    title: titleOf(view, asked),
    sections: sections.map(({ title, fields }): FormSection => ({ title, fields: fields.flatMap(({ base, form }) => makeFields(view, base, form)) })),
  }
}

/** The fields of a form and where each belongs. */
export function listPlaced (view: ProjectView, asked: FormAsked): PlacedSection[] | undefined {
  if (asked.form === 'open') return listOpen(view)
  const { list, fields, rows } = describedForms[asked.form]
  if ((list === null) !== (asked.item === null)) return undefined
  const base: EntryPath = list === null ? [] : [list, asked.item!]
  const entry = valueAt(view.value, base)
  if (entry === undefined || (list !== null && nameOf(entry) !== asked.item)) return undefined
  const placed = (at: EntryPath, forms: readonly FieldForm[]) => forms.filter(({ where }) => !where || valueAt(entry, where) !== undefined).map(form => ({ base: at, form }))
  return [
    { title: null, fields: placed(base, fields) },
    ...rows.map(({ path, title, fields: columns }): PlacedSection => {
      const there = valueAt(view.value, [...base, ...path])
      const count = Array.isArray(there) ? there.length : 0
      return { title, fields: Array.from({ length: count + 1 }, (_, row) => placed([...base, ...path, String(row)], columns)).flat() }
    }),
  ]
}

function titleOf (view: ProjectView, asked: FormAsked): Localised {
  if (asked.form === 'open') return { de: 'Noch auszufüllen', en: 'Still to fill in' }
  const { list, title } = describedForms[asked.form]
  if (list === null) return title
  const name = labelOf(valueAt(view.value, [list, asked.item!])) ?? { de: asked.item! }
  return { de: `${title.de}: ${name.de}`, en: `${title.en ?? title.de}: ${name.en ?? name.de}` }
}

/** Marks that a scaffold left, and what the schema wants and nobody wrote, together for each entry. */
function listOpen (view: ProjectView): PlacedSection[] {
  const sections = new Map<string, { readonly title: Localised | null, readonly fields: PlacedField[] }>()
  for (const path of [...listGaps(view), ...listMissing(view)]) {
    const base = isListed(path[0]) ? path.slice(0, 2) : []
    const key = base.join('/')
    const section = sections.get(key) ?? { title: sectionTitle(view, base), fields: [] }
    sections.set(key, section)
    if (!section.fields.some(({ form }) => form.path.join('/') === path.slice(base.length).join('/'))) section.fields.push({ base, form: describe(path, base.length) })
  }
  return [...sections.values()]
}

function isListed (list: unknown): boolean {
  return list === 'levels' || list === 'indicators' || list === 'deliveries'
}

function sectionTitle (view: ProjectView, base: EntryPath): Localised | null {
  if (base.length === 0) return describedForms.atlas.title
  const form = Object.values(describedForms).find(({ list }) => list === base[0])!
  const name = labelOf(valueAt(view.value, base)) ?? { de: String(base[1]) }
  return { de: `${form.title.de}: ${name.de}`, en: `${form.title.en}: ${name.en ?? name.de}` }
}

/** Described fields that must be there and are not. */
function listMissing (view: ProjectView): EntryPath[] {
  return Object.values(describedForms).flatMap(({ list, fields }) => {
    const entries = list === null ? [[]] : entryPaths(view, list)
    return entries.flatMap(base => fields.filter(({ path, where }) => where === undefined && isRequiredBySchema([...base, ...path]) && isAbsent(view, base, path)).map(({ path }) => [...base, ...path]))
  })
}

/** Of `licence.name` only where there is no licence at all, or one without a name. */
function isAbsent (view: ProjectView, base: EntryPath, path: EntryPath): boolean {
  return valueAt(view.value, [...base, ...path]) === undefined
}

function entryPaths ({ value }: ProjectView, list: string): EntryPath[] {
  const entries = valueAt(value, [list])
  return Array.isArray(entries) ? entries.flatMap(entry => nameOf(entry) === undefined ? [] : [[list, nameOf(entry)!]]) : []
}

/** The description of a place; one that nobody described is asked for by its key. */
function describe (path: EntryPath, depth: number): FieldForm {
  const own = path.slice(depth)
  const known = Object.values(describedForms).filter(({ list }) => list === (depth === 0 ? null : path[0]))
    .flatMap(({ fields }) => fields).find(field => field.path.join('/') === own.join('/'))
  if (known) return known
  if (own[0] === 'legend') return describeSign(String(own[1]))
  return { path: own, kind: 'line', label: { de: own.join(' – ') } }
}

function describeSign (sign: string): FieldForm {
  return {
    path: ['legend', sign],
    kind: 'choice',
    label: sign === '' ? { de: 'Was bedeuten leere Zellen?', en: 'What do blank cells mean?' } : { de: `Was bedeutet „${sign}“ in einer Zelle?`, en: `What does "${sign}" in a cell mean?` },
    help: { de: 'So, wie der Datenhalter es meint; im Zweifel „gesperrt“.', en: 'As the publisher means it; when in doubt "suppressed".' },
    says: {
      zero: { de: 'keine Fälle (0)', en: 'no cases (0)' },
      suppressed: { de: 'gesperrt, weil die Zahl klein ist', en: 'suppressed because the count is small' },
      'not-delivered': { de: 'nicht geliefert', en: 'not delivered' },
    },
  }
}
