import type { Language } from '../../core/edition.ts'
import type { View } from '../../core/view.ts'
import type { Facts, KnownSeries } from './facts.ts'
import { parseView } from '../../core/view.ts'
import { defaultLevel, seriesKey } from './facts.ts'
import { decodePercent } from './number-text.ts'

/** What a path names, as far as the audit can tell without the server. */
export type Address =
  | { readonly kind: 'view', readonly view: View, readonly known: KnownSeries, readonly row: number, readonly language: Language }
  | { readonly kind: 'start', readonly language: Language }
  | { readonly kind: 'profile', readonly level: string, readonly area: string, readonly language: Language }
  | { readonly kind: 'text-page', readonly language: Language, readonly indicator?: string }
  | { readonly kind: 'values', readonly level: string, readonly indicator: string }
  | { readonly kind: 'api', readonly list: string, readonly query: ReadonlyMap<string, string> }
  | { readonly kind: 'topology' }
  | { readonly kind: 'context' }
  | { readonly kind: 'tilejson', readonly level: string, readonly indicator: string | null }
  | { readonly kind: 'geometry-tile', readonly level: string }
  | { readonly kind: 'joined-tile', readonly level: string, readonly indicator: string }
  | { readonly kind: 'unknown' }

const unknown: Address = { kind: 'unknown' }

/** Reads a path of the URL contract; the file of a static export has the same path, with or without `.html`. */
export function addressOf (path: string, facts: Facts): Address {
  const [route, search = ''] = splitOnce(path, '?')
  const pairs = [...new URLSearchParams(search)]
  const [atlas, ...rest] = route.split('/').slice(1).map(decodePercent)
  if (atlas === '' || atlas === 'index.html') return { kind: 'text-page', language: languageOf(pairs, facts) }
  if (atlas !== facts.edition.atlas.id) return unknown
  const language = languageOf(pairs, facts)
  const segments = rest.filter((segment, i) => segment !== '' && !(i === rest.length - 1 && segment === 'index.html'))
  const [room, first, second, third] = segments
  const name = (segment: string) => splitOnce(segment, '.')[0]
  switch (room) {
    case undefined: return { kind: 'start', language }
    case 'karte': return segments.length === 3 ? viewOf(facts, { atlas, indicator: first!, period: name(second!) }, pairs, language) : unknown
    case 'gebiet': return segments.length === 3 ? { kind: 'profile', level: first!, area: name(second!), language } : unknown
    case 'kennzahl': return segments.length === 2 ? { kind: 'text-page', language, indicator: name(first!) } : unknown
    case 'datenschutz': case 'datenschutz.html': return segments.length === 1 ? { kind: 'text-page', language } : unknown
    case 'values': return segments.length === 4 ? { kind: 'values', level: second!, indicator: name(third!) } : unknown
    case 'api': return segments.length === 3 ? { kind: 'api', list: second!, query: new Map(pairs) } : unknown
    case 'geometry': return segments.length === 3 ? { kind: 'topology' } : unknown
    case 'context': return segments.length === 2 ? { kind: 'context' } : unknown
    case 'tiles': return tileOf(segments.slice(2))
    default: return unknown
  }
}

function viewOf (facts: Facts, path: { atlas: string, indicator: string, period: string }, pairs: Array<[string, string]>, language: Language): Address {
  const { view } = parseView(path, pairs)
  const level = view && (view.level ?? defaultLevel(facts, view.indicator, view.period))
  const known = level === undefined ? undefined : facts.series.get(seriesKey(level, path.indicator))
  const row = known?.rows.get(path.period)
  return view && known && row !== undefined ? { kind: 'view', view, known, row, language } : unknown
}

/** @param segments after the edition or geometry */
function tileOf (segments: readonly string[]): Address {
  const [level, indicator] = segments
  switch (segments.length) {
    case 1: return { kind: 'tilejson', level: level!.replace(/\.json$/, ''), indicator: null }
    case 2: return { kind: 'tilejson', level: level!, indicator: indicator!.replace(/\.json$/, '') }
    case 4: return { kind: 'geometry-tile', level: level! }
    case 5: return { kind: 'joined-tile', level: level!, indicator: indicator! }
    default: return unknown
  }
}

function languageOf (pairs: ReadonlyArray<readonly [string, string]>, { edition }: Facts): Language {
  const asked = pairs.find(([name]) => name === 'sprache')?.[1]
  return asked === 'de' || asked === 'en' ? asked : edition.atlas.language
}

function splitOnce (text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator)
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)]
}
