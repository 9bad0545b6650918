import { backupFaults } from '../../core/text/commands.ts'
import { backupForm, type Contents } from './contents.ts'
import { unpackTiles } from './packed-tiles.ts'
import type { People } from './people.ts'
import type { ProjectIndex } from './project-files.ts'
import type { ProjectPlace } from './project-place.ts'
import { collect } from './read-archive.ts'
import { readChecked, readEdition } from './read-checked.ts'
import { unreadable } from './unreadable.ts'
import type { VaultPlaces } from './vault-places.ts'

export interface RestorePlaces {
  readonly vaults: VaultPlaces
  readonly projects: ProjectPlace
  readonly people: People
}

/** First reading: unpacks vaults and projects beside their places, and checks all the rest. */
export async function checkArchive (file: string, { vaults, projects, people }: RestorePlaces): Promise<Contents> {
  return await readChecked<Contents>(file, backupForm, async entry => {
    const { name, bytes, content } = entry
    const [kind, second = '', ...rest] = name.split('/')
    if (name === 'projects.json') await projects.index(JSON.parse((await collect(content)).toString('utf8')) as ProjectIndex)
    else if (kind === 'projects' && second !== '') await projects.unpack([second, ...rest].join('/'), content)
    else if (kind === 'werkstatt' && second !== '') people.read(second, await collect(content))
    else if (kind === 'vaults' && rest.length > 0) await vaults.unpack(second, rest, content)
    else if (kind === 'editions') await readEdition(file, 'backup', entry)
    else if (kind === 'tiles') unpackTiles(await collect(content))
    else throw unreadable('backup', file, backupFaults.unknownEntry(name, bytes))
  })
}
