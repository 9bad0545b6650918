import { readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Edition } from '../core/edition.ts'
import { problem, type Problem } from '../core/problem.ts'
import { exportListName, parseExportList } from '../core/static-export.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { Store } from '../sql/store.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { getEdition, loadAllTiles, toBytesVerdict } from './publish.ts'
import { report } from './report.ts'
import { writeExport, type ExportOptions } from './write-export.ts'

/**
 * `atlas export`: the current public edition as a folder of files, which is read as `atlas audit` reads it before it gets its
 * name. Never more than the public edition, whatever the audience of this machine is.
 */
export async function exportAtlas (call: Call): Promise<number> {
  const folder = path.resolve(requireArgument(call, 0, 'DIR'))
  const started = performance.now()
  return withStore(call, 'pipeline', async store => {
    const chosen = await choose(store, call.arguments[1])
    const problems = typeof chosen === 'object' ? [chosen] : await exportStored(call, store, chosen, folder, started)
    return report(problems, call.language) ? 1 : 0
  })
}

async function exportStored ({ config: { publicUrl } }: Call, store: Store, id: string, folder: string, started: number): Promise<Problem[]> {
  const edition = await getEdition(store, id)
  return exportEdition(folder, edition, await loadAllTiles(store, edition), { publicUrl }, started)
}

/** Id of the edition to be written, or why there is none. */
async function choose (store: Pick<Store, 'currentEditions'>, asked: string | undefined): Promise<string | Problem> {
  const shown = (await store.currentEditions()).flatMap(({ atlas, audience, edition }) => audience === 'public' && edition !== null ? [{ atlas, edition }] : [])
  const atlases = shown.map(({ atlas }) => atlas).join(', ')
  const found = asked === undefined ? shown : shown.filter(({ atlas }) => atlas === asked)
  if (found.length === 1) return found[0]!.edition
  if (shown.length === 0) return problem('export-nothing', {}, {})
  return asked === undefined ? problem('export-which', {}, { atlases }) : problem('export-unknown-atlas', {}, { atlas: asked, atlases })
}

/**
 * Writes the folder under another name beside it and exchanges the two at the end, so that whatever stops it leaves what was
 * there. An earlier export is replaced; anything else in the folder is not ours.
 */
export async function exportEdition (
  folder: string, edition: Edition, tiles: readonly GeometryTiles[], options: ExportOptions, started = performance.now(),
): Promise<Problem[]> {
  if (edition.audience !== 'public') return [problem('export-not-public', {}, { edition: edition.id })]
  await sweep(folder)
  if (!await isFree(folder)) return [problem('export-folder-taken', { file: folder }, {})]
  // Beside the folder, so that the last step is a rename on the same disk.
  const unfinished = `${folder}${unfinishedMark}${process.pid}`
  try {
    const { files, bytes, verdict, sameName } = await writeExport(unfinished, edition, tiles, options)
    if (sameName !== null) return [problem('export-same-name', { file: sameName }, {})]
    const { report: { findings }, problems } = toBytesVerdict(verdict)
    if (findings > 0) return [...problems, problem('export-refused', { file: folder }, {})]
    await exchange(unfinished, folder)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    return [...problems, problem('export-written', { file: folder }, { edition: edition.id, files, megabytes: (bytes / 1e6).toFixed(1), seconds })]
  } catch (error) {
    if (!isDiskFull(error)) throw error
    return [problem('export-disk-full', { file: folder }, {})]
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

const unfinishedMark = '.unvollstaendig-'
const replacedMark = '.ersetzt-'

/** An error of a child process says its code in its text only. */
function isDiskFull (error: unknown): boolean {
  return /\b(ENOSPC|EDQUOT|EFBIG)\b/.test(String(error))
}

/** A new or empty folder may be filled, and an earlier export replaced; anything else belongs to somebody. */
async function isFree (folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(ignoreMissing) ?? []
  return names.length === 0 || parseExportList(await readFile(path.join(folder, exportListName), 'utf8').catch(ignoreMissing) ?? '') !== undefined
}

async function exchange (fresh: string, folder: string): Promise<void> {
  const replaced = `${folder}${replacedMark}${process.pid}`
  await rename(folder, replaced).catch(ignoreMissing)
  await rename(fresh, folder)
  await rm(replaced, { recursive: true, force: true })
}

/** Takes away what an export left that was killed; one killed between its two last steps left the old folder under its other name. */
async function sweep (folder: string): Promise<void> {
  const parent = path.dirname(folder)
  for (const name of await readdir(parent).catch(ignoreMissing) ?? []) {
    const [, mark, pid] = /^(\.unvollstaendig-|\.ersetzt-)(\d+)$/.exec(name.startsWith(path.basename(folder)) ? name.slice(path.basename(folder).length) : '') ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    const left = path.join(parent, name)
    const isMissing = await readdir(folder).then(() => false, () => true)
    if (mark === replacedMark && isMissing) await rename(left, folder)
    else await rm(left, { recursive: true, force: true })
  }
}

function isAlive (pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function ignoreMissing (error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
