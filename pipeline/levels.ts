import type { Area, ContextShape, Geometry, Level, MultiPolygon } from '../core/area.ts'
import { isId } from '../core/id.ts'
import { byCodeUnit } from '../core/period.ts'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { checkShapes } from './check/shapes.ts'
import { quoteList } from './facts.ts'
import { applyKeyRule } from './join/key.ts'
import type { OnProgress } from './progress.ts'
import { toLocalised, type Project } from './project-file/project.ts'
import type { KeyRule, LevelEntry } from './project-file/schema.ts'
import { projectLayer } from './project.ts'
import { findColumn } from './read/column.ts'
import { readLayer } from './read/layer.ts'
import { dissolve } from './tile/dissolve.ts'
import { makeGeometry } from './tile/geometry.ts'

/** The levels of an atlas and the geometry of each, in project order. */
export interface Boundaries {
  readonly levels: readonly Level[]
  readonly geometries: readonly Geometry[]
}

/**
 * Reads, projects and checks the boundaries of all levels, and ties every area to the one that
 * contains it. Levels that are dissolved from others come after them.
 */
export async function readLevels (project: Project, onProgress: OnProgress): Promise<{ boundaries?: Boundaries, problems: Problem[] }> {
  const problems: Problem[] = []
  const areasOf = new Map<string, BoundedArea[]>()
  const entries = dissolvedLast(project.file.levels)
  for (const [done, entry] of entries.entries()) {
    onProgress({ station: 'read', done, total: entries.length, label: entry.boundaries.file ?? entry.id })
    const { areas, problems: found } = await readAreas(project, entry, areasOf)
    problems.push(...found)
    if (areas) areasOf.set(entry.id, areas.toSorted((a, b) => byCodeUnit(a.id, b.id)))
  }
  if (hasErrors(problems)) return { problems }

  const geometries: Geometry[] = []
  const levels = project.file.levels.map((entry): Level => {
    const areas = areasOf.get(entry.id)!
    const geometry = makeGeometry(areas)
    geometries.push(geometry)
    const parents = entry.parent === undefined ? undefined : areasOf.get(entry.parent)!
    return {
      id: entry.id,
      label: toLocalised(entry.label),
      labelPlural: toLocalised(entry.labelPlural),
      system: entry.system ?? entry.id,
      validFrom: entry.validFrom,
      validTo: entry.validTo ?? null,
      parent: entry.parent ?? null,
      areas: areas.map(area => ({ id: area.id, name: area.name, parentId: parents ? findParent(project, entry, area, parents, problems) : null })),
      geometry: geometry.id,
      attribution: attributionOf(project, entry) ?? null,
    }
  })
  const reference = levels.find(({ id }) => id === project.file.referenceLevel)
  if (reference && reference.areas.length !== 1) {
    problems.push(problem('join-reference-level', { file: project.displayName }, { level: reference.id, areas: reference.areas.length }))
  }
  return hasErrors(problems) ? { problems } : { boundaries: { levels, geometries }, problems }
}

/** Layers of the background: they may reach beyond the town, but not into another country. */
export async function readContext (project: Project): Promise<{ context: ContextShape[], problems: Problem[] }> {
  const context: ContextShape[] = []
  const problems: Problem[] = []
  const { west, south, east, north } = project.bounds
  const bounds = { west: west - 1, south: south - 1, east: east + 1, north: north + 1 }
  for (const { kind, file, name } of project.file.context ?? []) {
    const read = await readLayer(project.resolve(file), { displayName: file })
    problems.push(...read.problems)
    if (!read.layer) continue
    const projected = projectLayer(read.layer, { bounds })
    problems.push(...projected.problems)
    for (const { attributes, polygons, lines } of projected.shapes ?? []) {
      context.push({ kind, name: name === undefined ? '' : (attributes[name] ?? '').trim(), lines, polygons })
    }
  }
  return { context, problems }
}

/** An area with its boundary, on the way from a layer to a level. */
interface BoundedArea {
  readonly id: string
  readonly name: string
  readonly parentKey: string | undefined
  readonly shape: MultiPolygon
}

/** A dissolved level is made of the same boundaries as the level below it. */
function attributionOf (project: Project, { boundaries }: LevelEntry): string | undefined {
  const source = project.file.levels.find(({ id }) => id === boundaries.dissolve)
  return boundaries.attribution ?? (source && attributionOf(project, source))
}

function dissolvedLast (levels: readonly LevelEntry[]): LevelEntry[] {
  const depth = ({ boundaries }: LevelEntry): number => {
    const source = levels.find(({ id }) => id === boundaries.dissolve)
    return source ? 1 + depth(source) : 0
  }
  return levels.toSorted((a, b) => depth(a) - depth(b))
}

