import { open } from 'node:fs/promises'
import path from 'node:path'
import { makeVaultFolder } from '../../pipeline/vault/write-file.ts'

/** Writes a file out of a backup, safe on the disk and closed to others. @throws EEXIST: a backup names nothing twice */
export async function writeUnpacked (target: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  await makeVaultFolder(path.dirname(target))
  const handle = await open(target, 'wx', 0o600)
  try {
    for await (const part of content) await handle.writeFile(part)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
