import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * The key of the Werkstatt: a file that is not in the database, so that a copy of the database alone opens no one-time codes and
 * tells no network address.
 */
export interface WorkshopKey {
  readonly encrypt: (plain: Uint8Array) => Uint8Array
  /** @throws Error where the bytes are of another key or were changed */
  readonly decrypt: (sealed: Uint8Array) => Uint8Array
  /** A keyed hash; the use keeps hashes of different things apart. */
  readonly digest: (use: string, text: string) => Buffer
}

const keyBytes = 32

/** Reads the key from `workshop.key` in the data folder, or makes one. */
export async function openKey (dataDir: string): Promise<WorkshopKey> {
  const file = path.join(dataDir, 'workshop.key')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await create(file)
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')
  if (key.length !== keyBytes) throw new Error(`invalid key in ${file}; expected ${keyBytes} bytes in base64url`)
  await chmod(file, 0o600)
  return makeKey(key)
}

/** Does nothing where the file is there; two programs may start in the same moment. */
async function create (file: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  if (!handle) return
  try {
    await handle.writeFile(`${randomBytes(keyBytes).toString('base64url')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export function makeKey (key: Buffer): WorkshopKey {
  return {
    encrypt (plain) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    decrypt (sealed) {
      const bytes = Buffer.from(sealed)
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
      decipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    },
    digest: (use, text) => createHmac('sha256', key).update(`${use}\0${text}`).digest(),
  }
}
