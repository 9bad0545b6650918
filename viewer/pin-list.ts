import type { Language } from '../core/edition.ts'
import { getTexts } from '../core/text.ts'

/** Lists the pinned areas with their values under the map; a press takes one off again. */
export function showPinList (pins: ReadonlyArray<{ readonly id: string, readonly text: string }>, language: Language, onRemove: (area: string) => void): void {
  const shown = document.querySelector('#pins')
  if (pins.length === 0) {
    const hadFocus = shown?.contains(document.activeElement)
    shown?.remove()
    if (hadFocus) document.querySelector<HTMLElement>('#view')?.focus({ preventScroll: true })
    return
  }
  const { heading, remove } = getTexts(language).pins
  const list = document.createElement('ul')
  list.id = 'pins'
  list.setAttribute('aria-label', heading)
  list.append(...pins.map(({ id, text }) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(text, hidden(`: ${remove}`))
    button.addEventListener('click', () => onRemove(id))
    const item = document.createElement('li')
    item.append(button)
    return item
  }))
  const hadFocus = shown?.contains(document.activeElement)
  if (shown) shown.replaceWith(list)
  else document.querySelector('#map-frame')?.after(list)
  if (hadFocus) list.querySelector('button')?.focus({ preventScroll: true })
}

function hidden (text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'visually-hidden'
  element.textContent = text
  return element
}
