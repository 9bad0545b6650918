import t from 'tap'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Audience } from '../../core/edition.ts'
import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { openEditions } from '../../server/editions.ts'
import { editionPaths } from '../../server/paths.ts'
import { findOwner } from '../../sql/embedded-lock.ts'
import { openStore } from '../../sql/store.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { serveTiny, silentLogger, testAssets, tilesOf } from './serve-tiny.ts'

const internalServer = { ATLAS_AUDIENCE: 'internal', ATLAS_AUTH: 'proxy' }
const notice = 'Interne Ausgabe – nicht weitergeben'

t.test('draft, internal and unknown editions are the same to a public server, byte by byte, and the internal server shows internal ones only', async t => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-audience-'))
  t.after(async () => {
    while (findOwner(dataDir)) await delay(100)
    rmSync(dataDir, { recursive: true, force: true })
  })
  const open = (role: 'pipeline' | 'server', audience: Audience = 'public') => openStore({ dataDir, role, audience, log: () => {} })
  const make = (audience: Audience, title: string) => tinyEdition({ audience, notes: [{ de: title }] })
  const [draft, shown, before, internal, takenBack] =
    [make('public', 'Entwurf'), make('public', 'gezeigt'), make('internal', 'vorher'), make('internal', 'intern'), make('internal', 'zurück')]
  const store = await open('pipeline')
  t.after(() => store.close())
  for (const edition of [draft, shown, before, internal, takenBack]) await store.saveEdition(edition, await tilesOf(edition))
  for (const edition of [shown, before, internal, takenBack]) await store.publish(edition.id)
  await store.withdraw(takenBack.id, { reason: 'Streng vertraulich.' })
  t.strictSame(await store.rollback('tiny', 'internal'), { atlas: 'tiny', audience: 'internal', edition: before.id, previous: null })
  t.equal((await store.publish(internal.id)).previous, before.id)

  const serve = async (audience: Audience): Promise<FastifyInstance> => {
    const from = await open('server', audience)
    const editions = await openEditions({ store: from, audience, cacheFolder: path.join(dataDir, 'cache'), oldEditionBytes: 1e9, logger: silentLogger, pollSeconds: 0 })
    const app = await buildApp({ editions, config: parseConfig(audience === 'internal' ? internalServer : {}), assets: testAssets })
    t.after(async () => {
      await app.close()
      await editions.close()
      await from.close()
    })
    return app
  }
  const [outside, inside] = [await serve('public'), await serve('internal')]
  const answer = async (app: FastifyInstance, url: string, id: string) => {
    const { statusCode, headers: { date: _, ...headers }, body } = await app.inject(url)
    // The id is echoed; it is the only difference there may be.
    return JSON.stringify([statusCode, headers, body]).replaceAll(id, 'EDITION')
  }
  const unknown = 'e0123456789ab'
  let compared = 0
  for (const { path, kind } of editionPaths(shown)) {
    const isRepeated = kind === 'joined-tile' && !path.includes('/9/')
    if (!path.includes(shown.id) || isRepeated || path.includes('sprache=en') || path.includes('klassen')) continue
    const expected = await answer(outside, path.replaceAll(shown.id, unknown), unknown)
    t.match(expected, /^\[404,/, path)
    for (const { id } of [draft, internal, takenBack]) {
      const found = await answer(outside, path.replaceAll(shown.id, id), id)
      if (found !== expected) t.equal(found, expected, path)
      compared++
    }
    const inner = await answer(inside, path.replaceAll(shown.id, unknown), unknown)
    const public_ = await answer(inside, path, shown.id)
    if (public_ !== inner) t.equal(public_, inner, `${path} of a public edition on the internal server`)
  }
  t.ok(compared > 100)
  t.equal((await inside.inject(`/tiny?ausgabe=${internal.id}`)).statusCode, 200)
  t.equal((await inside.inject(`/tiny?ausgabe=${before.id}`)).statusCode, 200)
  t.equal((await inside.inject(`/tiny?ausgabe=${takenBack.id}`)).statusCode, 410)
  t.equal((await inside.inject(`/tiny?ausgabe=${draft.id}`)).statusCode, 404)
  for (const { path } of [...editionPaths(shown, { address: 'current' })].slice(0, 60)) {
    t.notMatch((await outside.inject(path)).body, /vertraulich|nicht weitergeben|intern"/, path)
  }
})

t.test('every page and every file of an internal edition says that it is not to be passed on, and no shared cache or search engine keeps it', async t => {
  const { get, edition } = await serveTiny(t, { editions: [tinyEdition({ audience: 'internal' })], env: internalServer })
  const unmarked: string[] = []
  const paths = [...editionPaths(edition)].map(({ path, kind }) => ({ path, kind }))
  for (const { path, kind } of [...paths, { path: '/nowhere', kind: 'page' }, { path: '/tiny/karte/none/2024', kind: 'page' }, { path: '/tiny/api/v1/nowhere', kind: 'refusal' }]) {
    const { headers, body, statusCode } = await get(path)
    const cacheControl = String(headers['cache-control'])
    if (!/^(private, |no-store$)/.test(cacheControl)) unmarked.push(`${path} is kept: ${cacheControl}`)
    if (headers['x-robots-tag'] !== 'noindex, nofollow') unmarked.push(`${path} is indexed`)
    if (headers['access-control-allow-origin'] !== undefined) unmarked.push(`${path} may be read by other sites`)
    const holdsFigures = statusCode !== 302 && !['topology', 'context', 'openapi', 'geometry-tile', 'joined-tile', 'refusal'].includes(kind)
    const says = path.includes('sprache=en') ? /Internal edition – do not pass on/ : new RegExp(notice)
    if (holdsFigures && !says.test(body)) unmarked.push(`${path} (${kind}) does not say it`)
    if (String(headers['content-type']).startsWith('text/html') && !body.includes('<meta name="robots" content="noindex, nofollow">')) unmarked.push(`${path} has no robots`)
  }
  t.strictSame(unmarked, [])
})

t.test('a public edition says nothing of the kind', async t => {
  const { get, edition } = await serveTiny(t)
  const marked: string[] = []
  for (const { path, kind } of editionPaths(edition)) {
    if (kind.endsWith('tile') || kind === 'openapi' || path.includes('sprache')) continue
    const { headers, body } = await get(path)
    if (/nicht weitergeben|noindex|"notice":/.test(body) || headers['x-robots-tag'] !== undefined) marked.push(path)
  }
  t.strictSame(marked, [])
})
