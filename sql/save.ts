import type { Edition, Series } from '../core/edition.ts'
import { formatVersion } from '../core/edition.ts'
import { getPeriod } from '../core/period.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { Database, Queries } from './connection.ts'
import { computeEditionId, packDocument } from './document.ts'
import { saveTiles } from './tiles.ts'

/** Rows of one insert: more are no faster, and each insert is a transaction that others wait for. */
const chunkRows = 20_000
/** Part of a document: the embedded engine holds a message several times. */
const partBytes = 1_000_000

/**
 * Stores an edition and its tiles as a draft; what is already stored is left alone. The rows are written in
 * short transactions under a key of their own and become visible with the last one, so that a write
 * that ends in the middle leaves nothing to be seen.
 *
 * @param onProgress called with the number of cells written so far, and of all
 * @throws RangeError if the edition's id is not that of its content, or a series has not one cell per area
 */
export async function saveEdition (
  database: Database, edition: Edition, tiles: readonly GeometryTiles[], onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const computed = computeEditionId(edition)
  if (computed !== edition.id) throw new RangeError(`edition ${edition.id} has content of ${computed}`)
  for (const series of edition.series) checkShape(edition, series)
  if (await isSaved(database, edition.id)) {
    for (const geometry of tiles) await saveTiles(database, geometry)
    // Made again it is as young as a new one, so that `pruneDrafts` leaves it alone.
    await database.query('update atlas.editions set saved_at = now() where edition = $1 and saved_at is not null and published_at is null', [edition.id])
    return
  }

  const key = await insertEdition(database, edition)
  try {
    const keys = await database.transaction(queries => insertNames(queries, key, edition))
    for (const geometry of tiles) await saveTiles(database, geometry)
    await insertDocument(database, key, await packDocument(edition))
    await insertCells(database, edition, keys, onProgress)
    await finish(database, key, edition.id)
  } catch (error) {
    // Tidy up where the database still answers; where it does not, `pruneDrafts` will.
    await deleteEditions(database, [key]).catch(() => {})
    throw error
  }
}

/** Deletes editions with their cells, which have no foreign keys. */
export async function deleteEditions (database: Database, keys: readonly number[]): Promise<void> {
  for (const key of keys) {
    for (const { series_key: series } of await database.query<{ series_key: number }>('select series_key from atlas.series where edition_key = $1', [key])) {
      await database.query('delete from atlas.cells where series_key = $1', [series])
    }
    await database.query('delete from atlas.editions where edition_key = $1', [key])
  }
}

async function isSaved (queries: Queries, edition: string): Promise<boolean> {
  return (await queries.query('select from atlas.stored_editions where edition = $1', [edition])).length > 0
}

/** @throws RangeError naming the series */
function checkShape (edition: Edition, series: Series): void {
  const level = edition.levels.find(({ id }) => id === series.level)
  const hasIndicator = edition.indicators.some(({ id }) => id === series.indicator)
  const fits = [series.values, series.statuses, series.reasons, series.flags, ...series.between ? [series.between] : []].every(rows =>
    rows.length === series.periods.length && rows.every(row => row.length === level?.areas.length))
  const isInterval = series.between?.every((line, row) => line.every((between, column) =>
    between === null || (series.statuses[row]![column] === 's' && between[0] <= between[1]))) ?? true
  if (!level || !hasIndicator || !fits || !isInterval) throw new RangeError(`series ${series.level}/${series.indicator} does not fit its level, its indicator or its periods`)
}

async function insertEdition (database: Database, edition: Edition): Promise<number> {
  const { id, atlas, audience, levels, indicators } = edition
  return await database.transaction(async queries => {
    await queries.query('insert into atlas.atlases (atlas) values ($1) on conflict (atlas) do nothing', [atlas.id])
    const [row] = await queries.query<{ edition_key: number }>(`
      insert into atlas.editions
        (edition, atlas_key, audience, title, format_version, level_count, area_count, indicator_count, cell_count)
      select $1, atlas_key, $3, $4, $5, $6, $7, $8, $9 from atlas.atlases where atlas = $2
      returning edition_key`,
    [id, atlas.id, audience, toText(atlas.title), formatVersion,
      levels.length, sum(levels.map(({ areas }) => areas.length)), indicators.length, countCells(edition)])
    return row!.edition_key
  })
}

/** Surrogate keys by position: level and area index, period text, series index. */
interface Keys {
  readonly areas: ReadonlyArray<readonly number[]>
  readonly periods: ReadonlyMap<string, number>
  readonly series: readonly number[]
}

