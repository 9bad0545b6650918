import type { View } from '../core/view.ts'
import type { Bootstrap } from '../render/bootstrap.ts'
import { fileOfPath } from '../core/static-file.ts'
import { formatView, parseView } from '../core/view.ts'

/** The view an address names, below whatever base path; `undefined` where it names none. */
export function viewOfAddress ({ pathname, search }: { readonly pathname: string, readonly search: string }): View | undefined {
  const path = /\/([^/]+)\/karte\/([^/]+)\/([^/.]+)(?:\.html)?$/.exec(pathname)
  if (!path) return undefined
  const [, atlas, indicator, file] = path as unknown as [string, string, string, string]
  // In a folder of files a part of the choice stands in the name.
  const [period, ...parameters] = file.split('~') as [string, ...string[]]
  return parseView({ atlas, indicator, period }, [...new URLSearchParams(parameters.join('&')), ...new URLSearchParams(search)]).view
}

/** The link to a view. Which areas are chosen changes no file: the viewer alone shows it. */
export function toHref (view: View, { base, isStatic }: Pick<Bootstrap, 'base' | 'isStatic'>): string {
  if (!isStatic) return `${base}${formatView(view)}`
  const chosen = view.areas.length === 0 ? '' : `?gebiete=${view.areas.join(',')}`
  return `${base}/${fileOfPath(formatView({ ...view, areas: [] }))}${chosen}`
}

/** The address of a path template of the page with its places filled in. */
export function fillTemplate (template: string, places: Readonly<Record<string, string>>, { base }: Pick<Bootstrap, 'base'>): string {
  return base + template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
}
