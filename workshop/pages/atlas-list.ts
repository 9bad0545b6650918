import { markup, when, type Markup } from '../../render/markup.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form, submitButton, textField } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

/** What came of the last step on this page. */
export interface AtlasListShown {
  readonly slug?: string
  readonly fault?: string
  readonly notice?: Notice
}

/** @param call `installed` names all atlases that have a project, for who looks after the installation; empty for everybody else */
export function atlasListPage (call: PageCall & AtlasListShown & { readonly installed: readonly string[] }): string {
  const { workshop, visitor, installed, notice, slug, fault } = call
  const texts = getWorkshopTexts(visitor.language)
  const { memberships, isOperator } = accountOf(visitor)
  const atlases = [...new Set(memberships.map(({ atlas }) => atlas))]
  const rolesIn = (wanted: string) => memberships.filter(({ atlas }) => atlas === wanted).map(({ role }) => texts.roles[role]).join(', ')
  return workshopPage({
    workshop,
    visitor,
    title: texts.atlases.title,
    notice,
    content: markup`${atlases.length === 0
  ? markup`<p>${texts.atlases.none}</p>`
  : markup`<ul class="plain-list">${atlases.map(atlas => markup`<li><a href="${at(workshop, atlas)}">${atlas}</a> – ${rolesIn(atlas)}</li>`)}</ul>`}
${when(isOperator, () => markup`${createHtml({ workshop, visitor }, slug, fault)}
${when(installed.length > 0, () => installedHtml({ workshop, visitor }, installed))}
<p><a href="${at(workshop, 'konten')}">${texts.accounts.title}</a> · <a href="${at(workshop, 'protokoll')}">${texts.log.title}</a></p>`)}`,
  })
}

function createHtml ({ workshop, visitor }: PageCall, slug = '', fault?: string): Markup {
  const { atlases: texts } = getWorkshopTexts(visitor.language)
  return markup`<h2>${texts.create}</h2>
${form(visitor, at(workshop, 'atlanten'), markup`${textField({ name: 'slug', label: texts.slug, hint: texts.slugHint, value: slug, fault })}
${submitButton(texts.submit)}`)}`
}

function installedHtml ({ workshop, visitor }: PageCall, installed: readonly string[]): Markup {
  const { atlases: texts } = getWorkshopTexts(visitor.language)
  return markup`<h2>${texts.installed}</h2>
<p>${texts.installedText}</p>
${installed.map(atlas => markup`<details><summary>${atlas}</summary>
${form(visitor, at(workshop, `atlanten/${atlas}/umbenennen`), markup`${textField({ name: 'to', id: `to-${atlas}`, label: texts.newName, hint: texts.renameHint })}
${submitButton(texts.rename, 'secondary')}`)}
${form(visitor, at(workshop, `atlanten/${atlas}/weglegen`), markup`${textField({ name: 'typed', id: `typed-${atlas}`, label: texts.typeName(atlas), hint: texts.archiveHint })}
${submitButton(texts.archive, 'secondary')}`)}</details>
`)}`
}
