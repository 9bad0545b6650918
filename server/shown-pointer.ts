import type { EditionPointer } from './edition-source.ts'

/** The pointer of an atlas that has something to show. */
export type ShownPointer = EditionPointer & { readonly edition: string }

export function isShown (pointer: EditionPointer): pointer is ShownPointer {
  return pointer.edition !== null
}
