import type { Edition, Language } from '../core/edition.ts'
import type { Site } from './site.ts'
import { getTexts } from '../core/text.ts'
import { blockHtml } from './html/block.ts'
import { markup } from './markup.ts'
import { page } from './page.ts'

/** The atlases on a server, for its first page. */
export function atlasListPage (editions: ReadonlyArray<Pick<Edition, 'atlas'>>, site: Site, language: Language = 'de'): string {
  const texts = getTexts(language)
  return page({
    language,
    title: texts.frame.atlases,
    description: texts.frame.atlases,
    path: '/',
    languages: [],
    trail: [],
    layout: 'text',
    content: markup`<h1>${texts.frame.atlases}</h1>
${blockHtml(editions.length === 0
  ? { kind: 'text', parts: [texts.frame.noAtlases] }
  : { kind: 'links', links: editions.map(({ atlas }) => ({ text: atlas.title, href: site.toHref(`/${atlas.id}`), detail: atlas.municipality })) })}`,
    bootstrap: null,
    atlas: null,
    footer: { citation: null, permalink: null },
  }, site)
}
