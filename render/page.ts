import type { AtlasFacts, Edition, Language } from '../core/edition.ts'
import type { Citation } from './citation.ts'
import type { Markup } from './markup.ts'
import type { Site } from './site.ts'
import { getTexts } from '../core/text.ts'
import { getPrivacyTexts } from '../core/text/privacy.ts'
import { makeAddresses } from './address.ts'
import { linkHtml } from './html/block.ts'
import { markup, scriptJson, when } from './markup.ts'
import { toAbsolute } from './site.ts'

/** What every page has around its content. */
export interface PageFrame {
  readonly language: Language
  readonly title: string
  /** For search engines and link previews. */
  readonly description: string
  /** The page's own path, canonical. */
  readonly path: string
  /** Paths of the same page in each language. */
  readonly languages: ReadonlyArray<{ readonly language: Language, readonly path: string }>
  /** From the start page down; the last one is this page. These are links already. */
  readonly trail: ReadonlyArray<{ readonly text: string, readonly href: string | null }>
  /** Class of `main`, which decides the layout. */
  readonly layout: 'view' | 'text'
  readonly content: Markup
  /** Values for the viewer; null on pages that have none. */
  readonly bootstrap: object | null
  /** Null on pages that belong to no atlas. `start` is a link, `currentPath` a path. */
  readonly atlas: { readonly facts: AtlasFacts, readonly start: string, readonly edition: Edition, readonly currentPath: string } | null
  readonly footer: { readonly citation: Citation | null, readonly permalink: string | null }
}

/** A complete HTML page. */
export function page (frame: PageFrame, site: Site): string {
  const { language, title, description, content, bootstrap, layout } = frame
  const texts = getTexts(language)
  const outside = (path: string) => site.publicUrl === '' ? site.toHref(path) : toAbsolute(site, path)
  return markup`<!doctype html>
<html lang="${language}" data-theme="light" data-kern-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">${when(isInternal(frame, site) || site.draft !== undefined, () => markup`
<meta name="robots" content="noindex, nofollow">`)}${when(isOlder(frame, site) && !isInternal(frame, site), () => markup`
<meta name="robots" content="noindex">`)}
<link rel="canonical" href="${outside(frame.path)}">${frame.languages.map(({ language, path }) => markup`
<link rel="alternate" hreflang="${language}" href="${outside(path)}">`)}
<link rel="icon" type="image/svg+xml" href="${site.toHref(site.assets.icon)}">
<link rel="stylesheet" href="${site.toHref(site.assets.kern)}">
<link rel="stylesheet" href="${site.toHref(site.assets.style)}">${when(bootstrap !== null, () => markup`
<script type="module" src="${site.toHref(site.assets.viewer)}"></script>`)}
</head>
<body>
<a class="skip" href="#view">${texts.frame.skip}</a>
${headerHtml(frame, site)}
${trailHtml(frame)}
<main id="view" class="${layout}" tabindex="-1">
${content}
</main>
${footerHtml(frame, site)}
${when(bootstrap !== null, () => markup`<script type="application/json" id="bootstrap">${scriptJson(bootstrap)}</script>`)}
</body>
</html>
`.markup
}

function headerHtml (frame: PageFrame, site: Site): Markup {
  const { atlas, language } = frame
  const texts = getTexts(language)
  return markup`<header class="site">
<div class="inner">
${atlas && markup`<a class="title" href="${atlas.start}">${atlas.facts.title}</a>
<nav class="sections" aria-label="${texts.frame.navigation}"><a href="${atlas.start}#themes-heading">${texts.frame.themes}</a> <a href="${atlas.start}#areas-heading">${texts.start.areas}</a></nav>`}
${languagesHtml(frame, site)}
</div>${noticesHtml(frame, site)}
</header>`
}

