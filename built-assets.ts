import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { AssetFile, Assets } from './server/assets.ts'

/**
 * Viewer, styles and fonts as files: `npm run build` writes what the bundler made into `dist/`, and
 * the image serves them from there, without bundler and sources.
 *
 * The folder repeats the paths of the URLs; `assets.json` in it says their media types.
 */
interface Manifest {
  readonly urls: Assets['urls']
  readonly files: ReadonlyArray<{ readonly path: string, readonly type: string, readonly encodings: ReadonlyArray<'gzip' | 'br'> }>
}

const suffixes = { gzip: '.gz', br: '.br' } as const

/** The manifest comes last and at once: a second start that looks now finds everything or nothing. */
export async function writeAssets (folder: string, { urls, files }: Assets): Promise<void> {
  const manifest: Manifest = {
    urls,
    files: [...files].map(([path, { type, gzip, br }]) => (
      { path, type, encodings: [...gzip ? ['gzip' as const] : [], ...br ? ['br' as const] : []] })),
  }
  for (const [url, { body, gzip, br }] of files) {
    const file = path.join(folder, url)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, body)
    if (gzip) await writeFile(file + suffixes.gzip, gzip)
    if (br) await writeFile(file + suffixes.br, br)
  }
  const unfinished = path.join(folder, `assets.json.${process.pid}`)
  await writeFile(unfinished, JSON.stringify(manifest, null, 2))
  await rename(unfinished, path.join(folder, 'assets.json'))
}

/** `undefined` where nothing was built, as in a clone. */
export async function readAssets (folder: string): Promise<Assets | undefined> {
  const text = await readFile(path.join(folder, 'assets.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const manifest = JSON.parse(text) as Manifest
  const files = await Promise.all(manifest.files.map(async ({ path: url, type, encodings }): Promise<[string, AssetFile]> => {
    const file = path.join(folder, url)
    const compressed = await Promise.all(encodings.map(async encoding => [encoding, await readFile(file + suffixes[encoding])] as const))
    return [url, { type, body: await readFile(file), ...Object.fromEntries(compressed) }]
  }))
  return { urls: manifest.urls, files: new Map(files) }
}
