import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PMTiles, type Source } from 'pmtiles'
import t from 'tap'
import { auditArtefacts } from '../audit/artefacts/audit.ts'
import { exportEdition } from '../commands/export.ts'
import { folderArtefacts } from '../commands/folder-artefacts.ts'
import { defaultClasses } from '../core/classify.ts'
import { exportListName, parseExportList } from '../core/static-export.ts'
import { fileOfPath, linkBetweenFiles, pathOfFile, pathOfLink } from '../core/static-file.ts'
import { tileId } from '../render/pmtiles.ts'
import { readTileArchive } from '../audit/artefacts/tile-archive.ts'
import { codes } from './pipeline/problem-codes.ts'
import { serveTiny, tilesOf } from './server/serve-tiny.ts'
import { tinyEdition } from './tiny-edition.ts'

const parent = t.testdir({})
/** With the class breaks that its printed values give. */
const edition = tinyEdition({
  series: tinyEdition().series.map(series => ({ ...series, classes: defaultClasses(series.values.flat().filter(value => value !== null), false) })),
})
const tiles = await tilesOf(edition)
const options = { publicUrl: '', children: 1 }
let count = 0

/** A fresh export of the tiny atlas. */
async function makeExport (): Promise<string> {
  const folder = path.join(parent, `export-${count++}`)
  const found = codes(await exportEdition(folder, edition, tiles, options))
  if (!found.includes('export-written')) throw new Error(found.join(' '))
  return folder
}

async function listFiles (folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)).split(path.sep).join('/')).toSorted()
}

t.test('the file of a path and the path of a file are inverse, and a link between two files leads back to its path', async t => {
  for (const [url, file] of [
    ['/', 'index.html'],
    ['/tiny', 'tiny/index.html'],
    ['/tiny?sprache=en', 'tiny/index~sprache=en.html'],
    ['/tiny/karte/sgb2-share/2024-12-31?ebene=stadt&sprache=en', 'tiny/karte/sgb2-share/2024-12-31~ebene=stadt~sprache=en.html'],
    ['/tiny/karte/sgb2-share/2024-12-31.csv', 'tiny/karte/sgb2-share/2024-12-31.csv'],
    ['/tiny/gebiet/sozialraum/01.json', 'tiny/gebiet/sozialraum/01.json'],
    ['/tiny/api/v1/levels', 'tiny/api/v1/levels.json'],
    ['/tiny/geometry/gaaaaaaaaaaaa/sozialraum.topo.json', 'tiny/geometry/gaaaaaaaaaaaa/sozialraum.topo.json'],
  ] as const) {
    t.equal(fileOfPath(url), file)
    t.equal(pathOfFile(file), url)
    t.equal(pathOfLink('/tiny/karte/a/2024', linkBetweenFiles('/tiny/karte/a/2024', `${url}#x`)), `${url}#x`)
  }
  t.equal(fileOfPath('/tiny?ausgabe=e0123456789ab'), 'tiny/index.html', 'a folder holds one edition')
})

