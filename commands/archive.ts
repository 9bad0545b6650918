import { createHash, randomUUID, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Localised } from '../core/area.ts'
import { canonicalText, type Audience, type Edition } from '../core/edition.ts'
import { problem, type Problem } from '../core/problem.ts'
import type { GeometryTiles, Tile } from '../core/tile.ts'
import { VaultError } from '../pipeline/vault/error.ts'
import { withLock } from '../pipeline/vault/lock.ts'
import { checkVault, listVaultFiles } from '../pipeline/vault/vault-files.ts'
import { closeModes } from '../pipeline/vault/vault.ts'
import { readTar, tarEnd, TarError, tarHeader, tarPadding, type TarEntry } from '../pipeline/vault/tar.ts'
import { makeVaultFolder, syncPath, writeVaultFile } from '../pipeline/vault/write-file.ts'
import { computeEditionId } from '../sql/document.ts'
import type { EditionSummary, Store } from '../sql/store.ts'

/*
 * `atlas backup` and `atlas restore`: all editions and all vaults in one file, a gzip'd tar:
 *
 *   version                       which form this is
 *   vaults/<atlas>/…              the files of each vault as they are
 *   tiles/<geometry>              before the first edition that needs them
 *   editions/<id>.json            canonical text, of which the id can be computed
 *   contents.json                 last: checksums of all before, and which edition is shown
 *
 * Store and vault belong together: a ledger that does not know what was published protects nobody.
 */

export type BackupStore = Pick<Store, 'listEditions' | 'currentEditions' | 'loadEdition' | 'loadTiles'>
export type RestoreStore = Pick<Store, 'listEditions' | 'saveEdition' | 'publish' | 'rollback' | 'withdraw' | 'pruneDrafts'>

const backupVersion = 1
const signature = `sozialraum-atlas backup ${backupVersion}\n`

type StoredEdition = Pick<EditionSummary, 'id' | 'atlas' | 'audience' | 'state' | 'publishedAt' | 'withdrawal'>

interface ShownEdition {
  readonly atlas: string
  readonly audience: Audience
  readonly edition: string | null
  readonly previous: string | null
}

interface Contents {
  readonly at: string
  /** In the order in which they were saved. */
  readonly editions: readonly StoredEdition[]
  readonly shown: readonly ShownEdition[]
  /** Ids of atlases. */
  readonly vaults: readonly string[]
  /** SHA-256 by name. */
  readonly checksums: Readonly<Record<string, string>>
}

/**
 * Writes everything into one new file that only its owner can read. While it runs nobody publishes.
 *
 * @param vaultFolders by atlas
 * @returns a note about what is in it, and how secret it is
 * @throws VaultError backup-exists, backup-vault-missing; vault-… where a vault is damaged: a backup of it could not be used
 */
export async function backup (store: BackupStore, vaultFolders: ReadonlyMap<string, string>, file: string): Promise<Problem[]> {
  if (await exists(file)) throw new VaultError('backup-exists', { file })
  for (const [atlas, folder] of vaultFolders) {
    if (!await exists(folder)) throw new VaultError('backup-vault-missing', { file: folder }, { atlas })
  }
  return await withLocks([...vaultFolders.values()], async () => {
    for (const [atlas, folder] of vaultFolders) await checkVault(folder, atlas)
    let contents: Contents | undefined
    await writeVaultFile(path.resolve(file), async unfinished => {
      const parts = archive(store, vaultFolders, made => { contents = made })
      await pipeline(parts, createGzip(), createWriteStream(unfinished, { mode: 0o600 }))
    })
    const { editions, vaults } = contents!
    const megabytes = Math.ceil((await stat(file)).size / 1e6)
    return [problem('backup-written', { file }, { editions: editions.length, vaults: vaults.length, megabytes })]
  })
}

async function withLocks<Result> ([folder, ...others]: readonly string[], work: () => Promise<Result>): Promise<Result> {
  return folder === undefined ? await work() : await withLock(folder, () => withLocks(others, work))
}

