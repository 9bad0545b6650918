import type { Localised } from '../../core/area.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { TarError } from '../../pipeline/vault/tar.ts'

/** A backup, or an edition as a file. */
export type ArchiveKind = 'backup' | 'package'

/** Failures that the file is to blame for; a full disk is not one. */
export async function asUnreadable<Result> (kind: ArchiveKind, file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isOfFile = error instanceof TarError || error instanceof SyntaxError || error instanceof RangeError || isZlibError(error) ||
      (error instanceof VaultError && error.code.startsWith('vault-'))
    if (!isOfFile) throw error
    const detail = error instanceof VaultError ? error.code : error.message
    throw unreadable(kind, file, { de: detail, en: detail }, error)
  }
}

function isZlibError (error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

export function unreadable (kind: ArchiveKind, file: string, detail: Localised, cause?: unknown): VaultError {
  return new VaultError(`${kind}-unreadable`, { file }, { detail }, { cause })
}
