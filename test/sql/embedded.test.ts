import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import type * as lockModule from '../../sql/embedded-lock.ts'
import { acquireLock, findOwner } from '../../sql/embedded-lock.ts'
import { serveSessions } from '../../sql/embedded-sessions.ts'
import { locateEmbedded } from '../../sql/embedded.ts'
import { checkFreeSpace, estimateBytes } from '../../sql/free-space.ts'
import { openStore } from '../../sql/store.ts'
import { forkModule } from '../../task.ts'
import { tinyEdition } from '../tiny-edition.ts'
import type { VisitorMessage } from './visitor.ts'

const parent = mkdtempSync(path.join(os.tmpdir(), 'atlas-embedded-'))
// Longer than a socket's path may be: the socket must find another place.
const dataDir = path.join(parent, 'ein-ordner-mit-einem-langen-namen'.repeat(3), 'data')
const open = () => openStore({ dataDir, role: 'pipeline', log: () => {} })

t.after(async () => {
  await untilEnded(dataDir)
  rmSync(parent, { recursive: true, force: true })
})

t.test('processes that start in the same moment share one database, and none takes a half-made one', async t => {
  mkdirSync(path.join(dataDir, 'database.unfinished', 'base'), { recursive: true, mode: 0o700 })
  await Promise.all(['a', 'b', 'c', 'd'].map(title => succeed(visit('publish', title))))
  const store = await open()
  t.strictSame((await store.listEditions()).map(({ title }) => title).toSorted(), ['a', 'b', 'c', 'd'])
  t.equal((await store.listEditions()).filter(({ state }) => state === 'current').length, 1)
  t.equal(readdirSync(dataDir).filter(name => name.startsWith('database.lock')).length, 1, 'one owner left its mark')
  await store.close()
})

t.test('the socket lies where only its user can go, and there is no other way in', async t => {
  const socketFolder = await locateEmbedded(dataDir)
  t.equal(statSync(socketFolder).mode & 0o777, 0o700)
  t.equal(statSync(path.join(dataDir, 'database')).mode & 0o077, 0)
  t.ok(Buffer.byteLength(socketFolder) < 90)
})

t.test('builds publish while two servers read, and no poll of theirs fails', async t => {
  const servers = [await ready(visit('serve')), await ready(visit('serve'))]
  for (const title of ['e', 'f']) await succeed(visit('publish', title))
  await delay(500)
  for (const server of servers) {
    const report = await ask(server)
    t.equal(report.failures, 0)
    t.ok(report.polls > 5)
    t.strictSame(report.seen.slice(-2), ['e', 'f'])
    server.disconnect()
  }
})

t.test('four clients at once never get an answer to somebody else\'s question', async t => {
  const wrong = await Promise.all(['k', 'l', 'm', 'n'].map(async title => {
    const [message] = await once(visit('ask', title), 'message') as [VisitorMessage]
    return message.type === 'done' ? message.wrong : -1
  }))
  t.strictSame(wrong, [0, 0, 0, 0])
})

t.test('a client killed inside a transaction is rolled back, and nobody waits for it', async t => {
  const store = await open()
  const holder = await ready(visit('hold', 'never-committed'))
  const polling = store.currentEditions()
  await kill(holder)
  t.equal((await polling).length, 1)
  t.strictSame(await sql("select from atlas.atlases where atlas = 'never-committed'"), [])
  await store.close()
})

t.test('killing the command that started the database does not take it from the others', async t => {
  await untilEnded(dataDir)
  const starter = await ready(visit('serve'))
  const store = await open()
  const owner = findOwner(dataDir)!
  await kill(starter)
  await succeed(visit('publish', 'g'))
  t.strictSame((await store.currentEditions()).length, 1)
  t.equal(findOwner(dataDir)?.pid, owner.pid)
  await store.close()
})