async function * archive (store: BackupStore, vaultFolders: ReadonlyMap<string, string>, onContents: (contents: Contents) => void): AsyncGenerator<Buffer> {
  const checksums: Record<string, string> = {}
  const add = async function * (name: string, bytes: number, content: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const hash = createHash('sha256')
    yield tarHeader(name, bytes)
    for await (const part of content) {
      hash.update(part)
      yield part
    }
    yield tarPadding(bytes)
    checksums[name] = hash.digest('hex')
  }
  const addText = (name: string, text: string) => {
    const bytes = Buffer.from(text)
    return add(name, bytes.length, [bytes])
  }

  yield * addText('version', signature)
  for (const [atlas, folder] of vaultFolders) {
    for (const name of await listVaultFiles(folder)) {
      const source = path.join(folder, name)
      const { size } = await stat(source)
      yield * add(`vaults/${atlas}/${name}`, size, size === 0 ? [] : createReadStream(source, { end: size - 1 }))
    }
  }

  const shown = (await store.currentEditions()).map(({ atlas, audience, edition, previous }) => ({ atlas, audience, edition, previous }))
  const editions: StoredEdition[] = []
  const written = new Set<string>()
  for (const { id, atlas, audience, state, publishedAt, withdrawal } of (await store.listEditions()).toReversed()) {
    const edition = await store.loadEdition(id)
    if (!edition) continue // a draft that was pruned meanwhile
    for (const { geometry } of edition.levels) {
      const tiles = written.has(geometry) ? undefined : await store.loadTiles(geometry)
      if (!tiles) continue
      written.add(geometry)
      const parts = packTiles(tiles)
      yield * add(`tiles/${geometry}`, parts.reduce((sum, part) => sum + part.length, 0), parts)
    }
    yield * addText(`editions/${id}.json`, canonicalText(edition))
    editions.push({ id, atlas, audience, state, publishedAt, withdrawal })
  }

  const contents: Contents = { at: new Date().toISOString(), editions, shown, vaults: [...vaultFolders.keys()], checksums }
  yield * addText('contents.json', `${JSON.stringify(contents, null, 1)}\n`)
  yield tarEnd()
  onContents(contents)
}

export interface RestoreOptions {
  readonly store: RestoreStore
  readonly file: string
  /** Where the vault of an atlas is to lie. */
  readonly vaultFolderOf: (atlas: string) => string
}

