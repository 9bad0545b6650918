import type { Bounds } from './area.ts'
import type { Language } from './edition.ts'
import { isEditionId, isId } from './id.ts'
import { parsePeriod } from './period.ts'

/**
 * What somebody looks at. The URL is the whole state: `parseView` and `formatView` are inverse.
 * Ids are checked for their form only; whether they exist is the edition's business.
 */
export interface View {
  readonly atlas: string
  readonly indicator: string
  readonly period: string
  /** `ebene`; null means the first level that has this indicator in this period. */
  readonly level: string | null
  /** `gebiete`: chosen (pinned) areas, in the order of choosing. */
  readonly areas: readonly string[]
  /** `vergleich`: a period or an area. */
  readonly comparison: string | null
  /** `zweite`: a second indicator. */
  readonly second: string | null
  /** `ansicht` */
  readonly mode: ViewMode
  /** `klassen`; null means the classes stored in the edition. */
  readonly classes: ClassChoice | null
  /** `ausschnitt` */
  readonly bounds: Bounds | null
  /** `seite` of the table, from 1. */
  readonly page: number
  /** `ausgabe`; null means the current edition. */
  readonly edition: string | null
  /** `sprache`; null means the project's. */
  readonly language: Language | null
}

export type ViewMode = 'karte' | 'tabelle' | 'verlauf' | 'streuung' | 'klein'

export type ClassChoice =
  | { readonly method: 'quantile' | 'natural' | 'equal' | 'pretty', readonly count: number }
  | { readonly method: 'manual', readonly breaks: readonly number[] }

export type ViewFormat = 'html' | 'svg' | 'csv' | 'json' | 'geojson' | 'png' | 'pdf' | 'docx' | 'xlsx' | 'ods'

/** Query parameters of a page: a name that is not ours, or a value that cannot be read. */
export interface ParameterFault {
  readonly parameter: string
  readonly value: string
  readonly fault: 'unknown-name' | 'invalid-value' | 'repeated'
  /** What would be valid, in the notation of URLs. */
  readonly expected: string
}

/** What stands in the path of a view: `/{atlas}/karte/{indicator}/{period}`. */
export interface ViewPath {
  readonly atlas: string
  readonly indicator: string
  readonly period: string
}

/**
 * A view, or everything that is wrong with its URL. `nearest` is the view without the faulty
 * parameters, to redirect or link to; null where the path itself cannot be read.
 */
export type ParsedView =
  | { readonly view: View, readonly faults?: undefined, readonly nearest?: undefined }
  | { readonly view?: undefined, readonly faults: readonly ParameterFault[], readonly nearest: View | null }

/** The view that shows an indicator and a period with nothing else chosen. */
export function plainView ({ atlas, indicator, period }: ViewPath): View {
  return {
    atlas,
    indicator,
    period,
    level: null,
    areas: [],
    comparison: null,
    second: null,
    mode: 'karte',
    classes: null,
    bounds: null,
    page: 1,
    edition: null,
    language: null,
  }
}

/** Reads path and query of a view; collects every fault instead of stopping at the first. */
export function parseView (path: ViewPath, query: ReadonlyArray<readonly [name: string, value: string]>): ParsedView {
  const faults: ParameterFault[] = []
  for (const [parameter, expected] of [['atlas', idForm], ['indicator', idForm], ['period', periodForm]] as const) {
    const valid = parameter === 'period' ? parsePeriod(path.period) !== undefined : isId(path[parameter])
    if (!valid) faults.push({ parameter, value: path[parameter], fault: 'invalid-value', expected })
  }
  const pathIsValid = faults.length === 0

  let view = plainView(path)
  const seen = new Set<string>()
  for (const [name, value] of query) {
    const parameter = viewParameters.find(candidate => candidate.name === name)
    if (!parameter) {
      faults.push({ parameter: name, value, fault: 'unknown-name', expected: viewParameters.map(({ name }) => name).join(', ') })
    } else if (seen.has(name)) {
      faults.push({ parameter: name, value, fault: 'repeated', expected: parameter.expected })
    } else {
      const change = parameter.parse(value)
      if (change) view = { ...view, ...change }
      else faults.push({ parameter: name, value, fault: 'invalid-value', expected: parameter.expected })
    }
    seen.add(name)
  }
  return faults.length === 0 ? { view } : { faults, nearest: pathIsValid ? view : null }
}

