import type { Between, StatusLetter } from '../../core/cell.ts'
import type { Language } from '../../core/edition.ts'
import type { Address } from './address.ts'
import type { KnownSeries } from './facts.ts'
import type { Claim, Judge } from './judge.ts'
import { findReference } from '../../core/edition.ts'
import { getTexts } from '../../core/text.ts'
import { noPair } from './between.ts'
import { judgeSentence } from './sentence.ts'
import { viewFacts } from './facts.ts'
import { judgeClaim, judgeText, report } from './judge.ts'
import { isInternal, judgeNotice } from './notice.ts'

/**
 * What a JSON document may hold. An object is read by its keys, and a key that is not named is a finding: that is how
 * a value that somebody adds later does not get out unseen.
 */
type Shape = Check | ShapeObject | readonly [Shape]
interface ShapeObject { readonly [key: string]: Shape }
type Check = (value: unknown, judge: Judge, place: string) => void

/** Every number in it is explained by the edition's texts. */
const text: Check = (value, judge, place) => {
  if (typeof value === 'string') judgeText(judge, value, null)
  else if (value !== null && typeof value !== 'boolean') report(judge, 'A1', 'unknown-attribute', `${place}: ${JSON.stringify(value)}`)
}
/** A number that describes the document and no cell: digits after the comma, a zoom, a factor. */
const setting: Check = (value, judge, place) => {
  if (typeof value !== 'number' && value !== null && typeof value !== 'boolean') text(value, judge, place)
}
/** Read by whoever calls. */
const judged: Check = () => {}
const localised: Shape = { de: text, en: text }
const licence: Shape = { name: text, url: text }
/** Keys are names. */
const recordOf = (shape: Shape): Check => (value, judge, place) => {
  for (const [key, inside] of Object.entries(value ?? {})) {
    judgeText(judge, key, null)
    walk(inside, shape, judge, `${place}.${key}`)
  }
}
/** Positions of two numbers, however deep: a third would be a value of its own. */
const positions: Check = (value, judge, place) => {
  if (!Array.isArray(value) || value.length === 0) return
  if (typeof value[0] !== 'number') for (const part of value) positions(part, judge, place)
  else if (value.length !== 2 || value.some(part => typeof part !== 'number')) report(judge, 'A1', 'unknown-attribute', `${place}: ${JSON.stringify(value)}`)
}
const numbers = (count: number): Check => (value, judge, place) => {
  if (value !== null && !(Array.isArray(value) && value.length === count && value.every(part => typeof part === 'number'))) {
    report(judge, 'A1', 'unknown-attribute', `${place}: ${JSON.stringify(value)}`)
  }
}
const box: Shape = { west: setting, south: setting, east: setting, north: setting }

function walk (value: unknown, shape: Shape, judge: Judge, place: string): void {
  if (typeof shape === 'function') shape(value, judge, place)
  if (typeof shape === 'function' || value === null || value === undefined) return
  if (isList(shape)) {
    if (!Array.isArray(value)) report(judge, 'A1', 'unknown-attribute', place)
    else for (const part of value) walk(part, shape[0], judge, place)
  } else if (typeof value !== 'object' || Array.isArray(value)) {
    report(judge, 'A1', 'unknown-attribute', `${place}: ${JSON.stringify(value)}`)
  } else {
    for (const [key, inside] of Object.entries(value)) {
      const known = Object.hasOwn(shape, key) ? shape[key] : undefined
      if (known === undefined) report(judge, 'A1', 'unknown-attribute', `${place}.${key}: ${JSON.stringify(inside)}`)
      else walk(inside, known, judge, `${place}.${key}`)
    }
  }
}

function isList (shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape)
}

/** Keys that hold texts. */
function texts (names: string): Record<string, Check> {
  return Object.fromEntries(names.split(' ').map(name => [name, text]))
}

