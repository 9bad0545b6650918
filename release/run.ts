import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { tidySbom, type Sbom } from './sbom.ts'
import { listShipped, type Lock } from './shipped.ts'
import { stage } from './stage.ts'

/*
 * npm run release: writes to dist-release/ an archive that runs where there is no internet, its bill of materials and the
 * checksums of both. Needs the packages of `node setup.js test`, git, and GNU tar; asks the network for nothing.
 * The same commit on the same machine gives the same bytes.
 */

const root = path.dirname(import.meta.dirname)
const target = path.join(root, 'dist-release')

async function makeRelease (): Promise<void> {
  const changed = git('status', '--porcelain')
  if (changed !== '') throw new Error(`uncommitted changes; a release is made of a commit:\n${changed}`)
  const moment = new Date(git('log', '-1', '--format=%cI')).toISOString()
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { name: string, version: string }
  const shipped = listShipped(JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as Lock)
  const called = `${name}-${version}`

  await rm(target, { recursive: true, force: true })
  await mkdir(target)
  const sbom = tidySbom(npmSbom(), { name, moment, shipped: new Set(shipped.map(({ ref }) => ref)) })
  const written = JSON.stringify(sbom, null, 2) + '\n'
  await writeFile(path.join(target, `${called}.cdx.json`), written)

  const work = await mkdtemp(path.join(os.tmpdir(), 'atlas-release-'))
  try {
    const folder = path.join(work, called)
    await stage(root, folder, shipped)
    await writeFile(path.join(folder, `${called}.cdx.json`), written)
    await refusePlaces(folder, [root, work])
    pack(work, called, moment)
  } finally {
    await rm(work, { recursive: true })
  }
  await writeChecksums([`${called}.cdx.json`, `${called}.tar.gz`])
}

function git (...words: string[]): string {
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
}

function npmSbom (): Sbom {
  const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 })
  return JSON.parse(text) as Sbom
}

/** @throws Error if a file names a folder of this machine: it would not be the same elsewhere, and is nobody's business */
async function refusePlaces (folder: string, places: readonly string[]): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    const found = places.find(place => bytes.includes(place))
    if (found !== undefined) throw new Error(`${path.relative(folder, file)}: names a folder of this machine: ${found}`)
  }
}

/** Order, owners, times and rights are the archive's own, not those of the machine. */
function pack (work: string, called: string, moment: string): void {
  const archive = path.join(work, `${called}.tar`)
  execFileSync('tar', ['--create', '--file', archive, '--directory', work, '--sort=name', `--mtime=${moment}`, '--owner=0', '--group=0', '--numeric-owner',
    '--mode=u=rwX,go=rX', '--format=gnu', called])
  execFileSync('gzip', ['-9', '--no-name', archive])
  execFileSync('mv', [`${archive}.gz`, target])
}

async function writeChecksums (names: readonly string[]): Promise<void> {
  const lines = await Promise.all(names.map(async name => {
    const bytes = await readFile(path.join(target, name))
    console.log(`${name}: ${(bytes.length / 1e6).toFixed(1)} MB`)
    return `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`
  }))
  await writeFile(path.join(target, 'SHA256SUMS'), lines.join(''))
}

await makeRelease()
