import type { Area, ContextShape, Geometry, Level } from '../../core/area.ts'
import { byCodeUnit } from '../../core/period.ts'
import { hasErrors, problem, type Problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import type { BoundedArea } from './bounded-area.ts'
import { readFileAreas } from './file-areas.ts'
import { readRetiredLevel } from './retired-levels.ts'
import { statedLevel } from './stated-level.ts'
import { unionAreas } from './union-areas.ts'
import type { OnProgress } from '../progress.ts'
import { toLocalised, type Project } from '../project-file/project.ts'
import type { LevelEntry } from '../project-file/schema.ts'
import { projectLayer } from '../project/project-layer.ts'
import { readLayer } from '../read/layer.ts'
import { dissolve } from '../tile/dissolve.ts'
import { makeGeometry } from '../tile/geometry.ts'

/** The levels of an atlas and the geometry of each, in project order. */
export interface Boundaries {
  readonly levels: readonly Level[]
  readonly geometries: readonly Geometry[]
  /** Old levels without boundaries, only to carry their counts over; no edition shows them. */
  readonly retired: readonly Level[]
}

/**
 * Reads, projects and checks the boundaries of all levels, and ties every area to the one that
 * contains it. Levels that are dissolved from others come after them.
 */
export async function readLevels (project: Project, onProgress: OnProgress): Promise<{ boundaries?: Boundaries, problems: Problem[] }> {
  const problems: Problem[] = []
  const areasOf = new Map<string, BoundedArea[]>()
  const entries = sourcesFirst(project.file.levels.filter(({ boundaries }) => boundaries.keys === undefined))
  for (const [done, entry] of entries.entries()) {
    onProgress({ station: 'read', done, total: entries.length, label: entry.boundaries.file ?? entry.id })
    const { areas, problems: found } = await readAreas(project, entry, areasOf)
    problems.push(...found)
    if (areas) areasOf.set(entry.id, areas.toSorted((a, b) => byCodeUnit(a.id, b.id)))
  }
  const retired: Level[] = []
  for (const entry of project.file.levels.filter(({ boundaries }) => boundaries.keys !== undefined)) {
    const { level, problems: found } = await readRetiredLevel(project, entry)
    problems.push(...found)
    if (level) retired.push(level)
  }
  if (hasErrors(problems)) return { problems }

  const geometries: Geometry[] = []
  const levels = project.file.levels.filter(({ boundaries }) => boundaries.keys === undefined).map((entry): Level => {
    const areas = areasOf.get(entry.id)!
    const geometry = makeGeometry(areas)
    geometries.push(geometry)
    const parents = entry.parent === undefined ? undefined : areasOf.get(entry.parent)!
    return {
      ...statedLevel(entry),
      parent: entry.parent ?? null,
      areas: areas.map(area => ({ id: area.id, name: area.name, parentId: parents ? findParent(project, entry, area, parents, problems) : null })),
      geometry: geometry.id,
      attribution: attributionOf(project, entry) ?? null,
      ...(entry.boundaries.of !== undefined && { madeOf: { level: entry.boundaries.of, parts: areas.map(({ parts = [] }) => parts) } }),
      ...(entry.recut !== undefined && { recut: toLocalised(entry.recut) }),
    }
  })
  const reference = levels.find(({ id }) => id === project.file.referenceLevel)
  if (reference && reference.areas.length !== 1) {
    problems.push(problem('join-reference-level', { file: project.displayName }, { level: reference.id, areas: reference.areas.length }))
  }
  return hasErrors(problems) ? { problems } : { boundaries: { levels, geometries, retired }, problems }
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

/** A dissolved level is made of the same boundaries as the level below it. */
function attributionOf (project: Project, { boundaries }: LevelEntry): string | undefined {
  const source = project.file.levels.find(({ id }) => id === (boundaries.dissolve ?? boundaries.of))
  return boundaries.attribution ?? (source && attributionOf(project, source))
}

/** Levels made of others come after these. */
function sourcesFirst (levels: readonly LevelEntry[]): LevelEntry[] {
  const depth = ({ boundaries }: LevelEntry): number => {
    const source = levels.find(({ id }) => id === (boundaries.dissolve ?? boundaries.of))
    return source ? 1 + depth(source) : 0
  }
  return levels.toSorted((a, b) => depth(a) - depth(b))
}

async function readAreas (project: Project, entry: LevelEntry, areasOf: ReadonlyMap<string, BoundedArea[]>): Promise<{ areas?: BoundedArea[], problems: Problem[] }> {
  const { boundaries } = entry
  const source = boundaries.dissolve ?? boundaries.of
  if (source === undefined) return await readFileAreas(project, entry)
  const parts = areasOf.get(source)
  if (!parts) return { problems: [] } // its own problems say why
  if (boundaries.of !== undefined) return unionAreas(entry, parts, project.displayName)
  const shape = dissolve(parts.map(({ shape }) => shape))
  return { areas: [{ id: boundaries.id!, name: boundaries.areaName!, parentKey: undefined, shape }], problems: [] }
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
