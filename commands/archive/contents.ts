import type { Localised } from '../../core/area.ts'
import type { Audience } from '../../core/edition.ts'
import type { EditionSummary } from '../../sql/store.ts'
import type { ArchiveForm } from './read-checked.ts'

/*
 * `atlas backup` and `atlas restore`: all editions and all vaults in one file, a gzip'd tar:
 *
 *   version                       which form this is
 *   projects.json, projects/…     the folder of projects without vaults, where there is one
 *   werkstatt/…                   people, roles, settings, approvals and log, and the key of the Werkstatt
 *   vaults/<atlas>/…              the files of each vault as they are
 *   tiles/<geometry>              before the first edition that needs them
 *   editions/<id>.json            canonical text, of which the id can be computed
 *   contents.json                 last: checksums of all before, and which edition is shown
 *
 * Store and vault belong together: a ledger that does not know what was published protects nobody.
 */

/** Version 1 knew no Werkstatt, and is read as before. */
export const backupForm = { kind: 'backup', signature: 'sozialraum-atlas backup', version: 2, olderVersions: [1] } as const satisfies ArchiveForm

export interface Contents {
  readonly at: string
  /** In the order in which they were saved. */
  readonly editions: readonly StoredEdition[]
  readonly shown: readonly ShownEdition[]
  /** Ids of atlases. */
  readonly vaults: readonly string[]
  /** SHA-256 by name. */
  readonly checksums: Readonly<Record<string, string>>
}

export type StoredEdition = Pick<EditionSummary, 'id' | 'atlas' | 'audience' | 'state' | 'publishedAt' | 'withdrawal'>

export interface ShownEdition {
  readonly atlas: string
  readonly audience: Audience
  readonly edition: string | null
  readonly previous: string | null
  /** What was said when it was published. */
  readonly note?: Localised
}
