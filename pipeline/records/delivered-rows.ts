import { hasErrors, type Problem } from '../../core/problem.ts'
import { applyKeyRule } from '../join/key.ts'
import type { TableDelivery } from '../project-file/schema.ts'
import type { DeliveredTable } from '../read/table.ts'
import { layoutOf, readTables } from '../read/tables.ts'
import { readStreetList, type StreetList } from '../streets/street-list.ts'
import { sumStreets } from '../streets/sum-streets.ts'
import { countRecords } from './count-records.ts'
import { countedDelivery, summedDelivery, type CountLevel } from './counted-delivery.ts'
import { refusePersons } from './refuse-persons.ts'

export interface DeliveredFileInput {
  readonly delivery: TableDelivery
  readonly filePath: string
  readonly displayName: string
  readonly filePeriod?: string
  readonly resolve: (file: string) => string
  /** Left out where the boundaries could not be read. */
  readonly levels?: readonly CountLevel[]
}

/** Tables in the form the join wants, each with the delivery that describes it in that form. */
export interface DeliveredRows {
  readonly tables: ReadonlyArray<{ readonly table: DeliveredTable, readonly delivery: TableDelivery }>
  readonly problems: readonly Problem[]
}

/**
 * The tables of a delivered file, one row per area: as delivered, or counted from rows about persons, or summed up from streets.
 * Rows about persons in any other delivery are refused.
 */
export async function readDeliveredRows (input: DeliveredFileInput): Promise<DeliveredRows> {
  const { delivery, filePath, displayName, filePeriod, levels } = input
  const { list, problems } = await readListOf(input)
  if (delivery.area.streets !== undefined && (!list || hasErrors(problems))) return { tables: [], problems }
  if (delivery.einzeldaten !== undefined) {
    const counted = await countRecords({ path: filePath, displayName, delivery, ...filePeriod !== undefined && { filePeriod }, ...levels && { levels }, ...list && { streets: list } })
    return { tables: counted.table ? [{ table: counted.table, delivery: countedDelivery(delivery) }] : [], problems: [...problems, ...counted.problems] }
  }
  const read = await readTables(filePath, layoutOf(delivery, displayName))
  return joinForms([{ tables: [], problems: [...problems, ...read.problems] }, ...read.tables.map(table => toForm(table, delivery, list))])
}

function toForm (table: DeliveredTable, delivery: TableDelivery, list: StreetList | undefined): DeliveredRows {
  const refused = refusePersons(table, delivery)
  if (refused.length > 0) return { tables: [], problems: refused }
  if (!list) return { tables: [{ table, delivery }], problems: [] }
  const summed = sumStreets(table, delivery, list)
  return { tables: summed.table ? [{ table: summed.table, delivery: summedDelivery(delivery, summed.indicators) }] : [], problems: summed.problems }
}

function joinForms (forms: readonly DeliveredRows[]): DeliveredRows {
  return { tables: forms.flatMap(({ tables }) => tables), problems: forms.flatMap(({ problems }) => problems) }
}

async function readListOf ({ delivery, resolve, levels }: DeliveredFileInput): Promise<{ list?: StreetList, problems: readonly Problem[] }> {
  const { area, level, system } = delivery
  if (area.streets === undefined) return { problems: [] }
  const of = levels?.filter(one => system === undefined ? one.id === level : one.system === system)
  const areas = of && new Set(of.flatMap(one => one.areas.map(({ id }) => id)))
  return await readStreetList({ path: resolve(area.streets.file), entry: area.streets, keyOf: text => applyKeyRule(area, text), ...areas && { areas } })
}
