import type { Edition, Language } from '../core/edition.ts'
import type { View, ViewFormat } from '../core/view.ts'
import type { Site } from './site.ts'
import { formatView, plainView } from '../core/view.ts'
import { toAbsolute } from './site.ts'
import { defaultLevel } from './view-data.ts'

/** Links to the pages of one edition, in the language and edition that the reader is in. */
export interface Addresses {
  /** Not a link but the path itself, which names edition and language only where it must. */
  readonly path: (path: string) => string
  readonly start: string
  readonly privacy: string
  readonly view: (view: View, format?: ViewFormat) => string
  readonly indicator: (indicatorId: string) => string
  readonly area: (levelId: string, areaId: string, extension?: 'json') => string
  /** A view with nothing but indicator, period and level. */
  readonly map: (indicatorId: string, period: string, levelId?: string | null) => string
}

export function makeAddresses (edition: Edition, site: Site, language: Language): Addresses {
  const atlas = edition.atlas.id
  const keep = {
    edition: site.isCurrent ? null : edition.id,
    language: language === edition.atlas.language ? null : language,
  }
  const page = (path: string) => pageAddress(path, keep.edition, keep.language)
  const link = (path: string) => site.toHref(page(path))
  const view = (view: View, format: ViewFormat = 'html') => site.toHref(formatView({ ...view, ...keep }, format))
  return {
    path: page,
    start: link(`/${atlas}`),
    privacy: link(privacyPath(atlas)),
    view,
    indicator: id => link(`/${atlas}/kennzahl/${id}`),
    area: (levelId, areaId, extension) => link(`/${atlas}/gebiet/${levelId}/${areaId}${extension === undefined ? '' : `.${extension}`}`),
    map: (indicator, period, level = null) => {
      const isDefault = level !== null && defaultLevel(edition, indicator, period)?.id === level
      return view({ ...plainView({ atlas, indicator, period }), level: isDefault ? null : level })
    },
  }
}

/** Path of a page without a view; edition and language only where they are not the usual ones (null). */
export function pageAddress (path: string, editionId: string | null, language: Language | null): string {
  const query = [...(editionId === null ? [] : [`ausgabe=${editionId}`]), ...(language === null ? [] : [`sprache=${language}`])]
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

/** The privacy notice, which every page leads to. */
export function privacyPath (atlasId: string): string {
  return `/${atlasId}/datenschutz`
}

/** Paths of a page in both languages; that of the project's own language names none. */
export function pageLanguages (projectLanguage: Language, toPath: (language: Language | null) => string): Array<{ language: Language, path: string }> {
  return (['de', 'en'] as const).map(language => ({ language, path: toPath(language === projectLanguage ? null : language) }))
}

/** The address that shows exactly these figures for as long as the edition is kept. */
export function permalink (edition: Edition, view: View, site: Pick<Site, 'publicUrl'>): string {
  return toAbsolute(site, formatView({ ...view, edition: edition.id }))
}

/** The same for a page without a view. */
export function pagePermalink (edition: Edition, path: string, site: Pick<Site, 'publicUrl'>): string {
  return toAbsolute(site, pageAddress(path, edition.id, null))
}