async function readAreas (project: Project, entry: LevelEntry, areasOf: ReadonlyMap<string, BoundedArea[]>): Promise<{ areas?: BoundedArea[], problems: Problem[] }> {
  const { boundaries } = entry
  if (boundaries.dissolve !== undefined) {
    const parts = areasOf.get(boundaries.dissolve)
    if (!parts) return { problems: [] } // its own problems say why
    const shape = dissolve(parts.map(({ shape }) => shape))
    return { areas: [{ id: boundaries.id!, name: boundaries.areaName!, parentKey: undefined, shape }], problems: [] }
  }

  const file = boundaries.file!
  const { layer, crs, encoding } = boundaries
  const read = await readLayer(project.resolve(file), {
    displayName: file,
    ...(layer === undefined ? {} : { layer }),
    ...(crs === undefined ? {} : { crs }),
    ...(encoding === undefined ? {} : { encoding }),
  })
  if (!read.layer) return { problems: read.problems }
  const missing = missingColumns(entry, read.layer.attributes, file)
  if (missing.length > 0) return { problems: [...read.problems, ...missing] }

  const projected = projectLayer(read.layer, { bounds: project.bounds, ...(crs === undefined ? {} : { crs }) })
  if (!projected.shapes) return { problems: [...read.problems, ...projected.problems] }
  const { areas, problems } = toAreas(entry, projected.shapes, file)
  const checked = checkShapes(areas.map(area => ({ ...area, record: area.records[0]! })), { file, level: entry.id })
  return { areas: checked.shapes, problems: [...read.problems, ...projected.problems, ...problems, ...checked.problems] }
}

function missingColumns ({ boundaries: { key, name, parentKey, where } }: LevelEntry, attributes: readonly string[], file: string): Problem[] {
  const needed = [key?.column, name?.column, parentKey?.column, ...Object.keys(where ?? {})].filter(column => column !== undefined)
  return needed.flatMap(column => {
    const found = findColumn(attributes, column, { file })
    return 'problem' in found ? [found.problem] : []
  })
}

interface Shape {
  readonly record: number
  readonly attributes: Readonly<Record<string, string>>
  readonly polygons: MultiPolygon
}

type RecordedArea = BoundedArea & { readonly records: readonly number[] }

function toAreas ({ boundaries }: LevelEntry, shapes: readonly Shape[], file: string): { areas: RecordedArea[], problems: Problem[] } {
  const problems: Problem[] = []
  const byKey = new Map<string, RecordedArea[]>()
  const wanted = Object.entries(boundaries.where ?? {})
  for (const { record, attributes, polygons } of shapes) {
    if (!wanted.every(([column, value]) => (attributes[column] ?? '').trim() === String(value))) continue
    const id = keyOf(boundaries.key!, attributes)
    if (!isId(id)) {
      problems.push(problem('join-invalid-area-key', { file, record, column: boundaries.key!.column }, { key: attributes[boundaries.key!.column] ?? '' }))
      continue
    }
    const area = {
      id,
      name: keyOf(boundaries.name!, attributes).normalize('NFC'),
      parentKey: boundaries.parentKey && keyOf(boundaries.parentKey, attributes),
      shape: polygons,
      records: [record],
    }
    byKey.set(id, [...byKey.get(id) ?? [], area])
  }
  const areas = [...byKey].map(([key, parts]): RecordedArea => {
    if (parts.length === 1) return parts[0]!
    const records = parts.flatMap(part => part.records)
    if (!boundaries.merge) problems.push(problem('join-duplicate-area-key', { file }, { key, count: parts.length, records: records.join(', ') }))
    return { ...parts[0]!, shape: parts.flatMap(({ shape }) => shape), records }
  })
  return { areas, problems }
}

function keyOf (rule: KeyRule, attributes: Readonly<Record<string, string>>): string {
  return applyKeyRule(rule, attributes[rule.column] ?? '')
}

function findParent (project: Project, entry: LevelEntry, area: BoundedArea, parents: readonly BoundedArea[], problems: Problem[]): Area['parentId'] {
  const place = { file: entry.boundaries.file ?? project.displayName }
  if (area.parentKey === undefined) {
    if (parents.length === 1) return parents[0]!.id
    if (!problems.some(({ code, facts }) => code === 'join-missing-parent-key' && facts.level === entry.id)) {
      problems.push(problem('join-missing-parent-key', place, { level: entry.id }))
    }
    return null
  }
  if (parents.some(({ id }) => id === area.parentKey)) return area.parentKey
  problems.push(problem('join-unknown-parent', place, {
    area: area.id, parent: area.parentKey, level: entry.parent!, examples: quoteList(parents.map(({ id }) => id), 3),
  }))
  return null
}
