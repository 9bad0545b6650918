import type { View } from '../core/view.ts'
import type { Bootstrap } from '../render/bootstrap.ts'
import { formatView, parseView } from '../core/view.ts'

/** The view an address names, below whatever base path; `undefined` where it names none. */
export function viewOfAddress ({ pathname, search }: { readonly pathname: string, readonly search: string }): View | undefined {
  const path = /\/([^/]+)\/karte\/([^/]+)\/([^/.]+)$/.exec(pathname)
  if (!path) return undefined
  const [, atlas, indicator, period] = path as unknown as [string, string, string, string]
  return parseView({ atlas, indicator, period }, [...new URLSearchParams(search)]).view
}

/** The link to a view. */
export function toHref (view: View, { base }: Pick<Bootstrap, 'base'>): string {
  return `${base}${formatView(view)}`
}

/** The address of a path template of the page with its places filled in. */
export function fillTemplate (template: string, places: Readonly<Record<string, string>>, { base }: Pick<Bootstrap, 'base'>): string {
  return base + template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
}
