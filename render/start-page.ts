import type { Edition, Language } from '../core/edition.ts'
import type { Addresses } from './address.ts'
import type { Block } from './blocks.ts'
import type { Markup } from './markup.ts'
import type { Site } from './site.ts'
import { findSeries, localise } from '../core/edition.ts'
import { formatNumber } from '../core/number.ts'
import { formatPeriod, getTexts } from '../core/text.ts'
import { plainView } from '../core/view.ts'
import { makeAddresses, pageAddress, pageLanguages, pagePermalink } from './address.ts'
import { citeView } from './citation.ts'
import { blockHtml, linkHtml } from './html/block.ts'
import { markup } from './markup.ts'
import { newsHtml, type NewsFacts } from './news.ts'
import { page } from './page.ts'
import { findView, inlineAreaLimit, listLevels, listThemes, newestView } from './view-data.ts'
import { viewBlocks } from './view-blocks.ts'

/** How the page is read, and what is new in the edition; undefined for one that is not current. */
export interface StartFacts {
  readonly language?: Language
  readonly news?: NewsFacts | undefined
}

/** The first page of an atlas: a map at once, then every theme with its indicators, then the areas. */
export function startPage (edition: Edition, site: Site, { language = edition.atlas.language, news }: StartFacts = {}): string {
  const texts = getTexts(language)
  const addresses = makeAddresses(edition, site, language)
  const { id, startIndicator, title, municipality } = edition.atlas
  const asked = { ...plainView({ atlas: id, indicator: startIndicator, period: '' }), language }
  const first = newestView(edition, startIndicator, asked)
  const shown = first === null ? undefined : findView(edition, first).data
  const path = `/${id}`
  return page({
    language,
    title,
    description: `${title}: ${municipality}`,
    path: addresses.path(path),
    languages: pageLanguages(edition.atlas.language, language => pageAddress(path, site.isCurrent ? null : edition.id, language)),
    trail: [],
    layout: shown === undefined ? 'text' : 'view',
    content: markup`<h1>${title}</h1>
${shown === undefined || first === null ? null : firstView(shown, addresses.view(first), site)}
<section class="themes" aria-labelledby="themes-heading">
<h2 id="themes-heading">${texts.start.heading}</h2>
${themesHtml(edition, addresses, language)}
</section>
${areasHtml(edition, addresses, language)}
<section class="news" aria-labelledby="news-heading">
<h2 id="news-heading">${texts.start.news}</h2>
<p>${site.draft ? texts.frame.draft(site.draft.edition) : site.isCurrent ? texts.start.current(edition.id) : texts.frame.olderEdition(edition.id)}</p>
${edition.notes.map(note => markup`<p>${localise(note, language)}</p>`)}
</section>${news === undefined ? null : newsHtml(news, language)}`,
    bootstrap: null,
    atlas: { facts: edition.atlas, start: addresses.start, edition, currentPath: pageAddress(path, null, language === edition.atlas.language ? null : language) },
    footer: { citation: shown ? citeView(shown) : null, permalink: pagePermalink(edition, path, site) },
  }, site)
}

function firstView (data: NonNullable<ReturnType<typeof findView>['data']>, href: string, site: Site): Markup {
  const { title, sentence, map, key } = viewBlocks(data, site)
  const heading: Block = { kind: 'heading', level: 2, text: title.kind === 'heading' ? title.text : '' }
  const texts = getTexts(data.language)
  return markup`<div class="first">
${[heading, sentence].map(blockHtml)}
<p><a class="kern-btn kern-btn--primary" href="${href}"><span class="kern-label">${texts.start.toMap}</span></a></p>
</div>
${[map, key].map(blockHtml)}`
}

function themesHtml (edition: Edition, addresses: Addresses, language: Language): Markup {
  const texts = getTexts(language)
  const count = (number: number) => texts.start.indicators(formatNumber(number, { decimals: 0, language }), number === 1)
  return markup`<div class="cards">${listThemes(edition).map(({ theme, indicators }) => markup`
<section class="card" id="${theme.id}" aria-labelledby="${theme.id}-heading">
<h3 id="${theme.id}-heading">${localise(theme.label, language)}</h3>
<p class="small">${count(indicators.length)}</p>
<ul>${indicators.map(({ id, label }) => {
  const [level] = listLevels(edition, id)
  const period = findSeries(edition, level!.id, id)!.periods.at(-1)!
  return markup`
<li>${linkHtml(localise(label, language), addresses.map(id, period))} <span class="detail">${formatPeriod(period, language)}</span></li>`
})}
</ul>
</section>`)}
</div>`
}

/** Links to the profiles of a level's areas; a level with very many is left to the search. */
function areasHtml (edition: Edition, addresses: Addresses, language: Language): Markup {
  const texts = getTexts(language)
  const levels = edition.levels.filter(({ areas }) => areas.length <= inlineAreaLimit)
  return markup`<section class="areas" aria-labelledby="areas-heading">
<h2 id="areas-heading">${texts.start.areas}</h2>
${levels.map(({ id, label, labelPlural, areas, validTo }, i) => markup`
<details${i === 0 && areas.length <= 60 ? markup` open` : null}><summary>${localise(areas.length === 1 ? label : labelPlural, language)}${validTo === null ? null : ` (${texts.profile.until(formatPeriod(validTo, language))})`} <span class="detail">${formatNumber(areas.length, { decimals: 0, language })}</span></summary>
<ul class="columns">${areas.map(area => markup`
<li>${linkHtml(area.name, addresses.area(id, area.id))}</li>`)}
</ul>
</details>`)}
</section>`
}
