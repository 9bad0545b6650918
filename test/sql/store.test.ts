import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import pg from 'pg'
import t from 'tap'
import type { Test } from 'tap'
import { suppressed } from '../../core/cell.ts'
import type { Audience, Series } from '../../core/edition.ts'
import { findCells, formatVersion } from '../../core/edition.ts'
import type { GeometryTiles, Tile } from '../../core/tile.ts'
import { findOwner } from '../../sql/embedded-lock.ts'
import { locateEmbedded } from '../../sql/embedded.ts'
import type { Store, StoreRole } from '../../sql/store.ts'
import { openStore } from '../../sql/store.ts'
import { startPostgres, whyNoPostgres } from '../postgres.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { bigEdition, randomEdition } from './random-edition.ts'

/** The same tests for both engines: whatever differs between them stays inside `sql/`. */
interface Engine {
  open (role: StoreRole, audience?: Audience): Promise<Store>
  sql (text: string, values?: unknown[]): Promise<Array<Record<string, unknown>>>
  /** Ends the database as a power cut would, and makes sure it is back. */
  crash (): Promise<void>
  revive (): Promise<void>
}

t.test('the store on the embedded database', async t => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-store-'))
  t.after(async () => {
    while (findOwner(dataDir)) await delay(100) // it outlives its last user by some seconds
    rmSync(dataDir, { recursive: true, force: true })
  })
  await suite(t, {
    open: (role, audience = 'public') => openStore({ dataDir, role, audience, log: () => {} }),
    async sql (text, values) {
      const client = new pg.Client({ host: await locateEmbedded(dataDir), user: 'postgres', database: 'postgres' })
      await client.connect()
      try {
        return (await client.query<Record<string, unknown>>(text, values)).rows
      } finally {
        await client.end()
      }
    },
    crash: async () => { process.kill(findOwner(dataDir)!.pid, 'SIGKILL') },
    revive: async () => {},
  })
})

t.test('the store on PostgreSQL', { skip: whyNoPostgres() }, async t => {
  const postgres = await startPostgres()
  t.after(() => postgres.stop())
  await postgres.sql('postgres', 'create database atlas')
  const open: Engine['open'] = (role, audience = 'public') =>
    openStore({ dataDir: '/nowhere', databaseUrl: postgres.url('atlas'), role, audience, log: () => {} })
  const owner = await open('owner')
  await owner.migrate()
  await owner.close()
  await suite(t, {
    open,
    sql: (text, values) => postgres.sql('atlas', text, values),
    crash: () => postgres.crash(),
    revive: () => postgres.start(),
  })
})

t.test('tables of version 1 with published editions are brought up to date: what was before is known', { skip: whyNoPostgres() }, async t => {
  const postgres = await startPostgres()
  t.after(() => postgres.stop())
  await postgres.sql('postgres', 'create database old')
  await postgres.sql('old', `
    create schema atlas;
    create table atlas.schema_migrations (version int primary key, name text not null, applied_at timestamptz not null default now())`)
  await postgres.sql('old', readFileSync(new URL('../../sql/migrations/0001-editions.sql', import.meta.url), 'utf8'))
  await postgres.sql('old', `
    insert into atlas.schema_migrations values (1, 'editions');
    insert into atlas.atlases (atlas) values ('old');
    insert into atlas.editions (edition, atlas_key, audience, title, format_version, level_count, area_count, indicator_count, cell_count, saved_at, published_at)
      select edition, 1, 'public', '', 1, 0, 0, 0, 0, now(), now() from unnest(array['e000000000001', 'e000000000002']) edition;
    insert into atlas.publications (edition_key, replaced_key) values (1, null), (2, 1);
    insert into atlas.pointers (atlas_key, audience, publication_key) values (1, 'public', 2)`)
  const owner = await openStore({ dataDir: '/nowhere', databaseUrl: postgres.url('old'), role: 'owner', log: () => {} })
  t.after(() => owner.close())
  await owner.migrate()
  t.strictSame(await owner.currentEditions(), [{ atlas: 'old', audience: 'public', edition: 'e000000000002', previous: 'e000000000001', withdrawn: [], note: null }])
  t.equal((await owner.rollback('old', 'public')).edition, 'e000000000001')
})

