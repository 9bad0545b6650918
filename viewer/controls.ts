/** The choices of the form; the names are those of its fields, and so those of its address. */
export interface Choices {
  readonly indicator: string
  readonly period: string
  readonly ebene: string
}

const names = ['indicator', 'period', 'ebene'] as const

/**
 * Lets every choice act at once; the button is for those without script.
 *
 * @param choose says whether the choice is dealt with; the form is sent where it is not
 */
export function enableControls (choose: (name: keyof Choices, value: string) => boolean): void {
  const form = document.querySelector<HTMLFormElement>('#controls')
  for (const name of names) {
    const select = findSelect(document, name)
    select?.addEventListener('change', () => {
      if (!choose(name, select.value)) form?.requestSubmit()
    })
  }
}

/** Sets the fields to what is shown. */
export function showChoices (choices: Choices): void {
  for (const name of names) {
    const select = findSelect(document, name)
    if (select && select.value !== choices[name]) select.value = choices[name]
  }
}

/** Takes over what can be chosen now. The fields themselves stay, and with them the focus of a reader who is still choosing. */
export function adoptChoices (page: Document): void {
  for (const name of names) {
    const [fresh, shown] = [findSelect(page, name), findSelect(document, name)]
    if (!fresh || !shown) continue
    const { value } = fresh
    shown.replaceChildren(...fresh.children)
    shown.value = value
  }
}

function findSelect (page: Document, name: keyof Choices): HTMLSelectElement | null {
  return page.querySelector(`#controls select[name="${name}"]`)
}
