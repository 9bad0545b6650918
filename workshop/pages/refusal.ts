import { markup } from '../../render/markup.ts'
import { getWorkshopTexts, type WorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { workshopPage, type PageCall } from './frame.ts'

/** Says why something is not shown or done, and where to go on. */
export function refusalPage ({ workshop, visitor, refusal }: PageCall & { readonly refusal: keyof WorkshopTexts['refusal'] }): string {
  const texts = getWorkshopTexts(visitor.language)
  const { title, text } = texts.refusal[refusal]
  return workshopPage({
    workshop,
    visitor,
    title,
    content: markup`<p class="lead">${text}</p>
<p><a href="${at(workshop)}">${texts.toStart}</a></p>`,
  })
}
