import { markup, when } from '../../render/markup.ts'
import type { HeldForm } from '../held-form.ts'
import { getWorkshopTexts, type WorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { typedHtml } from './form.ts'
import { workshopPage, type PageCall } from './frame.ts'

interface RefusalPage extends PageCall {
  readonly refusal: keyof WorkshopTexts['refusal']
  /** What was sent and not taken, to be copied from here. */
  readonly typed?: HeldForm | undefined
}

/** Says why something is not shown or done, and where to go on. */
export function refusalPage ({ workshop, visitor, refusal, typed }: RefusalPage): string {
  const texts = getWorkshopTexts(visitor.language)
  const { title, text } = texts.refusal[refusal]
  return workshopPage({
    workshop,
    visitor,
    title,
    content: markup`<p class="lead">${text}</p>
${when(typed !== undefined, () => markup`<h2>${texts.typedTitle}</h2>
<p>${texts.typedText}</p>
${typedHtml(typed!)}`)}
<p><a href="${at(workshop)}">${texts.toStart}</a></p>`,
  })
}
