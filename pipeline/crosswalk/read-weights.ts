import { problem, type Problem } from '../../core/problem.ts'
import { applyKeyRule } from '../join/key.ts'
import type { Project } from '../project-file/project.ts'
import type { CrosswalkEntry } from '../project-file/schema.ts'
import { findColumn } from '../read/column.ts'
import { parseNumberText } from '../read/number-text.ts'
import { placeOf, readTable } from '../read/table.ts'
import type { FoundWeight } from './weights.ts'

/** Reads published weights; a weight that is no number from 0 to 1 is an error. */
export async function readWeights (project: Project, entry: NonNullable<CrosswalkEntry['table']>): Promise<{ found?: FoundWeight[], problems: Problem[] }> {
  const { file, dialect, from, to, weight } = entry
  const { table, problems } = await readTable(project.resolve(file), { ...dialect, displayName: file })
  if (!table) return { problems }
  const columns = [from.column, to.column, weight].map(column => findColumn(table.columns, column, { file }))
  const missing = columns.flatMap(column => 'problem' in column ? [column.problem] : [])
  if (missing.length > 0) return { problems: [...problems, ...missing] }
  const [fromIndex, toIndex, weightIndex] = columns.map(column => 'index' in column ? column.index : -1) as [number, number, number]

  const found: FoundWeight[] = []
  const unusable: typeof table.rows[number][] = []
  for (const row of table.rows) {
    const { fields } = row
    // Programs write small weights as 9.286e-05.
    const value = parseNumberText(fields[weightIndex]!.toUpperCase(), table.notation)
    // Rounding of the publisher may lift a whole area a hair above 1.
    if (typeof value !== 'number' || value < 0 || value > 1.01) unusable.push(row)
    else found.push({ from: applyKeyRule(from, fields[fromIndex]!), to: applyKeyRule(to, fields[toIndex]!), weight: value })
  }
  const [first] = unusable
  if (first) problems.push(problem('crosswalk-bad-weight', placeOf(table, first.line, weightIndex), { text: first.fields[weightIndex]!, count: unusable.length }))
  return { found, problems }
}
