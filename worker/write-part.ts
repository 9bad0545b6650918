import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'

/**
 * Writes what comes to a new file, piece by piece.
 * @returns undefined where more came than is allowed
 */
export async function writePart (part: string, body: Readable, maxBytes: number): Promise<{ readonly sha256: string, readonly sizeBytes: number } | undefined> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const handle = await open(part, 'wx', 0o600)
  try {
    // The rest is let through unread, so the sender hears the answer.
    for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      sizeBytes += piece.length
      if (sizeBytes > maxBytes) return undefined
      hash.update(piece)
      await handle.writeFile(piece)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}
