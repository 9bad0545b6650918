import { backupFaults } from '../../core/text/commands.ts'
import { backupForm, type Contents } from './contents.ts'
import { unpackTiles } from './packed-tiles.ts'
import { collect } from './read-archive.ts'
import { readChecked, readEdition } from './read-checked.ts'
import { unreadable } from './unreadable.ts'
import type { VaultPlaces } from './vault-places.ts'

/** First reading: unpacks the vaults beside their places, and checks all the rest. */
export async function checkArchive (file: string, vaults: VaultPlaces): Promise<Contents> {
  return await readChecked<Contents>(file, backupForm, async entry => {
    const [kind, second = '', ...rest] = entry.name.split('/')
    if (kind === 'vaults' && rest.length > 0) await vaults.unpack(second, rest, entry.content)
    else if (kind === 'editions') await readEdition(file, 'backup', entry)
    else if (kind === 'tiles') unpackTiles(await collect(entry.content))
    else throw unreadable('backup', file, backupFaults.unknownEntry(entry.name, entry.bytes))
  })
}
