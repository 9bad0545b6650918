import type { ArtefactVerdict } from '../audit/artefacts/audit.ts'
import type { Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { ExportTask, WrittenFile, WrittenShare } from './export-share.ts'
import { concludeReadings, readArtefacts } from '../audit/artefacts/audit.ts'
import { exportListName, formatExportList } from '../core/static-export.ts'
import { mapInChildren } from '../task.ts'
import { writeInto, writeShare } from './export-share.ts'
import { archiveArtefacts, tileArchives } from './folder-artefacts.ts'

export interface WrittenExport {
  readonly files: number
  readonly bytes: number
  readonly verdict: ArtefactVerdict
  /** A name that another file has already where capital letters do not count; null where there is none. */
  readonly sameName: string | null
}

export interface ExportOptions {
  readonly publicUrl: string
  /** Processes that write; with one, this one. Defaults to two. */
  readonly children?: number
}

/** Writes an edition into a folder that is new, and reads what was written as `atlas audit` does. */
export async function writeExport (folder: string, edition: Edition, tiles: readonly GeometryTiles[], { publicUrl, children = 2 }: ExportOptions): Promise<WrittenExport> {
  const { loadAssets } = await import('../bundle.ts')
  const assets = await loadAssets()
  const tasks = Array.from({ length: children }, (_, index): ExportTask =>
    ({ edition, tiles, folder, options: { publicUrl, assets: assets.urls, share: { index, of: children } } }))
  const shares: WrittenShare[] = []
  if (children < 2) shares.push(await writeShare(tasks[0]!))
  else for await (const share of mapInChildren<ExportTask, WrittenShare>(new URL('./export-task', import.meta.url), tasks, children)) shares.push(share)

  const others: WrittenFile[] = []
  for (const [url, { body }] of assets.files) others.push(await writeInto(folder, url.slice(1), body))
  const archives = [...tileArchives(edition, tiles)]
  for (const [name, bytes] of archives) others.push(await writeInto(folder, name, bytes))
  const archived = await readArtefacts(edition, archives.flatMap(([name, bytes]) => [...archiveArtefacts(name, bytes, publicUrl)]))

  const files = [...shares.flatMap(share => share.files), ...others].toSorted((a, b) => a.name < b.name ? -1 : 1)
  const list = await writeInto(folder, exportListName, new TextEncoder().encode(formatExportList({
    format: 1, atlas: edition.atlas.id, edition: edition.id, files: Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])),
  })))
  return {
    files: files.length + 1,
    bytes: [...files, list].reduce((sum, { bytes }) => sum + bytes, 0),
    verdict: concludeReadings(edition, [...shares.map(({ reading }) => reading), archived], { isComplete: false }),
    sameName: findSameName(files),
  }
}

/** Sticks and Windows take `A.html` and `a.html` for the same file. */
function findSameName (files: readonly WrittenFile[]): string | null {
  const names = new Set<string>()
  for (const { name } of files) {
    if (names.has(name.toLowerCase())) return name
    names.add(name.toLowerCase())
  }
  return null
}