/** Only an internal edition has such a key; its text is judged with the language of the answer. */
const notice: Check = (value, judge, place) => {
  if (!isInternal(judge)) report(judge, 'A1', 'other-notice', `${place}: ${JSON.stringify(value)}`)
}
const cell: ShapeObject = { ...texts('status reason flag'), value: judged }
/** Views and profiles may tell more of a suppressed value than lists and columns do. */
const fullCell: ShapeObject = { ...cell, between: judged }
const sources: ShapeObject = { sources: [text], licences: [licence] }
const head: ShapeObject = {
  ...texts('title atlas edition asOf referenceDate denominatorDate isSynthetic level boundariesFrom indicator label definition unit period'),
  ...sources,
  // Read with the view.
  sentence: judged,
  permalink: judged,
  notice,
}
const viewShape: Shape = { ...head, breaks: judged, method: text, town: { name: text, ...fullCell }, values: [{ area: text, name: text, ...fullCell }] }
const geojsonShape: Shape = {
  type: text,
  ...head,
  bbox: numbers(4),
  features: [{
    type: text, id: text, properties: { ...texts('area name level indicator period'), ...fullCell }, geometry: { type: text, coordinates: positions },
  }],
}
const profileShape: Shape = {
  ...texts('area name level boundariesFrom boundariesTo atlas edition permalink isSynthetic'),
  notice,
  parent: texts('level area name'),
  values: [{ ...texts('indicator theme label unit period'), ...sources, town: fullCell, ...fullCell }],
}
const columnsShape: Shape = {
  ...texts('edition level indicator method permalink'),
  notice,
  ...sources,
  areas: [text],
  periods: [text],
  referenceDates: [text],
  values: judged,
  status: [[text]],
  reason: [[text]],
  flag: [[text]],
  breaks: judged,
}
const formula: Shape = { numerator: [text], minus: [text], denominator: [text], factor: setting }
const listHead: ShapeObject = { atlas: text, edition: text, notice }
const lists: Readonly<Record<string, Shape>> = {
  editions: {
    ...texts('atlas title municipality language dataStatus current'),
    notice,
    licence,
    // Ids and days of other editions: nothing of this one.
    editions: [{ isCurrent: text, id: judged, publishedAt: judged, withdrawnAt: judged, reason: judged, successor: judged, state: judged }],
  },
  levels: {
    ...listHead,
    levels: [{ ...texts('id system validFrom validTo parent geometry'), label: localised, labelPlural: localised, areas: setting, bounds: box }],
  },
  areas: { ...listHead, areas: [texts('level id name parent')] },
  indicators: {
    ...listHead,
    themes: [{ id: text, label: localised }],
    indicators: [{
      ...texts('id theme kind signed palette'),
      label: localised,
      definition: localised,
      unit: localised,
      decimals: setting,
      formula,
      notes: [localised],
      periods: [{ ...texts('period referenceDate denominatorDate'), deliveries: [text] }],
      levels: recordOf([text]),
    }],
    deliveries: [{ ...texts('id title publisher attribution extractedOn'), licence }],
  },
  values: { ...listHead, level: text, indicator: text, values: [{ area: text, period: text, ...cell }] },
}
const tileJsonShape: Shape = {
  ...texts('tilejson name description attribution scheme'),
  tiles: [text],
  minzoom: setting,
  maxzoom: setting,
  bounds: numbers(4),
  vector_layers: [{ id: text, description: text, fields: recordOf(text) }],
}
const topologyShape: Shape = {
  type: text,
  bbox: numbers(4),
  transform: { scale: numbers(2), translate: numbers(2) },
  arcs: positions,
  objects: recordOf({
    type: text,
    arcs: judged,
    geometries: [{ type: text, id: setting, properties: { area: text, name: text, r: setting }, arcs: judged, coordinates: positions }],
  }),
}
const contextShape: Shape = {
  type: text, features: [{ type: text, properties: { kind: text, name: text }, geometry: { type: text, coordinates: positions } }],
}
const bootstrapShape: Shape = {
  ...texts('atlas edition isCurrent language defaultLanguage level indicator period'),
  publicUrl: judged,
  view: {
    ...texts('atlas indicator period level comparison second mode edition language'),
    areas: [text],
    classes: { method: text, count: setting, breaks: judged },
    bounds: box,
    page: setting,
  },
  levels: [{ ...texts('id label labelPlural geometry'), areas: setting }],
  indicators: [{ ...texts('id theme label definition unit signed palette kind'), decimals: setting, levels: recordOf([text]) }],
  themes: [texts('id label')],
  reference: texts('level label name'),
  bounds: numbers(4),
  tiles: { minZoom: setting, maxZoom: setting },
  urls: { ...texts('values topology tiles indicators context'), assets: judged },
}

/** Reads the JSON that the viewer starts with. */
export function judgeBootstrap (judge: Judge, source: string): void {
  const value = parse(judge, source)
  if (value !== undefined) walk(value, bootstrapShape, judge, 'bootstrap')
}

/** Any JSON of the URL contract: closed shape, every cell held against the edition. */
export function judgeJson (judge: Judge, source: string, address: Address): void {
  const value = parse(judge, source)
  if (value === undefined) return
  judgeDocumentNotice(judge, fieldsOf(value), address)
  switch (address.kind) {
    case 'view': return judgeView(judge, value, address)
    case 'profile': return judgeProfile(judge, value, address)
    case 'values': return judgeColumns(judge, value, address)
    case 'api': return judgeList(judge, value, address)
    case 'tilejson': return walk(value, tileJsonShape, judge, '')
    case 'topology': return walk(value, topologyShape, judge, '')
    case 'context': return walk(value, contextShape, judge, '')
    default: return report(judge, 'A1', 'unreadable', 'a document that the audit does not know')
  }
}