async function suite (t: Test, engine: Engine): Promise<void> {
  const store = await engine.open('pipeline')
  t.after(() => store.close())
  const facts = tinyEdition().atlas
  /** An edition of an atlas of its own, so that tests do not see each other's. */
  const editionOf = (atlas: string, title: string, audience: Audience = 'public') => tinyEdition({ atlas: { ...facts, id: atlas, title }, audience })

  await t.test('a draft is listed, then current, then replaced, and rolling back brings it back', async t => {
    const [first, second, third] = ['one', 'two', 'three'].map(title => editionOf('moves', title))
    const states = async () => (await store.listEditions('moves')).map(({ title, state }) => `${title} ${state}`)
    const pointer = async () => {
      const state = (await store.currentEditions()).find(({ atlas }) => atlas === 'moves')
      t.strictSame(state?.withdrawn ?? [], [])
      return state && { atlas: state.atlas, audience: state.audience, edition: state.edition, previous: state.previous }
    }
    for (const edition of [first!, second!, third!]) await store.saveEdition(edition, [])
    t.strictSame(await states(), ['three draft', 'two draft', 'one draft'])
    t.equal(await pointer(), undefined)

    t.strictSame(await store.publish(first!.id), { atlas: 'moves', audience: 'public', edition: first!.id, previous: null })
    await store.publish(second!.id)
    await store.publish(third!.id)
    t.strictSame(await store.publish(third!.id), { atlas: 'moves', audience: 'public', edition: third!.id, previous: second!.id }, 'publishing it again changes nothing')
    t.strictSame(await states(), ['three current', 'two published', 'one published'])

    t.strictSame(await store.rollback('moves', 'public'), { atlas: 'moves', audience: 'public', edition: second!.id, previous: first!.id })
    t.strictSame(await states(), ['three published', 'two current', 'one published'])
    await store.rollback('moves', 'public')
    t.strictSame(await pointer(), { atlas: 'moves', audience: 'public', edition: first!.id, previous: null })
    await t.rejects(store.rollback('moves', 'public'), { code: 'publish-nothing-before' })
    t.equal((await pointer())?.edition, first!.id, 'a refused rollback moves nothing')

    await store.publish(third!.id)
    t.strictSame(await pointer(), { atlas: 'moves', audience: 'public', edition: third!.id, previous: first!.id }, 'it goes back to what was seen before, not to what was made before')
    const [{ counts, publishedAt }] = await store.listEditions('moves') as [Awaited<ReturnType<Store['listEditions']>>[number]]
    t.strictSame(counts, { levels: 2, areas: 4, indicators: 2, cells: 11 })
    t.match(publishedAt, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  })

  await t.test('a note belongs to the act of publishing: going back shows what was said then, publishing again corrects it', async t => {
    const [first, second] = ['one', 'two'].map(title => editionOf('notes', title))
    for (const edition of [first!, second!]) await store.saveEdition(edition, [])
    const server = await engine.open('server')
    t.after(() => server.close())
    const note = async () => (await server.currentEditions()).find(({ atlas }) => atlas === 'notes')?.note
    await store.publish(first!.id, { de: ' Erste Zahlen. ', en: '' })
    t.strictSame(await note(), { de: 'Erste Zahlen.' })
    await store.publish(second!.id, { de: 'Neue Zahlen.', en: 'New figures.' })
    t.strictSame(await note(), { de: 'Neue Zahlen.', en: 'New figures.' })
    await store.publish(second!.id)
    t.strictSame(await note(), { de: 'Neue Zahlen.', en: 'New figures.' }, 'who says nothing takes nothing back')
    await store.publish(second!.id, { de: 'Neue Zahlen für 2024.' })
    t.strictSame(await note(), { de: 'Neue Zahlen für 2024.' })
    await store.rollback('notes', 'public')
    t.strictSame(await note(), { de: 'Erste Zahlen.' })
    for (const wrong of [{ de: ' ' }, { de: 'x'.repeat(1001) }, { de: '', en: 'Only English' }, { de: 'x', en: 'y'.repeat(1001) }]) {
      await t.rejects(store.publish(second!.id, wrong), { code: 'publish-bad-note' })
    }
    t.strictSame(await note(), { de: 'Erste Zahlen.' }, 'a refused note publishes nothing')
  })

  await t.test('withdrawing the current edition goes back to the one before, and nothing leads to it again', async t => {
    const [first, second, third] = ['one', 'two', 'three'].map(title => editionOf('withdraw', title))
    const server = await engine.open('server')
    t.after(() => server.close())
    const state = async (from = server) => (await from.currentEditions()).find(({ atlas }) => atlas === 'withdraw')
    const states = async () => (await store.listEditions('withdraw')).map(({ title, state }) => `${title} ${state}`)
    for (const edition of [first!, second!, third!]) {
      await store.saveEdition(edition, [])
      await store.publish(edition.id)
    }
    await store.withdraw(second!.id, { reason: ' Zwei Gebiete vertauscht. ' })
    const gone = { edition: second!.id, reason: 'Zwei Gebiete vertauscht.', successor: third!.id }
    t.strictSame(await state(), { atlas: 'withdraw', audience: 'public', edition: third!.id, previous: first!.id, withdrawn: [gone], note: null },
      'one that is not current moves no pointer, and is passed over on the way back')
    t.equal(await server.loadEdition(second!.id), undefined)
    t.strictSame((await server.listEditions('withdraw')).map(({ id }) => id), [third!.id, first!.id])
    t.strictSame(await states(), ['three current', 'two withdrawn', 'one published'])
    t.match((await store.listEditions('withdraw'))[1]!.withdrawal, { at: /Z$/, reason: gone.reason, successor: third!.id })
    t.strictSame(await store.loadEdition(second!.id), second, 'an audit can still read it')

    t.match(await store.withdraw(third!.id, { reason: 'Falsch.' }), { edition: third!.id, wasCurrent: true, successor: first!.id, state: { edition: first!.id, previous: null } })
    await t.rejects(store.rollback('withdraw', 'public'), { code: 'publish-nothing-before' })
    for (const edition of [second!, third!]) {
      await t.rejects(store.publish(edition.id), { code: 'publish-withdrawn', message: /Zwei Gebiete|Falsch/ })
      await store.saveEdition(edition, [])
      t.equal(await server.loadEdition(edition.id), undefined, 'nor does building it again')
    }
    t.strictSame(await store.pruneDrafts(0).then(ids => ids.includes(third!.id)), false)

    await store.withdraw(first!.id, { reason: 'Auch falsch.' })
    t.match(await state(), { edition: null, previous: null, withdrawn: [{ edition: second!.id }, { edition: third!.id }, { edition: first!.id, successor: null }] })
    const fourth = editionOf('withdraw', 'four')
    await store.saveEdition(fourth, [])
    t.strictSame(await store.publish(fourth.id), { atlas: 'withdraw', audience: 'public', edition: fourth.id, previous: null })
    await store.withdraw(first!.id, { reason: 'Auch falsch.', successor: fourth.id })
    t.strictSame((await state())?.withdrawn.at(-1), { edition: first!.id, reason: 'Auch falsch.', successor: fourth.id }, 'a successor can be named later')
  })

  await t.test('a successor that is named becomes current; it must be published, kept, and of the same atlas and audience', async t => {
    const [first, second, third] = ['one', 'two', 'three'].map(title => editionOf('successor', title))
    const [other, internal, draft] = [editionOf('elsewhere', 'other'), editionOf('successor', 'internal', 'internal'), editionOf('successor', 'draft')]
    for (const edition of [first!, second!, third!, other, internal, draft]) await store.saveEdition(edition, [])
    for (const edition of [first!, second!, third!, other, internal]) await store.publish(edition.id)
    await store.rollback('successor', 'public')
    await store.rollback('successor', 'public')
    for (const successor of [other, internal, draft, first!, { id: 'e000000000000' }]) {
      await t.rejects(store.withdraw(first!.id, { reason: 'x', successor: successor.id }), { code: 'publish-bad-successor' })
    }
    for (const reason of ['', ' \n ', 'x'.repeat(1001)]) await t.rejects(store.withdraw(first!.id, { reason }), { code: 'publish-no-reason' })
    await t.rejects(store.withdraw(draft.id, { reason: 'x' }), { code: 'publish-not-published' })
    await t.rejects(store.withdraw('e000000000000', { reason: 'x' }), { code: 'publish-unknown-edition' })
    t.match((await store.currentEditions()).find(({ atlas, audience }) => atlas === 'successor' && audience === 'public'),
      { edition: first!.id, withdrawn: [] }, 'what is refused changes nothing')

    t.match(await store.withdraw(first!.id, { reason: 'x', successor: third!.id }), { successor: third!.id, state: { edition: third!.id, previous: null } })
    await store.publish(second!.id)
    t.equal((await store.rollback('successor', 'public')).edition, third!.id)
    const inside = await engine.open('server', 'internal')
    t.match((await inside.currentEditions()).find(({ atlas }) => atlas === 'successor'), { edition: internal.id, withdrawn: [] }, 'the other audience keeps its own')
    await store.withdraw(internal.id, { reason: 'Intern.' })
    t.match((await inside.currentEditions()).find(({ atlas }) => atlas === 'successor'), { edition: null })
    await inside.close()
    t.equal((await store.currentEditions()).find(({ atlas, audience }) => atlas === 'successor' && audience === 'public')?.edition, third!.id)
  })

  await t.test('going back from an edition that was published twice leads to another one', async t => {
    const [a, b] = ['a', 'b'].map(title => editionOf('again', title))
    for (const edition of [a!, b!]) await store.saveEdition(edition, [])
    for (const edition of [a!, b!, a!]) await store.publish(edition.id)
    t.strictSame(await store.withdraw(b!.id, { reason: 'x' }).then(({ state }) => [state.edition, state.previous]), [a!.id, null])
  })

  await t.test('publishing and withdrawing in the same moment never leaves a withdrawn edition current', async t => {
    const other = await engine.open('pipeline')
    t.after(() => other.close())
    for (let round = 0; round < 5; round++) {
      const [kept, taken] = [editionOf('race', `kept ${round}`), editionOf('race', `taken ${round}`)]
      for (const edition of [kept, taken]) await store.saveEdition(edition, [])
      await store.publish(taken.id)
      await store.publish(kept.id)
      const withdrawing = store.withdraw(taken.id, { reason: 'x' })
      await other.publish(taken.id).catch((error: unknown) => t.match(error, { code: 'publish-withdrawn' }))
      t.equal((await withdrawing).state.edition, kept.id, 'whoever comes first')
      t.equal((await store.currentEditions()).find(({ atlas }) => atlas === 'race')?.edition, kept.id)
    }
  })

  await t.test('tiles of a withdrawn edition are shown and kept only where another edition has the same boundaries', async t => {
    const levels = (geometry: string) => tinyEdition().levels.map(level => ({ ...level, geometry }))
    const geometries = (geometry: string) => tinyEdition().geometries.map(shape => ({ ...shape, id: geometry })).slice(0, 1)
    const make = (geometry: string, title: string) => tinyEdition({ atlas: { ...facts, id: 'tiled', title }, levels: levels(geometry), geometries: geometries(geometry) })
    const [shared, alone] = ['gfffffffffff0', 'gfffffffffff1']
    const server = await engine.open('server')
    t.after(() => server.close())
    const [kept, taken] = [make(shared!, 'kept'), [make(shared!, 'taken'), make(alone!, 'taken')]]
    for (const edition of [kept, ...taken]) {
      await store.saveEdition(edition, [tilesOf(edition.levels[0]!.geometry, 9, 9)])
      await store.publish(edition.id)
    }
    t.strictSame((await server.listEditions('tiled'))[0]!.geometries, [alone])
    for (const edition of taken) await store.withdraw(edition.id, { reason: 'x' })
    t.ok(await server.loadTiles(shared!))
    t.equal(await server.loadTiles(alone!), undefined)
    await engine.sql("update atlas.tile_sets set started_at = now() - interval '2 days'")
    await store.pruneDrafts()
    t.ok(await store.loadTiles(shared!))
    t.equal(await store.loadTiles(alone!), undefined)
  })

  await t.test('an unknown edition cannot be published, nor loaded', async t => {
    await t.rejects(store.publish('e000000000000'), { code: 'publish-unknown-edition' })
    t.equal(await store.loadEdition('e000000000000'), undefined)
    t.equal(await store.loadTiles('g000000000000'), undefined)
    await t.rejects(store.rollback('nowhere', 'public'), { code: 'publish-nothing-before' })
  })

  await t.test('any edition comes back bit by bit', async t => {
    await fc.assert(fc.asyncProperty(randomEdition, async edition => {
      await store.saveEdition(edition, [])
      t.strictSame(await store.loadEdition(edition.id), edition)
    }), { numRuns: 25, endOnFailure: true })
  })

  await t.test('saving an edition twice keeps one, also when two writers do it in the same moment', async t => {
    const edition = editionOf('twice', 'once')
    const other = await engine.open('pipeline')
    await Promise.all([store, other, store].map(writer => writer.saveEdition(edition, [tilesOf('gaaaaaaaaaaaa', 9, 9)])))
    await store.saveEdition(edition, [])
    await other.close()
    t.equal((await store.listEditions('twice')).length, 1)
    t.strictSame(await engine.sql('select count(*)::int as n from atlas.editions where edition = $1', [edition.id]), [{ n: 1 }], 'the loser leaves nothing behind')
    t.strictSame(await store.loadEdition(edition.id), edition)
  })

  await t.test('an edition that is not what its id says is neither saved nor loaded', async t => {
    const edition = editionOf('changed', 'as cleared')
    await t.rejects(store.saveEdition({ ...edition, notes: [{ de: 'nachgetragen' }] }, []), RangeError)
    await store.saveEdition(edition, [])
    await engine.sql('update atlas.cells set value = value + 1 where value = 12.5 and series_key in (select series_key from atlas.series join atlas.editions using (edition_key) where edition = $1)', [edition.id])
    await t.rejects(store.loadEdition(edition.id), { code: 'publish-edition-damaged' })
    const cut = editionOf('changed', 'cut')
    await store.saveEdition(cut, [])
    await engine.sql('update atlas.document_parts set bytes = substring(bytes from 1 for 100) where edition_key in (select edition_key from atlas.editions where edition = $1)', [cut.id])
    await t.rejects(store.loadEdition(cut.id), { code: 'publish-edition-damaged' })
  })

  await t.test('only a suppressed cell can lie between two numbers', async t => {
    const [share, ...rest] = tinyEdition().series
    const save = (between: NonNullable<Series['between']>) => store.saveEdition(tinyEdition({ series: [{ ...share!, between }, ...rest] }), [])
    const none = [null, null, null]
    await save([none, [null, [1, 14], null]])
    for (const between of [[none, [[1, 14], null, null]], [none, [null, [14, 1], null]], [none], [none, [null]]] as const) await t.rejects(save(between), RangeError)
  })

  await t.test('a suppressed cell has no number, and the table refuses one', async t => {
    const edition = editionOf('suppressed', 'cells')
    await store.saveEdition(edition, [])
    const loaded = await store.loadEdition(edition.id)
    t.strictSame(findCells(loaded!.series[0]!, '2024-12-31')![1], suppressed)
    await t.rejects(engine.sql("insert into atlas.cells values (0, 0, 0, 's', 3, null, null)"), { code: '23514' })
  })

  await t.test('tiles are stored once per geometry and gain the zooms a later edition adds', async t => {
    const [few, more] = [tilesOf('gcccccccccccc', 9, 10), tilesOf('gcccccccccccc', 9, 12)]
    await store.saveEdition(editionOf('tiles', 'few'), [few])
    t.strictSame(bytesOf(await store.loadTiles(few.geometry)), bytesOf(few))
    await store.saveEdition(editionOf('tiles', 'same'), [{ ...few, tiles: [] }])
    t.strictSame(bytesOf(await store.loadTiles(few.geometry)), bytesOf(few), 'what is there is not replaced')
    await store.saveEdition(editionOf('tiles', 'more'), [more])
    t.strictSame(bytesOf(await store.loadTiles(few.geometry)), bytesOf(more))
    await engine.sql('update atlas.tile_sets set format_version = $1 where geometry = $2', [formatVersion - 1, few.geometry])
    await store.saveEdition(editionOf('tiles', 'few'), [few])
    t.strictSame(bytesOf(await store.loadTiles(few.geometry)), bytesOf(few), 'tiles of an older format are made anew')
  })

  await t.test('a server sees the published editions of its audience and nothing else', async t => {
    const geometry = 'gdddddddddddd'
    const levels = tinyEdition().levels.map(level => ({ ...level, geometry }))
    const geometries = tinyEdition().geometries.map(shape => ({ ...shape, id: geometry })).slice(0, 1)
    const make = (title: string, audience: Audience) => tinyEdition({ atlas: { ...facts, id: 'seen', title }, audience, levels, geometries })
    const [draft, shown, internal] = [make('draft', 'public'), make('shown', 'public'), make('internal', 'internal')]
    const server = await engine.open('server')
    t.after(() => server.close())
    await store.saveEdition(draft, [tilesOf(geometry, 9, 9)])
    await store.saveEdition(internal, [])
    t.strictSame(await server.listEditions('seen'), [])
    t.equal(await server.loadEdition(draft.id), undefined)
    t.equal(await server.loadTiles(geometry), undefined, 'tiles of boundaries that nobody published')

    await store.saveEdition(shown, [])
    await store.publish(shown.id)
    await store.publish(internal.id)
    t.strictSame((await server.listEditions('seen')).map(({ id }) => id), [shown.id])
    t.strictSame((await server.currentEditions()).filter(({ atlas }) => atlas === 'seen').map(({ edition }) => edition), [shown.id])
    t.strictSame(await server.loadEdition(shown.id), shown)
    t.equal(await server.loadEdition(internal.id), undefined)
    t.ok(await server.loadTiles(geometry))

    const inside = await engine.open('server', 'internal')
    t.strictSame((await inside.currentEditions()).filter(({ atlas }) => atlas === 'seen').map(({ edition }) => edition), [internal.id])
    t.equal(await inside.loadEdition(shown.id), undefined)
    await inside.close()
  })

  await t.test('published_cells says every cell by name, drafts excluded', async t => {
    const [shown, draft] = [editionOf('named', 'shown'), editionOf('named', 'draft')]
    await store.saveEdition(shown, [])
    await store.saveEdition(draft, [])
    await store.publish(shown.id)
    const rows = await engine.sql(`
      select edition, level, area, area_name, indicator, period, status, value, reason, flag from atlas.published_cells
      where atlas = 'named' and indicator = 'sgb2-share' and period = '2024-12-31' order by level, area`)
    const common = { edition: shown.id, indicator: 'sgb2-share', period: '2024-12-31', flag: null }
    t.strictSame(rows, [
      { ...common, level: 'sozialraum', area: '01', area_name: 'Altstadt', status: 'observed', value: 12.5, reason: null },
      { ...common, level: 'sozialraum', area: '02', area_name: 'Nordertor', status: 'suppressed', value: null, reason: null },
      { ...common, level: 'sozialraum', area: '03', area_name: 'Süd <& Groß>', status: 'missing', value: null, reason: 'not-delivered' },
      { ...common, level: 'stadt', area: 'tiny', area_name: 'Kleinstadt', status: 'observed', value: 10.25, reason: null },
    ].map(({ edition, level, area, area_name: name, indicator, period, status, value, reason, flag }) =>
      ({ edition, level, area, area_name: name, indicator, period, status, value, reason, flag })))
  })

  await t.test('a database that ends in the middle of a save leaves the current edition current and shows no half of the other', async t => {
    const current = editionOf('crash', 'current')
    await store.saveEdition(current, [])
    await store.publish(current.id)
    const big = bigEdition(500, 20, 5)
    let crashed: Promise<void> | undefined
    await t.rejects(store.saveEdition(big, [], done => {
      if (done >= 20_000) crashed ??= engine.crash()
    }), { code: 'publish-database-away' })
    await crashed
    await engine.revive()

    t.equal((await store.currentEditions()).find(({ atlas }) => atlas === 'crash')?.edition, current.id)
    t.strictSame(await store.loadEdition(current.id), current)
    t.equal(await store.loadEdition(big.id), undefined)
    await t.rejects(store.publish(big.id), { code: 'publish-unknown-edition' })
    await store.saveEdition(big, [])
    t.strictSame(await store.loadEdition(big.id), big, 'the next attempt succeeds')
  })

  await t.test('a save for which the disk is too small leaves the old edition current, and can be repeated', async t => {
    const [current, next] = [editionOf('full', 'current'), editionOf('full', 'next')]
    await store.saveEdition(current, [])
    await store.publish(current.id)
    for (const table of ['areas', 'tiles', 'document_parts', 'cells']) {
      await engine.sql(`
        create function atlas.full_disk() returns trigger language plpgsql as $$ begin raise 'No space left on device' using errcode = 'disk_full'; end $$;
        create trigger full_disk before insert on atlas.${table} execute function atlas.full_disk()`)
      await t.rejects(store.saveEdition(next, [tilesOf('geeeeeeeeeeee', 9, 9)]), { code: 'publish-disk-full' }, table)
      await engine.sql('drop function atlas.full_disk cascade')
      t.strictSame((await store.listEditions('full')).map(({ state }) => state), ['current'])
      t.strictSame(await engine.sql('select count(*)::int as n from atlas.editions where edition = $1', [next.id]), [{ n: 0 }], 'and tidies up')
    }
    await store.saveEdition(next, [])
    await store.publish(next.id)
    t.equal((await store.currentEditions()).find(({ atlas }) => atlas === 'full')?.edition, next.id)
  })

  await t.test('old drafts and the remains of killed writers are pruned, what was published stays', async t => {
    const [old, young, shown] = ['old', 'young', 'shown'].map(title => editionOf('prune', title))
    for (const edition of [old!, young!, shown!]) await store.saveEdition(edition, [])
    await store.publish(shown!.id)
    await engine.sql("update atlas.editions set saved_at = now() - interval '8 days' where edition = any($1)", [[old!.id, shown!.id]])
    await engine.sql("update atlas.editions set started_at = now() - interval '2 days' where saved_at is null")
    t.strictSame(await store.pruneDrafts(), [old!.id])
    t.strictSame((await store.listEditions('prune')).map(({ title }) => title), ['shown', 'young'])
    t.strictSame(await engine.sql('select count(*)::int as n from atlas.editions where saved_at is null'), [{ n: 0 }])
    t.strictSame(await engine.sql('select count(*)::int as n from atlas.cells where series_key not in (select series_key from atlas.series)'), [{ n: 0 }])
    t.ok((await store.pruneDrafts(0)).includes(young!.id))
    t.strictSame(await store.loadEdition(shown!.id), shown)
  })

  await t.test('a program does not open tables of another version', async t => {
    await engine.sql("insert into atlas.schema_migrations values (9999, 'from-the-future')")
    await t.rejects(engine.open('server'), { code: 'publish-schema-version', message: /npx atlas migrate/ })
    await engine.sql('delete from atlas.schema_migrations where version = 9999')
    await (await engine.open('server')).close()
  })
}

/** A tile per zoom whose bytes say where it lies. */
function tilesOf (geometry: string, minZoom: number, maxZoom: number): GeometryTiles {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const tiles: Tile[] = []
  for (let z = minZoom; z <= maxZoom; z++) tiles.push({ z, x: z * 2, y: z, gzip: bytes(`gzip ${z}`), brotli: Uint8Array.of(0, 255, z) })
  return { geometry, minZoom, maxZoom, tiles, topology: { gzip: bytes('topology'), brotli: bytes('brotli') } }
}

/** Buffers and Uint8Arrays compare as bytes. */
function bytesOf (tiles: GeometryTiles | undefined) {
  return tiles && {
    ...tiles,
    tiles: tiles.tiles.map(tile => ({ ...tile, gzip: [...tile.gzip], brotli: [...tile.brotli] })),
    topology: tiles.topology && { gzip: [...tiles.topology.gzip], brotli: [...tiles.topology.brotli] },
  }
}
