import type { Audience, DeliveryFacts, Facility, FacilityLayer } from '../../core/edition.ts'
import { byCodeUnit } from '../../core/period.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import type { Figures } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import type { Boundaries } from '../levels/levels.ts'
import { toLocalised, type Project } from '../project-file/project.ts'
import type { FacilityLayerEntry } from '../project-file/schema.ts'
import { mayReach } from '../protect/rules.ts'
import { findColumn } from '../read/column.ts'
import { countPlaces, findArea, indexShapes, readCapacity } from './count-places.ts'
import { describePlace, kindOf, nameOf } from './describe-place.ts'
import { linesOf, locatePlaces, type LocatedPlace } from './locate-places.ts'
import { readPlacesFile, type SourcePlace, type SourcePlaces } from './read-places.ts'
import { chooseRows, listPersonalColumns, screenPlaces } from './screen-places.ts'

/** Reads lists of facilities, refuses places that must not be known, and counts the rest into areas. */
export async function readFacilities (project: Project, boundaries: Boundaries, figures: Figures, audience: Audience): Promise<{ layers: FacilityLayer[], problems: Problem[] }> {
  const layers: FacilityLayer[] = []
  const problems: Problem[] = []
  for (const entry of listLayers(project, audience)) {
    const { located, problems: found } = await locateLayer(project, entry)
    const { inTown, problems: strangers } = keepTown(located, entry, boundaries, figures)
    const facilities = inTown.map(place => describePlace(place, entry)).toSorted((a, b) => byCodeUnit(a.id, b.id))
    problems.push(...found, ...strangers, ...duplicateProblems(inTown, facilities, entry))
    const { id, label, attribution, licence, referenceDate } = entry
    layers.push({ id, label: toLocalised(label), attribution, licence, referenceDate, facilities })
  }
  return { layers, problems }
}

function listLayers ({ file }: Pick<Project, 'file'>, audience: Audience): FacilityLayerEntry[] {
  return (file.facilities ?? []).filter(layer => mayReach(layer, audience))
}

/** What the public learns about the source of figures that are counted from facilities. */
export function listFacilitySources ({ file }: Pick<Project, 'file'>, audience: Audience): DeliveryFacts[] {
  return listLayers({ file }, audience).filter(({ counts }) => counts !== undefined).map(({ id, label, publisher, licence, attribution, referenceDate, legalBasis }) => ({
    id,
    title: toLocalised(label).de,
    publisher,
    licence,
    attribution,
    extractedOn: referenceDate,
    minimumCount: null,
    minimumCountReason: 'Einrichtungen sind öffentlich bekannt; gezählt werden sie selbst, keine Personen.',
    legalBasis,
  }))
}

/** One list by itself, without the areas: where its places lie, and what speaks against them. */
export async function checkLayer (project: Project, entry: FacilityLayerEntry): Promise<{ located: readonly LocatedPlace[], problems: readonly Problem[] }> {
  const { located, problems } = await locateLayer(project, entry)
  return { located, problems: [...problems, ...duplicateProblems(located, located.map(place => describePlace(place, entry)), entry)] }
}

async function locateLayer (project: Project, entry: FacilityLayerEntry): Promise<{ located: LocatedPlace[], problems: Problem[] }> {
  const located: LocatedPlace[] = []
  const problems: Problem[] = []
  for (const file of entry.files) {
    const { read, problems: found } = await readPlacesFile(project.resolve(file), file, entry)
    problems.push(...found)
    if (!read) continue
    const missing = columnProblems(read, entry, file)
    problems.push(...missing)
    if (missing.some(({ severity }) => severity === 'error')) continue
    const rows = chooseRows(read.places, entry)
    const screened = screenPlaces(rows, entry)
    problems.push(...screened)
    if (screened.length > 0) continue
    const placed = locatePlaces(rows, read.crs, project.bounds)
    located.push(...placed.located)
    problems.push(...placed.problems, ...unnamedProblems(rows, entry))
  }
  return { located, problems }
}

