import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/*
 * The program of a clone as JavaScript in a few files. One by one and through tsx, Node takes twice as long to read its
 * five hundred sources, at every start of a command and of each of its child processes. Kept in `.built/` under the
 * hash of the sources, so that nothing stale ever runs.
 */

/** All that atlas.ts reaches; not `viewer/`, which the browser gets. */
const rooms = ['audit', 'commands', 'core', 'pipeline', 'render', 'server', 'sql', 'worker', 'workshop']

/** A server may run from a program as old as this, and start a child process from it. */
const keptDays = 30

/**
 * The folder of the compiled program. What can be started lies there as its source lies here: `atlas.js`, and the
 * child processes, which are called `…-task` and `…-main`. Compiles unless that was done before; `undefined` where
 * that fails, because nothing can be written or a source is broken: tsx can do without the one and tells the other.
 */
export async function compileProgram (root) {
  const sources = listSources(root)
  const folder = path.join(root, '.built', `program-${hashSources(root, sources)}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  try {
    await bundle(root, sources, folder, unfinished)
    renameSync(unfinished, folder)
    deleteOld(path.dirname(folder))
    return folder
  } catch {
    if (existsSync(unfinished)) rmSync(unfinished, { recursive: true })
    return existsSync(folder) ? folder : undefined // another start may have been faster
  }
}

/** Paths below the root. */
function listSources (root) {
  const inRooms = rooms.filter(room => existsSync(path.join(root, room)))
    .flatMap(room => readdirSync(path.join(root, room), { recursive: true }).map(file => path.join(room, file)))
  return [...readdirSync(root), ...inRooms].filter(file => file.endsWith('.ts')).sort()
}

function hashSources (root, sources) {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)))
  for (const file of sources) hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

async function bundle (root, sources, folder, outdir) {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: sources.filter(file => file === 'atlas.ts' || /-(task|main)\.ts$/.test(file)),
    outbase: root,
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'silent',
    define: { 'import.meta.url': '__url', 'import.meta.dirname': '__dirname', compiledFolder: JSON.stringify(folder) },
    plugins: [{ name: 'own-place', setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({ contents: withOwnPlace(file), loader: 'ts' })) }],
  })
}

/** A module looks for files beside its source, wherever it is compiled to. */
function withOwnPlace (file) {
  const source = readFileSync(file, 'utf8')
  if (!source.includes('import.meta.')) return source
  return `const __url = ${JSON.stringify(pathToFileURL(file).href)}, __dirname = ${JSON.stringify(path.dirname(file))}; ${source}`
}

function deleteOld (built) {
  const oldest = Date.now() - keptDays * 24 * 3600 * 1000
  for (const name of readdirSync(built).filter(name => name.startsWith('program-'))) {
    const program = path.join(built, name)
    if (statSync(program).mtimeMs < oldest) rmSync(program, { recursive: true, force: true })
  }
}
