import type { Edition } from '../core/edition.ts'
import type { View } from '../core/view.ts'
import type { Markup } from './markup.ts'
import type { Site } from './site.ts'
import type { ViewData } from './view-data.ts'
import { localise } from '../core/edition.ts'
import { formatNumber } from '../core/number.ts'
import { getTexts } from '../core/text.ts'
import { formatView } from '../core/view.ts'
import { makeAddresses, pageLanguages, permalink } from './address.ts'
import { makeBootstrap } from './bootstrap.ts'
import { citeView } from './citation.ts'
import { blockHtml } from './html/block.ts'
import { controlsHtml } from './html/controls.ts'
import { markup } from './markup.ts'
import { page } from './page.ts'
import { viewBlocks } from './view-blocks.ts'
import { countPages, getView } from './view-data.ts'
import { viewSentence, viewTitle } from './view-parts.ts'

/**
 * The page of a view, complete without script.
 *
 * @throws RangeError for a view that the edition cannot show; use `findView` for input from outside
 */
export function viewPage (edition: Edition, view: View, site: Site): string {
  const data = getView(edition, view)
  const { language, indicator } = data
  const addresses = makeAddresses(edition, site, language)
  const theme = edition.themes.find(({ id }) => id === indicator.theme)
  const shown = { ...view, edition: site.isCurrent ? null : edition.id }
  return page({
    language,
    title: `${viewTitle(data)} – ${edition.atlas.title}`,
    description: viewSentence(data),
    path: formatView({ ...shown, language: language === edition.atlas.language ? null : language }),
    languages: pageLanguages(edition.atlas.language, language => formatView({ ...shown, language })),
    trail: [
      { text: getTexts(language).frame.start, href: addresses.start },
      ...(theme ? [{ text: localise(theme.label, language), href: `${addresses.start}#${theme.id}` }] : []),
      { text: localise(indicator.label, language), href: null },
    ],
    layout: 'view',
    content: viewContent(data, site),
    bootstrap: makeBootstrap(data, site),
    atlas: {
      facts: edition.atlas,
      start: addresses.start,
      edition,
      currentPath: formatView({ ...shown, edition: null, language: language === edition.atlas.language ? null : language }),
    },
    footer: { citation: citeView(data), permalink: permalink(edition, view, site) },
  }, site)
}

function viewContent (data: ViewData, site: Site): Markup {
  const { title, sentence, map, key, table, reading, about } = viewBlocks(data, site)
  return markup`${[title, sentence].map(blockHtml)}
${controlsHtml(data, site)}
${[map, key].map(blockHtml)}
<div class="table">
${blockHtml(table)}
${pagesHtml(data, site)}
<section class="reading">
${reading.map(blockHtml)}
</section>
</div>
<section class="about">
${about.map(blockHtml)}
</section>`
}

/** Links between the pages of a long table. */
function pagesHtml ({ edition, areaLevel, view, language }: ViewData, site: Site): Markup | null {
  const pages = countPages(areaLevel)
  if (pages === 1) return null
  const { table } = getTexts(language)
  const { view: toPath } = makeAddresses(edition, site, language)
  const count = (number: number) => formatNumber(number, { decimals: 0, language })
  const link = (page: number, text: string) => page < 1 || page > pages ? null : markup`<a href="${toPath({ ...view, page })}#values">${text}</a>`
  return markup`<nav class="pages" aria-label="${table.pages}">${link(view.page - 1, table.previousPage)} <span>${table.page(count(view.page), count(pages))}</span> ${link(view.page + 1, table.nextPage)}</nav>`
}
