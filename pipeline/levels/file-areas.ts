import type { MultiPolygon } from '../../core/area.ts'
import { isId } from '../../core/id.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { checkShapes } from '../check/shapes.ts'
import { applyKeyRule } from '../join/key.ts'
import type { Project } from '../project-file/project.ts'
import type { KeyRule, LevelEntry } from '../project-file/schema.ts'
import { projectLayer } from '../project/project-layer.ts'
import { findColumn } from '../read/column.ts'
import { readLayer } from '../read/layer.ts'
import { dissolve } from '../tile/dissolve.ts'
import { assignmentProblems, readAssignment, type Assignment } from './assignment.ts'
import type { BoundedArea } from './bounded-area.ts'
import { findOutlineFeature, type RecordedArea } from './outline-feature.ts'

/** Reads, projects and checks the areas of one level from a layer. */
export async function readFileAreas (project: Project, entry: LevelEntry): Promise<{ areas?: BoundedArea[], problems: Problem[] }> {
  const { layer, crs, encoding, assign } = entry.boundaries
  const file = entry.boundaries.file!
  const read = await readLayer(project.resolve(file), {
    displayName: file,
    ...(layer === undefined ? {} : { layer }),
    ...(crs === undefined ? {} : { crs }),
    ...(encoding === undefined ? {} : { encoding }),
  })
  if (!read.layer) return { problems: read.problems }
  const missing = missingColumns(entry, read.layer.attributes, file)
  if (missing.length > 0) return { problems: [...read.problems, ...missing] }
  const listed = assign ? await readAssignment(project, assign) : { problems: [] }
  if (assign && !listed.assignment) return { problems: [...read.problems, ...listed.problems] }

  // What is not wanted need not lie within the bounds: a file of all of Germany serves one county.
  const wanted = { ...read.layer, features: read.layer.features.filter(({ attributes }) => isWanted(entry, attributes)) }
  const projected = projectLayer(wanted, { bounds: project.bounds, ...(crs === undefined ? {} : { crs }) })
  if (!projected.shapes) return { problems: [...read.problems, ...projected.problems] }
  const { areas, problems } = toAreas(entry, projected.shapes, file, listed.assignment)
  const outline = findOutlineFeature(areas, entry, record => projected.shapes!.find(shape => shape.record === record)!.attributes[entry.boundaries.key!.column] ?? '')
  // An outline overlaps everything; to say that of every area would hide the one sentence that helps.
  const checked = outline.length > 0 ? { shapes: areas, problems: outline } : checkShapes(areas.map(area => ({ ...area, record: area.records[0]! })), { file, level: entry.id })
  return { areas: checked.shapes, problems: [...read.problems, ...listed.problems, ...projected.problems, ...problems, ...checked.problems] }
}

function missingColumns ({ boundaries: { key, name, parentKey, where, whereNot } }: LevelEntry, attributes: readonly string[], file: string): Problem[] {
  const needed = [key?.column, name?.column, parentKey?.column, ...Object.keys(where ?? {}), ...Object.keys(whereNot ?? {})].filter(column => column !== undefined)
  return needed.flatMap(column => {
    const found = findColumn(attributes, column, { file })
    return 'problem' in found ? [found.problem] : []
  })
}

function isWanted ({ boundaries: { where = {}, whereNot = {} } }: LevelEntry, attributes: Readonly<Record<string, string>>): boolean {
  const says = ([column, values]: [string, string | number | ReadonlyArray<string | number>]) =>
    [values].flat().map(String).includes((attributes[column] ?? '').trim())
  return Object.entries(where).every(says) && !Object.entries(whereNot).some(says)
}

interface Shape {
  readonly record: number
  readonly attributes: Readonly<Record<string, string>>
  readonly polygons: MultiPolygon
}

function toAreas ({ boundaries }: LevelEntry, shapes: readonly Shape[], file: string, assignment: Assignment | undefined): { areas: RecordedArea[], problems: Problem[] } {
  const problems = assignment ? assignmentProblems(assignment, shapes.map(({ attributes }) => keyOf(boundaries.key!, attributes)), boundaries.assign!) : []
  const byKey = new Map<string, RecordedArea[]>()
  for (const { record, attributes, polygons } of shapes) {
    const key = keyOf(boundaries.key!, attributes)
    const assigned = assignment?.areas.get(key)
    if (assignment && !assigned) continue // its own problem says so
    const id = assigned?.id ?? key
    if (!isId(id)) {
      problems.push(problem('join-invalid-area-key', { file, record, column: boundaries.key!.column }, { key: assigned?.id ?? attributes[boundaries.key!.column] ?? '' }))
      continue
    }
    const area = {
      id,
      name: (assigned ? assigned.name ?? id : keyOf(boundaries.name!, attributes)).normalize('NFC'),
      parentKey: boundaries.parentKey && keyOf(boundaries.parentKey, attributes),
      shape: polygons,
      records: [record],
    }
    byKey.set(id, [...byKey.get(id) ?? [], area])
  }
  const areas = [...byKey].map(([key, parts]): RecordedArea => {
    if (parts.length === 1) return parts[0]!
    const records = parts.flatMap(part => part.records)
    if (!boundaries.merge && !assignment) problems.push(problem('join-duplicate-area-key', { file }, { key, count: parts.length, records: records.join(', ') }))
    return { ...parts[0]!, shape: dissolve(parts.map(({ shape }) => shape)), records }
  })
  return { areas, problems }
}

function keyOf (rule: KeyRule, attributes: Readonly<Record<string, string>>): string {
  return applyKeyRule(rule, attributes[rule.column] ?? '')
}
