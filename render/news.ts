import type { Localised } from '../core/area.ts'
import type { EditionNews, PeriodNews } from '../core/compare/news.ts'
import type { Language } from '../core/edition.ts'
import { localise } from '../core/edition.ts'
import { formatNumber } from '../core/number.ts'
import { formatPeriod, getTexts } from '../core/text.ts'
import { markup, when, type Markup } from './markup.ts'

/** What is new in an edition: said by whoever published it, and counted by the program. */
export interface NewsFacts {
  readonly note: Localised | null
  readonly changes: EditionNews | null
}

/** Null where there is nothing to say. The note is text: what looks like markup in it is shown as it was typed. */
export function newsHtml ({ note, changes }: NewsFacts, language: Language): Markup | null {
  const { start: texts } = getTexts(language)
  const lines = changes === null ? [] : changeLines(changes, language)
  if (note === null && lines.length === 0) return null
  const paragraphs = note === null ? [] : localise(note, language).split(/\n+/).filter(text => text.trim() !== '')
  return markup`
<section class="news" aria-labelledby="new-heading">
<h2 id="new-heading">${texts.new}</h2>
${paragraphs.map(text => markup`<p${when(note!.en === undefined && language === 'en', () => markup` lang="de"`)}>${text}</p>`)}${when(lines.length > 0, () => markup`
<ul>${lines.map(line => markup`<li>${line}</li>`)}</ul>`)}
</section>`
}

function changeLines ({ newIndicators, newPeriods, restated }: EditionNews, language: Language): string[] {
  const { start: texts } = getTexts(language)
  const periods = (list: readonly PeriodNews[]) => shorten(list.map(({ period, indicators }) =>
    `${formatPeriod(period, language)} (${texts.ofIndicators(formatNumber(indicators, { decimals: 0, language }), indicators === 1)})`))
  return [
    ...newIndicators.length === 0 ? [] : [`${texts.newIndicators}: ${shorten(newIndicators.map(label => localise(label, language)))}`],
    ...newPeriods.length === 0 ? [] : [`${texts.newPeriods}: ${periods(newPeriods)}`],
    ...restated.length === 0 ? [] : [`${texts.restated}: ${periods(restated)}`],
  ]
}

/** So many are read on a start page. */
const namedItems = 12

function shorten (items: readonly string[]): string {
  return items.length > namedItems ? `${items.slice(0, namedItems).join(', ')} …` : items.join(', ')
}
