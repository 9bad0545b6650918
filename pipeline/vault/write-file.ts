import { randomUUID } from 'node:crypto'
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/** Ends in this while it is being written; whoever lists a folder of the vault passes it over. */
export const unfinishedEnding = '.unfinished'

/**
 * Puts a file in its place as a whole: after a power cut there is the old one or the new one. Only
 * its owner can read it.
 */
export async function writeVaultFile (file: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${file}.${randomUUID()}${unfinishedEnding}`
  try {
    await write(unfinished)
    await chmod(unfinished, 0o600)
    await syncPath(unfinished)
    await rename(unfinished, file)
    await syncPath(path.dirname(file))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

export async function writeVaultBytes (file: string, bytes: string | Uint8Array): Promise<void> {
  await writeVaultFile(file, async unfinished => {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
    } finally {
      await handle.close()
    }
  })
}

/** Makes a folder that only its owner can enter. */
export async function makeVaultFolder (folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Waits until a file, or the names in a folder, are on the disk. */
export async function syncPath (fileOrFolder: string): Promise<void> {
  // Windows cannot open a folder, and needs no sync of it.
  if (process.platform === 'win32') return
  const handle = await open(fileOrFolder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
