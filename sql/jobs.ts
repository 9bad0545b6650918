import type { Database, Queries, Row } from './connection.ts'

/** A command of the command line that a worker runs for somebody. */
export type JobKind = 'check' | 'build' | 'publish' | 'receive' | 'rollback' | 'withdraw'

/** What a command takes beside its project. */
export interface JobFacts {
  readonly edition?: string
  readonly reason?: string
  readonly successor?: string
  /** What publishing is accompanied by, for everybody to read. */
  readonly note?: string
  readonly noteEnglish?: string
  readonly isFirstEdition?: boolean
  /** Hash of the file with an edition that another machine built. */
  readonly file?: string
}

export interface NewJob {
  readonly atlas: string
  readonly kind: JobKind
  readonly facts: JobFacts
  /** Who asked. */
  readonly account: string
  readonly name: string
}

export interface Job extends NewJob {
  readonly job: number
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  /** UTC, `2025-02-03T10:20:30Z`. */
  readonly askedAt: string
  readonly endedAt: string | null
  readonly progress: JobProgress | null
  /** Null while it runs, and where its worker was lost. */
  readonly exitCode: number | null
  /** Ids of the editions that it made or showed, the public one last. */
  readonly editions: readonly string[]
  /** Codes of its findings, each once. */
  readonly codes: readonly string[]
}

/** As of `pipeline/progress.ts`: names files and levels, never values. */
export interface JobProgress {
  readonly station: string
  readonly done: number
  readonly total: number
  readonly label: string
}

export interface JobOutcome {
  readonly state: 'done' | 'failed' | 'cancelled'
  readonly exitCode: number | null
  readonly editions: readonly string[]
  readonly codes: readonly string[]
}

/** A worker that was not heard of for this long is gone, and its job with it. */
export const silenceSeconds = 30

/** @returns its number */
export async function addJob (database: Queries, { atlas, kind, facts, account, name }: NewJob): Promise<number> {
  const [row] = await database.query<{ job: string }>(
    'insert into atlas.jobs (atlas, kind, facts, account, name) values ($1, $2, $3::jsonb, $4, $5) returning job::text',
    [atlas, kind, JSON.stringify(facts), account, name])
  return Number(row!.job)
}

/** The newest first. */
export async function listJobs (database: Queries, atlas: string, limit = 20): Promise<Job[]> {
  return (await database.query<JobRow>(`${selectJobs} where atlas = $1 order by jobs.job desc limit $2`, [atlas, limit])).map(toJob)
}

export async function findJob (database: Queries, atlas: string, job: number): Promise<Job | undefined> {
  const [row] = await database.query<JobRow>(`${selectJobs} where atlas = $1 and job = $2`, [atlas, job])
  return row && toJob(row)
}

/** What was asked for and done about one edition, the oldest first. */
export async function listEditionJobs (database: Queries, atlas: string, edition: string): Promise<Job[]> {
  return (await database.query<JobRow>(`${selectJobs} where atlas = $1 and ($2 = any(editions) or facts->>'edition' = $2) order by jobs.job`, [atlas, edition])).map(toJob)
}

/** Who built an edition; `undefined` for one that was not built in the Werkstatt. */
export async function findBuilder (database: Queries, atlas: string, edition: string): Promise<string | undefined> {
  const [row] = await database.query<{ account: string }>(
    "select account from atlas.jobs where atlas = $1 and kind = 'build' and $2 = any(editions) order by jobs.job desc limit 1", [atlas, edition])
  return row?.account
}

/** Whoever waits is cancelled at once, whoever runs is told to stop. @returns false where there was nothing left to cancel */
export async function cancelJob (database: Queries, atlas: string, job: number): Promise<boolean> {
  const rows = await database.query(`
    update atlas.jobs
    set is_unwanted = true, state = case state when 'waiting' then 'cancelled' else state end,
        ended_at = case state when 'waiting' then now() end
    where atlas = $1 and job = $2 and state in ('waiting', 'running') returning 1`, [atlas, job])
  return rows.length > 0
}

/**
 * Gives the oldest job of an atlas in which nothing runs to a worker; `undefined` where there is none. First ends what lost its
 * worker: nobody knows how far that got, so it has failed, and whoever asked may ask again.
 */
export async function claimJob (database: Database, worker: string): Promise<Job | undefined> {
  await database.query(`
    update atlas.jobs set state = 'failed', ended_at = now(), codes = array['worker-lost']
    where state = 'running' and beat_at < now() - make_interval(secs => $1)`, [silenceSeconds])
  try {
    const [claimed] = await database.query<{ job: string }>(`
      update atlas.jobs set state = 'running', worker = $1, started_at = now(), beat_at = now()
      where job = (
        select w.job from atlas.jobs w
        where w.state = 'waiting' and not exists (select from atlas.jobs r where r.atlas = w.atlas and r.state = 'running')
        order by w.job limit 1 for update skip locked)
      returning job::text`, [worker])
    if (!claimed) return undefined
    const [row] = await database.query<JobRow>(`${selectJobs} where job = $1`, [claimed.job])
    return toJob(row!)
  } catch (error) {
    // Another worker took one of the same atlas in the same moment.
    if (error instanceof Error && 'code' in error && error.code === '23505') return undefined
    throw error
  }
}

/** A sign of life, with how far the job is. @returns what became of it meanwhile */
export async function beat (database: Queries, job: number, worker: string, progress: JobProgress | null): Promise<'wanted' | 'unwanted' | 'taken-away'> {
  const [row] = await database.query<{ is_unwanted: boolean }>(`
    update atlas.jobs set beat_at = now(), progress = coalesce($3::jsonb, progress)
    where job = $1 and worker = $2 and state = 'running' returning is_unwanted`, [job, worker, progress === null ? null : JSON.stringify(progress)])
  if (!row) return 'taken-away'
  return row.is_unwanted ? 'unwanted' : 'wanted'
}

export async function endJob (database: Queries, job: number, worker: string, { state, exitCode, editions, codes }: JobOutcome): Promise<void> {
  await database.query(`
    update atlas.jobs set state = $3, ended_at = now(), exit_code = $4, editions = $5, codes = $6
    where job = $1 and worker = $2 and state = 'running'`, [job, worker, state, exitCode, editions, codes])
}

const selectJobs = `
  select job::text, atlas, kind, facts, account, name, state, progress, exit_code, editions, codes,
         to_char(asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as asked_at,
         to_char(ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ended_at
  from atlas.jobs`

interface JobRow extends Row {
  readonly job: string
  readonly atlas: string
  readonly kind: JobKind
  readonly facts: JobFacts
  readonly account: string
  readonly name: string
  readonly state: Job['state']
  readonly asked_at: string
  readonly ended_at: string | null
  readonly progress: JobProgress | null
  readonly exit_code: number | null
  readonly editions: readonly string[]
  readonly codes: readonly string[]
}

function toJob ({ job, asked_at: askedAt, ended_at: endedAt, exit_code: exitCode, ...row }: JobRow): Job {
  return { ...row, job: Number(job), askedAt, endedAt, exitCode }
}
