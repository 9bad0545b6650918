import type { Language } from '../../core/edition.ts'
import { may, type Action } from '../../core/permission.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import { styleAddress } from '../style.ts'
import { getWorkshopTexts, type WorkshopTexts } from '../texts.ts'
import { at, type Visitor, type Workshop } from '../workshop.ts'
import { hiddenToken } from './form.ts'

/** What a page of the Werkstatt is made of. */
export interface WorkshopPage {
  readonly workshop: Workshop
  readonly visitor: Visitor
  readonly title: string
  /** Atlas that the page is about; null on pages of the installation and of the account. */
  readonly atlas?: string | null
  readonly content: Markup
  /** What was just done, or went wrong. */
  readonly notice?: Notice | undefined
}

export interface Notice {
  readonly kind: 'success' | 'warning' | 'danger' | 'info'
  readonly text: string
  /** Names that would be too many for the sentence; they unfold. */
  readonly more?: readonly string[]
}

/** What a page shows of itself to whoever asks for it. */
export type PageCall = Pick<WorkshopPage, 'workshop' | 'visitor'>

export function workshopPage ({ workshop, visitor, title, atlas = null, content, notice }: WorkshopPage): string {
  const { language } = visitor
  const texts = getWorkshopTexts(language)
  return markup`<!doctype html>
<html lang="${language}" data-theme="light" data-kern-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} – ${atlas ?? texts.workshop}</title>
<link rel="icon" type="image/svg+xml" href="${workshop.base}${workshop.assets.icon}">
<link rel="stylesheet" href="${workshop.base}${workshop.assets.kern}">
<link rel="stylesheet" href="${workshop.base}${workshop.assets.style}">
<link rel="stylesheet" href="${at(workshop, styleAddress)}">
</head>
<body class="workshop">
<a class="skip" href="#content">${texts.skip}</a>
<header class="site">
<div class="inner">
<a class="title" href="${at(workshop)}">${texts.workshop}</a>
${atlasNavigation({ workshop, visitor }, atlas, texts)}
${personHtml({ workshop, visitor }, texts)}
</div>
</header>
<main id="content" class="text" tabindex="-1">
${notice === undefined ? null : noticeHtml(notice)}
<h1>${title}</h1>
${content}
</main>
<footer class="site"><div class="inner"><p class="small">${texts.noFigures}</p></div></footer>
</body>
</html>
`.markup
}

/** Pages of an atlas that somebody may open, in groups that unfold without script; a group of one is the page itself. */
function atlasNavigation ({ workshop, visitor: { session } }: PageCall, atlas: string | null, texts: WorkshopTexts): Markup | null {
  const person = session?.account
  if (atlas === null || !person) return null
  const groups: ReadonlyArray<readonly [name: string, pages: ReadonlyArray<readonly [path: string, text: string, needs: Action]>]> = [
    [texts.groups.data, [
      ['lieferungen', texts.deliveries.title, 'deliver'],
      ['angaben', texts.forms.title, 'configure'],
      ['projektdatei', texts.projectFile.title, 'configure'],
      ['einrichtungen', texts.facilities.title, 'deliver'],
      ['massnahmen', texts.assessments.title, 'texts'],
    ]],
    [texts.groups.review, [
      ['pruefbericht', texts.findings.title, 'findings'],
      ['sichtbar', texts.visible.title, 'findings'],
      ['vergleich', texts.comparison.title, 'preview'],
    ]],
    [texts.groups.administration, [
      ['leute', texts.people.title, 'people'],
      ['zugaenge', texts.tokens.title, 'people'],
      ['protokoll', texts.log.title, 'log'],
    ]],
  ]
  const link = (path: string, text: string) => markup`<a href="${at(workshop, `${atlas}/${path}`)}">${text}</a>`
  return markup`<nav class="sections" aria-label="${atlas}"><a href="${at(workshop, atlas)}">${atlas}</a>${groups.map(([name, all]) => {
    const pages = all.filter(([, , needs]) => may(person, needs, atlas))
    if (pages.length <= 1) return pages.map(([path, text]) => markup` ${link(path, text)}`)
    return markup` <details name="sections"><summary>${name}</summary><ul>${pages.map(([path, text]) => markup`<li>${link(path, text)}</li>`)}</ul></details>`
  })}</nav>`
}

function personHtml ({ workshop, visitor }: PageCall, texts: WorkshopTexts): Markup {
  const { session, language, path } = visitor
  const other: Language = language === 'de' ? 'en' : 'de'
  return markup`<div class="person">
<a href="${at(workshop, `sprache/${other}`)}?zu=${encodeURIComponent(path)}" lang="${other}" hreflang="${other}">${getWorkshopTexts(other).languageName}</a>
${when(session !== undefined, () => markup`<a href="${at(workshop, 'konto')}">${session!.account.name}</a>
<form method="post" action="${at(workshop, 'abmelden')}">${hiddenToken(visitor)}<button class="kern-btn kern-btn--tertiary"><span class="kern-label">${texts.signOut}</span></button></form>`)}
</div>`
}

/** Read out when the page opens, because what was done stands in it. */
export function noticeHtml ({ kind, text, more = [] }: Notice): Markup {
  return markup`<div class="notice notice-${kind}" role="${kind === 'danger' ? 'alert' : 'status'}"><p>${text}</p>${when(more.length > 0, () => markup`<details><summary>${more.length}: ${more[0]!} …</summary><ul>${more.map(name => markup`<li>${name}</li>`)}</ul></details>`)}</div>`
}
