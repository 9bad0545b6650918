import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { readTar, type TarEntry } from '../../pipeline/vault/tar.ts'
import { asUnreadable, type ArchiveKind } from './unreadable.ts'

/** @throws VaultError …-unreadable where the file cannot be unpacked or read to its end */
export async function readArchive (file: string, kind: ArchiveKind, take: (entry: TarEntry) => Promise<void>): Promise<void> {
  await asUnreadable(kind, file, async () => {
    const unpacked = createGunzip()
    const flow = pipeline(createReadStream(file), unpacked)
    flow.catch(() => {}) // the loop meets the same error
    try {
      for await (const entry of readTar(unpacked)) await take(entry)
      // To the end, where gzip has its own checksum.
      await drain(unpacked)
      await flow
    } finally {
      unpacked.destroy()
    }
  })
}

export async function collect (content: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts)
}

export async function drain (content: AsyncIterable<unknown>): Promise<void> {
  const parts = content[Symbol.asyncIterator]()
  while (!(await parts.next()).done);
}
