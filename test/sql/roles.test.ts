import { readFileSync } from 'node:fs'
import t from 'tap'
import { wantedVersion } from '../../sql/migrate.ts'
import { openDatabase } from '../../sql/open.ts'
import { openStore, type StoreRole } from '../../sql/store.ts'
import { findLostPermits } from '../../worker/permits.ts'
import { startPostgres, whyNoPostgres } from '../postgres.ts'
import { tinyEdition } from '../tiny-edition.ts'
import pg from 'pg'

t.test('the roles of an installation on PostgreSQL', { skip: whyNoPostgres() }, async t => {
  const postgres = await startPostgres()
  t.after(() => postgres.stop())
  const roles = readFileSync(new URL('../../sql/roles.sql', import.meta.url), 'utf8')
  await postgres.sql('postgres', roles)
  await postgres.sql('postgres', roles) // as somebody does who is not sure whether it was done
  await postgres.sql('postgres', 'create database atlas owner atlas_owner')
  for (const [login, role] of [['anna', 'atlas_owner'], ['ben', 'atlas_owner'], ['build', 'atlas_pipeline'], ['web', 'atlas_server'], ['intranet', 'atlas_server_internal']]) {
    await postgres.sql('postgres', `create role ${login} login in role ${role}`)
  }
  const open = (login: string, role: StoreRole, audience: 'public' | 'internal' = 'public') =>
    openStore({ dataDir: '/nowhere', databaseUrl: postgres.url('atlas', login), role, audience, log: () => {} })
  async function sqlAs (login: string, text: string) {
    const client = new pg.Client({ connectionString: postgres.url('atlas', login) })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(text)).rows
    } finally {
      await client.end()
    }
  }

  await t.test('without tables the server refuses to start and says what to run', async t => {
    await t.rejects(open('web', 'server'), { code: 'publish-schema-version', message: /npx atlas migrate/ })
    await t.rejects(open('build', 'pipeline'), { code: 'publish-schema-version' })
  })

  await t.test('any two owners may migrate, even in the same moment, and the server may not', async t => {
    const owners = [await open('anna', 'owner'), await open('ben', 'owner')]
    await Promise.all(owners.map(owner => owner.migrate()))
    await owners[0]!.migrate()
    t.equal(await owners[1]!.schemaVersion(), wantedVersion())
    for (const owner of owners) await owner.close()
    const web = await open('web', 'server')
    await t.rejects(web.migrate(), { code: 'publish-forbidden' })
    await web.close()
  })

  const [draft, shown, internal] = [
    tinyEdition({ notes: [{ de: 'Entwurf' }] }),
    tinyEdition({ notes: [{ de: 'öffentlich' }] }),
    tinyEdition({ audience: 'internal' }),
  ]
  await t.test('the pipeline saves, publishes, rolls back and prunes, and cannot change who reads what', async t => {
    const build = await open('build', 'pipeline')
    for (const edition of [draft, shown, internal]) await build.saveEdition(edition, [])
    await build.publish(shown.id)
    await build.publish(internal.id)
    t.equal((await build.currentEditions()).length, 2)
    t.strictSame(await build.loadEdition(draft.id), draft)
    t.strictSame(await build.pruneDrafts(), [])
    await build.close()
    await t.rejects(sqlAs('build', "insert into atlas.readers values ('web', 'internal')"), { code: '42501' })
    await t.rejects(sqlAs('build', 'delete from atlas.schema_migrations'), { code: '42501' })
  })

  await t.test('the worker asks whether people still may, and learns neither names nor passwords', async t => {
    const database = await openDatabase({ dataDir: '/nowhere', databaseUrl: postgres.url('atlas', 'build'), role: 'pipeline', log: () => {} })
    const account = 'aaaaaaaaaaaa'
    await sqlAs('anna', `with made as (insert into atlas.accounts (account, name, email) values ('${account}', 'Anna', 'anna@town.example') returning account_key)
      insert into atlas.memberships select account_key, 'tiny', 'admin' from made`)
    const job = { atlas: 'tiny', kind: 'publish', facts: { edition: draft.id }, account } as const
    t.same(await findLostPermits(database, job, 'public'), [])
    await sqlAs('anna', "insert into atlas.workshop_settings values ('tiny', '{public}')")
    t.match(await findLostPermits(database, job, 'public'), [{ code: 'worker-not-approved' }])
    await database.close()
    for (const secret of ['name', 'email', 'password', 'code_secret', '*']) await t.rejects(sqlAs('build', `select ${secret} from atlas.accounts`), { code: '42501' }, secret)
    for (const change of ["update atlas.memberships set role = 'reader'", 'delete from atlas.approvals', 'select * from atlas.sessions', 'select * from atlas.api_tokens']) await t.rejects(sqlAs('build', change), { code: '42501' }, change)
  })

  await t.test('each server sees the published editions of its own audience, whatever it asks for', async t => {
    for (const [login, own] of [['web', shown], ['intranet', internal]] as const) {
      for (const audience of ['public', 'internal'] as const) {
        const server = await open(login, 'server', audience)
        const expected = own.audience === audience ? [own.id] : []
        t.strictSame((await server.listEditions()).map(({ id }) => id), expected)
        t.strictSame((await server.currentEditions()).map(({ edition }) => edition), expected)
        for (const edition of [draft, shown, internal]) {
          t.strictSame(await server.loadEdition(edition.id), edition.id === expected[0] ? edition : undefined)
        }
        await server.close()
      }
      t.strictSame(await sqlAs(login, 'select distinct edition from atlas.published_cells'), [{ edition: own.id }])
    }
  })

  await t.test('what the pipeline takes back is gone from every view of every server, but for the reason', async t => {
    const [build, web, intranet] = [await open('build', 'pipeline'), await open('web', 'server'), await open('intranet', 'server', 'internal')]
    const wrong = tinyEdition({ notes: [{ de: 'fehlerhaft' }] })
    await build.saveEdition(wrong, [])
    await build.publish(wrong.id)
    await build.withdraw(wrong.id, { reason: 'Falsche Zahlen.' })
    t.equal(await web.loadEdition(wrong.id), undefined)
    t.strictSame(await sqlAs('web', `select edition from atlas.published_cells where edition = '${wrong.id}'`), [])
    t.strictSame(await sqlAs('web', `select edition from atlas.published_editions where edition = '${wrong.id}'`), [])
    t.strictSame((await web.currentEditions()).map(({ edition, withdrawn }) => [edition, withdrawn]),
      [[shown.id, [{ edition: wrong.id, reason: 'Falsche Zahlen.', successor: shown.id }]]])
    t.strictSame((await intranet.currentEditions()).map(({ withdrawn }) => withdrawn), [[]], 'and the other audience does not learn of it')
    await t.rejects(web.withdraw(shown.id, { reason: 'x' }), { code: 'publish-forbidden' })
    for (const store of [build, web, intranet]) await store.close()
  })

  await t.test('a server can neither read a table or a draft nor write anything', async t => {
    const relations = await postgres.sql('atlas', "select relname from pg_class where relnamespace = 'atlas'::regnamespace and relkind in ('r', 'v')")
    const readable: string[] = []
    for (const { relname } of relations as Array<{ relname: string }>) {
      try {
        await sqlAs('web', `select * from atlas.${relname}`)
        readable.push(relname)
      } catch (error) {
        t.match(error, { code: '42501' }, relname)
      }
    }
    t.strictSame(readable.toSorted(), [
      'published_cells', 'published_columns', 'published_document_parts', 'published_editions',
      'published_pointers', 'published_tile_sets', 'published_tiles', 'schema_migrations',
    ])
    await t.rejects(sqlAs('web', 'delete from atlas.published_tile_sets'), { code: '42501' })
    await t.rejects(sqlAs('web', 'create table atlas.mine (x int)'), { code: '42501' })
    const web = await open('web', 'server')
    await t.rejects(web.publish(draft.id), { code: 'publish-forbidden' })
    await t.rejects(web.saveEdition(draft, []), { code: 'publish-forbidden' })
    await web.close()
  })

  await t.test('a database that is away, or does not know us, is said to be so', async t => {
    const away = openStore({ dataDir: '/nowhere', databaseUrl: 'postgres://web:geheim@127.0.0.1:9/atlas', role: 'server', log: () => {} })
    await t.rejects(away, { code: 'publish-database-away', message: /127\.0\.0\.1:9\/atlas/ })
    await away.catch((error: Error) => t.notMatch(error.message, 'geheim'))
    await t.rejects(open('nobody-we-know', 'server'), { code: 'publish-database-refused' })
    const web = await open('web', 'server')
    await postgres.crash()
    await t.rejects(web.currentEditions(), { code: 'publish-database-away' })
    await postgres.start()
    t.equal((await web.currentEditions()).length, 1, 'and it is found again when it is back')
    await web.close()
  })
})
