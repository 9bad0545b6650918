/**
 * The form of ids. All of them stand in addresses as they are, without percent-encoding, and order
 * by code unit. As text, because schemas carry them too.
 */

/** What a project names: atlas, level, indicator, area, theme, delivery. */
export const idPattern = '^[A-Za-z0-9_-]{1,60}$'

/** `e` and 12 hex digits of the SHA-256 of what the edition says. */
export const editionIdPattern = '^e[0-9a-f]{12}$'

/** `g` and 12 hex digits of the SHA-256 of names and coordinates. */
export const geometryIdPattern = '^g[0-9a-f]{12}$'

export function isId (text: string): boolean {
  return idForm.test(text)
}

export function isEditionId (text: string): boolean {
  return editionIdForm.test(text)
}

const idForm = new RegExp(idPattern)
const editionIdForm = new RegExp(editionIdPattern)
