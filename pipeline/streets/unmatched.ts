import { problem, type Place, type Problem } from '../../core/problem.ts'
import { trimBlanks } from '../read/number-text.ts'
import { normaliseStreet } from './street-name.ts'

/** So many streets are told; of more only their number is kept. */
const toldStreets = 12
const keptStreets = 2000

/** Addresses without an area, by street and number of rows. House numbers are not noted: with one the row would be a home. */
export class UnmatchedStreets {
  readonly #list: string
  readonly #streets = new Map<string, { readonly name: string, count: number }>()
  #rows = 0

  constructor (list: string) {
    this.#list = list
  }

  add (street: string): void {
    this.#rows++
    const key = normaliseStreet(street)
    const known = this.#streets.get(key)
    if (known) known.count++
    else if (this.#streets.size < keptStreets) this.#streets.set(key, { name: trimBlanks(street), count: 1 })
  }

  problems (place: Place): Problem[] {
    if (this.#rows === 0) return []
    const most = [...this.#streets.values()].toSorted((a, b) => b.count - a.count)
    const shown = most.slice(0, toldStreets)
    const say = (open: string, close: string, blank: string) => shown.map(({ name, count }) => `${name === '' ? blank : `${open}${name}${close}`} (${count})`).join(', ')
    const more = most.length - shown.length
    return [problem('streets-unmatched', place, {
      list: this.#list,
      count: this.#rows,
      streets: {
        de: `${say('„', '“', 'ohne Straße')}${more > 0 ? ` und ${more} weitere` : ''}`,
        en: `${say('"', '"', 'no street')}${more > 0 ? ` and ${more} more` : ''}`,
      },
    })]
  }
}