t.test('after kill -9 of the database everybody goes on with what was committed', async t => {
  const server = await ready(visit('serve'))
  const store = await open()
  const edition = tinyEdition({ atlas: { ...tinyEdition().atlas, title: 'before the kill' } })
  await store.saveEdition(edition, [])
  await store.publish(edition.id)
  process.kill(findOwner(dataDir)!.pid, 'SIGKILL')
  t.equal((await store.currentEditions())[0]?.edition, edition.id)
  t.strictSame(await store.loadEdition(edition.id), edition)
  await succeed(visit('publish', 'h'))
  await delay(1000)
  t.ok((await ask(server)).seen.includes('h'), 'the server found the new one by itself')
  server.disconnect()
  await store.close()
})

t.test('a client that asks for COPY is refused, and the others go on', async t => {
  const store = await open()
  await t.rejects(sql('copy atlas.atlases from stdin'), { code: '0A000' })
  t.equal((await store.currentEditions()).length, 1)
  await store.close()
})

t.test('the database ends with its last user and leaves no socket', async t => {
  const { socketPath } = findOwner(dataDir)!
  await untilEnded(dataDir)
  t.notOk(existsSync(socketPath))
})

t.test('a folder that cannot hold a database says so', async t => {
  const file = path.join(parent, 'a-file')
  writeFileSync(file, '')
  await t.rejects(openStore({ dataDir: file, role: 'server', log: () => {} }), { code: 'publish-database-failed' })
  const broken = path.join(parent, 'broken')
  mkdirSync(path.join(broken, 'database'), { recursive: true })
  writeFileSync(path.join(broken, 'database', 'PG_VERSION'), '12\n')
  await t.rejects(openStore({ dataDir: broken, role: 'server', log: () => {} }), { code: 'publish-database-failed' })
})

t.test('the lock of a dead owner is taken over, that of a living one never', async t => {
  const folder = path.join(parent, 'lock')
  const lockOf = (number: number, owner: object) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, `database.lock.${number}`), JSON.stringify({ socketPath: '/nowhere', ...owner }))
  }
  t.equal(findOwner(folder), undefined)
  const lock = acquireLock(folder, '/a')
  const mine = findOwner(folder)!
  t.equal(mine.pid, process.pid)
  t.equal(acquireLock(folder, '/b'), undefined)

  lockOf(2, { ...mine, startedAt: '1' })
  t.equal(findOwner(folder), undefined, 'the number of a dead process was given to another one')
  t.equal(lock?.isHeld(), false, 'an owner notices that a higher number was taken')
  t.ok(acquireLock(folder, '/c'))
  t.strictSame(readdirSync(folder), ['database.lock.3'])

  lockOf(4, { pid: 1, startedAt: '1', place: 'another machine' })
  t.ok(findOwner(folder), 'a process elsewhere cannot be asked, so it lives while it gives signs')
  const minutesAgo = new Date(Date.now() - 120_000)
  utimesSync(path.join(folder, 'database.lock.4'), minutesAgo, minutesAgo)
  t.equal(findOwner(folder), undefined)
})

t.test('whoever sleeps between the look at the owner and the taking of the folder does not get it', async t => {
  const folder = t.testdir({})
  let other: ReturnType<typeof acquireLock>
  const sleeper = await t.mockImport<typeof lockModule>('../../sql/embedded-lock.ts', {
    'node:fs': {
      ...fs,
      readdirSync: (path: string) => {
        const names = fs.readdirSync(path)
        other ??= acquireLock(folder, 'socket')
        return names
      },
    },
  })
  t.equal(sleeper.acquireLock(folder, 'socket'), undefined)
  t.equal(other?.isHeld(), true)
})

t.test('an edition for which the disk is too small is refused before the first byte is written', async t => {
  await t.rejects(checkFreeSpace(parent, Number.MAX_SAFE_INTEGER), { code: 'publish-disk-full' })
  await checkFreeSpace(parent, 1)
  t.ok(estimateBytes(tinyEdition(), []) > 50_000_000, 'the log needs room even for a small one')
})

