import { createHash, randomBytes } from 'node:crypto'

/** What a browser or a program holds to be known again: 256 bits of chance. Nobody can make one up, so a plain hash is enough to keep. */
export function makeToken (): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of it. */
export function hashToken (token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Whether a text can be one, before it is worth a question to the database. */
export function isToken (text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{43}$/.test(text)
}
