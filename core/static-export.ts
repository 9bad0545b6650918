/*
 * The list of files of an export, a file itself: by it a folder is known as an export, and what was changed or added since is
 * seen.
 */

/** Lies at the top of the folder. */
export const exportListName = 'atlas-export.json'

/** What is in a folder of files. */
export interface ExportList {
  readonly format: 1
  readonly atlas: string
  readonly edition: string
  /** SHA-256 by name below the folder, without the list itself; in code-unit order. */
  readonly files: Readonly<Record<string, string>>
}

export function formatExportList (list: ExportList): string {
  return `${JSON.stringify(list, null, 1)}\n`
}

/** `undefined` for a text that is no such list. */
export function parseExportList (text: string): ExportList | undefined {
  try {
    const { format, atlas, edition, files } = JSON.parse(text) as Record<string, unknown>
    const isList = format === 1 && typeof atlas === 'string' && typeof edition === 'string' && typeof files === 'object' && files !== null &&
      Object.values(files).every(hash => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash))
    return isList ? { format, atlas, edition, files: files as Record<string, string> } : undefined
  } catch {
    return undefined
  }
}
