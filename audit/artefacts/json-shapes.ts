import { isInternal } from './notice.ts'
import { judgeText, report, type Judge } from './judge.ts'

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

/** Holds a value against a shape. */
export function walk (value: unknown, shape: Shape, judge: Judge, place: string): void {
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
/** What must be read with figures, and what others publish; the values are held against the edition by whoever calls. */
const beside: ShapeObject = {
  notes: [text],
  references: [{ ...texts('name kind period referenceDate source differs'), licence, value: judged }],
}
const head: ShapeObject = {
  ...texts('title atlas edition asOf referenceDate denominatorDate isSynthetic level boundariesFrom indicator label definition unit period'),
  ...sources,
  // Read with the view.
  sentence: judged,
  permalink: judged,
  notice,
  ...beside,
}
export const viewShape: Shape = { ...head, breaks: judged, method: text, town: { name: text, ...fullCell }, values: [{ area: text, name: text, ...fullCell }] }
export const geojsonShape: Shape = {
  type: text,
  ...head,
  bbox: numbers(4),
  features: [{
    type: text, id: text, properties: { ...texts('area name level indicator period'), ...fullCell }, geometry: { type: text, coordinates: positions },
  }],
}
export const profileShape: Shape = {
  ...texts('area name level boundariesFrom boundariesTo atlas edition permalink isSynthetic recut'),
  notice,
  assessment: texts('assessment measure goal author date indicator isDraft'),
  parent: texts('level area name'),
  values: [{ ...texts('indicator theme label unit period'), ...sources, ...beside, town: fullCell, ...fullCell }],
}
export const columnsShape: Shape = {
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
export const lists: Readonly<Record<string, Shape>> = {
  editions: {
    ...texts('atlas title municipality language dataStatus current'),
    notice,
    licence,
    // Ids and days of other editions: nothing of this one.
    editions: [{ isCurrent: text, id: judged, publishedAt: judged, withdrawnAt: judged, reason: judged, successor: judged, state: judged }],
  },
  levels: {
    ...listHead,
    levels: [{ ...texts('id system validFrom validTo parent geometry'), label: localised, labelPlural: localised, areas: setting, bounds: box, recut: localised, madeOf: { level: text, parts: [[text]] } }],
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
      changes: [{ from: text, note: localised }],
    }],
    remarks: [{ ...texts('kind indicator level area period'), text: localised }],
    references: [{ ...texts('id kind'), name: localised, values: [{ ...texts('indicator period source referenceDate'), licence, differs: localised, value: judged }] }],
    deliveries: [{ ...texts('id title publisher attribution extractedOn'), licence }],
  },
  values: { ...listHead, level: text, indicator: text, values: [{ area: text, period: text, ...cell }] },
}
export const tileJsonShape: Shape = {
  ...texts('tilejson name description attribution scheme'),
  tiles: [text],
  minzoom: setting,
  maxzoom: setting,
  bounds: numbers(4),
  vector_layers: [{ id: text, description: text, fields: recordOf(text) }],
}
export const topologyShape: Shape = {
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
export const contextShape: Shape = {
  type: text, features: [{ type: text, properties: { kind: text, name: text }, geometry: { type: text, coordinates: positions } }],
}
export const bootstrapShape: Shape = {
  ...texts('atlas edition isCurrent isStatic language defaultLanguage level indicator period'),
  publicUrl: judged,
  base: judged,
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
