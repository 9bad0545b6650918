import { markup, when, type Markup } from '../../render/markup.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form, submitButton, textField } from './form.ts'
import { workshopPage, type PageCall } from './frame.ts'

/** The atlases in which somebody has a role; who looks after the installation makes new ones here. */
export function atlasListPage ({ workshop, visitor, slug, fault }: PageCall & { readonly slug: string, readonly fault: string | undefined }): string {
  const texts = getWorkshopTexts(visitor.language)
  const { memberships, isOperator } = accountOf(visitor)
  const atlases = [...new Set(memberships.map(({ atlas }) => atlas))]
  const rolesIn = (wanted: string) => memberships.filter(({ atlas }) => atlas === wanted).map(({ role }) => texts.roles[role]).join(', ')
  return workshopPage({
    workshop,
    visitor,
    title: texts.atlases.title,
    content: markup`${atlases.length === 0
  ? markup`<p>${texts.atlases.none}</p>`
  : markup`<ul class="plain-list">${atlases.map(atlas => markup`<li><a href="${at(workshop, atlas)}">${atlas}</a> – ${rolesIn(atlas)}</li>`)}</ul>`}
${when(isOperator, () => createHtml({ workshop, visitor }, slug, fault))}`,
  })
}

function createHtml ({ workshop, visitor }: PageCall, slug: string, fault: string | undefined): Markup {
  const { atlases: texts, log } = getWorkshopTexts(visitor.language)
  return markup`<h2>${texts.create}</h2>
${form(visitor, at(workshop, 'atlanten'), markup`${textField({ name: 'slug', label: texts.slug, hint: texts.slugHint, value: slug, fault })}
${submitButton(texts.submit)}`)}
<p><a href="${at(workshop, 'protokoll')}">${log.title}</a></p>`
}
