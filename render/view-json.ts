import type { Edition, Licence } from '../core/edition.ts'
import type { View } from '../core/view.ts'
import type { CellJson } from './cell-json.ts'
import type { Notice } from './notice.ts'
import type { Site } from './site.ts'
import type { ViewData } from './view-data.ts'
import { localise } from '../core/edition.ts'
import { permalink } from './address.ts'
import { cellJson } from './cell-json.ts'
import { citeView } from './citation.ts'
import { noticeOf } from './notice.ts'
import { readingNotes } from './reading-notes.ts'
import { findReferences, referenceJson, type ReferenceJson } from './references.ts'
import { getView } from './view-data.ts'
import { viewSentence, viewTitle } from './view-parts.ts'

/** A view for programs: numbers as they are, with everything a citation needs. */
export interface ViewJson extends ViewHead {
  readonly breaks: readonly number[]
  readonly method: string
  readonly town: ({ readonly name: string } & CellJson) | null
  /** In area order; all of them, also where the page shows 200. */
  readonly values: ReadonlyArray<{ readonly area: string, readonly name: string } & CellJson>
}

/** What stands at the head of every export of a view. */
export interface ViewHead extends Notice {
  readonly title: string
  readonly sentence: string
  readonly atlas: string
  readonly edition: string
  readonly permalink: string
  readonly asOf: string
  readonly referenceDate: string
  readonly denominatorDate: string | null
  readonly sources: readonly string[]
  readonly licences: readonly Licence[]
  readonly isSynthetic: boolean
  readonly level: string
  readonly boundariesFrom: string
  readonly indicator: string
  readonly label: string
  readonly definition: string
  readonly unit: string
  readonly period: string
  /** What must be read with the figures; left out where there is nothing. */
  readonly notes?: readonly string[]
  /** Areas beyond the map; left out where there are none. */
  readonly references?: readonly ReferenceJson[]
}

export function viewJson (edition: Edition, view: View, site: Site): ViewJson {
  const data = getView(edition, view)
  const { areas, cells, classes: { breaks, method }, town } = data
  return {
    ...viewHead(data, site),
    breaks,
    method,
    town: town && { name: town.name, ...cellJson(town.cell) },
    values: areas.map(({ id, name }, i) => ({ area: id, name, ...cellJson(cells[i]!) })),
  }
}

export function viewHead (data: ViewData, site: Site): ViewHead {
  const { edition, view, indicator, indicatorPeriod, areaLevel, language } = data
  const { asOf, sources, licences, isSynthetic } = citeView(data)
  const notes = readingNotes(edition, { indicator, level: areaLevel, period: view.period }, language)
  const references = findReferences(edition, { indicator, period: view.period })
  return {
    title: viewTitle(data),
    sentence: viewSentence(data),
    atlas: edition.atlas.title,
    edition: edition.id,
    permalink: permalink(edition, view, site),
    asOf,
    referenceDate: indicatorPeriod.referenceDate,
    denominatorDate: indicatorPeriod.denominatorDate,
    sources,
    licences,
    isSynthetic,
    ...noticeOf(edition, language),
    level: areaLevel.id,
    boundariesFrom: areaLevel.validFrom,
    indicator: indicator.id,
    label: localise(indicator.label, language),
    definition: localise(indicator.definition, language),
    unit: localise(indicator.unit, language),
    period: view.period,
    ...(notes.length > 0 && { notes }),
    ...(references.length > 0 && { references: references.map(reference => referenceJson(reference, language)) }),
  }
}
