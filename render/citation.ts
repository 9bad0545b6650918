import type { DeliveryFacts, Edition, Language, Licence } from '../core/edition.ts'
import type { Indicator } from '../core/indicator.ts'
import type { ViewData } from './view-data.ts'
import { formatDate, formatPeriod, getTexts } from '../core/text.ts'

/** Where a figure comes from: what every page, picture and export of it must carry. */
export interface Citation {
  readonly edition: string
  /** Stand: the reference date of the values, in words. */
  readonly asOf: string
  readonly sources: readonly string[]
  /** Licences of the sources, each once; the atlas's own where they have none. */
  readonly licences: readonly Licence[]
  readonly isSynthetic: boolean
}

export function citeView ({ edition, deliveries, period, language, indicatorPeriod, areaLevel }: ViewData): Citation {
  const { denominatorDate } = indicatorPeriod
  const { frame, indicator: { denominatorDate: denominator } } = getTexts(language)
  const cited = citeDeliveries(edition, deliveries, language)
  return {
    edition: edition.id,
    asOf: denominatorDate === null
      ? formatPeriod(period, language)
      : `${formatPeriod(period, language)} (${denominator}: ${formatDate(denominatorDate, language)})`,
    ...cited,
    sources: areaLevel.attribution === null ? cited.sources : [...cited.sources, `${frame.boundaries}: ${areaLevel.attribution}`],
  }
}

/** All deliveries behind an indicator, in the order of the edition. */
export function indicatorDeliveries (edition: Edition, indicator: Indicator): DeliveryFacts[] {
  const ids = new Set(indicator.periods.flatMap(({ deliveries }) => deliveries))
  return edition.deliveries.filter(({ id }) => ids.has(id))
}

export function citeDeliveries (edition: Edition, deliveries: readonly DeliveryFacts[], language: Language): Pick<Citation, 'sources' | 'licences' | 'isSynthetic'> {
  const { frame } = getTexts(language)
  const licences = deliveries.length === 0 ? [edition.atlas.licence] : deliveries.map(({ licence }) => licence)
  return {
    sources: deliveries.map(({ attribution, title, extractedOn }) =>
      `${attribution}: ${title}${extractedOn === null ? '' : ` (${frame.extractedOn} ${formatDate(extractedOn, language)})`}`),
    licences: licences.filter((licence, i) => licences.findIndex(({ url, name }) => url === licence.url && name === licence.name) === i),
    isSynthetic: edition.atlas.dataStatus === 'synthetic',
  }
}
