import type { Edition, Language } from '../core/edition.ts'
import type { ParameterFault } from '../core/view.ts'
import type { Site } from './site.ts'
import { getTexts } from '../core/text.ts'
import { makeAddresses } from './address.ts'
import { linkHtml } from './html/block.ts'
import { markup } from './markup.ts'
import { page } from './page.ts'

/** A refusal as people read it. */
export interface PageError {
  /** HTTP status, 400 to 503. */
  readonly status: number
  readonly title: string
  readonly detail: string
  /** Path of the view or page that comes nearest to what was asked for. */
  readonly nearest?: string
  /** What the link there says; without it that it comes nearest. */
  readonly nearestText?: string
  /** Current edition of the atlas that was asked, for its header. */
  readonly edition?: Edition
}

/** Says what is wrong in words, and where to go on. */
export function errorPage ({ status, title, detail, nearest, nearestText, edition }: PageError, site: Site, language: Language = 'de'): string {
  const texts = getTexts(language)
  const start = edition && makeAddresses(edition, site, language).start
  return page({
    language,
    title: `${title} (${status})`,
    description: detail,
    path: '/',
    languages: [],
    trail: [],
    layout: 'text',
    content: markup`<p class="small">${texts.error.status(status)}</p>
<h1>${title}</h1>
<p class="lead">${detail}</p>
<p>${nearest === undefined ? linkHtml(texts.error.home, site.toHref('/')) : markup`<a class="kern-btn kern-btn--primary" href="${site.toHref(nearest)}"><span class="kern-label">${nearestText ?? texts.error.nearest}</span></a>`}</p>`,
    bootstrap: null,
    atlas: edition && start !== undefined ? { facts: edition.atlas, start, edition, currentPath: start } : null,
    footer: { citation: null, permalink: null },
  }, site)
}

/** Faults of an address in words, for the detail of an error page. */
export function faultText (faults: readonly ParameterFault[], language: Language): string {
  const { error } = getTexts(language)
  const say = ({ fault, parameter, value, expected }: ParameterFault) => {
    switch (fault) {
      case 'repeated': return error.repeated(parameter)
      case 'invalid-value': return error.unknownValue(parameter, value, expected)
      case 'unknown-name': return error.unknownName(parameter, expected)
    }
  }
  return faults.map(fault => say(fault)).join(' ')
}
