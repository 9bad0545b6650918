import { markup, when } from '../../render/markup.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { form, hidden, submitButton } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

interface ProjectFilePage extends PageCall {
  readonly atlas: string
  /** As it is, or as somebody typed it; undefined where there is none. */
  readonly text: string | undefined
  /** Of the file that the text is based on. */
  readonly hash: string | undefined
  readonly problems: readonly string[]
  readonly notice?: Notice
  /** What is there now, where somebody else was faster. */
  readonly now?: string | undefined
}

export function projectFilePage ({ workshop, visitor, atlas, text, hash, problems, notice, now }: ProjectFilePage): string {
  const { projectFile: texts, save } = getWorkshopTexts(visitor.language)
  const own = `${atlas}/projektdatei`
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    notice,
    content: text === undefined
      ? markup`<p>${texts.none}</p>`
      : markup`${when(problems.length > 0, () => markup`<ul>${problems.map(said => markup`<li>${said}</li>`)}</ul>`)}
<p>${texts.text}</p>
<p><a href="${at(workshop, `${own}/atlas.yaml`)}">${texts.download}</a></p>
<div class="wide">${form(visitor, at(workshop, own), markup`${hidden('hash', hash ?? '')}
<label class="kern-label" for="text">${texts.label}</label>
<textarea class="code-text" id="text" name="text" rows="40" spellcheck="false" wrap="off">
${text}</textarea>
${submitButton(save)}`)}</div>
${now === undefined
? null
: markup`<h2>${texts.now}</h2>
<pre class="code-text" tabindex="0">${now}</pre>`}`,
  })
}
