import type { Audience } from '../../core/edition.ts'
import type { ArchiveForm } from '../archive/read-checked.ts'

/*
 * `atlas pack` and `atlas receive`: one published edition as one file, a gzip'd tar:
 *
 *   version             which form this is
 *   tiles/<geometry>    of each geometry of the edition
 *   editions/<id>.json  canonical text, of which the id can be computed
 *   contents.json       last: checksums of all before, and what was withdrawn until then
 *
 * It holds cleared cells only, and nothing of the vault.
 */

export const packageForm = { kind: 'package', signature: 'sozialraum-atlas edition', version: 1 } as const satisfies ArchiveForm

export interface PackageContents {
  readonly at: string
  readonly atlas: string
  readonly audience: Audience
  readonly edition: string
  /** UTC; the first time. */
  readonly publishedAt: string
  /** In the order of withdrawing: who receives this edition takes these back too. */
  readonly withdrawn: ReadonlyArray<{ readonly edition: string, readonly reason: string, readonly successor: string | null }>
  /** SHA-256 by name. */
  readonly checksums: Readonly<Record<string, string>>
}
