import { execFileSync } from 'node:child_process'
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buildProgram } from '../build.ts'
import type { ShippedPackage } from './shipped.ts'

/** Beside the program: what somebody reads, and what npm looks at. */
const taken = ['LICENSE', 'README.md', 'CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'package.json', 'package-lock.json', 'publiccode.yml', 'bin', 'docs', 'examples']

/** The sample town, where `npx atlas demo` looks for it beside the compiled program. */
const sample = 'fixtures/musterstadt'

/** Fills an empty folder with everything that the archive holds. Only files that are committed, packages and what is compiled of both. */
export async function stage (root: string, folder: string, shipped: readonly ShippedPackage[]): Promise<void> {
  await buildProgram({ folder: path.join(folder, 'dist'), checkTypes: true, sourceMaps: false })
  for (const file of listCommitted(root, taken)) await copy(path.join(root, file), path.join(folder, file))
  for (const file of listCommitted(root, [sample, `:!${sample}/vault`])) await copy(path.join(root, file), path.join(folder, 'dist', file))
  for (const { folder: place } of shipped) await copyPackage(root, folder, place)
  await writeFile(path.join(folder, 'LIZENZEN.txt'), await describeLicences(root, shipped))
}

function listCommitted (root: string, paths: readonly string[]): string[] {
  return execFileSync('git', ['ls-files', '-z', '--', ...paths], { cwd: root, encoding: 'utf8' }).split('\0').filter(file => file !== '')
}

async function copy (from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true })
  await cp(from, to)
}

/** Packages inside a package are named by the lock file themselves, if they are shipped. */
async function copyPackage (root: string, folder: string, place: string): Promise<void> {
  const own = path.join(root, place)
  const isForeign = (file: string) => path.relative(own, file).split(path.sep).includes('node_modules')
  await cp(own, path.join(folder, place), { recursive: true, filter: file => !isForeign(file) })
}

/** Name, licence, and the text that the package brings, one after the other. */
async function describeLicences (root: string, shipped: readonly ShippedPackage[]): Promise<string> {
  const parts = await Promise.all(shipped.map(async ({ folder, ref }) => {
    const { license } = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8')) as { license?: string }
    const files = (await readdir(path.join(root, folder))).filter(name => /^(licen[cs]e|copying|notice)/i.test(name)).toSorted()
    const texts = await Promise.all(files.map(name => readFile(path.join(root, folder, name), 'utf8').catch(() => '')))
    return [`${'='.repeat(80)}\n${ref}: ${license ?? 'siehe Text'}\n`, ...texts.map(text => text.trim())].join('\n')
  }))
  return `${parts.join('\n\n')}\n`
}