export interface Restored {
  /** Where the vaults lie now, by atlas. */
  readonly vaultFolders: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

/**
 * Puts a backup back on an empty machine. The whole file is read and checked before anything is
 * stored: every checksum, the id of every edition, the ledger and secret of every vault. Where it
 * fails, nothing is left behind.
 *
 * @throws VaultError backup-store-not-empty, backup-vault-not-empty, backup-unreadable, backup-version
 */
export async function restore ({ store, file, vaultFolderOf }: RestoreOptions): Promise<Restored> {
  const { length: count } = await store.listEditions()
  if (count > 0) throw new VaultError('backup-store-not-empty', { file }, { count })
  if (!await exists(file)) throw unreadable(file, { de: 'es gibt sie nicht', en: 'it does not exist' })
  const vaults = createVaultPlaces(file, vaultFolderOf)
  const contents = await prepare(store, file, vaults)
  await showAgain(store, contents)
  const facts = { at: contents.at, editions: contents.editions.length, vaults: contents.vaults.length }
  return {
    vaultFolders: new Map([...vaults.places].map(([atlas, { folder }]) => [atlas, folder])),
    problems: [problem('backup-restored', { file }, facts)],
  }
}

/** Everything in its place, and nothing published yet. */
async function prepare (store: RestoreStore, file: string, vaults: VaultPlaces): Promise<Contents> {
  let hasDrafts = false
  try {
    const contents = await checkArchive(file, vaults)
    for (const [atlas, { unfinished }] of vaults.places) await asUnreadable(file, () => checkVault(unfinished, atlas))
    hasDrafts = true
    await saveEditions(store, file)
    await vaults.settle()
    return contents
  } catch (error) {
    // Only drafts can be there, because nothing was.
    if (hasDrafts) await store.pruneDrafts(0).catch(() => {})
    await vaults.discard()
    throw error
  }
}

/** First reading: unpacks the vaults beside their places, and checks all the rest. */
async function checkArchive (file: string, vaults: VaultPlaces): Promise<Contents> {
  const checksums: Record<string, string> = {}
  let contents: Contents | undefined
  await readArchive(file, async ({ name, bytes, content }) => {
    if (contents) throw unreadable(file, { de: 'nach dem Inhaltsverzeichnis folgt noch etwas', en: 'something follows after the table of contents' })
    const hash = createHash('sha256')
    const hashed = passThrough(content, hash)
    const [kind, second = '', ...rest] = name.split('/')
    if (name === 'contents.json') contents = JSON.parse((await collect(hashed)).toString('utf8')) as Contents
    else if (name === 'version') checkSignature((await collect(hashed)).toString('utf8'), file)
    else if (kind === 'vaults' && rest.length > 0) await vaults.unpack(second, rest, hashed)
    else if (kind === 'editions') checkEdition(JSON.parse((await collect(hashed)).toString('utf8')) as Edition, name, file)
    else if (kind === 'tiles') unpackTiles(await collect(hashed))
    else throw unreadable(file, { de: `unbekannter Eintrag „${name}“ (${bytes} Bytes)`, en: `unknown entry "${name}" (${bytes} bytes)` })
    if (!contents) checksums[name] = hash.digest('hex')
  })
  if (!contents || canonicalText(contents.checksums) !== canonicalText(checksums)) {
    throw unreadable(file, { de: 'die Prüfsummen stimmen nicht', en: 'the checksums do not match' })
  }
  return contents
}

function checkSignature (text: string, file: string): void {
  const version = /^sozialraum-atlas backup (\d+)\n$/.exec(text)?.[1]
  if (version === undefined) throw unreadable(file, { de: 'die Kennung fehlt', en: 'the signature is missing' })
  if (text !== signature) throw new VaultError('backup-version', { file }, { version, wanted: backupVersion })
}

function checkEdition (edition: Edition, name: string, file: string): void {
  const computed = computeEditionId(edition)
  if (edition.id === computed && name === `editions/${computed}.json`) return
  throw unreadable(file, { de: `${name} hat einen anderen Inhalt, als die Kennung sagt`, en: `${name} has another content than its id says` })
}

/** Second reading: editions and tiles as drafts. */
async function saveEditions (store: RestoreStore, file: string): Promise<void> {
  let tiles: GeometryTiles[] = []
  await readArchive(file, async ({ name, content }) => {
    const [kind] = name.split('/')
    if (kind === 'tiles') {
      tiles.push(unpackTiles(await collect(content)))
    } else if (kind === 'editions') {
      await store.saveEdition(JSON.parse((await collect(content)).toString('utf8')) as Edition, tiles)
      tiles = []
    } else {
      await drain(content)
    }
  })
}

/**
 * Publishes and withdraws again, so that the same edition is shown, the same one comes with a
 * rollback, and everything published has its address.
 */
async function showAgain (store: RestoreStore, { editions, shown }: Contents): Promise<void> {
  const published = editions.filter(({ publishedAt }) => publishedAt !== null).toSorted((a, b) => a.publishedAt! < b.publishedAt! ? -1 : 1)
  for (const pointer of shown) {
    const own = published.filter(({ atlas, audience }) => atlas === pointer.atlas && audience === pointer.audience)
    const { before, after } = replayOrder(own.map(({ id }) => id), pointer)
    for (const edition of before) await store.publish(edition)
    for (const edition of after) {
      await store.publish(edition)
      await store.rollback(pointer.atlas, pointer.audience)
    }
  }
  const withdrawn = published.filter(({ withdrawal }) => withdrawal !== null).toSorted((a, b) => a.withdrawal!.at < b.withdrawal!.at ? -1 : 1)
  for (const { id, withdrawal } of withdrawn) {
    const { reason, successor } = withdrawal!
    await store.withdraw(id, { reason, ...(successor === null ? {} : { successor }) })
  }
}

/**
 * What is published on the way to the edition that is shown, and what was left behind by a rollback:
 * that is published too, but nobody goes back to it. Without an edition shown (all that could be was
 * withdrawn) the first one stands for it.
 *
 * @param published ids in the order in which they were first published
 */
export function replayOrder (published: readonly string[], { edition, previous }: Pick<ShownEdition, 'edition' | 'previous'>): { before: string[], after: string[] } {
  const current = edition ?? published[0]!
  const chain = previous === null ? [current] : [previous, current]
  const others = published.filter(id => !chain.includes(id))
  const isEarlier = (id: string) => previous !== null && published.indexOf(id) < published.indexOf(previous)
  return { before: [...others.filter(isEarlier), ...chain], after: others.filter(id => !isEarlier(id)) }
}

interface VaultPlaces {
  readonly places: ReadonlyMap<string, { readonly folder: string, readonly unfinished: string }>
  readonly unpack: (atlas: string, name: readonly string[], content: AsyncIterable<Buffer>) => Promise<void>
  /** Moves the unpacked vaults to their places. */
  readonly settle: () => Promise<void>
  /** Removes what was not moved, and the folders that were made for it. */
  readonly discard: () => Promise<void>
}

/** Vaults are unpacked beside their places and moved there when all of the backup is known to be good. */
function createVaultPlaces (file: string, vaultFolderOf: (atlas: string) => string): VaultPlaces {
  const places = new Map<string, { folder: string, unfinished: string }>()
  const made: string[] = []
  const placeOf = async (atlas: string) => {
    const known = places.get(atlas)
    if (known) return known
    const folder = path.resolve(vaultFolderOf(atlas))
    if ((await readdir(folder).catch(() => [])).length > 0) throw new VaultError('backup-vault-not-empty', { file: folder }, { atlas })
    const place = { folder, unfinished: `${folder}.restoring-${randomUUID()}` }
    const first = await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 })
    if (first !== undefined) made.push(first)
    await makeVaultFolder(place.unfinished)
    places.set(atlas, place)
    return place
  }
  return {
    places,
    async unpack (atlas, name, content) {
      if (name.some(part => part === '' || part === '.' || part === '..' || part.includes('\\'))) {
        throw unreadable(file, { de: 'ein Name führt aus dem Tresor hinaus', en: 'a name leads out of the vault' })
      }
      const { unfinished } = await placeOf(atlas)
      const target = path.join(unfinished, ...name)
      await makeVaultFolder(path.dirname(target))
      const handle = await open(target, 'wx', 0o600)
      try {
        for await (const part of content) await handle.writeFile(part)
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
    async settle () {
      for (const { folder, unfinished } of places.values()) {
        await closeModes(unfinished)
        await rmdir(folder).catch(() => {}) // empty, or not there
        await rename(unfinished, folder)
        await syncPath(path.dirname(folder))
      }
    },
    async discard () {
      for (const { unfinished } of places.values()) await rm(unfinished, { recursive: true, force: true })
      for (const folder of made.toReversed()) await removeEmpty(folder)
    },
  }
}

/** Removes folders that hold nothing but such folders. */
async function removeEmpty (folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory()) await removeEmpty(path.join(folder, entry.name))
  }
  await rmdir(folder).catch(() => {})
}