async function insertNames (queries: Queries, edition: number, { levels, indicators, series }: Edition): Promise<Keys> {
  await queries.query(`
    insert into atlas.levels (edition_key, ordinal, level, label, system, valid_from, valid_to, geometry)
    select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[], $8::text[])`,
  [edition, ordinals(levels), levels.map(({ id }) => id), levels.map(({ label }) => toText(label.de)),
    levels.map(({ system }) => system), levels.map(({ validFrom }) => validFrom), levels.map(({ validTo }) => validTo),
    levels.map(({ geometry }) => geometry)])
  const levelKeys = await readKeys(queries, 'select level_key as key from atlas.levels where edition_key = $1 order by ordinal', edition)

  const areaKeys: number[][] = []
  for (const [index, { areas }] of levels.entries()) {
    await queries.query(`
      insert into atlas.areas (level_key, ordinal, area, name, parent)
      select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[])`,
    [levelKeys[index], ordinals(areas), areas.map(({ id }) => id), areas.map(({ name }) => toText(name)), areas.map(({ parentId }) => parentId)])
    areaKeys.push(await readKeys(queries, 'select area_key as key from atlas.areas where level_key = $1 order by ordinal', levelKeys[index]!))
  }

  await queries.query(`
    insert into atlas.indicators (edition_key, ordinal, indicator, label, unit)
    select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[])`,
  [edition, ordinals(indicators), indicators.map(({ id }) => id), indicators.map(({ label }) => toText(label.de)), indicators.map(({ unit }) => toText(unit.de))])
  const indicatorKeys = await readKeys(queries, 'select indicator_key as key from atlas.indicators where edition_key = $1 order by ordinal', edition)

  return {
    areas: areaKeys,
    periods: await insertPeriods(queries, edition, series),
    series: await insertSeries(queries, edition, series.map(({ level, indicator }) => ({
      level: levelKeys[levels.findIndex(({ id }) => id === level)]!,
      indicator: indicatorKeys[indicators.findIndex(({ id }) => id === indicator)]!,
    }))),
  }
}

/** Every period once, in the order in which the series name them. */
async function insertPeriods (queries: Queries, edition: number, series: readonly Series[]): Promise<Map<string, number>> {
  const periods = [...new Set(series.flatMap(one => one.periods))].map(getPeriod)
  await queries.query(`
    insert into atlas.periods (edition_key, ordinal, period, first_day, last_day)
    select $1, * from unnest($2::int[], $3::text[], $4::date[], $5::date[])`,
  [edition, ordinals(periods), periods.map(({ id }) => id), periods.map(({ from }) => from), periods.map(({ to }) => to)])
  const keys = await readKeys(queries, 'select period_key as key from atlas.periods where edition_key = $1 order by ordinal', edition)
  return new Map(periods.map(({ id }, index) => [id, keys[index]!]))
}

async function insertSeries (queries: Queries, edition: number, series: ReadonlyArray<{ level: number, indicator: number }>): Promise<number[]> {
  await queries.query(`
    insert into atlas.series (edition_key, ordinal, level_key, indicator_key)
    select $1, * from unnest($2::int[], $3::int[], $4::int[])`,
  [edition, ordinals(series), series.map(({ level }) => level), series.map(({ indicator }) => indicator)])
  return await readKeys(queries, 'select series_key as key from atlas.series where edition_key = $1 order by ordinal', edition)
}

async function readKeys (queries: Queries, sql: string, value: number): Promise<number[]> {
  return (await queries.query<{ key: number }>(sql, [value])).map(({ key }) => key)
}

async function insertDocument (database: Database, edition: number, bytes: Buffer): Promise<void> {
  for (let part = 0; part * partBytes < bytes.length; part++) {
    await database.query('insert into atlas.document_parts (edition_key, part, bytes) values ($1, $2, $3)',
      [edition, part, bytes.subarray(part * partBytes, (part + 1) * partBytes)])
  }
}

async function insertCells (database: Database, edition: Edition, keys: Keys, onProgress: (done: number, total: number) => void): Promise<void> {
  const total = countCells(edition)
  let done = 0
  for (const chunk of chunkCells(edition, keys)) {
    await database.query(`
      insert into atlas.cells (series_key, period_key, area_key, status, value, reason, flag)
      select * from unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::float8[], $6::text[], $7::text[])`, chunk)
    done += chunk[0].length
    onProgress(done, total)
  }
}

type CellColumns = [
  series: number[], period: number[], area: number[],
  status: string[], value: Array<number | null>, reason: Array<string | null>, flag: Array<string | null>,
]

/** All cells as columns of at most `chunkRows`. */
function * chunkCells ({ levels, series }: Edition, keys: Keys): Generator<CellColumns> {
  let chunk: CellColumns = [[], [], [], [], [], [], []]
  for (const [index, one] of series.entries()) {
    const areaKeys = keys.areas[levels.findIndex(({ id }) => id === one.level)]!
    for (const [row, period] of one.periods.entries()) {
      const periodKey = keys.periods.get(period)!
      for (const [column, areaKey] of areaKeys.entries()) {
        chunk[0].push(keys.series[index]!)
        chunk[1].push(periodKey)
        chunk[2].push(areaKey)
        chunk[3].push(one.statuses[row]![column]!)
        chunk[4].push(one.values[row]![column]!)
        chunk[5].push(one.reasons[row]![column]!)
        chunk[6].push(one.flags[row]![column]!)
        if (chunk[0].length === chunkRows) {
          yield chunk
          chunk = [[], [], [], [], [], [], []]
        }
      }
    }
  }
  if (chunk[0].length > 0) yield chunk
}

/** Makes the rows visible, unless somebody else saved the same edition meanwhile. */
async function finish (database: Database, key: number, edition: string): Promise<void> {
  const isFirst = await database.transaction(async queries => {
    await queries.query('select from atlas.atlases a join atlas.editions e using (atlas_key) where e.edition_key = $1 for update of a', [key])
    if (await isSaved(queries, edition)) return false
    await queries.query('update atlas.editions set saved_at = now() where edition_key = $1', [key])
    return true
  })
  if (!isFirst) await deleteEditions(database, [key])
}

function countCells ({ series }: Edition): number {
  return sum(series.map(({ statuses }) => sum(statuses.map(row => row.length))))
}

function sum (numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function ordinals (list: readonly unknown[]): number[] {
  return list.map((_, index) => index)
}

/** For the tables people read: PostgreSQL has no NUL in text. The document keeps the original. */
function toText (text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}
