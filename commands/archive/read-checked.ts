import { createHash, type Hash } from 'node:crypto'
import { canonicalText, type Edition } from '../../core/edition.ts'
import { backupFaults } from '../../core/text/commands.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { computeEditionId } from '../../sql/document.ts'
import { collect, readArchive } from './read-archive.ts'
import { unreadable, type ArchiveKind } from './unreadable.ts'

/** An archive of ours: `version` first, `contents.json` with the checksums of all before it last. */
export interface ArchiveForm {
  readonly kind: ArchiveKind
  /** What stands in `version`, up to the number. */
  readonly signature: string
  readonly version: number
  /** Those before it that can be read too. */
  readonly olderVersions?: readonly number[]
}

/** One entry between the two; its content must be read to the end. */
export interface CheckedEntry {
  readonly name: string
  readonly bytes: number
  readonly content: AsyncIterable<Buffer>
}

/**
 * Reads an archive to its end and checks that it is whole.
 * @returns its table of contents
 * @throws VaultError …-unreadable, …-version
 */
export async function readChecked<Contents extends { readonly checksums: Readonly<Record<string, string>> }> (
  file: string, { kind, signature, version, olderVersions = [] }: ArchiveForm, take: (entry: CheckedEntry) => Promise<void>,
): Promise<Contents> {
  const checksums: Record<string, string> = {}
  let contents: Contents | undefined
  await readArchive(file, kind, async ({ name, bytes, content }) => {
    if (contents) throw unreadable(kind, file, backupFaults.continued)
    const hash = createHash('sha256')
    const hashed = passThrough(content, hash)
    if (name === 'contents.json') contents = JSON.parse((await collect(hashed)).toString('utf8')) as Contents
    else if (name === 'version') checkSignature((await collect(hashed)).toString('utf8'))
    else await take({ name, bytes, content: hashed })
    if (!contents) checksums[name] = hash.digest('hex')
  })
  if (!contents || canonicalText(contents.checksums) !== canonicalText(checksums)) throw unreadable(kind, file, backupFaults.checksums)
  return contents

  function checkSignature (text: string): void {
    const found = text.startsWith(signature) ? /^ (\d+)\n$/.exec(text.slice(signature.length))?.[1] : undefined
    if (found === undefined) throw unreadable(kind, file, backupFaults.unsigned)
    if (![version, ...olderVersions].includes(Number(found))) throw new VaultError(`${kind}-version`, { file }, { version: found, wanted: version })
  }
}

/** The edition of an entry, if its content has the id that it says. @throws VaultError …-unreadable */
export async function readEdition (file: string, kind: ArchiveKind, { name, content }: CheckedEntry): Promise<Edition> {
  const edition = JSON.parse((await collect(content)).toString('utf8')) as Edition
  const computed = computeEditionId(edition)
  if (edition.id === computed && name === `editions/${computed}.json`) return edition
  throw unreadable(kind, file, backupFaults.otherContent(name))
}

async function * passThrough (content: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const part of content) {
    hash.update(part)
    yield part
  }
}
