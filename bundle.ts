import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'
import { readAssets, writeAssets } from './built-assets.ts'
import type { AssetFile, Assets } from './server/assets.ts'

/**
 * What the browser gets besides pages: viewer, styles, fonts, map library. Every file lies under the
 * hash of its content, so that it can be kept for ever. MapLibre is passed on as it is delivered,
 * with its worker beside it; the viewer loads it only after the page can be used.
 *
 * Built once: a second start finds the files of the first in `.built/`, an image those of
 * `npm run build` beside this module.
 */
export async function loadAssets (): Promise<Assets> {
  const built = await readAssets(path.join(import.meta.dirname, 'built-assets'))
  if (built) return built
  const sources = await readSources()
  const kept = path.join(import.meta.dirname, '.built', `assets-${hashOf(Object.values(sources))}`)
  const assets = await readAssets(kept)
  if (assets) return assets
  const fresh = await compressSources(sources)
  await writeAssets(kept, fresh).catch((error: NodeJS.ErrnoException) => {
    // A service need not be allowed to write beside its program; then every start makes them.
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '')) throw error
  })
  return fresh
}

/** The same, always made anew. */
export async function bundleAssets (): Promise<Assets> {
  return compressSources(await readSources())
}

const types = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
} as const

const fontNames = ['fira-sans-400.woff2', 'fira-sans-600.woff2'] as const

type Sources = Readonly<Record<string, Uint8Array>>

async function readSources (): Promise<Sources> {
  const own = (name: string) => readFile(path.join(import.meta.dirname, name))
  const [viewer, style, icon, kern, maplibre, maplibreWorker, maplibreStyle, ...fonts] = await Promise.all([
    bundleViewer(),
    own('render/html/style.css'),
    own('render/html/icon.svg'),
    readPackageFile('@kern-ux/native/dist/kern.min.css'),
    readPackageFile('maplibre-gl/dist/maplibre-gl.mjs'),
    readPackageFile('maplibre-gl/dist/maplibre-gl-worker.mjs'),
    readPackageFile('maplibre-gl/dist/maplibre-gl.css'),
    ...fontNames.map(name => own(path.join('fonts', name))),
  ])
  return {
    'viewer.js': viewer,
    'style.css': style,
    'icon.svg': icon,
    'kern.css': kern,
    'maplibre-gl.mjs': withoutSourceMap(maplibre),
    'maplibre-gl-worker.mjs': withoutSourceMap(maplibreWorker),
    'maplibre-gl.css': maplibreStyle,
    ...Object.fromEntries(fontNames.map((name, i) => [name, fonts[i]!])),
  }
}

async function bundleViewer (): Promise<Uint8Array> {
  const { outputFiles: [file] } = await build({
    entryPoints: [path.join(import.meta.dirname, 'viewer/main.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  })
  return file!.contents
}

/** A file of a package whose `exports` do not name it. */
async function readPackageFile (name: string): Promise<Buffer> {
  const [, packageName] = /^((?:@[^/]+\/)?[^/]+)\//.exec(name)!
  const folders = createRequire(import.meta.url).resolve.paths(packageName!)!
  for (const folder of folders) {
    const bytes = await readFile(path.join(folder, name)).catch(() => undefined)
    if (bytes) return bytes
  }
  throw new Error(`missing ${name}: the packages are not installed; run: node setup.js demo`)
}

/** The browser's tools would ask for a map that is not served. */
function withoutSourceMap (bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('utf8').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n'))
}

async function compressSources (sources: Sources): Promise<Assets> {
  const urlOf = (name: string, bytes: Uint8Array) => `/assets/${hashOf([bytes])}/${name}`
  // From one folder under `assets/` to another, so that it holds under any base path and in a folder of files.
  const fontUrls = Object.fromEntries(fontNames.map(name => [name, `../${hashOf([sources[name]!])}/${name}`]))
  const style = Buffer.from(Buffer.from(sources['style.css']!).toString('utf8')
    .replaceAll(/url\("(fira-sans-\d+\.woff2)"\)/g, (_, name: string) => `url("${fontUrls[name]}")`))
  const final: Sources = { ...sources, 'style.css': style }

  const named = Object.entries(final).map(([name, bytes]) => ({ name, bytes, url: urlOf(name, bytes) }))
  const files = await Promise.all(named.map(async ({ name, bytes, url }) => [url, await compress(name, bytes)] as const))
  const url = (name: string) => named.find(file => file.name === name)!.url
  return {
    urls: {
      kern: url('kern.css'),
      style: url('style.css'),
      icon: url('icon.svg'),
      viewer: url('viewer.js'),
      maplibre: url('maplibre-gl.mjs'),
      maplibreWorker: url('maplibre-gl-worker.mjs'),
      maplibreStyle: url('maplibre-gl.css'),
    },
    files: new Map(files),
  }
}

async function compress (name: string, bytes: Uint8Array): Promise<AssetFile> {
  const extension = path.extname(name) as keyof typeof types
  const type = types[extension]
  // WOFF2 is brotli inside already.
  if (extension === '.woff2') return { type, body: bytes }
  const [zipped, br] = await Promise.all([
    promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  ])
  return { type, body: bytes, gzip: zipped, br }
}

function hashOf (parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 12)
}