t.test('every link of every page is relative and leads to a file, in both languages', async t => {
  const folder = await makeExport()
  const files = new Set(await listFiles(folder))
  const dead: string[] = []
  const reached = new Set(['index.html'])
  // A set that grows while it is walked is walked to its end.
  for (const file of reached) {
    if (!file.endsWith('.html') && !file.endsWith('.css')) continue
    for (const link of linksOf(await readFile(path.join(folder, file), 'utf8'))) {
      const target = decodeURIComponent(path.posix.join(path.posix.dirname(file), link.split('#')[0]!))
      if (link.startsWith('/') || !files.has(target)) dead.push(`${link} in ${file}`)
      else reached.add(target)
    }
  }
  t.strictSame(dead, [])
  const pages = [...files].filter(file => file.endsWith('.html'))
  t.strictSame(pages.filter(file => !reached.has(file)), [], 'each page can be reached from the first')
  t.ok(pages.some(file => file.includes('sprache=en')))
  t.notOk([...files].some(file => /[?:*"<>|]/.test(file)), 'names that Windows takes')
  t.notOk((await readFile(path.join(folder, 'index.html'), 'utf8')).includes('<form'), 'nothing answers a form')
})

/** Addresses in attributes, of styles, and those that the script of a page asks for. */
function linksOf (text: string): string[] {
  const attributes = [...text.matchAll(/(?:href|src|action)="([^"]+)"/g)].map(([, link]) => link!.replaceAll('&amp;', '&'))
  const fonts = [...text.matchAll(/url\(["']?([^"')]+\.woff2)["']?\)/g)].map(([, link]) => link!)
  return [...attributes.filter(link => !/^(#|mailto:|https?:)/.test(link)), ...fonts, ...scriptLinks(text)]
}

function scriptLinks (text: string): string[] {
  const json = /<script type="application\/json" id="bootstrap">(.*?)<\/script>/s.exec(text)?.[1]
  if (json === undefined) return []
  const { base, level, indicator, indicators, levels, reference, urls } = JSON.parse(json)
  const own = indicators.find(({ id }: { id: string }) => id === indicator).levels
  const values = [level, reference.level].filter(id => id in own)
  const fill = (template: string, own: string) => template.replace('{level}', own).replace('{indicator}', indicator)
    .replace('{geometry}', levels.find(({ id }: { id: string }) => id === own).geometry)
  return [...values.map(id => fill(urls.values, id)), fill(urls.topology, level), ...Object.values<string>(urls.assets)].map(url => base + url)
}

t.test('the same edition gives the same bytes', async t => {
  const [one, other] = [await makeExport(), await makeExport()]
  const files = await listFiles(one)
  t.strictSame(await listFiles(other), files)
  for (const file of files) t.ok((await readFile(path.join(one, file))).equals(await readFile(path.join(other, file))), file)
})

t.test('an earlier export is replaced whole; what is no export, and an internal edition, are refused', async t => {
  const folder = await makeExport()
  await writeFile(path.join(folder, 'old.txt'), 'from before')
  t.ok(codes(await exportEdition(folder, edition, tiles, options)).includes('export-written'))
  t.notOk(existsSync(path.join(folder, 'old.txt')))
  const taken = path.join(parent, 'taken')
  await mkdir(taken)
  await writeFile(path.join(taken, 'letter.txt'), 'mine')
  t.strictSame(codes(await exportEdition(taken, edition, tiles, options)), ['export-folder-taken'])
  t.strictSame(await readdir(taken), ['letter.txt'])
  t.strictSame(codes(await exportEdition(path.join(parent, 'internal'), tinyEdition({ audience: 'internal' }), tiles, options)), ['export-not-public'])
  t.notOk(existsSync(path.join(parent, 'internal')))
})

t.test('an export that fails leaves the old one, and one that was killed leaves nothing behind', async t => {
  const folder = await makeExport()
  const before = await listFiles(folder)
  // Without its tiles the edition cannot be read to its end.
  await t.rejects(exportEdition(folder, edition, [{ ...tiles[0]!, tiles: null as never }], options))
  t.strictSame(await listFiles(folder), before)
  t.strictSame((await readdir(parent)).filter(name => name.includes('unvollstaendig')), [])
  // No process has this number: it is above what the system gives.
  const [left, replaced] = [`${folder}.unvollstaendig-99999999`, `${folder}.ersetzt-99999999`]
  for (const name of [left, replaced]) await mkdir(name)
  t.ok(codes(await exportEdition(folder, edition, tiles, options)).includes('export-written'))
  t.notOk(existsSync(left) || existsSync(replaced))
})

t.test('an archive of tiles is read by the reader of others, and holds the tiles of the server', async t => {
  const folder = await makeExport()
  const { get } = await serveTiny(t, { editions: [edition] })
  const { geometry, id } = edition.levels[0]!
  const bytes = await readFile(path.join(folder, `tiny/tiles/${geometry}/${id}.pmtiles`))
  const source: Source = { getKey: () => 'tiny', getBytes: async (offset, length) => ({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer }) }
  const archive = new PMTiles(source)
  const set = tiles.find(one => one.geometry === geometry)!
  for (const { z, x, y } of set.tiles) {
    const served = await get(`/tiny/tiles/${geometry}/${id}/${z}/${x}/${y}.mvt`)
    const found = await archive.getZxy(z, x, y)
    t.ok(found && Buffer.from(found.data).equals(served.rawPayload), `${z}/${x}/${y}`)
  }
  t.match(await archive.getHeader(), { minZoom: 9, maxZoom: 12, numAddressedTiles: set.tiles.length })
  t.match(await archive.getMetadata(), { name: 'Sozialraum-Atlas Kleinstadt: Sozialräume' })
  const own = readTileArchive(bytes)!
  t.strictSame(own.map(({ z, x, y }) => tileId({ z, x, y })), set.tiles.map(tileId).toSorted((a, b) => a - b))
  const [first] = set.tiles
  t.ok(gunzipSync(first!.gzip).equals(own.find(({ z, x, y }) => tileId({ z, x, y }) === tileId(first!))!.bytes))
})

const findings = async (folder: string) => (await auditArtefacts(edition, folderArtefacts(folder, { edition, tiles }), { isComplete: false })).findings

t.test('the audit of the folder finds nothing in a clean export, and everything that was planted in it', async t => {
  const clean = await makeExport()
  const files = await listFiles(clean)
  t.strictSame(await findings(clean), [])
  const view = 'tiny/karte/sgb2-share/2024-12-31'
  const archive = `tiny/tiles/${edition.levels[0]!.geometry}/sozialraum.pmtiles`
  const tile = files.find(file => file.endsWith('.mvt'))!
  const insert = (before: string, text: string) => (bytes: Buffer) => Buffer.from(bytes.toString().replace(before, text + before))
  for (const [name, file, change] of [
    ['a secret in a page', `${view}.html`, insert('</main>', '<p>Nordertor: 7,3</p>')],
    ['a secret in a table', `${view}.csv`, (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('02;Nordertor;7,3\r\n')])],
    ['a tile', tile, (bytes: Buffer) => Buffer.concat([bytes, bytes])],
    ['an archive of tiles', archive, (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('7,3')])],
    ['an added file', 'tiny/notes.txt', () => Buffer.from('7,3')],
    ['a script', files.find(file => file.endsWith('.js'))!, insert('', '/* 7,3 */')],
  ] as const) {
    for (const isListed of [false, true]) {
      const folder = path.join(parent, `planted-${count++}`)
      await cp(clean, folder, { recursive: true })
      const place = path.join(folder, file)
      await writeFile(place, change(existsSync(place) ? await readFile(place) : Buffer.alloc(0)))
      // Who plants something may write it into the list as well.
      if (isListed) await relist(folder, file)
      t.ok((await findings(folder)).length > 0, `${name}${isListed ? ', also in the list' : ''}`)
    }
  }
  const thinned = path.join(parent, 'thinned')
  await cp(clean, thinned, { recursive: true })
  await rm(path.join(thinned, `${view}.csv`))
  t.match(await findings(thinned), [{ path: `/${view}.csv`, code: 'unreadable' }], 'a file that is missing')
})

async function relist (folder: string, file: string): Promise<void> {
  const place = path.join(folder, exportListName)
  const list = parseExportList(await readFile(place, 'utf8'))!
  const sha256 = createHash('sha256').update(await readFile(path.join(folder, file))).digest('hex')
  await writeFile(place, `${JSON.stringify({ ...list, files: { ...list.files, [file]: sha256 } }, null, 1)}\n`)
}
