import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from './build.ts'
import type { Call } from './call.ts'
import { serve } from './serve.ts'

/** `atlas demo`: builds the sample atlas unless nothing changed since the last time, then serves it. */
export async function demo (call: Call): Promise<number> {
  const folder = path.join(import.meta.dirname, '../fixtures/musterstadt')
  const stamp = path.join(call.config.dataDir, 'demo-built')
  const fingerprint = await hashFolder(folder)
  if (await readFile(stamp, 'utf8').catch(() => '') !== fingerprint) {
    // A vault of its own: looking at the sample must not write into it.
    const config = { ...call.config, vaultDir: call.config.vaultDir ?? path.join(call.config.dataDir, 'demo-vault') }
    const code = await build({ ...call, config, arguments: [folder], options: { ...call.options, publish: true } })
    if (code !== 0) return code
    await mkdir(call.config.dataDir, { recursive: true })
    await writeFile(stamp, fingerprint)
  }
  return serve(call)
}

async function hashFolder (folder: string): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const file of entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name)).toSorted()) {
    hash.update(path.relative(folder, file)).update('\0').update(await readFile(file)).update('\0')
  }
  return hash.digest('hex')
}
