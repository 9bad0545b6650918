import { problem, type Problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import type { Project } from '../project-file/project.ts'
import type { LevelEntry } from '../project-file/schema.ts'
import { findColumn } from '../read/column.ts'
import { trimBlanks } from '../read/number-text.ts'
import { placeOf, readTable } from '../read/table.ts'

export type AssignmentEntry = NonNullable<LevelEntry['boundaries']['assign']>

/** To which area each part belongs. */
export interface Assignment {
  /** By key of the part. */
  readonly areas: ReadonlyMap<string, { readonly id: string, readonly name: string | undefined }>
}

/** Reads a list that names the area of every part: block or locality to Sozialraum. A part in two areas is an error. */
export async function readAssignment (project: Project, entry: AssignmentEntry): Promise<{ assignment?: Assignment, problems: Problem[] }> {
  const { file, from, to, name, dialect } = entry
  const { table, problems } = await readTable(project.resolve(file), { ...dialect, displayName: file })
  if (!table) return { problems }
  const columns = [from, to, ...name === undefined ? [] : [name]].map(column => findColumn(table.columns, column, { file }))
  const missing = columns.flatMap(column => 'problem' in column ? [column.problem] : [])
  if (missing.length > 0) return { problems: [...problems, ...missing] }

  const [fromIndex, toIndex, nameIndex] = columns.map(column => 'index' in column ? column.index : -1)
  const areas = new Map<string, { id: string, name: string | undefined }>()
  for (const { line, fields } of table.rows) {
    const [key, id] = [trimBlanks(fields[fromIndex!]!), trimBlanks(fields[toIndex!]!)]
    const known = areas.get(key)
    if (known && known.id !== id) problems.push(problem('crosswalk-assigned-twice', placeOf(table, line, toIndex), { key, first: known.id, second: id }))
    else areas.set(key, { id, name: nameIndex === undefined ? undefined : trimBlanks(fields[nameIndex]!) })
  }
  return { assignment: { areas }, problems }
}

/** Parts of the layer that the list forgets, and lines of the list that no part has. */
export function assignmentProblems ({ areas }: Assignment, keys: readonly string[], { file }: AssignmentEntry): Problem[] {
  const known = new Set(keys)
  const forgotten = [...known].filter(key => !areas.has(key))
  const unused = [...areas.keys()].filter(key => !known.has(key))
  return [
    ...forgotten.length === 0 ? [] : [problem('crosswalk-not-assigned', { file }, { count: forgotten.length, keys: quoteList(forgotten, 8) })],
    ...unused.length === 0 ? [] : [problem('crosswalk-assigned-nothing', { file }, { count: unused.length, keys: quoteList(unused, 8) })],
  ]
}