t.test('an engine that stops in the middle of a statement is given up, not waited for', async t => {
  const socketPath = path.join(mkdtempSync(path.join(os.tmpdir(), 'atlas-mute-')), 's')
  let fail: (error: unknown) => void = () => {}
  const failed = new Promise(resolve => { fail = resolve })
  const sessions = await serveSessions({ engine: { execProtocolRawStream: async () => {} }, socketPath, onUsers: () => {}, onFailure: fail })
  const client = await clientOf(socketPath)
  t.match(await failed, /stopped in the middle/)
  client.destroy()
  await sessions.close()
  rmSync(path.dirname(socketPath), { recursive: true })
})

t.test('a client that falls silent inside a transaction loses it', async t => {
  const ran: string[] = []
  let isInTransaction = false
  const socketPath = path.join(mkdtempSync(path.join(os.tmpdir(), 'atlas-silent-')), 's')
  const sessions = await serveSessions({
    engine: {
      async execProtocolRawStream (messages, { onRawData }) {
        const text = Buffer.from(messages).toString('latin1')
        if (text.includes('begin')) isInTransaction = true
        if (text.includes('rollback')) isInTransaction = false
        ran.push(/begin|rollback|select/.exec(text)?.[0] ?? 'start')
        onRawData(Buffer.from(`Z\0\0\0\x05${isInTransaction ? 'T' : 'I'}`))
      },
    },
    socketPath,
    onUsers: () => {},
    onFailure: error => t.fail(String(error)),
    idleTransactionSeconds: 0.2,
  })
  const [silent, waiting] = await Promise.all([clientOf(socketPath), clientOf(socketPath)])
  await delay(50)
  silent.write(simpleQuery('begin'))
  await delay(50)
  waiting.write(simpleQuery('select'))
  await delay(100)
  waiting.write(simpleQuery('select'))
  await once(silent, 'close')
  await delay(50)
  t.strictSame(ran, ['start', 'start', 'begin', 'rollback', 'select', 'select'])
  waiting.destroy()
  await sessions.close()
  rmSync(path.dirname(socketPath), { recursive: true })
})

async function clientOf (socketPath: string): Promise<net.Socket> {
  const socket = net.connect(socketPath).resume()
  await once(socket, 'connect')
  const start = Buffer.alloc(9)
  start.writeInt32BE(9, 0)
  start.writeInt32BE(196_608, 4) // protocol 3.0
  socket.write(start)
  return socket
}

function simpleQuery (text: string): Buffer {
  const head = Buffer.from('Q....')
  head.writeInt32BE(text.length + 5, 1)
  return Buffer.concat([head, Buffer.from(`${text}\0`)])
}

function visit (...args: string[]): ChildProcess {
  return forkModule(new URL('./visitor', import.meta.url), [dataDir, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

async function succeed (child: ChildProcess): Promise<void> {
  const [code] = await once(child, 'exit') as [number | null]
  if (code !== 0) throw new Error(`visitor ended with ${code}`)
}

async function ready (child: ChildProcess): Promise<ChildProcess> {
  await once(child, 'message')
  return child
}

async function ask (server: ChildProcess): Promise<Extract<VisitorMessage, { type: 'report' }>> {
  server.send('report')
  const [message] = await once(server, 'message') as [Extract<VisitorMessage, { type: 'report' }>]
  return message
}

async function kill (child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Waits for the database process, which outlives its last user by some seconds. */
async function untilEnded (folder: string): Promise<void> {
  for (let attempt = 0; findOwner(folder); attempt++) {
    if (attempt > 200) throw new Error('the database process does not end')
    await delay(100)
  }
}

async function sql (text: string): Promise<unknown[]> {
  const client = new pg.Client({ host: await locateEmbedded(dataDir), user: 'postgres', database: 'postgres' })
  client.on('error', () => {}) // the query says it
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
