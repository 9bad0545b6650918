import type { Difference } from '../../core/compare/differences.ts'
import { findIndicator, localise } from '../../core/edition.ts'
import { formatPeriod } from '../../core/text.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { EditionSummary } from '../../sql/list.ts'
import { nameIndicator, nameLevel, type Comparison, type IndicatorCounts } from '../comparison.ts'
import { formatMoment } from '../moment.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { workshopPage, type PageCall } from './frame.ts'

interface NoComparisonPage extends PageCall {
  readonly atlas: string
  readonly why: 'no-draft' | 'no-current'
}

export function noComparisonPage ({ workshop, visitor, atlas, why }: NoComparisonPage): string {
  const { comparison: texts } = getWorkshopTexts(visitor.language)
  return workshopPage({ workshop, visitor, atlas, title: texts.title, content: markup`<p>${texts[why]}</p>` })
}

interface ComparisonPage extends PageCall {
  readonly atlas: string
  readonly comparison: Comparison
  /** Drafts that could be compared instead. */
  readonly others: readonly EditionSummary[]
}

/** What would change for readers: counts first, lists on demand. */
export function comparisonPage (call: ComparisonPage): string {
  const { workshop, visitor, atlas, comparison, others } = call
  const { before, after, differences, texts: sentences, indicators } = comparison
  const { comparison: texts, overview } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    content: markup`<p class="lead">${texts.lead(before.id, after.id, overview.audiences[after.audience])}</p>
<p>${texts.printed}</p>
<p><a href="${at(workshop, `${atlas}/entwurf/${after.id}/${atlas}`)}">${overview.openDraft}</a></p>
${when(others.length > 0, () => markup`<p>${texts.others} ${others.map(({ id, audience, savedAt }) =>
  markup`<a href="${at(workshop, `${atlas}/vergleich`)}?entwurf=${id}">${id} (${overview.audiences[audience]}, ${formatMoment(savedAt, visitor.language)})</a> `)}</p>`)}
${when(differences.length + sentences.length === 0, () => markup`<p>${texts.same}</p>`)}
${when(indicators.length > 0, () => markup`<h2>${texts.figures}</h2>
${indicatorsHtml(call)}
<p><a href="${at(workshop, `${atlas}/vergleich.csv`)}?entwurf=${after.id}">${texts.downloadAll}</a></p>`)}
${sectionHtml(texts.areas, differences.flatMap(difference => areaLines(call, difference)))}
${sectionHtml(texts.indicators, differences.flatMap(difference => indicatorLines(call, difference)))}
${sectionHtml(texts.sentences, sentences.map(sentence => {
  const where = sentence.indicator === null ? sentence.level === null ? null : nameLevel(comparison, sentence.level, visitor.language) : nameIndicator(comparison, sentence.indicator, visitor.language)
  return markup`<strong>${texts[sentence.change]}${where === null ? '' : `, ${where}`}:</strong> ${localise(sentence.text, visitor.language)}`
}))}`,
  })
}

function sectionHtml (heading: string, lines: readonly Markup[]): Markup | null {
  return lines.length === 0
    ? null
    : markup`<h2>${heading}</h2>
<ul>${lines.map(line => markup`<li>${line}</li>
`)}</ul>`
}

function indicatorsHtml ({ workshop, visitor: { language }, atlas, comparison }: ComparisonPage): Markup {
  const { comparison: texts } = getWorkshopTexts(language)
  const periods = (list: readonly string[]) => list.map(period => formatPeriod(period, language)).join(', ')
  const cells = ({ changed, appeared, vanished, signs }: IndicatorCounts) => [changed, appeared, vanished, signs].map(count => markup`<td class="numeric">${count === 0 ? '–' : count}</td>`)
  return markup`<div class="table-frame" role="region" aria-label="${texts.figures}" tabindex="0"><table>
<caption class="visually-hidden">${texts.figures}</caption>
<thead><tr>${texts.heads.map(head => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${comparison.indicators.map(counts => markup`<tr><th scope="row"><a href="${at(workshop, `${atlas}/vergleich`)}?entwurf=${comparison.after.id}&amp;kennzahl=${counts.indicator}">${nameIndicator(comparison, counts.indicator, language)}</a></th><td>${
  periods(counts.newPeriods)}</td><td>${periods(counts.vanishedPeriods)}</td><td>${periods(counts.restated)}</td>${cells(counts)}</tr>
`)}</tbody>
</table></div>`
}

function areaLines ({ visitor: { language }, comparison }: ComparisonPage, difference: Difference): Markup[] {
  const { comparison: texts } = getWorkshopTexts(language)
  if (difference.kind === 'level') return [markup`<strong>${texts[difference.change]}:</strong> ${texts.level(nameLevel(comparison, difference.level, language))}`]
  if (difference.kind !== 'recut') return []
  const { level, appeared, vanished, moved } = difference
  const parts = ([['areasNew', appeared], ['areasVanished', vanished], ['areasMoved', moved]] as const).filter(([, ids]) => ids.length > 0)
  return [markup`<strong>${nameLevel(comparison, level, language)}:</strong> ${parts.map(([text, ids]) => `${texts[text](ids.length)}: ${nameAreas(comparison, level, ids)}`).join('; ')}`]
}

/** So many names are read; the rest is in the table. */
const namedAreas = 12

function nameAreas ({ before, after }: Comparison, levelId: string, ids: readonly string[]): string {
  const areas = new Map([before, after].flatMap(({ levels }) => levels.filter(({ id }) => id === levelId).flatMap(level => level.areas.map(({ id, name }) => [id, name] as const))))
  const names = ids.slice(0, namedAreas).map(id => areas.get(id) ?? id)
  return ids.length > namedAreas ? `${names.join(', ')} …` : names.join(', ')
}

function indicatorLines ({ visitor: { language }, comparison }: ComparisonPage, difference: Difference): Markup[] {
  const { comparison: texts } = getWorkshopTexts(language)
  if (difference.kind === 'indicator') return [markup`<strong>${texts[difference.change]}:</strong> ${nameIndicator(comparison, difference.indicator, language)}`]
  if (difference.kind !== 'definition') return []
  const { indicator, parts, isNoted } = difference
  const definition = (edition: Comparison['before']) => localise(findIndicator(edition, indicator)!.definition, language)
  return [markup`<strong>${nameIndicator(comparison, indicator, language)}:</strong> ${texts.otherMeaning(parts.map(part => texts.parts[part]).join(', '))} ${isNoted ? texts.isNoted : texts.isNotNoted}${
    when(parts.includes('definition'), () => markup`<br>${texts.before}: ${definition(comparison.before)}<br>${texts.after}: ${definition(comparison.after)}`)}`]
}
