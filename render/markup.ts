import { escapeMarkup } from '../core/escape.ts'

/**
 * Text of a page or a picture that is safe to send: everything put into it was escaped.
 *
 * The tag `markup` is the only way to make one, so that a forgotten escape does not compile into
 * a hole: strings are escaped, other markup is taken as it is, lists are joined, null is nothing.
 */
export interface Markup { readonly markup: string }

export type MarkupPart = string | number | Markup | null | readonly MarkupPart[]

export function markup (strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  let text = strings[0]!
  for (let i = 0; i < parts.length; i++) text += toText(parts[i]!) + strings[i + 1]!
  return { markup: text }
}

/** For text that is markup already, such as a picture made by `svg/`. */
export function trusted (text: string): Markup {
  return { markup: text }
}

/** Nothing where the condition does not hold. */
export function when (condition: boolean, content: () => Markup): Markup | null {
  return condition ? content() : null
}

/** JSON that can stand inside a script element: no `<` that could close it. */
export function scriptJson (value: unknown): Markup {
  return { markup: JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029') }
}

function toText (part: MarkupPart): string {
  if (part === null) return ''
  if (typeof part === 'string') return escapeMarkup(part)
  if (typeof part === 'number') return String(part)
  if ('markup' in part) return part.markup
  let text = ''
  for (const piece of part) text += toText(piece)
  return text
}
