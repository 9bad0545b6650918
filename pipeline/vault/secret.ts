import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { VaultError } from './error.ts'
import { isMissing } from './reports.ts'
import { writeVaultBytes } from './write-file.ts'

/** One line of text, the key of all hashes of the vault. Never in a message, a log or an edition. */
export type Secret = string

/** As text it could be guessed, and with it every suppressed count. */
const shortestSecret = 32

/** Of the secret that comes with the sample atlas and that everybody can read. */
const publicSecretId = '7cfdc1bb768a'

/** @throws VaultError vault-secret-unusable, or vault-secret-public where that would matter */
export async function findSecret (folder: string, { isSynthetic }: { isSynthetic: boolean }): Promise<Secret | undefined> {
  const file = secretFile(folder)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  const secret = text.trim()
  if (secret.length < shortestSecret || secret.includes('\n')) throw new VaultError('vault-secret-unusable', { file }, { length: secret.length, shortest: shortestSecret })
  if (!isSynthetic && secretId(secret) === publicSecretId) throw new VaultError('vault-secret-public', { file })
  return secret
}

export function drawSecret (): Secret {
  return randomBytes(32).toString('hex')
}

export async function createSecret (folder: string): Promise<Secret> {
  const secret = drawSecret()
  await writeVaultBytes(secretFile(folder), `${secret}\n`)
  return secret
}

export function secretFile (folder: string): string {
  return path.join(folder, 'secret')
}

/** Says whether two files were made with the same secret, and nothing about it. */
export function secretId (secret: Secret): string {
  return createHash('sha256').update(createHmac('sha256', secret).update('sozialraum-atlas secret').digest()).digest('hex').slice(0, 12)
}

/**
 * 16 hex digits for a value of a cell. Without the secret nobody can try out which count it was.
 *
 * @param value null where the publisher did not tell it
 */
export function hashValue (secret: Secret, cellId: string, value: number | null): string {
  return createHmac('sha256', secret).update(`${cellId}\0${value ?? ''}`).digest('hex').slice(0, 16)
}