/** @throws VaultError backup-unreadable where the file cannot be unpacked or read to its end */
async function readArchive (file: string, take: (entry: TarEntry) => Promise<void>): Promise<void> {
  await asUnreadable(file, async () => {
    const unpacked = createGunzip()
    const flow = pipeline(createReadStream(file), unpacked)
    flow.catch(() => {}) // the loop meets the same error
    try {
      for await (const entry of readTar(unpacked)) await take(entry)
      // To the end, where gzip has its own checksum.
      await drain(unpacked)
      await flow
    } finally {
      unpacked.destroy()
    }
  })
}

/** Failures that the file is to blame for; a full disk is not one. */
async function asUnreadable<Result> (file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isOfFile = error instanceof TarError || error instanceof SyntaxError || error instanceof RangeError || isZlibError(error) ||
      (error instanceof VaultError && error.code.startsWith('vault-'))
    if (!isOfFile) throw error
    const detail = error instanceof VaultError ? error.code : error.message
    throw unreadable(file, { de: detail, en: detail }, error)
  }
}

function isZlibError (error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

function unreadable (file: string, detail: Localised, cause?: unknown): VaultError {
  return new VaultError('backup-unreadable', { file }, { detail }, { cause })
}

interface TileIndex extends Pick<GeometryTiles, 'geometry' | 'minZoom' | 'maxZoom'> {
  /** Per tile `z, x, y` and the bytes of its two forms, which follow in this order. */
  readonly tiles: ReadonlyArray<readonly [z: number, x: number, y: number, gzip: number, brotli: number]>
  /** Bytes of the two forms of the TopoJSON, after the tiles. */
  readonly topology: readonly [gzip: number, brotli: number] | null
}

/** One line that says what follows, and all bytes. */
function packTiles ({ geometry, minZoom, maxZoom, tiles, topology }: GeometryTiles): Buffer[] {
  const index: TileIndex = {
    geometry,
    minZoom,
    maxZoom,
    tiles: tiles.map(({ z, x, y, gzip, brotli }) => [z, x, y, gzip.length, brotli.length]),
    topology: topology && [topology.gzip.length, topology.brotli.length],
  }
  const bytes = [...tiles, ...(topology ? [topology] : [])].flatMap(({ gzip, brotli }) => [gzip, brotli])
  return [Buffer.from(`${JSON.stringify(index)}\n`), ...bytes.map(part => Buffer.from(part.buffer, part.byteOffset, part.byteLength))]
}

function unpackTiles (bytes: Buffer): GeometryTiles {
  const start = bytes.indexOf(0x0a) + 1
  const { geometry, minZoom, maxZoom, tiles, topology } = JSON.parse(bytes.toString('utf8', 0, start)) as TileIndex
  let position = start
  const next = (length: number) => {
    if (position + length > bytes.length) throw new TarError(`the tiles of ${geometry} end too early`)
    position += length
    return bytes.subarray(position - length, position)
  }
  const both = (gzip: number, brotli: number) => ({ gzip: next(gzip), brotli: next(brotli) })
  return {
    geometry,
    minZoom,
    maxZoom,
    tiles: tiles.map(([z, x, y, gzip, brotli]): Tile => ({ z, x, y, ...both(gzip, brotli) })),
    topology: topology && both(...topology),
  }
}

async function * passThrough (content: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const part of content) {
    hash.update(part)
    yield part
  }
}

async function collect (content: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts)
}

async function drain (content: AsyncIterable<unknown>): Promise<void> {
  const parts = content[Symbol.asyncIterator]()
  while (!(await parts.next()).done);
}

async function exists (file: string): Promise<boolean> {
  return await access(file).then(() => true, () => false)
}
