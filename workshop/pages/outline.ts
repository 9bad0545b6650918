import { localise } from '../../core/edition.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { CatalogueOffer, OutlineEntry, ProjectOutline } from '../../worker/forms/outline.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { form, hidden, submitButton } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

interface OutlinePage extends PageCall {
  readonly atlas: string
  /** Null where there is no project file that can be read. */
  readonly outline: ProjectOutline | null
  /** What was sought in the catalogue, and found; undefined where nobody sought. */
  readonly search: { readonly text: string, readonly offers: readonly CatalogueOffer[] } | undefined
  readonly notice?: Notice | undefined
}

/** All that has a form: first what is still missing. */
export function outlinePage (page: OutlinePage): string {
  const { workshop, visitor, atlas, outline, notice } = page
  const { forms: texts } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    notice,
    content: outline === null
      ? markup`<p>${texts.none}</p>`
      : markup`${when(outline.open > 0, () => markup`<div class="notice notice-warning"><p>${texts.openCount(outline.open)} <a href="${at(workshop, `${atlas}/angaben/open`)}">${texts.open}</a></p></div>`)}
<p>${texts.text}</p>
<p>${link(page, 'atlas', texts.atlas)}</p>
<h2>${texts.levels}</h2>
${listHtml(page, 'level', outline.levels)}
<h2>${texts.deliveries}</h2>
${listHtml(page, 'delivery', outline.deliveries)}
${catalogueHtml(page)}
<h2>${texts.indicators}</h2>
${listHtml(page, 'indicator', outline.indicators)}`,
  })
}

function link ({ workshop, atlas }: OutlinePage, name: string, text: string): Markup {
  return markup`<a href="${at(workshop, `${atlas}/angaben/${name}`)}">${text}</a>`
}

function listHtml (page: OutlinePage, name: string, entries: readonly OutlineEntry[]): Markup {
  const { visitor: { language } } = page
  const { forms: texts } = getWorkshopTexts(language)
  return markup`<ul class="plain-list">${entries.map(({ id, label, isOwn }) => markup`<li>${isOwn
    ? markup`${link(page, `${name}/${encodeURIComponent(id)}`, localise(label, language))}${when(name === 'delivery', () => markup` · ${link(page, `rules/${encodeURIComponent(id)}`, texts.rules)}`)}`
    : markup`${localise(label, language)} – ${texts.inWorkbook}`}</li>
`)}</ul>`
}

function catalogueHtml (page: OutlinePage): Markup {
  const { workshop, visitor: { language }, atlas, search } = page
  const { forms: texts } = getWorkshopTexts(language)
  return markup`<h2 id="katalog">${texts.catalogue}</h2>
<form method="get" action="${at(workshop, `${atlas}/angaben`)}#katalog"><div class="kern-form-input"><label class="kern-label" for="suche">${texts.search}</label>
<div class="kern-hint" id="suche-hint">${texts.searchHint}</div>
<input class="kern-form-input__input" id="suche" name="suche" type="search" value="${search?.text ?? ''}" autocomplete="off" aria-describedby="suche-hint"></div>
${submitButton(texts.searchSubmit, 'secondary')}</form>
${search === undefined ? null : markup`<p role="status">${texts.found(search.offers.length)}</p><ul class="plain-list">${search.offers.map(offer => offerHtml(page, offer))}</ul>`}`
}

function offerHtml ({ workshop, visitor, atlas }: OutlinePage, offer: CatalogueOffer): Markup {
  const { language } = visitor
  const { forms: texts } = getWorkshopTexts(language)
  return markup`<li class="card"><p><strong>${localise(offer.label, language)}</strong> – ${localise(offer.definition, language)}</p>
<p class="small">${texts.source}: ${localise(offer.source, language)}${when(offer.with.length > 0, () => markup` · ${texts.comesWith}: ${offer.with.map(label => localise(label, language)).join(', ')}`)}</p>
${form(visitor, at(workshop, `${atlas}/angaben`), markup`${hidden('use', offer.id)}<button class="kern-btn kern-btn--secondary"><span class="kern-label">${texts.add}<span class="visually-hidden">: ${localise(offer.label, language)}</span></span></button>`)}</li>
`
}
