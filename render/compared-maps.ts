import type { Edition, Language } from '../core/edition.ts'
import { findSeries } from '../core/edition.ts'
import { plainView } from '../core/view.ts'
import { mapSvg } from './svg/map.ts'
import { viewPicture } from './view-blocks.ts'
import { findView, inlineAreaLimit, type ViewData } from './view-data.ts'
import { keyEntries, type KeyEntry } from './view-parts.ts'

/** A view of two editions, to be put side by side. */
export interface ComparedMaps {
  readonly before: ComparedMap
  readonly after: ComparedMap
}

export interface ComparedMap {
  /** `<svg>`, whose ids begin with the side it stands on. */
  readonly svg: string
  readonly key: readonly KeyEntry[]
}

export interface ComparedView {
  readonly indicator: string
  readonly level: string
  readonly period: string
}

/**
 * Both maps with the classes of the later edition, widened so far that every value of both has one: the same colour says the same.
 * Undefined where one of the editions cannot show the view, and where a level has too many areas for a drawing in a page.
 */
export function compareMaps (before: Edition, after: Edition, view: ComparedView, language: Language): ComparedMaps | undefined {
  const breaks = sharedBreaks(before, after, view)
  if (breaks.length < 2) return undefined
  const [old, now] = [before, after].map(edition => findShared(edition, view, breaks, language))
  if (!old || !now || Math.max(old.areas.length, now.areas.length) > inlineAreaLimit) return undefined
  return { before: draw(old, 'before'), after: draw(now, 'after') }
}

function sharedBreaks (before: Edition, after: Edition, { level, indicator }: ComparedView): number[] {
  const [old, now] = [findSeries(before, level, indicator), findSeries(after, level, indicator)]
  if (!old || !now) return []
  const printed = [old, now].flatMap(({ values }) => values.flat()).filter(value => value !== null)
  const { breaks } = now.classes
  if (printed.length === 0 || breaks.length < 2) return []
  const [least, greatest] = [printed.reduce((a, b) => Math.min(a, b)), printed.reduce((a, b) => Math.max(a, b))]
  return [Math.min(least, breaks[0]!), ...breaks.slice(1, -1), Math.max(greatest, breaks.at(-1)!)]
}

function findShared (edition: Edition, { indicator, level, period }: ComparedView, breaks: readonly number[], language: Language): ViewData | undefined {
  return findView(edition, { ...plainView({ atlas: edition.atlas.id, indicator, period }), level, language, classes: { method: 'manual', breaks } }).data
}

function draw (data: ViewData, idPrefix: string): ComparedMap {
  return { svg: mapSvg({ ...viewPicture(data, idPrefix), areaIdPrefix: `${idPrefix}-a` }), key: keyEntries(data) }
}
