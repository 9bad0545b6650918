import type { Edition, Language } from '../core/edition.ts'
import type { Block, Inline } from './blocks.ts'
import type { Site } from './site.ts'
import { getTexts } from '../core/text.ts'
import { getPrivacyTexts, type PrivacyTexts } from '../core/text/privacy.ts'
import { makeAddresses, pageAddress, pageLanguages, pagePermalink, privacyPath } from './address.ts'
import { blockHtml } from './html/block.ts'
import { markup } from './markup.ts'
import { page } from './page.ts'

/** The privacy notice: what this program does with what readers send it, and on what basis the figures are shown. */
export function privacyPage (edition: Edition, site: Site, language: Language = edition.atlas.language): string {
  const texts = getPrivacyTexts(language)
  const addresses = makeAddresses(edition, site, language)
  const path = privacyPath(edition.atlas.id)
  return page({
    language,
    title: `${texts.title} – ${edition.atlas.title}`,
    description: texts.lead(edition.atlas.title),
    path: addresses.path(path),
    languages: pageLanguages(edition.atlas.language, language => pageAddress(path, site.isCurrent ? null : edition.id, language)),
    trail: [{ text: getTexts(language).frame.start, href: addresses.start }, { text: texts.title, href: null }],
    layout: 'text',
    content: markup`<h1>${texts.title}</h1>
<p class="lead">${texts.lead(edition.atlas.title)}</p>
${privacyBlocks(edition, texts, language, site.isStatic === true).map(blockHtml)}`,
    bootstrap: null,
    atlas: { facts: edition.atlas, start: addresses.start, edition, currentPath: pageAddress(path, null, language === edition.atlas.language ? null : language) },
    footer: { citation: null, permalink: pagePermalink(edition, path, site) },
  }, site)
}

function privacyBlocks (edition: Edition, texts: PrivacyTexts, language: Language, isStatic: boolean): Block[] {
  const heading = (text: string): Block => ({ kind: 'heading', level: 2, text })
  const say = (text: string): Block => ({ kind: 'text', parts: [text] })
  return [
    heading(texts.responsible),
    responsible(edition, texts),
    heading(texts.reading),
    ...(isStatic ? [texts.files] : texts.readingTexts).map(say),
    heading(texts.figures),
    say(texts.figuresText),
    ...(edition.assessments ?? []).length === 0 ? [] : [say(texts.authors)],
    { kind: 'heading', level: 3, text: texts.sources },
    sources(edition, language),
    heading(texts.workshop),
    say(texts.workshopText),
    heading(texts.rights),
    say(texts.rightsText),
  ]
}

function responsible ({ atlas: { municipality, contact, privacy = {} } }: Edition, texts: PrivacyTexts): Block {
  const mail = (address: string): Inline => ({ text: address, href: `mailto:${address}` })
  return {
    kind: 'facts',
    facts: [
      { term: texts.controller, details: [[municipality]] },
      { term: texts.contact, details: [[`${contact.name}, `, mail(contact.email)]] },
      { term: texts.officer, details: [privacy.officer === undefined ? [texts.officerUnknown] : [mail(privacy.officer)]] },
      ...privacy.notice === undefined ? [] : [{ term: texts.townNotice, details: [[{ text: privacy.notice, href: privacy.notice }]] }],
    ],
  }
}

/** Who delivers, and what permits its use; once for deliveries that share both. */
function sources ({ deliveries }: Edition, language: Language): Block {
  const { indicator } = getTexts(language)
  const facts = new Map<string, Set<string>>()
  for (const { publisher, legalBasis } of deliveries) {
    facts.set(publisher, (facts.get(publisher) ?? new Set()).add(legalBasis === '' ? '' : `${indicator.legalBasis}: ${legalBasis}`))
  }
  return { kind: 'facts', facts: [...facts].map(([term, details]) => ({ term, details: [...details].map(detail => [detail]) })) }
}
