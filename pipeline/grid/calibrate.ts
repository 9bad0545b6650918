import { applyKeyRule } from '../join/key.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import type { Level } from '../../core/area.ts'
import type { CalibrationEntry } from '../project-file/schema/grid.ts'
import { parseCellText } from '../read/cell-text.ts'
import { findColumn } from '../read/column.ts'
import { readTables } from '../read/tables.ts'
import { quoteList } from '../facts.ts'
import { apportion } from '../../core/apportion.ts'

/** Published values, and for each which areas it is the sum of. */
export interface Target {
  readonly value: number
  /** Numbers of areas of the level that the grid was summed to. */
  readonly areas: readonly number[]
}

/** The areas of a level, and in which area of another one each of them lies. */
export interface CalibratedLevel {
  readonly areaCount: number
  /** Area number in the level with that id, -1 for none; undefined where the two are not above each other. */
  readonly parentsIn: (level: string) => { readonly level: Pick<Level, 'areas'>, readonly parents: readonly number[] } | undefined
}

/** Reads what the sums are to be brought to: one number for the whole, or a table of areas. */
export async function readTargets (entry: CalibrationEntry, level: CalibratedLevel, resolve: (file: string) => string, place: Place): Promise<{ targets: Target[], problems: Problem[] }> {
  if (entry.value !== undefined) return { targets: [{ value: entry.value, areas: Array.from({ length: level.areaCount }, (_, i) => i) }], problems: [] }
  const file = entry.file!
  const above = level.parentsIn(entry.level!)
  if (!above) return { targets: [], problems: [problem('grid-calibration-level', place, { level: entry.level! })] }
  const { values, problems } = await readValues(entry, resolve(file), file)
  const known = new Map(above.level.areas.map(({ id }, i) => [id, i]))
  const strangers = [...values.keys()].filter(key => !known.has(key))
  const targets = [...values].flatMap(([key, value]): Target[] => {
    const area = known.get(key)
    return area === undefined ? [] : [{ value, areas: above.parents.flatMap((parent, i) => parent === area ? [i] : []) }]
  })
  const without = above.level.areas.filter(({ id }) => !values.has(id)).map(({ id }) => id)
  if (targets.length === 0 && problems.length === 0) problems.push(problem('grid-calibration-none', { file }, { level: entry.level!, keys: quoteList(strangers, 5) }))
  else if (without.length > 0 && problems.length === 0) problems.push(problem('grid-calibration-missing', { file }, { level: entry.level!, count: without.length, areas: quoteList(without, 5) }))
  return { targets, problems }
}

async function readValues ({ area, column }: CalibrationEntry, filePath: string, file: string): Promise<{ values: Map<string, number>, problems: Problem[] }> {
  const { tables, problems: found } = await readTables(filePath, { displayName: file })
  const problems = [...found]
  const values = new Map<string, number>()
  for (const table of tables) {
    const [keyAt, valueAt] = [area!.column ?? '', column!].map(name => findColumn(table.columns, name, { file })) as [ReturnType<typeof findColumn>, ReturnType<typeof findColumn>]
    if ('problem' in keyAt) problems.push(keyAt.problem)
    if ('problem' in valueAt) problems.push(valueAt.problem)
    if ('problem' in keyAt || 'problem' in valueAt) continue
    for (const { fields } of table.rows) {
      const cell = parseCellText(fields[valueAt.index] ?? '', { legend: {}, ...table.notation })
      // The table may hold more than is asked for; an area without a number is reported as missing.
      if (cell?.status === 'observed' && Number.isInteger(cell.value) && cell.value >= 0) values.set(applyKeyRule(area!, fields[keyAt.index] ?? ''), cell.value)
    }
  }
  return { values, problems }
}

/** Sums brought to the published values, and by how much each group was changed. */
export interface Calibrated {
  readonly values: number[]
  readonly factors: readonly number[]
  /** Groups whose cells add up to nothing although the published value does not. */
  readonly impossible: number
}

/** Apportions every published value in the proportion of the sums of its areas; areas of no target stay as they are. */
export function calibrate (sums: readonly number[], targets: readonly Target[]): Calibrated {
  const values = [...sums]
  const factors: number[] = []
  let impossible = 0
  for (const { value, areas } of targets) {
    const parts = areas.map(area => sums[area]!)
    const sum = parts.reduce((all, part) => all + part, 0)
    if (sum === 0) {
      if (value > 0) impossible++
      continue
    }
    factors.push(value / sum)
    apportion(parts, value).forEach((part, i) => { values[areas[i]!] = part })
  }
  return { values, factors, impossible }
}
