/**
 * The path below the base: `/sozialatlas/town?sprache=en` to `/town?sprache=en`, the base alone to `/`; `undefined` for
 * what lies beside it. The proxy in front passes paths on as they came: a server that also answered without the base
 * would give one page two addresses, and could not tell an atlas from a base of the same name.
 */
export function withoutBase (url: string, base: string): string | undefined {
  if (base === '') return url
  if (!url.startsWith(base)) return undefined
  const rest = url.slice(base.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : undefined
}
