import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { makeVaultFolder } from '../pipeline/vault/write-file.ts'
import { writePart } from './write-part.ts'

/** Where an edition lies that another machine built, until its job has run. @param sha256 hash of its content in hex */
export function packageFile (folder: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('invalid package; expected a hash')
  return path.join(packagesOf(folder), `${sha256}.atlas`)
}

/** Takes a package in as it comes. @returns its hash; undefined where it is larger than allowed. @throws what the sender's connection throws */
export async function receivePackage (folder: string, body: Readable): Promise<string | undefined> {
  const packages = packagesOf(folder)
  await makeVaultFolder(packages)
  const part = path.join(packages, `${randomUUID()}.part`)
  try {
    const written = await writePart(part, body, largestPackageBytes)
    if (!written) {
      body.resume() // a sender that is not listened to would never hear why
      return undefined
    }
    await rename(part, packageFile(folder, written.sha256))
    return written.sha256
  } finally {
    await rm(part, { force: true })
  }
}

/** Clears what nobody waits for any more: parts of a process that was killed, and packages whose job was cancelled. Only while nothing is received. */
export async function sweepPackages (folder: string): Promise<void> {
  const names: string[] = await readdir(packagesOf(folder)).catch(() => [])
  for (const name of names) {
    const file = path.join(packagesOf(folder), name)
    const { mtimeMs } = await stat(file)
    if (name.endsWith('.part') || Date.now() - mtimeMs > keptMilliseconds) await rm(file, { force: true })
  }
}

/** Berlin with all its levels has 20 MB. */
export const largestPackageBytes = 500e6
const keptMilliseconds = 86_400_000

function packagesOf (folder: string): string {
  return path.join(folder, 'packages')
}
