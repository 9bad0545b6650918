import { findIndicator, findSeries } from '../../core/edition.ts'
import { formatPeriod, getTexts } from '../../core/text.ts'
import { comparedRemarks, comparedSigns } from '../../render/compared-cells.ts'
import { compareMaps, type ComparedMap, type ComparedView } from '../../render/compared-maps.ts'
import { swatch } from '../../render/html/block.ts'
import { markup, trusted, when, type Markup } from '../../render/markup.ts'
import { listChanges, nameIndicator, nameLevel, type Comparison } from '../comparison.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { hidden } from './form.ts'
import { workshopPage, type PageCall } from './frame.ts'

interface IndicatorComparisonPage extends PageCall {
  readonly atlas: string
  readonly comparison: Comparison
  readonly indicator: string
  /** Level and period of the maps, `sozialraum 2024`; anything else shows those with changes first. */
  readonly shown: string
  /** Of the list, from 1. */
  readonly page: number
}

const rowsPerPage = 100

/** One indicator of both editions: two maps with the same classes, then every changed cell. */
export function indicatorComparisonPage (call: IndicatorComparisonPage): string {
  const { workshop, visitor, atlas, comparison, indicator } = call
  const { comparison: texts } = getWorkshopTexts(visitor.language)
  const changes = listChanges(comparison, indicator)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: `${texts.title}: ${nameIndicator(comparison, indicator, visitor.language)}`,
    content: markup`<p class="lead">${texts.pair(comparison.before.id, comparison.after.id)}</p>
<p><a href="${at(workshop, `${atlas}/vergleich`)}?entwurf=${comparison.after.id}">${texts.toAll}</a></p>
<h2>${texts.maps}</h2>
${mapsHtml(call, changes)}
<h2>${texts.list} (${changes.length})</h2>
${changes.length === 0 ? markup`<p>${texts.noCells}</p>` : listHtml(call, changes)}`,
  })
}

type Changes = ReturnType<typeof listChanges>

function mapsHtml (call: IndicatorComparisonPage, changes: Changes): Markup {
  const { visitor: { language }, comparison: { before, after }, shown } = call
  const { comparison: texts } = getWorkshopTexts(language)
  const views = sharedViews(call)
  const first = changes[0]
  const view = views.find(candidate => keyOf(candidate) === shown) ?? views.find(candidate => first && keyOf(candidate) === keyOf(first)) ?? views[0]
  if (!view) return markup`<p>${texts.noMaps}</p>`
  const maps = compareMaps(before, after, view, language)
  return markup`${viewForm(call, views, view, changes)}
${maps === undefined
  ? markup`<p>${texts.noMaps}</p>`
  : markup`<div class="side-by-side">
<figure><figcaption>${texts.before}: ${before.id}</figcaption>${trusted(maps.before.svg)}</figure>
<figure><figcaption>${texts.after}: ${after.id}</figcaption>${trusted(maps.after.svg)}</figure>
</div>
${keyHtml(call, maps.before, maps.after)}`}`
}

/** Levels and periods that both editions can draw, the newest first. */
function sharedViews ({ comparison: { before, after }, indicator }: IndicatorComparisonPage): ComparedView[] {
  return after.levels.flatMap(({ id: level }) => {
    const [earlier, later] = [findSeries(before, level, indicator), findSeries(after, level, indicator)]
    return (later?.periods.toReversed() ?? []).filter(period => earlier?.periods.includes(period)).map(period => ({ indicator, level, period }))
  })
}

function keyOf ({ level, period }: Pick<ComparedView, 'level' | 'period'>): string {
  return `${level} ${period}`
}