/** The canonical path and query of a view: parameters in fixed order, defaults left out. */
export function formatView (view: View, format: ViewFormat = 'html'): string {
  const path = `/${view.atlas}/karte/${view.indicator}/${view.period}${format === 'html' ? '' : `.${format}`}`
  const query = viewParameters.flatMap(({ name, format }) => {
    const value = format(view)
    return value === null ? [] : [`${name}=${value}`]
  })
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

/** One query parameter: how it is read, and how it is written (null where it has its default). */
interface ViewParameter {
  readonly name: string
  readonly expected: string
  readonly parse: (value: string) => Partial<View> | undefined
  readonly format: (view: View) => string | null
}

const idForm = 'A-Z a-z 0-9 _ - (1…60)'
const periodForm = '2024-12-31, 2024, 2024-q1, 2024-25, 2022-2024'
const modes: readonly ViewMode[] = ['karte', 'tabelle', 'verlauf', 'streuung', 'klein']
const languages: readonly Language[] = ['de', 'en']

/** In the order in which they stand in a canonical URL. Every written value needs no percent-encoding. */
const viewParameters: readonly ViewParameter[] = [
  { name: 'ebene', expected: idForm, parse: text => isId(text) ? { level: text } : undefined, format: view => view.level },
  { name: 'gebiete', expected: '01,02,03', parse: parseAreas, format: ({ areas }) => areas.length === 0 ? null : areas.join(',') },
  { name: 'vergleich', expected: idForm, parse: text => isId(text) ? { comparison: text } : undefined, format: view => view.comparison },
  { name: 'zweite', expected: idForm, parse: text => isId(text) ? { second: text } : undefined, format: view => view.second },
  {
    name: 'ansicht',
    expected: modes.join(', '),
    parse: text => oneOf(modes, text, mode => ({ mode })),
    format: ({ mode }) => mode === 'karte' ? null : mode,
  },
  {
    name: 'klassen',
    expected: 'quantile-5, natural-5, equal-5, pretty-5 (2…7), manual:10,20,30',
    parse: text => {
      const classes = parseClassChoice(text)
      return classes && { classes }
    },
    format: ({ classes }) => classes && formatClassChoice(classes),
  },
  { name: 'ausschnitt', expected: '9.1,52.5,9.3,52.7', parse: parseBounds, format: ({ bounds }) => bounds && formatBounds(bounds) },
  {
    name: 'seite',
    expected: '1, 2, 3 …',
    parse: text => /^[1-9]\d{0,5}$/.test(text) ? { page: Number(text) } : undefined,
    format: ({ page }) => page === 1 ? null : String(page),
  },
  { name: 'ausgabe', expected: 'e0123456789ab', parse: text => isEditionId(text) ? { edition: text } : undefined, format: view => view.edition },
  {
    name: 'sprache',
    expected: languages.join(', '),
    parse: text => oneOf(languages, text, language => ({ language })),
    format: view => view.language,
  },
]

function oneOf<Option extends string> (options: readonly Option[], text: string, toChange: (option: Option) => Partial<View>): Partial<View> | undefined {
  const option = options.find(candidate => candidate === text)
  return option === undefined ? undefined : toChange(option)
}

function parseAreas (text: string): Partial<View> | undefined {
  const areas = text.split(',')
  return areas.every(isId) && new Set(areas).size === areas.length ? { areas } : undefined
}

function parseClassChoice (text: string): ClassChoice | undefined {
  const automatic = /^(quantile|natural|equal|pretty)-([2-7])$/.exec(text)
  if (automatic) return { method: automatic[1] as 'quantile' | 'natural' | 'equal' | 'pretty', count: Number(automatic[2]) }
  if (!text.startsWith('manual:')) return undefined
  const breaks = parseNumbers(text.slice('manual:'.length))
  const isAscending = breaks?.every((bound, i) => i === 0 || bound > breaks[i - 1]!)
  return breaks && isAscending && breaks.length <= 6 ? { method: 'manual', breaks } : undefined
}

function formatClassChoice (classes: ClassChoice): string {
  return classes.method === 'manual' ? `manual:${classes.breaks.join(',')}` : `${classes.method}-${classes.count}`
}

function parseBounds (text: string): Partial<View> | undefined {
  const numbers = parseNumbers(text)
  if (numbers?.length !== 4) return undefined
  const [west, south, east, north] = numbers as [number, number, number, number]
  const isBox = west < east && south < north && west >= -180 && east <= 180 && south >= -90 && north <= 90
  return isBox ? { bounds: { west, south, east, north } } : undefined
}

function formatBounds ({ west, south, east, north }: Bounds): string {
  return [west, south, east, north].join(',')
}

/** Decimal numbers between commas; `undefined` for anything else. A `+` would be a space in a query, so exponents have none. */
function parseNumbers (text: string): number[] | undefined {
  const parts = text.split(',')
  if (!parts.every(part => /^-?\d{1,15}(\.\d{1,25})?(e-?\d{1,3})?$/.test(part))) return undefined
  const numbers = parts.map(part => Number(part) + 0) // + 0 turns -0 into 0
  return numbers.every(Number.isFinite) ? numbers : undefined // 1e999 is well written and no number
}
