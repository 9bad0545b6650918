import type { Area, Level } from '../core/area.ts'
import type { Edition, Language, Remark } from '../core/edition.ts'
import type { Indicator } from '../core/indicator.ts'
import type { Block, NoteItem, StatedDate } from './blocks.ts'
import { findSeries, localise } from '../core/edition.ts'
import { getPeriod } from '../core/period.ts'
import { listShownRemarks, markLetter } from '../core/remark.ts'
import { formatDate, formatPeriod, getTexts } from '../core/text.ts'
import { findReferences, referenceTable } from './references.ts'

/** Figures of one indicator; of one level, period or area only where these are given. */
export interface ReadFigures {
  readonly indicator: Indicator
  readonly level?: Level
  readonly period?: string
  readonly area?: Area
}

/** A remark about single areas, with the letter that marks their rows. */
export interface MarkedNote {
  readonly mark: string
  /** With the names of the areas before it. */
  readonly text: string
  /** Without them, for a place that is the area's own. */
  readonly ownText: string
  /** Ids of areas whose value is printed. */
  readonly areas: readonly string[]
}

/** What must be read with figures, a sentence each: accepted findings, estimates, breaks in the series, new boundaries. */
export function readingNotes (edition: Edition, figures: ReadFigures, language: Language): string[] {
  return [...new Set([...markedNotes(edition, figures, language).map(({ text }) => text), ...generalNotes(edition, figures, language)])]
}

/** Those about all areas. */
export function generalNotes (edition: Edition, figures: ReadFigures, language: Language): string[] {
  const texts = getTexts(language).reading
  const { indicator, level } = figures
  return [...new Set([
    ...findRemarks(edition, figures).filter(({ area }) => area === null).map(({ text }) => localise(text, language)),
    ...(indicator.changes ?? []).map(({ from, note }) => texts.changed(formatPeriod(from, language), localise(note, language))),
    ...(level?.recut ? [texts.recut(formatDate(level.validFrom, language), localise(level.recut, language))] : []),
  ])]
}

/** Those about single areas of one level; areas with the same remark share its letter. */
export function markedNotes (edition: Edition, figures: ReadFigures, language: Language): MarkedNote[] {
  const { level, area: only } = figures
  if (!level) return []
  const areasOf = new Map<string, string[]>()
  for (const remark of findRemarks(edition, figures)) {
    if (remark.area === null || (only && remark.area !== only.id) || !isPrinted(edition, figures, remark.area)) continue
    const text = localise(remark.text, language)
    areasOf.set(text, [...areasOf.get(text) ?? [], remark.area])
  }
  const order = new Map(level.areas.map(({ id, name }, index) => [id, { index, name }]))
  const sorted = [...areasOf].map(([text, ids]) => ({ text, ids: [...new Set(ids)].filter(id => order.has(id)).toSorted((a, b) => order.get(a)!.index - order.get(b)!.index) }))
    .filter(({ ids }) => ids.length > 0).toSorted((a, b) => order.get(a.ids[0]!)!.index - order.get(b.ids[0]!)!.index)
  return sorted.map(({ text, ids }, index) => ({
    mark: markLetter(index),
    text: getTexts(language).reading.ofArea(ids.map(id => order.get(id)!.name).join(', '), text),
    ownText: text,
    areas: ids,
  }))
}

/** A row without a value has no mark: a remark would tell about it. Where no period is asked for, the remark names its own. */
function isPrinted (edition: Edition, { indicator, level, period }: ReadFigures, area: string): boolean {
  if (!level || period === undefined) return true
  const series = findSeries(edition, level.id, indicator.id)
  return series?.statuses[series.periods.indexOf(period)]?.[level.areas.findIndex(({ id }) => id === area)] === 'o'
}

/** Remarks that concern the figures; those of one level or period also where none is asked for. */
export function findRemarks (edition: Edition, { indicator, level, period }: ReadFigures): Remark[] {
  const concerns = (own: string | null, asked: string | undefined) => own === null || asked === undefined || own === asked
  return listShownRemarks(edition).filter(remark => concerns(remark.indicator, indicator.id) && concerns(remark.level, level?.id) && concerns(remark.period, period))
}

/** The day of census figures, which is easily overlooked and years ago; null for all others. */
export function statedDate (edition: Edition, figures: ReadFigures & { readonly period: string }, language: Language): StatedDate | null {
  const { reading } = getTexts(language)
  return findRemarks(edition, figures).some(({ kind, area }) => kind === 'census' && area === null)
    ? { label: reading.censusDate, date: formatDate(getPeriod(figures.period).to, language), hint: reading.censusHint }
    : null
}

/** Notes and reference areas of a view, under their headings; nothing where there are none. `marked` are those whose rows are shown. */
export function readingBlocks (edition: Edition, figures: ReadFigures & { readonly period: string }, marked: readonly MarkedNote[], language: Language): Block[] {
  const texts = getTexts(language).reading
  const items: NoteItem[] = [...generalNotes(edition, figures, language).map(text => ({ mark: null, text })), ...marked]
  const references = findReferences(edition, figures)
  return [
    ...notesBlocks(items, language),
    ...references.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: texts.references } as const,
          referenceTable(references.map(reference => ({ ...reference, indicator: figures.indicator, period: figures.period })), texts.referencesCaption(localise(figures.indicator.label, language)), language),
          { kind: 'text', role: 'small', parts: [texts.referencesHint] } as const,
        ],
  ]
}

export function notesBlocks (items: readonly NoteItem[], language: Language): Block[] {
  return items.length === 0 ? [] : [{ kind: 'heading', level: 2, text: getTexts(language).reading.heading }, { kind: 'notes', items }]
}
