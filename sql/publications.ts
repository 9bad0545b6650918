import type { Localised } from '../core/area.ts'
import type { Queries, Row } from './connection.ts'

/** One act of publishing an edition; going back to it later is none. */
export interface Publication {
  /** UTC, `2025-02-03T10:20:30Z`. */
  readonly at: string
  /** What readers were told; null where nothing was. */
  readonly note: Localised | null
  /** Edition that it took the place of; null for the first one. */
  readonly replaced: string | null
}

/** Of one edition of an atlas, the oldest first. */
export async function listPublications (database: Queries, atlas: string, edition: string): Promise<Publication[]> {
  return await database.query<Publication & Row>(`
    select to_char(u.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
           case when u.note_de is not null then jsonb_strip_nulls(jsonb_build_object('de', u.note_de, 'en', u.note_en)) end as note,
           before.edition as replaced
    from atlas.publications u
    join atlas.editions e using (edition_key)
    join atlas.atlases a using (atlas_key)
    left join atlas.publications r on r.publication_key = u.replaced_key
    left join atlas.editions before on before.edition_key = r.edition_key
    where a.atlas = $1 and e.edition = $2
    order by u.publication_key`, [atlas, edition])
}
