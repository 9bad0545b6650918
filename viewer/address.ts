import type { View } from '../core/view.ts'
import { parseView } from '../core/view.ts'

/** The view an address names, `undefined` where it names none. */
export function viewOfAddress ({ pathname, search }: { readonly pathname: string, readonly search: string }): View | undefined {
  const path = /^\/([^/]+)\/karte\/([^/]+)\/([^/.]+)$/.exec(pathname)
  if (!path) return undefined
  const [, atlas, indicator, period] = path as unknown as [string, string, string, string]
  return parseView({ atlas, indicator, period }, [...new URLSearchParams(search)]).view
}

/** A template of the page with its places filled in. */
export function fillTemplate (template: string, places: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
}
