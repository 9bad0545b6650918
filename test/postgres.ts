import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** A private PostgreSQL for one test file: own folder, own Unix socket, gone afterwards. */
export interface PrivatePostgres {
  /** Any name can log in, without a password; databases have to be created. */
  url (database: string, user?: string): string
  /** Runs SQL as the superuser. */
  sql (database: string, text: string, values?: unknown[]): Promise<Array<Record<string, unknown>>>
  /** Ends it as a power cut would; committed rows survive. */
  crash (): Promise<void>
  start (): Promise<void>
  stop (): Promise<void>
}

/** Why tests on PostgreSQL cannot run here, or false; with ATLAS_TEST_POSTGRES=required that is an error. */
export function whyNoPostgres (): string | false {
  if (findBinaries()) return false
  const reason = 'needs the server programs of PostgreSQL (apt-get install postgresql)'
  if (process.env['ATLAS_TEST_POSTGRES'] === 'required') throw new Error(`ATLAS_TEST_POSTGRES=required, but this test ${reason}`)
  return reason
}

export async function startPostgres (): Promise<PrivatePostgres> {
  const binaries = findBinaries()
  if (!binaries) throw new Error('PostgreSQL is not installed; ask whyNoPostgres() first')
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-postgres-'))
  const user = findUser()
  if (user) chownSync(folder, user.uid, user.gid)
  const data = path.join(folder, 'data')
  execFileSync(path.join(binaries, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder, stdio: 'ignore' })

  const url = (database: string, login = 'postgres') => `postgres://${login}@localhost/${database}?host=${encodeURIComponent(folder)}`
  let server: ChildProcess | undefined
  async function sql (database: string, text: string, values?: unknown[]) {
    const client = new pg.Client({ connectionString: url(database) })
    await client.connect()
    try {
      const { rows } = await client.query<Record<string, unknown>>(text, values)
      return rows
    } finally {
      await client.end()
    }
  }
  async function start () {
    server = spawn(path.join(binaries!, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'],
      { ...user, cwd: folder, stdio: 'ignore' })
    for (let attempt = 0; attempt < 200; attempt++) {
      try {
        await sql('postgres', 'select 1')
        return
      } catch {
        await delay(100)
      }
    }
    throw new Error('PostgreSQL did not start within 20 s')
  }
  async function end (signal: NodeJS.Signals) {
    if (!server || server.exitCode !== null) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
    server = undefined
  }
  await start()
  return {
    url,
    sql,
    start,
    crash: () => end('SIGQUIT'), // immediate shutdown: no checkpoint, recovery at the next start
    async stop () {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Folder with `initdb` and `postgres`: the newest of Debian's, or from PATH. */
function findBinaries (): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : []
  return [...versions.map(version => path.join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(path.delimiter)]
    .find(folder => ['initdb', 'postgres'].every(name => existsSync(path.join(folder, name))))
}

/** PostgreSQL refuses to run as root, so root lends it another user; everybody else is one already. */
function findUser (): { uid: number, gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map(flag => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })))
      return { uid: uid!, gid: gid! }
    } catch {
      continue // no such user here
    }
  }
  return undefined
}