function columnProblems ({ columns }: SourcePlaces, { name, kind, key, attributes = {}, where = {}, exclude = {} }: FacilityLayerEntry, file: string): Problem[] {
  const named = [name, typeof kind === 'string' ? [] : kind.column, key ?? [], ...Object.values(attributes), Object.keys(where), Object.keys(exclude)].flatMap(heads => heads ?? [])
  const missing = [...new Set(named)].flatMap(column => {
    const found = findColumn(columns, column, { file })
    return 'problem' in found ? [found.problem] : []
  })
  const personal = listPersonalColumns(columns)
  return [...missing, ...personal.length === 0 ? [] : [problem('facilities-columns-left-out', { file }, { columns: quoteList(personal, 10) })]]
}

/** Places on an area of the level, counted; without a level all of them. */
function keepTown (located: readonly LocatedPlace[], entry: FacilityLayerEntry, { levels, geometries }: Boundaries, figures: Figures): { inTown: readonly LocatedPlace[], problems: Problem[] } {
  const level = levels.find(({ id }) => id === entry.level)
  if (!level) return { inTown: located, problems: [] }
  const index = indexShapes(geometries.find(({ id }) => id === level.geometry)!.shapes)
  const placed = located.map(place => ({ ...place, area: findArea(index, place) }))
  const inTown = placed.filter(({ area }) => area !== -1)
  const strangers = placed.filter(({ area }) => area === -1).map(({ source }) => source)
  countPlaces(figures, inTown, level, entry)
  const capacity = entry.attributes?.capacity
  const isSummed = Object.values(entry.counts ?? {}).some(rule => rule !== 'count')
  const unknown = capacity === undefined || !isSummed ? [] : inTown.map(({ source }) => source).filter(({ fields }) => readCapacity((fields[capacity] ?? '').trim()) === undefined)
  return {
    inTown,
    problems: [
      ...strangers.length === 0 ? [] : [problem('facilities-outside-areas', strangers[0]!.place, { count: strangers.length, lines: linesOf(strangers), level: level.id })],
      ...unknown.length === 0 ? [] : [problem('facilities-no-capacity', { ...unknown[0]!.place, column: capacity! }, { count: unknown.length, lines: linesOf(unknown), text: unknown[0]!.fields[capacity!] ?? '' })],
    ],
  }
}

/** Without a kind nobody finds it in the legend, without a name on the map. */
function unnamedProblems (rows: readonly SourcePlace[], entry: FacilityLayerEntry): Problem[] {
  const say = (code: 'facilities-no-kind' | 'facilities-no-name', found: readonly SourcePlace[]) =>
    found.length === 0 ? [] : [problem(code, found[0]!.place, { count: found.length, lines: linesOf(found) })]
  return [...say('facilities-no-name', rows.filter(({ fields }) => nameOf(fields, entry) === '')), ...say('facilities-no-kind', rows.filter(({ fields }) => kindOf(fields, entry) === ''))]
}

/** The same number twice is an error, since one would hide the other; the same name at the same place is only likely one. */
function duplicateProblems (places: readonly LocatedPlace[], facilities: readonly Facility[], entry: FacilityLayerEntry): Problem[] {
  const described = places.map(place => ({ place, facility: describePlace(place, entry) }))
  const ids = [...groupBy(described, ({ facility }) => facility.id)].filter(([, list]) => list.length > 1)
  const sameId = new Set(ids.flatMap(([, list]) => list.map(({ place }) => place)))
  const twins = [...groupBy(described.filter(({ place }) => !sameId.has(place)), ({ facility: { name, lon, lat } }) => `${name}|${Math.round(lon / metreUnits)}|${Math.round(lat / metreUnits)}`)].filter(([, list]) => list.length > 1)
  const say = (code: 'facilities-key-twice' | 'facilities-place-twice', [, list]: typeof ids[number]) =>
    problem(code, list[1]!.place.source.place, { name: list[0]!.facility.name, id: list[0]!.facility.id, lines: linesOf(list.map(({ place }) => place.source)), of: facilities.length })
  return [...ids.map(group => say('facilities-key-twice', group)), ...twins.map(group => say('facilities-place-twice', group))]
}

/** About a metre, in 1e-7 degree. */
const metreUnits = 100
