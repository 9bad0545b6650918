import type { Area, Level } from '../core/area.ts'
import type { Assessment, Edition, Language, Licence } from '../core/edition.ts'
import type { CellJson } from './cell-json.ts'
import type { Notice } from './notice.ts'
import type { Site } from './site.ts'
import { localise } from '../core/edition.ts'
import { pagePermalink } from './address.ts'
import { findAssessment } from './assessment-blocks.ts'
import { findParent, listFigures } from './area-data.ts'
import { cellJson } from './cell-json.ts'
import { citeDeliveries, indicatorDeliveries } from './citation.ts'
import { profileNotes } from './profile-notes.ts'
import { noticeOf } from './notice.ts'
import { findReferences, referenceJson, type ReferenceJson } from './references.ts'

/** The profile of one area for programs. */
export interface AreaJson extends Notice {
  readonly area: string
  readonly name: string
  readonly level: string
  readonly parent: { readonly level: string, readonly area: string, readonly name: string } | null
  readonly boundariesFrom: string
  readonly boundariesTo: string | null
  /** What changed when these boundaries began; left out where nothing is said. */
  readonly recut?: string
  readonly atlas: string
  readonly edition: string
  readonly permalink: string
  readonly isSynthetic: boolean
  /** What the town says beside the figures; left out where it says nothing. */
  readonly assessment?: Omit<Assessment, 'level' | 'area'>
  /** Newest period of every indicator. */
  readonly values: ReadonlyArray<{
    readonly indicator: string
    readonly theme: string
    readonly label: string
    readonly unit: string
    readonly period: string
    readonly sources: readonly string[]
    readonly licences: readonly Licence[]
    /** The whole town in the same period. */
    readonly town: CellJson | null
    /** What must be read with the figure; left out where there is nothing. */
    readonly notes?: readonly string[]
    /** Areas beyond the map; left out where there are none. */
    readonly references?: readonly ReferenceJson[]
  } & CellJson>
}

export function areaJson (edition: Edition, level: Level, area: Area, site: Site, language: Language = edition.atlas.language): AreaJson {
  const parent = findParent(edition, level, area)
  const found = findAssessment(edition, level, area)
  return {
    area: area.id,
    name: area.name,
    level: level.id,
    parent: parent ? { level: parent.level.id, area: parent.area.id, name: parent.area.name } : null,
    boundariesFrom: level.validFrom,
    boundariesTo: level.validTo,
    ...(level.recut && { recut: localise(level.recut, language) }),
    atlas: edition.atlas.title,
    edition: edition.id,
    permalink: pagePermalink(edition, `/${edition.atlas.id}/gebiet/${level.id}/${area.id}`, site),
    isSynthetic: edition.atlas.dataStatus === 'synthetic',
    ...noticeOf(edition, language),
    ...(found && { assessment: withoutPlace(found) }),
    values: listFigures(edition, level, area).flatMap(({ theme, figures }) => figures.map(({ indicator, period, cell, town }) => {
      const { sources, licences } = citeDeliveries(edition, indicatorDeliveries(edition, indicator), language)
      const notes = profileNotes(edition, level, area, { indicator, period }, language)
      const references = findReferences(edition, { indicator, period })
      return {
        indicator: indicator.id,
        theme: theme.id,
        label: localise(indicator.label, language),
        unit: localise(indicator.unit, language),
        period,
        ...cellJson(cell),
        town: town && cellJson(town),
        sources,
        licences,
        ...(notes.length > 0 && { notes }),
        ...(references.length > 0 && { references: references.map(reference => referenceJson(reference, language)) }),
      }
    })),
  }
}

function withoutPlace ({ level: _, area: __, ...rest }: Assessment): Omit<Assessment, 'level' | 'area'> {
  return rest
}
