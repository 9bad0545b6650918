import { randomInt } from 'node:crypto'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Twelve letters and digits: a name for addresses and logs that tells nothing, and no secret. */
export function randomId (): string {
  return Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')
}
