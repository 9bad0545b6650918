import { withoutUmlauts } from '../recognise/words.ts'

/** An id made of a German text: `Jugendhilfe Sozialräume` becomes `jugendhilfe-sozialraeume`; at most 60 characters, never empty. */
export function slug (text: string): string {
  const plain = withoutUmlauts(text.normalize('NFC').toLowerCase()).replaceAll(/[^a-z0-9]+/g, '-')
  return plain.slice(0, 60).replaceAll(/^-+|-+$/g, '') || 'x'
}

/** The id, or the first with a number behind it that is not taken. */
export function freeId (id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id
  for (let number = 2; ; number++) {
    const candidate = `${id.slice(0, 56)}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