function viewForm ({ workshop, visitor: { language }, atlas, comparison, indicator }: IndicatorComparisonPage, views: readonly ComparedView[], shown: ComparedView, changes: Changes): Markup {
  const { comparison: texts } = getWorkshopTexts(language)
  const count = (view: ComparedView) => changes.filter(change => keyOf(change) === keyOf(view)).length
  return markup`<form method="get" action="${at(workshop, `${atlas}/vergleich`)}">${hidden('entwurf', comparison.after.id)}${hidden('kennzahl', indicator)}
<div class="kern-form-input"><label class="kern-label" for="ansicht">${texts.view}</label>
<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="ansicht" name="ansicht">${views.map(view =>
  markup`<option value="${keyOf(view)}"${when(view === shown, () => markup` selected`)}>${nameLevel(comparison, view.level, language)}, ${formatPeriod(view.period, language)} (${texts.changes(count(view))})</option>`)}</select></div></div>
<button class="kern-btn kern-btn--secondary"><span class="kern-label">${texts.showView}</span></button>
</form>`
}

/** The same classes on both sides, with how many areas are in each before and after. */
function keyHtml ({ visitor: { language } }: IndicatorComparisonPage, before: ComparedMap, after: ComparedMap): Markup {
  const { comparison: texts } = getWorkshopTexts(language)
  const entries = [...after.key, ...before.key.filter(({ look }) => !after.key.some(entry => entry.look === look))]
  const count = ({ key }: ComparedMap, look: typeof entries[number]['look']) => key.find(entry => entry.look === look)?.count ?? 0
  return markup`<table class="compared-key">
<caption>${getTexts(language).map.key}</caption>
<thead><tr><th scope="col">${getTexts(language).table.class}</th><th scope="col">${texts.areasBefore}</th><th scope="col">${texts.areasAfter}</th></tr></thead>
<tbody>${entries.map(entry => markup`<tr><th scope="row">${swatch(entry)} ${entry.label}</th><td class="numeric">${count(before, entry.look)}</td><td class="numeric">${count(after, entry.look)}</td></tr>
`)}</tbody>
</table>`
}

function listHtml (call: IndicatorComparisonPage, changes: Changes): Markup {
  const { workshop, visitor: { language }, atlas, comparison, indicator } = call
  const { comparison: texts } = getWorkshopTexts(language)
  const pages = Math.ceil(changes.length / rowsPerPage)
  const page = Math.min(call.page, pages)
  const own = `${at(workshop, `${atlas}/vergleich`)}?entwurf=${comparison.after.id}&kennzahl=${indicator}`
  return markup`<div class="table-frame" role="region" aria-label="${texts.list}" tabindex="0"><table>
<caption class="visually-hidden">${texts.list}</caption>
<thead><tr>${texts.listHeads.map(head => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${changes.slice((page - 1) * rowsPerPage, page * rowsPerPage).map(change => rowHtml(call, change))}</tbody>
</table></div>
${when(pages > 1, () => markup`<nav class="pages" aria-label="${getTexts(language).table.pages}">${when(page > 1, () => markup`<a href="${own}&seite=${page - 1}">${getTexts(language).table.previousPage}</a>`)} <span>${
  getTexts(language).table.page(String(page), String(pages))}</span> ${when(page < pages, () => markup`<a href="${own}&seite=${page + 1}">${getTexts(language).table.nextPage}</a>`)}</nav>`)}
<p><a href="${at(workshop, `${atlas}/vergleich.csv`)}?entwurf=${comparison.after.id}&kennzahl=${indicator}">${texts.download}</a></p>`
}

function rowHtml ({ visitor: { language }, comparison, indicator }: IndicatorComparisonPage, change: Changes[number]): Markup {
  const { comparison: texts } = getWorkshopTexts(language)
  const { before, after } = comparison
  const signs = comparedSigns(change, (findIndicator(after, indicator) ?? findIndicator(before, indicator))!, language)
  const remarks = comparedRemarks(change, language)
  const field = (side: 'before' | 'after') => markup`<td class="numeric">${change[side] === null ? texts.noArea : signs[side]}${when(remarks[side] !== '', () => markup` <span class="small">${remarks[side]}</span>`)}</td>`
  return markup`<tr><th scope="row">${change.name}</th><td>${nameLevel(comparison, change.level, language)}</td><td>${formatPeriod(change.period, language)}</td>${field('before')}${field('after')}</tr>
`
}
