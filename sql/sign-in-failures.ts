import type { Queries } from './connection.ts'

/** How often somebody failed at the door lately. */
export interface Failures {
  readonly count: number
  /** Seconds since the last one; infinite where there was none. */
  readonly secondsAgo: number
}

/** One attempt, which counts as failed until it is forgotten. */
export interface Failure {
  /** Its number: failures are in order, however many happen at once. */
  readonly failure: string
  readonly subject: Uint8Array
  /** Those that came before it. */
  readonly before: Failures
}

/** Longer ago than this, a failure does not count. */
const memorySeconds = 24 * 3600

/** @param subject keyed hash of an account's e-mail or of a network address */
export async function recordFailure (database: Queries, subject: Uint8Array): Promise<Failure> {
  const [own] = await database.query<{ failure: string }>('insert into atlas.sign_in_failures (subject) values ($1) returning failure::text', [Buffer.from(subject)])
  const { failure } = own!
  const [row] = await database.query<{ count: number, seconds_ago: number | null }>(`
    select count(*)::int as count, extract(epoch from now() - max(at))::float8 as seconds_ago
    from atlas.sign_in_failures where subject = $1 and failure < $2 and at > now() - make_interval(secs => $3)`, [Buffer.from(subject), failure, memorySeconds])
  return { failure, subject, before: { count: row!.count, secondsAgo: row!.seconds_ago ?? Infinity } }
}

/** Takes one back: it was none after all. */
export async function forgetFailure (database: Queries, failure: string): Promise<void> {
  await database.query('delete from atlas.sign_in_failures where failure = $1', [failure])
}

/** All of somebody, after a success. */
export async function forgetFailures (database: Queries, subject: Uint8Array): Promise<void> {
  await database.query('delete from atlas.sign_in_failures where subject = $1', [Buffer.from(subject)])
}
