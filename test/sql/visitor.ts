import pg from 'pg'
import { locateEmbedded } from '../../sql/embedded.ts'
import { openStore } from '../../sql/store.ts'
import { tinyEdition } from '../tiny-edition.ts'

/**
 * A process of its own that uses an embedded database, for tests that kill it:
 * `visitor FOLDER serve|publish|ask|hold [TITLE]`. It tells its parent what it found.
 */
export type VisitorMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'done', readonly wrong: number }
  | { readonly type: 'report', readonly polls: number, readonly failures: number, readonly seen: readonly string[] }

const [dataDir, mode, title = 'untitled'] = process.argv.slice(2) as [string, string, string?]
const tell = (message: VisitorMessage) => { process.send?.(message) }
const open = (role: 'pipeline' | 'server') => openStore({ dataDir, role, log: () => {} })

switch (mode) {
  // Polls as a server does, until its parent lets go.
  case 'serve': {
    const store = await open('server')
    const seen = new Set<string>()
    let [polls, failures] = [0, 0]
    process.on('message', () => tell({ type: 'report', polls, failures, seen: [...seen] }))
    process.on('disconnect', () => process.exit(0))
    tell({ type: 'ready' })
    for (;;) {
      try {
        for (const { edition } of await store.currentEditions()) seen.add((await store.loadEdition(edition!))!.atlas.title)
        polls++
      } catch {
        failures++
      }
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
  // Saves and publishes one edition, as a build does.
  case 'publish': {
    const store = await open('pipeline')
    const edition = tinyEdition({ atlas: { ...tinyEdition().atlas, title } })
    await store.saveEdition(edition, [])
    await store.publish(edition.id)
    await store.close()
    process.disconnect()
    break
  }
  // Asks 150 questions and counts the answers to other questions.
  case 'ask': {
    const client = await connect()
    let wrong = 0
    for (let number = 0; number < 150; number++) {
      const padding = 'x'.repeat(number % 7 * 30_000) // of several lengths, so that messages arrive in pieces
      const { rows: [row] } = await client.query<{ asked: string, size: number }>(`select $1::text || ' ${title}' as asked, length($2::text) as size`, [String(number), padding])
      if (row?.asked !== `${number} ${title}` || row.size !== padding.length) wrong++
    }
    await client.end()
    tell({ type: 'done', wrong })
    process.disconnect()
    break
  }
  // Stays inside a transaction.
  case 'hold': {
    const client = await connect()
    await client.query('begin')
    await client.query('insert into atlas.atlases (atlas) values ($1)', [title])
    tell({ type: 'ready' })
    setInterval(() => {}, 1000)
  }
}

async function connect (): Promise<pg.Client> {
  const client = new pg.Client({ host: await locateEmbedded(dataDir), user: 'postgres', database: 'postgres' })
  await client.connect()
  return client
}
