import type { Audience } from '../core/edition.ts'
import type { Database, Row } from './connection.ts'
import type { Visibility } from './load.ts'
import { deleteEditions } from './save.ts'
import { deleteUnusedTiles } from './tiles.ts'

/** What `atlas editions` prints of an edition. */
export interface EditionSummary {
  readonly id: string
  readonly atlas: string
  readonly audience: Audience
  readonly title: string
  readonly state: 'draft' | 'published' | 'current' | 'withdrawn'
  /** UTC, `2025-02-03T10:20:30Z`. */
  readonly savedAt: string
  /** When it was first published, or null for a draft. */
  readonly publishedAt: string | null
  /** Null unless it was taken back. */
  readonly withdrawal: { readonly at: string, readonly reason: string, readonly successor: string | null } | null
  /** Ids of its geometries, each once. */
  readonly geometries: readonly string[]
  readonly counts: { readonly levels: number, readonly areas: number, readonly indicators: number, readonly cells: number }
}

/** Editions, the last saved first. */
export async function listEditions (
  database: Database, visibility: Visibility, { atlas, audience }: { atlas?: string | undefined, audience?: Audience | undefined },
): Promise<EditionSummary[]> {
  const rows = await database.query<SummaryRow>(`
    select edition, atlas, audience, title, saved_at, published_at, is_current, withdrawn_at, reason, successor, geometries,
           level_count, area_count, indicator_count, cell_count
    from atlas.${visibility}_editions
    where atlas = coalesce($1, atlas) and audience = coalesce($2, audience)
    order by edition_key desc`, [atlas ?? null, audience ?? null])
  return rows.map(row => ({
    id: row.edition,
    atlas: row.atlas,
    audience: row.audience,
    title: row.title,
    state: stateOf(row),
    savedAt: row.saved_at,
    publishedAt: row.published_at,
    withdrawal: row.withdrawn_at === null ? null : { at: row.withdrawn_at, reason: row.reason!, successor: row.successor },
    geometries: row.geometries,
    counts: { levels: row.level_count, areas: row.area_count, indicators: row.indicator_count, cells: row.cell_count },
  }))
}

function stateOf ({ withdrawn_at: withdrawnAt, is_current: isCurrent, published_at: publishedAt }: SummaryRow): EditionSummary['state'] {
  if (withdrawnAt !== null) return 'withdrawn'
  return isCurrent ? 'current' : publishedAt === null ? 'draft' : 'published'
}

interface SummaryRow extends Row {
  readonly edition: string
  readonly atlas: string
  readonly audience: Audience
  readonly title: string
  readonly saved_at: string
  readonly published_at: string | null
  readonly is_current: boolean
  readonly withdrawn_at: string | null
  readonly reason: string | null
  readonly successor: string | null
  readonly geometries: readonly string[]
  readonly level_count: number
  readonly area_count: number
  readonly indicator_count: number
  readonly cell_count: number
}

/**
 * Deletes drafts that are older, what killed writers left a day ago, and tiles that then belong to
 * nothing. Drafts become invisible first: an interrupted deletion leaves no half of one.
 *
 * @returns ids of the deleted drafts
 */
export async function pruneDrafts (database: Database, olderThanDays = 7): Promise<string[]> {
  const hidden = await database.query<{ edition: string }>(`
    update atlas.editions set saved_at = null, started_at = '-infinity'
    where published_at is null and saved_at is not null and saved_at <= now() - make_interval(secs => $1 * 86400)
    returning edition`, [olderThanDays])
  const leftOver = await database.query<{ edition_key: number }>(
    "select edition_key from atlas.editions where saved_at is null and started_at < now() - interval '1 day'")
  await deleteEditions(database, leftOver.map(({ edition_key: key }) => key))
  await deleteUnusedTiles(database)
  return hidden.map(({ edition }) => edition)
}
