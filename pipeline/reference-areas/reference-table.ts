import { problem, type Place, type Problem } from '../../core/problem.ts'
import { readPeriod } from '../join/period.ts'
import { guess } from '../project-file/parse.ts'
import { toLocalised, type Project } from '../project-file/project.ts'
import type { ReferenceAreaEntry } from '../project-file/schema.ts'
import { findColumn } from '../read/column.ts'
import { placeOf, type DeliveredTable, type TableRow } from '../read/head.ts'
import { parseNumberText, trimBlanks } from '../read/number-text.ts'
import { readTables } from '../read/tables.ts'

/** A figure of a reference area as the project file or a table states it. */
export type StatedValue = Omit<NonNullable<ReferenceAreaEntry['values']>[number], 'period'> & { readonly period: string, readonly place: Place }

const defaultHeads = {
  area: ['area', 'Gebiet'],
  indicator: ['indicator', 'Kennung'],
  period: ['period', 'Zeitraum'],
  value: ['value', 'Wert'],
  unit: ['unit', 'Einheit'],
  referenceDate: ['referenceDate', 'Stichtag'],
} as const
/** Most tables are about one area, and say unit and date once for all rows. */
const optionalFields: readonly Field[] = ['area', 'unit', 'referenceDate']

/** Reads the figures of one area from a table in long form; rows of other reference areas are left to these. */
export async function readReferenceTable (project: Project, entry: ReferenceAreaEntry): Promise<{ values: StatedValue[], problems: Problem[] }> {
  const file = entry.file!
  const { tables, problems } = await readTables(project.resolve(file), { displayName: file, ...entry.dialect })
  const [table] = tables
  if (!table) return { values: [], problems: [...problems] }
  const { indexes, problems: missing } = findColumns(table, entry)
  if (missing.length > 0) return { values: [], problems: [...problems, ...missing] }
  const rows = table.rows.map(row => readRow(project, entry, table, indexes, row))
  return { values: rows.flatMap(({ value }) => value ?? []), problems: [...problems, ...rows.flatMap(row => row.problems)] }
}

type Field = keyof typeof defaultHeads
type Indexes = Readonly<Record<Field, number>>

function findColumns (table: DeliveredTable, { columns }: ReferenceAreaEntry): { indexes: Indexes, problems: Problem[] } {
  const problems: Problem[] = []
  const find = (field: Field) => {
    const head = columns?.[field] ?? defaultHeads[field].find(name => table.columns.some(column => trimBlanks(column) === name))
    if (head === undefined && optionalFields.includes(field)) return -1
    const found = findColumn(table.columns, head ?? defaultHeads[field][0], { file: table.file })
    if ('index' in found) return found.index
    problems.push(found.problem)
    return -1
  }
  const fields = Object.keys(defaultHeads) as Field[]
  return { indexes: Object.fromEntries(fields.map(field => [field, find(field)])) as Indexes, problems }
}

function readRow ({ file }: Project, entry: ReferenceAreaEntry, table: DeliveredTable, indexes: Indexes, { line, fields }: TableRow): { value?: StatedValue, problems: Problem[] } {
  const text = (field: Field) => trimBlanks(fields[indexes[field]] ?? '')
  const place = (field: Field) => placeOf(table, line, indexes[field])
  const areas = (file.references ?? []).map(({ id }) => id)
  if (indexes.area !== -1 && text('area') !== entry.id) {
    return { problems: areas.includes(text('area')) ? [] : [problem('catalogue-reference-no-area', place('area'), { text: text('area'), known: areas.join(', ') })] }
  }
  const [indicator, period, value] = [text('indicator'), readPeriod({}, text('period')), parseNumberText(text('value'), table.notation)]
  const [unit, date] = [text('unit'), readPeriod({}, text('referenceDate'))]
  const printed = file.indicators.filter(({ published }) => published !== false).map(({ id }) => id)
  const problems = [
    ...(printed.includes(indicator) ? [] : [problem('project-file-unknown-reference', place('indicator'), { key: 'indicator', value: indicator, known: printed.join(', '), guess: guess(indicator, printed) })]),
    ...(period ? [] : [problem('catalogue-reference-no-period', place('period'), { text: text('period') })]),
    ...(typeof value === 'number' ? [] : [problem('catalogue-reference-no-number', place('value'), { area: entry.id, name: toLocalised(entry.name), text: text('value') })]),
    ...(text('referenceDate') === '' || date?.kind === 'date' ? [] : [problem('catalogue-reference-no-period', place('referenceDate'), { text: text('referenceDate') })]),
  ]
  if (problems.length > 0 || typeof value !== 'number' || !period) return { problems }
  return { value: { indicator, period: period.id, value, ...(unit !== '' && { unit }), ...(date && { referenceDate: date.id }), place: place('value') }, problems }
}
