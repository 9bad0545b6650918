import type { FastifyInstance } from 'fastify'
import type { EditionSource, EditionStatus } from './edition-source.ts'

/** What happened to requests since the start, and where the rest is asked when somebody reads it. */
export interface Metrics {
  /** Counts one answer. `route` is the pattern of a route, never an address somebody typed. */
  readonly count: (answer: { readonly method: string, readonly route: string, readonly status: number, readonly seconds: number }) => void
  /** Tells it the parts of a server that say of themselves how large they are. */
  readonly watch: (parts: WatchedParts) => void
  /** The text format of Prometheus, version 0.0.4. */
  readonly format: () => string
}

export interface WatchedParts {
  readonly editions: Pick<EditionSource, 'status'>
  readonly caches: Readonly<Record<'pages' | 'tiles', { readonly sizeBytes: number }>>
}

/** Seconds; a page from memory takes some milliseconds, one that is rendered some tens, a large tile some hundreds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const

/** A method can be any word that a client sends. */
const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE']

interface Histogram { readonly buckets: number[], count: number, sum: number }

/**
 * Labels hold patterns of routes, methods, statuses and names of caches: all of them words of ours. What somebody looked at, from
 * where, and which atlas it was cannot be read from it.
 *
 * @param now milliseconds since 1970
 */
export function makeMetrics ({ now = Date.now, memory = process.memoryUsage }: { readonly now?: () => number, readonly memory?: () => NodeJS.MemoryUsage } = {}): Metrics {
  const answers = new Map<string, number>()
  const durations = new Map<string, Histogram>()
  const startedAt = now()
  let parts: WatchedParts | undefined
  return {
    count ({ method, route, status, seconds }) {
      const known = methods.includes(method) ? method : 'other'
      const key = formatLabels({ method: known, route, status: String(status) })
      answers.set(key, (answers.get(key) ?? 0) + 1)
      const of = formatLabels({ route })
      const histogram = durations.get(of) ?? { buckets: bounds.map(() => 0), count: 0, sum: 0 }
      durations.set(of, histogram)
      bounds.forEach((bound, i) => { if (seconds <= bound) histogram.buckets[i]!++ })
      histogram.count++
      histogram.sum += seconds
    },
    watch (watched) { parts = watched },
    format: () => [
      ...family('atlas_requests_total', 'counter', 'Answers by pattern of the route and status.', [...answers]),
      ...formatDurations(durations),
      ...parts ? formatParts(parts, now()) : [],
      ...formatProcess(memory(), (now() - startedAt) / 1000),
      '',
    ].join('\n'),
  }
}

/** Counts every answer of a server, with what only the server knows of it. */
export function measureRequests (app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.count({ method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, seconds: reply.elapsedTime / 1000 })
    done()
  })
}

function formatDurations (durations: ReadonlyMap<string, Histogram>): string[] {
  const name = 'atlas_request_duration_seconds'
  if (durations.size === 0) return []
  const lines = [...durations].flatMap(([labels, { buckets, count, sum }]) => [
    ...bounds.map((bound, i) => `${name}_bucket{${labels},le="${bound}"} ${buckets[i]}`),
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${sum}`,
    `${name}_count{${labels}} ${count}`,
  ])
  return [`# HELP ${name} Time from the request to the end of the answer, by pattern of the route.`, `# TYPE ${name} histogram`, ...lines]
}

function formatParts ({ editions, caches }: WatchedParts, now: number): string[] {
  const status: EditionStatus = editions.status()
  return [
    ...family('atlas_ready', 'gauge', 'Whether every current edition is loaded.', [['', status.isReady ? 1 : 0]]),
    ...family('atlas_atlases', 'gauge', 'Atlases with a current edition in memory.', [['', status.atlases]]),
    ...family('atlas_atlases_resting', 'gauge', 'Atlases that are loaded when somebody asks for them.', [['', status.resting]]),
    ...family('atlas_editions_loaded', 'gauge', 'Editions in memory: current and previous ones, and older ones that somebody asked for.', [
      [formatLabels({ kind: 'kept' }), status.kept], [formatLabels({ kind: 'older' }), status.older],
    ]),
    ...family('atlas_cache_bytes', 'gauge', 'Bytes kept, by cache.', [
      [formatLabels({ cache: 'editions' }), status.olderBytes],
      ...Object.entries(caches).map(([cache, { sizeBytes }]): [string, number] => [formatLabels({ cache }), sizeBytes]),
    ]),
    ...status.readAt === null ? [] : family('atlas_pointer_age_seconds', 'gauge', 'Since the database last said which editions are current.', [['', Math.max(0, now - status.readAt) / 1000]]),
    ...family('atlas_poll_failures_total', 'counter', 'How often the database did not answer that question.', [['', status.pollFailures]]),
  ]
}

function formatProcess ({ rss, heapUsed, external, arrayBuffers }: NodeJS.MemoryUsage, upSeconds: number): string[] {
  const kinds = { resident: rss, heap: heapUsed, external, buffers: arrayBuffers }
  return [
    ...family('atlas_process_memory_bytes', 'gauge', 'Memory of the process, by kind; resident is what counts for the machine.',
      Object.entries(kinds).map(([kind, bytes]) => [formatLabels({ kind }), bytes])),
    ...family('atlas_process_uptime_seconds', 'gauge', 'Since the start of the process.', [['', upSeconds]]),
  ]
}

function family (name: string, type: 'counter' | 'gauge', help: string, values: ReadonlyArray<readonly [labels: string, value: number]>): string[] {
  if (values.length === 0) return []
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...values.map(([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}`)]
}

function formatLabels (labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/["\\\n]/g, '_')}"`).join(',')
}
