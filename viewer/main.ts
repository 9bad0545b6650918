import type { Bootstrap } from '../render/bootstrap.ts'
import { openPage } from './open-page.ts'
import { adoptPage, fetchPage } from './page.ts'

/*
 * The browser side. Pages work without it; it adds sorting, pointing, pinning, choosing without a
 * reload, and the map. The address is the whole state.
 */
// Only the newest page wanted is shown, whichever comes first.
let turns = 0
let leave = open()

/** Brings the page on the screen to life; the function it returns lets go of it. */
function open (): () => void {
  const text = document.querySelector('#bootstrap')?.textContent
  return text ? openPage(JSON.parse(text) as Bootstrap, turnTo) : () => {}
}

/**
 * Shows the page of another level, language or edition in the place of this one. Where it cannot be
 * had, the browser goes there itself: the server's page says what is wrong, in words.
 */
async function turnTo (url: string): Promise<void> {
  const turn = ++turns
  try {
    const page = await fetchPage(url)
    if (turn !== turns) return
    leave()
    adoptPage(page)
    leave = open()
  } catch {
    location.assign(url)
  }
}
