import type { Area, Geometry, Level } from '../core/area.ts'
import type { DeliveryFacts, Edition, Language, Series } from '../core/edition.ts'
import type { Indicator, IndicatorPeriod, Theme } from '../core/indicator.ts'
import type { View } from '../core/view.ts'
import type { ViewFacts } from './view-parts.ts'
import { cellAt, findArea, findCells, findIndicator, findLevel, findReference, findSeries, getGeometry, getLevel, localise } from '../core/edition.ts'
import { comparePeriods } from '../core/period.ts'
import { formatPeriod, getTexts } from '../core/text.ts'
import { chooseClasses } from './view-parts.ts'

/** Everything that the formats of a view have in common: what an edition holds for it. */
export interface ViewData extends ViewFacts {
  readonly edition: Edition
  /** As asked for: its level is null where it is the default one. */
  readonly view: View
  readonly indicator: Indicator
  readonly indicatorPeriod: IndicatorPeriod
  readonly areaLevel: Level
  readonly geometry: Geometry
  readonly series: Series
  readonly deliveries: readonly DeliveryFacts[]
  /** Chosen areas of the view that the level has, in the order of choosing. */
  readonly chosen: readonly Area[]
}

/** Why an edition cannot show a view, in words, and the view that comes nearest. */
export interface ViewFault {
  readonly parameter: 'indicator' | 'period' | 'ebene' | 'gebiete' | 'zweite' | 'seite'
  /** 404 for what the path names, 400 for a query that does not fit to it. */
  readonly status: 404 | 400
  readonly detail: string
  /** Null where not even the indicator is known; the start page is nearest then. */
  readonly nearest: View | null
}

export type FoundView = { readonly data: ViewData, readonly fault?: undefined } | { readonly data?: undefined, readonly fault: ViewFault }

/** Above this many areas the picture is a file of its own and the table has pages. */
export const inlineAreaLimit = 1500

/** Rows on one page of a long table. */
export const rowsPerPage = 200

/** Finds what a view shows, or says what is wrong with it. Never throws for input from outside. */
export function findView (edition: Edition, view: View): FoundView {
  const language = view.language ?? edition.atlas.language
  const texts = getTexts(language)
  const fault = (parameter: ViewFault['parameter'], status: ViewFault['status'], detail: string, nearest: View | null): FoundView =>
    ({ fault: { parameter, status, detail, nearest } })
  const periodText = formatPeriod(view.period, language)

  const indicator = findIndicator(edition, view.indicator)
  if (!indicator) return fault('indicator', 404, texts.error.unknownIndicator(view.indicator), null)

  if (view.level !== null && !findLevel(edition, view.level)) {
    const available = listLevels(edition, indicator.id).map(level => level.id).join(', ')
    return fault('ebene', 404, texts.error.unknownLevel(view.level, available), { ...view, level: null, areas: [], page: 1 })
  }
  const level = view.level === null ? defaultLevel(edition, indicator.id, view.period) : getLevel(edition, view.level)
  const series = level && findSeries(edition, level.id, indicator.id)
  const cells = series && findCells(series, view.period)
  if (!level || !series || !cells) return { fault: noValues(edition, indicator, view, language) }

  const chosen = view.areas.map(id => findArea(level, id))
  if (chosen.includes(undefined)) {
    const unknown = view.areas.filter((_, i) => chosen[i] === undefined)
    return fault('gebiete', 400, texts.error.unknownArea(unknown.join(', ')), { ...view, areas: view.areas.filter((_, i) => chosen[i]) })
  }
  if (view.second !== null && !findIndicator(edition, view.second)) {
    return fault('zweite', 400, texts.error.unknownIndicator(view.second), { ...view, second: null })
  }
  const pages = countPages(level)
  if (view.page > pages) {
    return fault('seite', 404, texts.error.unknownPage(String(view.page), String(pages)), { ...view, page: pages })
  }

  const indicatorPeriod = indicator.periods.find(({ period }) => period === view.period) ??
    { period: view.period, referenceDate: view.period, denominatorDate: null, deliveries: [] }
  return {
    data: {
      edition,
      view,
      language,
      indicator,
      indicatorPeriod,
      period: view.period,
      areaLevel: level,
      geometry: getGeometry(edition, level),
      level: localise(level.label, language),
      levelPlural: localise(level.labelPlural, language),
      areas: level.areas,
      cells,
      classes: chooseClasses(series.classes, view.classes, () => series.values.flat().filter(value => value !== null)),
      series,
      deliveries: edition.deliveries.filter(({ id }) => indicatorPeriod.deliveries.includes(id)),
      town: townFacts(edition, level, indicator.id, view.period, language),
      chosen: chosen.flatMap(area => area ? [area] : []),
    },
  }

  function noValues (edition: Edition, indicator: Indicator, view: View, language: Language): ViewFault {
    const levels = listLevels(edition, indicator.id).filter(level => findSeries(edition, level.id, indicator.id)!.periods.includes(view.period))
    const newest = newestView(edition, indicator.id, view)
    if (levels.length > 0 && view.level !== null) {
      const asked = localise(getLevel(edition, view.level).label, language)
      const names = levels.map(level => localise(level.label, language)).join(', ')
      return { parameter: 'ebene', status: 404, detail: texts.error.otherLevel({ asked, period: periodText, levels: names }), nearest: { ...view, level: null, areas: [], page: 1 } }
    }
    const available = [...new Set(listLevels(edition, indicator.id).flatMap(level => findSeries(edition, level.id, indicator.id)!.periods))].toSorted(comparePeriods)
    const shown = available.map(period => formatPeriod(period, language)).join(', ')
    return { parameter: 'period', status: 404, detail: texts.error.unknownPeriod(periodText, shown), nearest: newest }
  }
}

