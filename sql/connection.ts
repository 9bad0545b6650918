import os from 'node:os'
import pg from 'pg'
import type { ErrorContext } from './errors.ts'
import { isConnectionLost, toStoreError } from './errors.ts'

/**
 * The only door to a database: nothing else imports `pg`. What passes through must run the same on
 * PostgreSQL and on the embedded engine, where all clients share one session; lint refuses COPY,
 * named statements, session settings, temporary tables, session locks and LISTEN.
 */
export interface Database extends Queries {
  readonly engine: 'embedded' | 'postgres'
  /** Runs `work` in one transaction: all of it, or nothing. Queries of others are not in it. */
  transaction<T> (work: (queries: Queries) => Promise<T>): Promise<T>
  close (): Promise<void>
}

export interface Queries {
  /**
   * The rows of one statement. Days are text, a bytea is a Buffer.
   * @throws StoreError where a person can do something about the failure
   */
  query<R extends Row> (sql: string, values?: readonly unknown[]): Promise<R[]>
  /** Several statements without values, as in a migration. */
  run (sql: string): Promise<void>
}

export type Row = Readonly<Record<string, unknown>>

/** Where a database is: a URL, or the folder of a Unix socket. */
export type Address = { readonly url: string } | { readonly socketFolder: string }

export interface ConnectionOptions {
  readonly engine: Database['engine']
  /** Called before the first connection and after the other side was lost; may start the database. */
  readonly locate: () => Promise<Address>
  /** Connections at most. The embedded engine has one session, so one per process is right there. */
  readonly size: number
  readonly context: ErrorContext
}

export function connectDatabase ({ engine, locate, size, context }: ConnectionOptions): Database {
  let pool: Promise<pg.Pool> | undefined
  const getPool = () => {
    pool ??= locate().then(address => openPool(address, size))
    pool.catch(() => { pool = undefined })
    return pool
  }

  /** A connection that works now. A database that ended since the last one is looked for again. */
  async function lease (attempts = 3): Promise<pg.PoolClient> {
    const current = getPool()
    try {
      return await (await current).connect()
    } catch (error) {
      if (engine === 'postgres' || attempts <= 1 || !isConnectionLost(error)) throw error
      if (pool === current) pool = undefined
      await current.then(lost => lost.end()).catch(() => {}) // it has ended already
      return await lease(attempts - 1)
    }
  }

  async function withClient<T> (work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await lease()
    let broken: Error | undefined
    // Without a listener a connection that is lost in the middle would end the whole process.
    const onError = (error: Error) => { broken = error }
    client.on('error', onError)
    try {
      return await work(client)
    } catch (error) {
      if (isConnectionLost(error)) broken = error as Error
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  /** A single read is repeated once when the connection was lost under it; a write never is. */
  async function withRetry<T> (sql: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (isConnectionLost(error) && /^\s*select\b/i.test(sql)) return await work()
      throw error
    }
  }

  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw toStoreError(error, context)
    }
  }

  return {
    engine,
    query: async (sql, values) => await translated(() => withRetry(sql, () => withClient(client => toQueries(client).query(sql, values)))),
    run: async sql => await translated(() => withClient(client => toQueries(client).run(sql))),
    transaction: async work => await translated(() => withClient(client => inTransaction(client, work))),
    async close () {
      const current = pool
      pool = undefined
      if (current) await current.then(open => open.end(), () => {})
    },
  }
}

function openPool (address: Address, size: number): pg.Pool {
  pg.defaults.user ??= systemUser()
  const pool = new pg.Pool({
    ...('url' in address
      ? { connectionString: address.url, connectionTimeoutMillis: 10_000, keepAlive: true }
      // The embedded engine answers one client at a time: a new one may wait for another's transaction.
      : { host: address.socketFolder, port: socketPort, user: 'postgres', database: 'postgres', connectionTimeoutMillis: 60_000 }),
    max: size,
    idleTimeoutMillis: 0, // an open connection keeps the embedded engine alive
    application_name: 'sozialraum-atlas',
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  })
  // A connection lost while idle is replaced by the next lease.
  pool.on('error', () => {})
  return pool
}

/** Whose name an address without one means, as psql takes it: the driver knows only the variable USER, which not every start sets. */
function systemUser (): string | undefined {
  try {
    return os.userInfo().username
  } catch {
    return undefined // a container may run under a number without a name
  }
}

/** The port is part of a Unix socket's file name. */
const socketPort = 5432
export const socketFileName = `.s.PGSQL.${socketPort}`

const dateType = 1082

/** A day stays text: as a Date it would be another day in another time zone. */
function parserOf (type: number, format?: 'text' | 'binary'): unknown {
  if (type === dateType) return (text: string) => text
  return format === 'binary' ? pg.types.getTypeParser(type, format) : pg.types.getTypeParser(type)
}

async function inTransaction<T> (client: pg.PoolClient, work: (queries: Queries) => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await work(toQueries(client))
    await client.query('commit')
    return result
  } catch (error) {
    // The first error is the one to tell; where the connection is gone the server rolls back by itself.
    await client.query('rollback').catch(() => {})
    throw error
  }
}

function toQueries (client: pg.PoolClient): Queries {
  return {
    query: async <R extends Row>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<R>(sql, values as unknown[])).rows,
    run: async sql => { await client.query(sql) },
  }
}