/** Boundaries alone hold no figures, and a description of the interface none either. */
function judgeDocumentNotice (judge: Judge, root: Fields, address: Address): void {
  const own = judge.facts.edition.atlas.language
  switch (address.kind) {
    case 'view':
    case 'profile': return judgeNoticeKey(judge, root, address.language)
    case 'values': return judgeNoticeKey(judge, root, own)
    case 'api': return address.list === 'openapi.json' ? undefined : judgeNoticeKey(judge, root, own)
    case 'tilejson': return judgeNotice(judge, nameOf(root['attribution']).split('; ').filter(part => part === getTexts(own).frame.internal), own)
    default:
  }
}

function judgeNoticeKey (judge: Judge, root: Fields, language: Language): void {
  judgeNotice(judge, Object.hasOwn(root, 'notice') ? [root['notice']] : [], language)
}

function parse (judge: Judge, source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    report(judge, 'A1', 'unreadable', 'no JSON')
    return undefined
  }
}

/** An object of unknown content, for reading what a shape has let through. */
type Fields = Readonly<Record<string, unknown>>

function fieldsOf (value: unknown): Fields {
  return value !== null && typeof value === 'object' ? value as Fields : {}
}

function listOf (value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function nameOf (value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const letters: Readonly<Record<string, StatusLetter>> = { observed: 'o', suppressed: 's', missing: 'm' }

/** Status, value and whatever else an object says about its cell. */
function cellClaim (fields: Fields, sink: string): Pick<Claim, 'sink' | 'status' | 'value' | 'reason' | 'look'> {
  const { value, status, reason, flag } = fields
  const letter = letters[nameOf(status)]
  return {
    sink,
    ...(letter === undefined ? {} : { status: letter }),
    value: typeof value === 'number' ? value : value === undefined || value === null ? null : Number.NaN,
    reason: reasonOf(reason, flag),
    look: nameOf(status),
  }
}

/** Null where a cell tells nothing of what it lies between. */
function pairOf (fields: Fields): Between | null {
  if (!Object.hasOwn(fields, 'between')) return null
  const [least, greatest, ...more] = listOf(fields['between'])
  return typeof least === 'number' && typeof greatest === 'number' && more.length === 0 ? [least, greatest] : noPair
}

function reasonOf (...parts: readonly unknown[]): string | null {
  const given = parts.filter(part => part !== undefined && part !== null)
  return given.length === 0 ? null : given.map(part => JSON.stringify(part)).join(' ')
}

function judgeView (judge: Judge, value: unknown, { known, row, language, view }: Extract<Address, { kind: 'view' }>): void {
  const root = fieldsOf(value)
  const isCollection = root['type'] === 'FeatureCollection'
  walk(value, isCollection ? geojsonShape : viewShape, judge, '')
  const facts = viewFacts(judge.facts, known, row, language, view.classes)
  judgeSentence(judge, nameOf(root['sentence']), facts)
  judgeText(judge, nameOf(root['permalink']), new Set(facts.classes.breaks.map(String)))
  judgeBreaks(judge, root['breaks'], facts.classes.breaks)
  const place = placeOf(known, row)
  const rows = isCollection ? listOf(root['features']).map(feature => fieldsOf(fieldsOf(feature)['properties'])) : listOf(root['values']).map(fieldsOf)
  rows.forEach(fields => judgeClaim(judge, { ...place, area: nameOf(fields['area']), ...cellClaim(fields, isCollection ? 'geojson' : 'json'), between: pairOf(fields) }))
  judgeOrder(judge, rows.map(fields => nameOf(fields['area'])), known)
  const town = findReference(judge.facts.edition)
  if (root['town'] && town) judgeClaim(judge, { ...place, level: town.level.id, area: town.area.id, ...cellClaim(fieldsOf(root['town']), 'json'), between: pairOf(fieldsOf(root['town'])) })
}

function placeOf ({ series }: KnownSeries, row: number): Pick<Claim, 'level' | 'indicator' | 'period'> {
  return { level: series.level, indicator: series.indicator, period: series.periods[row]! }
}

function judgeBreaks (judge: Judge, found: unknown, expected: readonly number[]): void {
  if (found !== undefined && JSON.stringify(found) !== JSON.stringify(expected)) {
    report(judge, 'A2', 'other-breaks', `${JSON.stringify(found)} ≠ ${JSON.stringify(expected)}`)
  }
}

/** Any other order would be a ranking. */
function judgeOrder (judge: Judge, areas: readonly string[], { columns }: KnownSeries): void {
  const stray = areas.find((area, i) => i > 0 && (columns.get(area) ?? -1) <= (columns.get(areas[i - 1]!) ?? -1))
  if (stray !== undefined) report(judge, 'A2', 'other-order', stray)
}

function judgeProfile (judge: Judge, value: unknown, { level, area }: Extract<Address, { kind: 'profile' }>): void {
  walk(value, profileShape, judge, '')
  const town = findReference(judge.facts.edition)
  for (const fields of listOf(fieldsOf(value)['values']).map(fieldsOf)) {
    const place = { indicator: nameOf(fields['indicator']), period: nameOf(fields['period']) }
    judgeClaim(judge, { level, area, ...place, ...cellClaim(fields, 'json'), between: pairOf(fields) })
    if (fields['town'] && town) judgeClaim(judge, { ...place, level: town.level.id, area: town.area.id, ...cellClaim(fieldsOf(fields['town']), 'json'), between: pairOf(fieldsOf(fields['town'])) })
  }
}

function judgeColumns (judge: Judge, value: unknown, { level, indicator }: Extract<Address, { kind: 'values' }>): void {
  walk(value, columnsShape, judge, '')
  const root = fieldsOf(value)
  const known = judge.facts.series.get(`${level}/${indicator}`)
  if (!known) {
    report(judge, 'A1', 'unknown-cell', `${level}/${indicator}`)
    return
  }
  judgeBreaks(judge, root['breaks'], known.series.classes.breaks)
  const areas = listOf(root['areas']).map(nameOf)
  judgeOrder(judge, areas, known)
  listOf(root['periods']).map(nameOf).forEach((period, row) => {
    const at = (name: string, column: number) => listOf(listOf(root[name])[row])[column]
    const width = Math.max(areas.length, ...['values', 'status', 'reason', 'flag'].map(name => listOf(listOf(root[name])[row]).length))
    for (let column = 0; column < width; column++) {
      const number = at('values', column)
      judgeClaim(judge, {
        level,
        indicator,
        area: areas[column] ?? `column ${column}`,
        period,
        sink: 'values',
        status: nameOf(at('status', column)) as StatusLetter,
        value: typeof number === 'number' ? number : number === null || number === undefined ? null : Number.NaN,
        reason: reasonOf(at('reason', column), at('flag', column)),
        look: String(number),
      })
    }
  })
  for (const name of ['values', 'status', 'reason', 'flag']) {
    if (listOf(root[name]).length > listOf(root['periods']).length) report(judge, 'A1', 'unknown-attribute', `${name}: more rows than periods`)
  }
}

function judgeList (judge: Judge, value: unknown, { list }: Extract<Address, { kind: 'api' }>): void {
  if (list === 'openapi.json') return judgeDescription(judge, value, '')
  const shape = lists[list]
  if (!shape) {
    report(judge, 'A1', 'unreadable', `a list that the audit does not know: ${list}`)
    return
  }
  walk(value, shape, judge, '')
  const root = fieldsOf(value)
  if (list === 'levels') judgeAreaCounts(judge, listOf(root['levels']).map(fieldsOf))
  if (list !== 'values') return
  const [level, indicator] = [nameOf(root['level']), nameOf(root['indicator'])]
  const known = judge.facts.series.get(`${level}/${indicator}`)
  const byPeriod = new Map<string, string[]>()
  for (const fields of listOf(root['values']).map(fieldsOf)) {
    const [area, period] = [nameOf(fields['area']), nameOf(fields['period'])]
    judgeClaim(judge, { level, indicator, area, period, ...cellClaim(fields, 'json') })
    const areas = byPeriod.get(period)
    if (areas) areas.push(area)
    else byPeriod.set(period, [area])
  }
  if (known) for (const areas of byPeriod.values()) judgeOrder(judge, areas, known)
}

function judgeAreaCounts (judge: Judge, levels: readonly Fields[]): void {
  for (const { id, areas } of levels) {
    const level = judge.facts.levels.get(nameOf(id))
    if (level && areas !== level.areas.length) report(judge, 'A2', 'other-count', `${nameOf(id)}: ${String(areas)}`)
  }
}

/** OpenAPI speaks of shapes: numbers only as their limits. */
function judgeDescription (judge: Judge, value: unknown, key: string): void {
  if (typeof value === 'number') {
    if (!/^(min|max)(imum|Items|Length|Properties)$/.test(key)) report(judge, 'A1', 'unknown-attribute', `${key}: ${value}`)
  } else if (value !== null && typeof value === 'object') for (const [name, inside] of Object.entries(value)) judgeDescription(judge, inside, Array.isArray(value) ? key : name)
}
