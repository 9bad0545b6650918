import { execFileSync } from 'node:child_process'
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeAssets } from './built-assets.ts'
import { bundleAssets } from './bundle.ts'

/*
 * npm run build: writes dist/, all that the image needs besides packages. Compiled code, the files
 * it reads beside itself (SQL, grids, schemas), and the viewer, bundled and compressed.
 */

const root = import.meta.dirname

export interface BuildOptions {
  /** Where to; emptied first. */
  readonly folder: string
  /** Type errors stop the build; off in tests, because `npm run types` looks already. */
  readonly checkTypes: boolean
  /** They lead to the sources by the way from here, so what is passed on has none. Defaults to yes. */
  readonly sourceMaps?: boolean
}

export async function buildProgram ({ folder, checkTypes, sourceMaps = true }: BuildOptions): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  compile(folder, [...checkTypes ? [] : ['--noCheck'], ...sourceMaps ? [] : ['--sourceMap', 'false']])
  for (const part of ['core', 'pipeline', 'render', 'sql', 'server', 'fonts']) await copyData(part, folder)
  await writeAssets(path.join(folder, 'built-assets'), await bundleAssets())
}

function compile (folder: string, more: readonly string[]): void {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc')
  const flags = ['-p', path.join(root, 'tsconfig.build.json'), '--outDir', folder, ...more]
  execFileSync(process.execPath, [compiler, ...flags], { stdio: 'inherit' })
}

/** Whatever is not code: the compiler leaves it behind. */
async function copyData (part: string, folder: string): Promise<void> {
  const entries = await readdir(path.join(root, part), { recursive: true, withFileTypes: true })
  for (const { parentPath, name } of entries.filter(entry => entry.isFile() && isData(entry.name))) {
    const file = path.relative(root, path.join(parentPath, name))
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await cp(path.join(root, file), path.join(folder, file))
  }
}

function isData (name: string): boolean {
  return !name.endsWith('.ts') && !name.endsWith('.md') && name !== 'tsconfig.json'
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildProgram({ folder: path.join(root, 'dist'), checkTypes: true })
}
