import { createHash, type Hash } from 'node:crypto'
import { canonicalText, type Edition } from '../../core/edition.ts'
import { backupFaults } from '../../core/text/commands.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { computeEditionId } from '../../sql/document.ts'
import { backupVersion, signature, type Contents } from './contents.ts'
import { unpackTiles } from './packed-tiles.ts'
import { collect, readArchive } from './read-archive.ts'
import { unreadable } from './unreadable.ts'
import type { VaultPlaces } from './vault-places.ts'

/** First reading: unpacks the vaults beside their places, and checks all the rest. */
export async function checkArchive (file: string, vaults: VaultPlaces): Promise<Contents> {
  const checksums: Record<string, string> = {}
  let contents: Contents | undefined
  await readArchive(file, async ({ name, bytes, content }) => {
    if (contents) throw unreadable(file, backupFaults.continued)
    const hash = createHash('sha256')
    const hashed = passThrough(content, hash)
    const [kind, second = '', ...rest] = name.split('/')
    if (name === 'contents.json') contents = JSON.parse((await collect(hashed)).toString('utf8')) as Contents
    else if (name === 'version') checkSignature((await collect(hashed)).toString('utf8'), file)
    else if (kind === 'vaults' && rest.length > 0) await vaults.unpack(second, rest, hashed)
    else if (kind === 'editions') checkEdition(JSON.parse((await collect(hashed)).toString('utf8')) as Edition, name, file)
    else if (kind === 'tiles') unpackTiles(await collect(hashed))
    else throw unreadable(file, backupFaults.unknownEntry(name, bytes))
    if (!contents) checksums[name] = hash.digest('hex')
  })
  if (!contents || canonicalText(contents.checksums) !== canonicalText(checksums)) {
    throw unreadable(file, backupFaults.checksums)
  }
  return contents
}

function checkSignature (text: string, file: string): void {
  const version = /^sozialraum-atlas backup (\d+)\n$/.exec(text)?.[1]
  if (version === undefined) throw unreadable(file, backupFaults.unsigned)
  if (text !== signature) throw new VaultError('backup-version', { file }, { version, wanted: backupVersion })
}

function checkEdition (edition: Edition, name: string, file: string): void {
  const computed = computeEditionId(edition)
  if (edition.id === computed && name === `editions/${computed}.json`) return
  throw unreadable(file, backupFaults.otherContent(name))
}

async function * passThrough (content: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const part of content) {
    hash.update(part)
    yield part
  }
}
