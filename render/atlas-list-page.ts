import type { AtlasFacts, Language } from '../core/edition.ts'
import type { Site } from './site.ts'
import { getTexts } from '../core/text.ts'
import { blockHtml } from './html/block.ts'
import { markup } from './markup.ts'
import { page } from './page.ts'

/** The atlases on a server, for its first page. */
export function atlasListPage (atlases: ReadonlyArray<AtlasFacts>, site: Site, language: Language = 'de'): string {
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
${blockHtml(atlases.length === 0
  ? { kind: 'text', parts: [texts.frame.noAtlases] }
  : { kind: 'links', links: atlases.map(({ id, title, municipality }) => ({ text: title, href: site.toHref(`/${id}`), detail: municipality })) })}`,
    bootstrap: null,
    atlas: null,
    footer: { citation: null, permalink: null },
  }, site)
}
