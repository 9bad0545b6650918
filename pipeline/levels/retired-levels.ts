import type { Level } from '../../core/area.ts'
import { isId } from '../../core/id.ts'
import { byCodeUnit } from '../../core/period.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { applyKeyRule } from '../join/key.ts'
import type { Project } from '../project-file/project.ts'
import type { LevelEntry } from '../project-file/schema.ts'
import { findColumn } from '../read/column.ts'
import { readTable } from '../read/table.ts'
import { statedLevel } from './stated-level.ts'

/** Old areas of which nobody has boundaries any more: tables are joined to them, and a crosswalk carries their counts over. No edition shows them. */
export async function readRetiredLevel (project: Project, entry: LevelEntry): Promise<{ level?: Level, problems: Problem[] }> {
  const { file, dialect, key } = entry.boundaries.keys!
  const { table, problems } = await readTable(project.resolve(file), { ...dialect, displayName: file })
  if (!table) return { problems }
  const column = findColumn(table.columns, key.column, { file })
  if ('problem' in column) return { problems: [...problems, column.problem] }
  const ids = [...new Set(table.rows.map(({ fields }) => applyKeyRule(key, fields[column.index]!)))].filter(isId).toSorted(byCodeUnit)
  if (ids.length === 0) return { problems: [...problems, problem('crosswalk-no-keys', { file, column: key.column }, { level: entry.id })] }
  return {
    problems,
    level: {
      ...statedLevel(entry),
      parent: null,
      areas: ids.map(id => ({ id, name: id, parentId: null })),
      geometry: '',
      attribution: null,
    },
  }
}
