import type { AtlasFacts, Audience, Edition } from '../core/edition.ts'
import type { Database, Row } from './connection.ts'
import type { Columns, EditionDocument } from './document.ts'
import { restoreEdition, computeEditionId, unpackDocument } from './document.ts'
import { StoreError } from './errors.ts'

/**
 * Which views to read: `stored` ones show drafts too, `published` ones are all a server may see.
 * They have the same columns.
 */
export type Visibility = 'stored' | 'published'

/** Series read at once: no statement keeps others waiting for long. */
const pageSeries = 20

/**
 * The edition as it was saved, or `undefined` if there is none to be seen.
 *
 * @param audience only editions for it, where given
 * @throws StoreError publish-edition-damaged if the content does not have the id
 */
export async function loadEdition (
  database: Database, id: string, visibility: Visibility, audience?: Audience,
): Promise<Edition | undefined> {
  const key = await findKey(database, id, visibility, audience)
  if (key === undefined) return undefined
  const edition = await assemble(database, id, key, visibility)
  const computed = computeEditionId(edition)
  if (computed !== id || edition.id !== id) throw new StoreError('publish-edition-damaged', { edition: id, computed })
  return edition
}

/** Which atlas an edition is of, without its figures; or `undefined`. What it is used for is no figure, so nobody checks the id here. */
export async function loadAtlas (
  database: Database, id: string, visibility: Visibility, audience?: Audience,
): Promise<AtlasFacts | undefined> {
  const key = await findKey(database, id, visibility, audience)
  return key === undefined ? undefined : (await readDocument(database, key, visibility)).atlas
}

async function findKey (database: Database, id: string, visibility: Visibility, audience?: Audience): Promise<number | undefined> {
  const [row] = await database.query<{ edition_key: number }>(
    `select edition_key from atlas.${visibility}_editions where edition = $1 and audience = coalesce($2, audience)`, [id, audience ?? null])
  return row?.edition_key
}

async function assemble (database: Database, id: string, key: number, visibility: Visibility): Promise<Edition> {
  try {
    const document = await readDocument(database, key, visibility)
    return restoreEdition(document, await loadColumns(database, key, document.series.length, visibility))
  } catch (error) {
    if (error instanceof StoreError) throw error
    // Cut or changed bytes do not even unpack.
    throw new StoreError('publish-edition-damaged', { edition: id, computed: (error as Error).message }, { cause: error })
  }
}

async function readDocument (database: Database, key: number, visibility: Visibility): Promise<EditionDocument> {
  const parts = await database.query<{ bytes: Buffer }>(
    `select bytes from atlas.${visibility}_document_parts where edition_key = $1 order by part`, [key])
  return await unpackDocument(Buffer.concat(parts.map(({ bytes }) => bytes)))
}

type ColumnsRow = Omit<Columns, 'statuses'> & Row & { readonly statuses: string }

async function loadColumns (database: Database, key: number, seriesCount: number, visibility: Visibility): Promise<Columns[]> {
  const columns: Columns[] = []
  for (let first = 0; first < seriesCount; first += pageSeries) {
    const rows = await database.query<ColumnsRow>(`
      select series, period, values, statuses, reasons, flags from atlas.${visibility}_columns
      where edition_key = $1 and series >= $2 and series < $3`, [key, first, first + pageSeries])
    for (const row of rows) columns.push({ ...row, statuses: [...row.statuses] as Columns['statuses'] })
  }
  return columns
}
