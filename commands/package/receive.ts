import type { Audience, Edition } from '../../core/edition.ts'
import { hasErrors, problem, type Problem } from '../../core/problem.ts'
import { backupFaults } from '../../core/text/commands.ts'
import type { GeometryTiles } from '../../core/tile.ts'
import type { Store } from '../../sql/store.ts'
import { exists } from '../archive/exists.ts'
import { unpackTiles } from '../archive/packed-tiles.ts'
import { collect } from '../archive/read-archive.ts'
import { readChecked, readEdition } from '../archive/read-checked.ts'
import { unreadable } from '../archive/unreadable.ts'
import { packageForm, type PackageContents } from './contents.ts'

export type ReceiveStore = Pick<Store, 'listEditions' | 'saveEdition' | 'publish' | 'withdraw'>

export interface Receiving {
  readonly store: ReceiveStore
  readonly file: string
  /** Whose editions this machine shows. */
  readonly audience: Audience
  /** Atlases that are built on this machine: their ledgers must know what is shown. */
  readonly ownAtlases: ReadonlySet<string>
  /** The atlas it is for, where that was said. */
  readonly atlas?: string
  /** Reads everything that the edition is about to say. @returns findings as errors, or a note */
  readonly auditBytes: (edition: Edition, tiles: readonly GeometryTiles[]) => Promise<readonly Problem[]>
}

/**
 * Shows an edition that another machine built and published, and takes back what that one has withdrawn. The whole file is checked
 * first, and its finished bytes are audited as before each publication; where something is wrong the edition shown stays.
 *
 * @throws VaultError package-unreadable, package-version
 */
export async function receive ({ store, file, audience, ownAtlases, atlas, auditBytes }: Receiving): Promise<Problem[]> {
  if (!await exists(file)) throw unreadable('package', file, backupFaults.absent)
  const { contents, edition, tiles } = await readPackage(file)
  const refusal = refuse({ edition, audience, ownAtlases, ...atlas !== undefined && { atlas } }, file)
  if (refusal) return [refusal]
  const known = await store.listEditions(edition.atlas.id)
  const state = known.find(({ id }) => id === edition.id)?.state
  // Whoever sends an old file again must not undo what came after it; there is a command for going back.
  if (state !== undefined && state !== 'draft') {
    return [problem(state === 'withdrawn' ? 'package-withdrawn' : 'package-known', { file }, { edition: edition.id }), ...await withdrawToo(store, contents)]
  }
  const problems = [...await auditBytes(edition, tiles)]
  if (hasErrors(problems)) return problems
  await store.saveEdition(edition, tiles)
  await store.publish(edition.id)
  return [...problems, problem('package-received', { file }, { edition: edition.id, atlas: edition.atlas.id }), ...await withdrawToo(store, contents)]
}

function refuse ({ edition, audience, ownAtlases, atlas }: Pick<Receiving, 'audience' | 'ownAtlases' | 'atlas'> & { readonly edition: Edition }, file: string): Problem | undefined {
  const { id } = edition.atlas
  if (atlas !== undefined && id !== atlas) return problem('package-other-atlas', { file }, { found: id, atlas })
  if (edition.audience !== audience) return problem('package-other-audience', { file }, { found: edition.audience, audience })
  if (ownAtlases.has(id)) return problem('package-own-atlas', { file }, { atlas: id })
  return undefined
}

interface Package {
  readonly contents: PackageContents
  readonly edition: Edition
  readonly tiles: readonly GeometryTiles[]
}

async function readPackage (file: string): Promise<Package> {
  const tiles: GeometryTiles[] = []
  let edition: Edition | undefined
  let unpackedBytes = 0
  const contents = await readChecked<PackageContents>(file, packageForm, async entry => {
    const [kind] = entry.name.split('/')
    unpackedBytes += entry.bytes
    if (unpackedBytes > mostBytes) throw unreadable('package', file, backupFaults.tooLarge)
    if (kind === 'tiles') tiles.push(unpackTiles(await collect(entry.content)))
    else if (kind === 'editions' && !edition) edition = await readEdition(file, 'package', entry)
    else throw unreadable('package', file, backupFaults.unknownEntry(entry.name, entry.bytes))
  })
  if (edition?.id !== contents.edition) throw unreadable('package', file, backupFaults.otherContent(contents.edition))
  // It becomes part of addresses.
  if (!/^[A-Za-z0-9_-]{1,60}$/.test(edition.atlas.id)) throw unreadable('package', file, backupFaults.badAtlas)
  return { contents, edition, tiles }
}

/** Berlin with all its levels has 60 MB; a small file must not fill the memory. */
const mostBytes = 1e9

/** An edition that never came here needs no withdrawal, and neither does a successor that never came have a name here. */
async function withdrawToo (store: ReceiveStore, { atlas, withdrawn }: PackageContents): Promise<Problem[]> {
  const shown = new Set((await store.listEditions(atlas)).filter(({ state }) => state === 'published' || state === 'current').map(({ id }) => id))
  const done: Problem[] = []
  for (const { edition, reason, successor } of withdrawn) {
    if (!shown.has(edition)) continue
    await store.withdraw(edition, { reason, ...successor !== null && shown.has(successor) && { successor } })
    done.push(problem('publish-withdrawal-done', {}, { edition, successor: successor ?? '–' }))
  }
  return done
}
