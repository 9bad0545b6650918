import { isDeepStrictEqual } from 'node:util'
import { problem, type Problem } from '../../core/problem.ts'
import { guess, type Locate } from '../project-file/parse.ts'
import { expandCatalogue } from './expand.ts'
import type { ColumnMapping, IndicatorWorkbook } from './workbook.ts'

/** The file as it is checked, where its entries stand, and what was wrong with what was filled in. */
export interface FilledIn {
  readonly value: unknown
  readonly locate: Locate
  readonly problems: Problem[]
}

/** Puts the indicators and columns of a workbook behind those of the file, then what the catalogue knows into both. */
export function fillIn (root: unknown, locateLine: Locate, workbook: IndicatorWorkbook | undefined): FilledIn {
  if (workbook === undefined || root === null || typeof root !== 'object') return { ...expandCatalogue(root, locateLine), locate: locateLine }
  const own = listOf((root as { indicators?: unknown }).indicators)
  const deliveries = listOf((root as { deliveries?: unknown }).deliveries)
  const ids = deliveries.map(delivery => String((delivery as { id?: unknown } | null)?.id ?? ''))
  const locate = locateIn(locateLine, own.length, ids, workbook)
  const mapped = deliveries.map((delivery, index) => addColumns(delivery, workbook.columns.filter(column => column.delivery === ids[index])))
  const { value, problems } = expandCatalogue({ ...root, indicators: [...own, ...workbook.entries], ...(deliveries.length > 0 && { deliveries: mapped.map(({ delivery }) => delivery) }) }, locate)
  return { value, locate, problems: [...strangers(workbook.columns, ids), ...mapped.flatMap(one => one.problems), ...problems] }
}

function listOf (value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function addColumns (delivery: unknown, mappings: readonly ColumnMapping[]): { delivery: unknown, problems: Problem[] } {
  if (mappings.length === 0) return { delivery, problems: [] }
  const columns: Record<string, unknown> = { ...(delivery as { columns?: object }).columns }
  const problems: Problem[] = []
  for (const { delivery: id, indicator, heads, place } of mappings) {
    const stated = heads.length === 1 ? heads[0] : heads
    // The same once more does no harm: it stays where a planner copied the columns and did not delete them.
    if (Object.hasOwn(columns, indicator) && !isDeepStrictEqual(columns[indicator], stated)) problems.push(problem('catalogue-column-stated-twice', place, { indicator, delivery: id }))
    else columns[indicator] = stated
  }
  return { delivery: { ...delivery as object, columns }, problems }
}

function strangers (columns: readonly ColumnMapping[], deliveries: readonly string[]): Problem[] {
  return columns.filter(({ delivery }) => !deliveries.includes(delivery)).map(({ delivery, place }) =>
    problem('catalogue-workbook-unknown-delivery', place, { delivery, known: deliveries.join(', '), guess: guess(delivery, deliveries) }))
}

/** Entries of the workbook stand in its cells, all others on lines of the file. */
function locateIn (locateLine: Locate, ownCount: number, deliveries: readonly string[], workbook: IndicatorWorkbook): Locate {
  return path => {
    const [list, index, key, name] = path
    if (list === 'indicators' && typeof index === 'number' && index >= ownCount) return workbook.placeOf(index - ownCount, String(key ?? 'id'), typeof name === 'string' ? name : undefined)
    const mapping = list === 'deliveries' && key === 'columns' ? workbook.columns.find(({ delivery, indicator }) => delivery === deliveries[Number(index)] && indicator === name) : undefined
    return mapping?.place ?? locateLine(path)
  }
}