/** @throws RangeError for a view that the edition cannot show; use `findView` for input from outside */
export function getView (edition: Edition, view: View): ViewData {
  const { data, fault } = findView(edition, view)
  if (!data) throw new RangeError(`cannot show ${view.indicator} ${view.period}: ${fault.detail}`)
  return data
}

/** Levels that have values of an indicator, in the order of the edition. */
export function listLevels (edition: Edition, indicatorId: string): Level[] {
  return edition.levels.filter(level => findSeries(edition, level.id, indicatorId))
}

/** Themes with their indicators that have values, in the order of the edition. */
export function listThemes (edition: Edition): Array<{ theme: Theme, indicators: Indicator[] }> {
  return edition.themes.flatMap(theme => {
    const indicators = edition.indicators.filter(indicator => indicator.theme === theme.id && listLevels(edition, indicator.id).length > 0)
    return indicators.length === 0 ? [] : [{ theme, indicators }]
  })
}

/** The level shown when none was asked for: the first that has the indicator in the period. */
export function defaultLevel (edition: Edition, indicatorId: string, period: string): Level | undefined {
  return listLevels(edition, indicatorId).find(level => findSeries(edition, level.id, indicatorId)!.periods.includes(period))
}

/** The newest period of an indicator, on the level asked for where it has one, else on the first; null without values. */
export function newestView (edition: Edition, indicatorId: string, like: View): View | null {
  const levels = listLevels(edition, indicatorId)
  const level = levels.find(({ id }) => id === like.level) ?? levels[0]
  const period = level && findSeries(edition, level.id, indicatorId)!.periods.at(-1)
  if (!level || period === undefined) return null
  const isDefault = defaultLevel(edition, indicatorId, period) === level
  return { ...like, indicator: indicatorId, period, level: isDefault ? null : level.id, areas: level.id === like.level ? like.areas : [], page: 1 }
}

/** Pages of the table of a level. */
export function countPages (level: Level): number {
  return level.areas.length <= inlineAreaLimit ? 1 : Math.ceil(level.areas.length / rowsPerPage)
}

function townFacts (edition: Edition, level: Level, indicatorId: string, period: string, language: Language): ViewData['town'] {
  const reference = findReference(edition)
  if (!reference || reference.level.id === level.id) return null
  const series = findSeries(edition, reference.level.id, indicatorId)
  const row = series?.periods.indexOf(period) ?? -1
  if (!series || row === -1) return null
  return { label: localise(reference.level.label, language), name: reference.area.name, cell: cellAt(series, row, 0) }
}
