import type { Localised } from '../../core/area.ts'
import { readCatalogue, listOperands, type CatalogueEntry } from '../../pipeline/catalogue/catalogue.ts'
import { setPath } from '../set-path.ts'
import { makeForm } from './make-form.ts'
import { labelOf } from './make-field.ts'
import { nameOf, valueAt, type ProjectView } from './project-view.ts'

/** What of a project has a form of its own. */
export interface ProjectOutline {
  /** Fields that are still to be filled in. */
  readonly open: number
  readonly levels: readonly OutlineEntry[]
  readonly indicators: readonly OutlineEntry[]
  readonly deliveries: readonly OutlineEntry[]
}

export interface OutlineEntry {
  readonly id: string
  readonly label: Localised
  /** Whether it stands in the project file, not in a workbook beside it. */
  readonly isOwn: boolean
}

/** An indicator of the catalogue that the project does not have yet. */
export interface CatalogueOffer {
  readonly id: string
  readonly label: Localised
  readonly definition: Localised
  /** Who usually delivers it. */
  readonly source: Localised
  /** Counts that come with it, because it is computed from them. */
  readonly with: readonly Localised[]
}

export function outlineProject (view: ProjectView): ProjectOutline {
  const fields = makeForm(view, { form: 'open' })!.sections.flatMap(section => section.fields)
  // The English text is never what is missing.
  return { open: fields.filter(({ isRequired, name }) => isRequired || !name.endsWith('/en')).length, levels: entriesOf(view, 'levels'), indicators: entriesOf(view, 'indicators'), deliveries: entriesOf(view, 'deliveries') }
}

function entriesOf (view: ProjectView, list: string): OutlineEntry[] {
  const own = new Set(listOf(view.document.toJS(), list).map(nameOf))
  return listOf(view.value, list).flatMap((entry): OutlineEntry[] => {
    const id = nameOf(entry)
    return id === undefined ? [] : [{ id, label: labelOf(entry) ?? { de: id }, isOwn: own.has(id) }]
  })
}

function listOf (value: unknown, list: string): readonly unknown[] {
  const entries = valueAt(value, [list])
  return Array.isArray(entries) ? entries : []
}

/** Entries whose texts hold every word; all where nothing is sought. */
export function searchCatalogue (view: ProjectView, text: string): CatalogueOffer[] {
  const { indicators, sources } = readCatalogue()
  const used = usedIds(view)
  const words = text.toLowerCase().split(/\s+/).filter(word => word !== '')
  return indicators.filter(({ id }) => !used.has(id))
    .filter(({ id, label, definition, theme }) => words.every(word => [id, label.de, label.en, definition.de, theme].some(part => part.toLowerCase().includes(word))))
    .map(entry => ({ id: entry.id, label: entry.label, definition: entry.definition, source: sources[entry.source] ?? { de: entry.source }, with: missingOperands(entry, used).map(({ label }) => label) }))
}

/** The text of the project file with an entry of the catalogue and what it is computed from. @throws RangeError where it has it, or there is none */
export function addFromCatalogue (view: ProjectView, id: string): string {
  const used = usedIds(view)
  const entry = readCatalogue().indicators.find(one => one.id === id)
  if (!entry || used.has(id)) throw new RangeError('no such entry of the catalogue')
  const first = listOf(view.document.toJS(), 'indicators').length
  return [entry, ...missingOperands(entry, used)].reduce((text, { id: use }, index) => setPath(text, ['indicators', String(first + index)], { use }), view.text)
}

function missingOperands (entry: CatalogueEntry, used: ReadonlySet<string>): CatalogueEntry[] {
  return listOperands(entry).filter(id => !used.has(id)).flatMap(id => readCatalogue().indicators.filter(one => one.id === id))
}

/** Under its own name or that of the catalogue. */
function usedIds (view: ProjectView): Set<string> {
  return new Set(['id', 'use'].flatMap(key => [...listOf(view.value, 'indicators'), ...listOf(view.document.toJS(), 'indicators')].map(entry => String(valueAt(entry, [key])))))
}
