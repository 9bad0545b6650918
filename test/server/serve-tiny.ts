import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { AtlasFacts, Edition } from '../../core/edition.ts'
import type { GeometryTiles } from '../../core/tile.ts'
import type { Config } from '../../server/config.ts'
import type { EditionPointer, EditionSource, EditionStore, PublishedEdition } from '../../server/edition-source.ts'
import type { Assets } from '../../server/assets.ts'
import { gzipSync } from 'node:zlib'
import { tileGeometry } from '../../pipeline/tile/tile.ts'
import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { openEditions } from '../../server/editions.ts'
import { tinyEdition } from '../tiny-edition.ts'

/** A store in memory that counts what it is asked and can be switched off like a database. */
export class StubStore implements EditionStore {
  pointers: EditionPointer[]
  readonly editions: Map<string, Edition>
  readonly tiles: Map<string, GeometryTiles>
  isAway = false
  /** Names of what was asked, in order. */
  asked: string[] = []

  constructor (editions: readonly Edition[], tiles: readonly GeometryTiles[]) {
    this.editions = new Map(editions.map(edition => [edition.id, edition]))
    this.tiles = new Map(tiles.map(set => [set.geometry, set]))
    const newest = new Map(editions.map(edition => [edition.atlas.id, edition.id]))
    this.pointers = [...newest].map(([atlas, edition]) => ({ atlas, edition, previous: null }))
  }

  async currentEditions (): Promise<readonly EditionPointer[]> {
    this.#ask('currentEditions')
    return this.pointers
  }

  async loadEdition (id: string): Promise<Edition | undefined> {
    this.#ask(`loadEdition ${id}`)
    return this.editions.get(id)
  }

  async loadAtlas (id: string): Promise<AtlasFacts | undefined> {
    this.#ask(`loadAtlas ${id}`)
    return this.editions.get(id)?.atlas
  }

  async loadTiles (id: string): Promise<GeometryTiles | undefined> {
    this.#ask(`loadTiles ${id}`)
    return this.tiles.get(id)
  }

  async listEditions (atlas: string): Promise<PublishedEdition[]> {
    this.#ask(`listEditions ${atlas}`)
    return [...this.editions.values()].filter(edition => edition.atlas.id === atlas).toReversed()
      .map(({ id, levels }) => ({ id, publishedAt: '2025-02-03T10:20:30Z', geometries: levels.map(({ geometry }) => geometry) }))
  }

  /** As `sql/withdraw.ts` does it: the pointer moves first, and nothing of the edition can be loaded any more. */
  withdraw (id: string, reason: string, successor: string | null): void {
    const { atlas } = this.editions.get(id)!
    this.editions.delete(id)
    this.pointers = this.pointers.map(pointer => pointer.atlas !== atlas.id
      ? pointer
      : {
          atlas: atlas.id,
          edition: pointer.edition === id ? successor : pointer.edition,
          previous: pointer.previous === id || pointer.previous === successor ? null : pointer.previous,
          withdrawn: [...pointer.withdrawn ?? [], { edition: id, reason, successor }],
        })
  }

  #ask (what: string): void {
    this.asked.push(what)
    if (this.isAway) throw Object.assign(new Error('connection refused; the row was (1250, 7)'), { code: 'ECONNREFUSED' })
  }
}

/** The tiles of every level of an edition. */
export async function tilesOf (edition: Edition): Promise<GeometryTiles[]> {
  return await Promise.all(edition.levels.map(async ({ geometry, areas }) => {
    const shape = edition.geometries.find(({ id }) => id === geometry)!
    return (await tileGeometry({ geometry: shape, areas, ...edition.atlas.tiles })).tiles
  }))
}

export const testAssets: Assets = {
  urls: {
    kern: '/assets/0a1b/kern.css',
    style: '/assets/0a1b/style.css',
    viewer: '/assets/0a1b/viewer.js',
    maplibre: '/assets/0a1b/maplibre.js',
    maplibreWorker: '/assets/0a1b/maplibre-worker.js',
    icon: '/assets/0a1b/icon.svg',
    maplibreStyle: '/assets/0a1b/maplibre.css',
  },
  files: new Map([
    ['/assets/0a1b/viewer.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('export {}\n'), gzip: gzipSync('export {}\n') }],
    ['/assets/0a1b/fira.woff2', { type: 'font/woff2', body: Buffer.from('wOF2') }],
  ]),
}

/** Collects what is logged, as text; any line may be searched for what must not be in it. */
export class LogBook {
  readonly lines: string[] = []
  write (line: string): void {
    this.lines.push(line)
  }
}

export interface Served {
  readonly app: FastifyInstance
  readonly store: StubStore
  readonly editions: EditionSource
  readonly edition: Edition
  readonly log: LogBook
  /** Patterns of all routes. */
  readonly routes: readonly string[]
  /** GET without Accept-Encoding unless given. */
  readonly get: (url: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>
}

export const silentLogger = { info: () => undefined, warn: () => undefined }

/** A server of the tiny atlas; closed by the test's teardown. */
export async function serveTiny (
  t: { teardown: (close: () => Promise<void>) => void },
  { editions: given = [tinyEdition()], env = {}, cacheFolder = null }: { editions?: readonly Edition[], env?: Record<string, string>, cacheFolder?: string | null } = {},
): Promise<Served> {
  const config: Config = parseConfig({ ATLAS_PUBLIC_URL: 'https://atlas.example', ...env })
  const store = new StubStore(given, (await Promise.all(given.map(tilesOf))).flat())
  const editions = await openEditions({
    store, audience: config.audience, cacheFolder, oldEditionBytes: config.oldEditionBytes, logger: silentLogger, pollSeconds: 0,
  })
  const log = new LogBook()
  const routes: string[] = []
  const app = await buildApp({
    editions, config, assets: testAssets, logger: { level: 'info', stream: log }, onRoute: pattern => { routes.push(pattern) },
  })
  t.teardown(async () => {
    await app.close()
    await editions.close()
  })
  return {
    app,
    store,
    editions,
    edition: given.at(-1)!,
    log,
    routes,
    get: async (url, headers = {}) => await app.inject({ url, headers }),
  }
}
