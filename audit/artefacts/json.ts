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
import { bootstrapShape, columnsShape, contextShape, geojsonShape, lists, profileShape, tileJsonShape, topologyShape, viewShape, walk } from './json-shapes.ts'
import { judgeNotice } from './notice.ts'
import { judgeReferenceJson, judgeReferenceList, judgeRemarkList } from './references.ts'

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
  judgeReferenceJson(judge, listOf(root['references']), known.indicator.id)
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
    judgeReferenceJson(judge, listOf(fields['references']), place.indicator)
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
  if (list === 'indicators') {
    judgeRemarkList(judge, listOf(root['remarks']))
    judgeReferenceList(judge, listOf(root['references']))
  }
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