function languagesHtml ({ language, languages }: PageFrame, site: Site): Markup | null {
  if (languages.length === 0) return null
  return markup`<nav class="languages" aria-label="${getTexts(language).frame.languages}">${languages.map(({ language: other, path }) =>
    markup` <a href="${site.toHref(path)}" lang="${other}" hreflang="${other}"${when(other === language, () => markup` aria-current="true"`)}>${getTexts(other).languageName}</a>`)}</nav>`
}

function trailHtml ({ language, trail }: PageFrame): Markup | null {
  if (trail.length < 2) return null
  return markup`<nav class="trail" aria-label="${getTexts(language).frame.breadcrumb}"><ol>${trail.map(({ text, href }, i) =>
    markup`<li${when(i === trail.length - 1, () => markup` aria-current="page"`)}>${href === null ? text : linkHtml(text, href)}</li>`)}</ol></nav>`
}

/** What a reader must know before reading a number: made-up data, an old edition, an internal one. */
function noticesHtml (frame: PageFrame, site: Site): Markup {
  const { atlas } = frame
  const { frame: texts } = getTexts(frame.language)
  return markup`${when(site.draft !== undefined, () => markup`
<p class="ribbon ribbon-draft"><strong>${texts.draft(site.draft!.edition)}</strong> ${linkHtml(texts.toWorkshop, site.draft!.back)}</p>`)}${when(atlas?.facts.dataStatus === 'synthetic', () => markup`
<p class="ribbon"><strong>${texts.synthetic}</strong> <span>${texts.syntheticHint}</span></p>`)}${when(isInternal(frame, site), () => markup`
<p class="ribbon ribbon-internal"><strong>${texts.internal}</strong></p>`)}${when(isOlder(frame, site), () => markup`
<p class="ribbon ribbon-old">${texts.olderEdition(atlas!.edition.id)} ${linkHtml(texts.toCurrent, site.toHref(atlas!.currentPath))}</p>`)}`
}

/** Cited figures stay where they are; who searches shall find those that hold now. */
function isOlder ({ atlas }: PageFrame, site: Site): boolean {
  return atlas !== null && !site.isCurrent
}

function isInternal ({ atlas }: PageFrame, site: Site): boolean {
  return site.isInternal === true || atlas?.edition.audience === 'internal'
}

function footerHtml ({ atlas, footer, language }: PageFrame, site: Site): Markup {
  if (atlas === null) return markup`<footer class="site"><div class="inner"></div></footer>`
  const { frame, dataStatus } = getTexts(language)
  const { facts, edition } = atlas
  const { citation } = footer
  // A file without an address of its own is found where it lies, and says which edition it is of.
  const permalink = site.isStatic === true && site.publicUrl === '' ? null : footer.permalink
  const entry = (term: string, ...details: ReadonlyArray<Markup | string>) =>
    markup`<div><dt>${term}</dt>${details.map(detail => markup`<dd>${detail}</dd>`)}</div>\n`
  const licences = (citation?.licences ?? [facts.licence]).map(({ name, url }) => linkHtml(name, url))
  const isMadeUp = facts.dataStatus === 'synthetic'
  return markup`<footer class="site">
<dl class="inner">
${citation && entry(citation.sources.length > 1 ? frame.sources : frame.source, ...citation.sources)}${
  citation && entry(frame.asOf, citation.asOf)}${
  entry(frame.dataLicence, ...licences, ...(isMadeUp ? [dataStatus.synthetic] : []))}${
  entry(frame.edition, edition.id)}${
  permalink === null ? null : entry(frame.permalink, markup`<a id="permalink" href="${permalink}" title="${frame.permalinkHint}">${permalink}</a>`)}${
  entry(frame.contact, markup`${facts.municipality}, ${facts.contact.name}, ${linkHtml(facts.contact.email, `mailto:${facts.contact.email}`)}`)}${
  entry(getPrivacyTexts(language).title, linkHtml(getPrivacyTexts(language).pointer, makeAddresses(edition, site, language).privacy))}</dl>
</footer>`
}
