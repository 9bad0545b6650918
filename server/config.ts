import { isIP } from 'node:net'
import path from 'node:path'
import type { Audience } from '../core/edition.ts'

/** What the program may rely on; every field checked. */
export interface Config {
  /** `ATLAS_HOST`: address to listen on; defaults to 127.0.0.1. */
  readonly host: string
  /** `ATLAS_PORT`: TCP port; defaults to 8080, 0 picks a free one. */
  readonly port: number
  /** `ATLAS_DATA`: folder of the embedded database and of the cache; defaults to `./data`, made absolute. */
  readonly dataDir: string
  /** `ATLAS_VAULT`: folder of raw counts, absolute; null means `vault/` inside the project. Never read by the server. */
  readonly vaultDir: string | null
  /** `ATLAS_AUDIENCE`: whose editions are served; defaults to public. */
  readonly audience: Audience
  /** `ATLAS_AUTH`: `proxy` says that only signed-in people get through to this process. */
  readonly authentication: 'none' | 'proxy'
  /** `ATLAS_PUBLIC_URL`: `https://atlas.example` or `https://town.example/sozialatlas`, no slash at the end; empty where none is set. */
  readonly publicUrl: string
  /** `ATLAS_CACHE_MB`: how much memory older editions may take, in bytes; defaults to 512 MB. */
  readonly oldEditionBytes: number
  /** `ATLAS_EDITIONS_MB`: how much memory the current editions of all atlases may take before some rest, in bytes; defaults to 512 MB. */
  readonly currentEditionBytes: number
  /** `ATLAS_METRICS_PORT`: TCP port of `/metrics` on this machine alone; null means none. */
  readonly metricsPort: number | null
  /** `ATLAS_PROJECTS`: folder with one project per atlas, for the worker alone; defaults to `./projects`, made absolute. */
  readonly projectsDir: string
  /**
   * `ATLAS_INBOX_FILE_MB`, `ATLAS_INBOX_MB`, `ATLAS_INBOX_FILES`: how large a delivered file, and all that wait in an atlas, may be, in
   * bytes, and how many may wait; default to 200 MB, 2000 MB and 200.
   */
  readonly inbox: { readonly fileBytes: number, readonly totalBytes: number, readonly files: number }
  /** `ATLAS_WORKSHOP_PORT`: TCP port of the Werkstatt; defaults to 8081, 0 picks a free one. */
  readonly workshopPort: number
  /** `ATLAS_WORKER`: `none` says that the worker is a service of its own; defaults to `child`, which the Werkstatt starts. */
  readonly worker: 'child' | 'none'
  /** `ATLAS_WORKER_SOCKET`: where web and worker meet that run as different users, absolute; null means a folder in `dataDir`. */
  readonly workerSocket: string | null
  /** `ATLAS_TRUSTED_PROXIES`: addresses whose `X-Forwarded-For` is believed, separated by commas; defaults to this machine. */
  readonly trustedProxies: readonly string[]
  /**
   * `ATLAS_OIDC_ISSUER`, `ATLAS_OIDC_CLIENT`, `ATLAS_OIDC_SECRET_FILE`: provider of the town's accounts, name of the Werkstatt there,
   * and the file with its secret; null where none is set.
   */
  readonly oidc: { readonly issuer: string, readonly clientId: string, readonly secretFile: string } | null
  /** `ATLAS_PROXY_USER`: header in which a trusted proxy writes the e-mail address of whom it let in; empty where none does. */
  readonly proxyUserHeader: string
  /** `ATLAS_TOKEN`: key of an access for `atlas send`; empty where none is set. Secret. */
  readonly token: string
  /** `ATLAS_SESSION_MINUTES`: after how long without a click a sign-in ends; defaults to 60. */
  readonly sessionIdleSeconds: number
  /** `DATABASE_URL`: PostgreSQL; null means the embedded database in `dataDir`. May hold a password. */
  readonly databaseUrl: string | null
  /** `DATABASE_READ_URL`: replica that the server reads; null means `databaseUrl`. May hold a password. */
  readonly databaseReadUrl: string | null
}

/** Every mistake of the environment in one message, so that one restart is enough. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[]

  constructor (mistakes: readonly string[]) {
    super(['invalid configuration:', ...mistakes.map(mistake => `  ${mistake}`)].join('\n'))
    this.name = 'ConfigError'
    this.mistakes = mistakes
  }
}

/**
 * Reads the settings from an environment. A setting that is empty counts as not set, as compose
 * files write it. Names beginning with `ATLAS_TEST_` belong to the tests and are left alone.
 *
 * @throws ConfigError naming everything that is wrong
 */
export function parseConfig (env: Readonly<Record<string, unknown>>): Config {
  const mistakes: string[] = []
  const read = (name: string): string => {
    const value = env[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const settle = <Value>(name: string, fallback: Value, parse: (text: string) => Value | undefined, expected: string): Value => {
    const text = read(name)
    if (text === '') return fallback
    const value = parse(text)
    if (value !== undefined) return value
    // A database URL may hold a password, and the message ends up in logs.
    const shown = name.startsWith('DATABASE_') ? '' : `"${text}"; `
    mistakes.push(`invalid ${name}: ${shown}expected ${expected}`)
    return fallback
  }

  const config: Config = {
    host: settle('ATLAS_HOST', '127.0.0.1', parseHost, 'an address or host name such as 127.0.0.1 or 0.0.0.0'),
    port: settle('ATLAS_PORT', 8080, text => parseWhole(text, 65_535), '0 to 65535'),
    dataDir: path.resolve(read('ATLAS_DATA') || './data'),
    vaultDir: read('ATLAS_VAULT') === '' ? null : path.resolve(read('ATLAS_VAULT')),
    audience: settle<Audience>('ATLAS_AUDIENCE', 'public', parseAudience, 'public or internal'),
    authentication: settle('ATLAS_AUTH', 'none', text => text === 'none' || text === 'proxy' ? text : undefined, 'none or proxy'),
    publicUrl: settle('ATLAS_PUBLIC_URL', '', parsePublicUrl, 'http(s)://host or http(s)://host/path without a query, such as https://atlas.example or https://town.example/sozialatlas'),
    oldEditionBytes: settle('ATLAS_CACHE_MB', 512, text => parseWhole(text, 1_000_000), '0 to 1000000 megabytes') * 1e6,
    currentEditionBytes: settle('ATLAS_EDITIONS_MB', 512, text => parseWhole(text, 1_000_000), '0 to 1000000 megabytes') * 1e6,
    metricsPort: settle<number | null>('ATLAS_METRICS_PORT', null, text => parseWhole(text, 65_535), '0 to 65535'),
    projectsDir: path.resolve(read('ATLAS_PROJECTS') || './projects'),
    inbox: {
      fileBytes: settle('ATLAS_INBOX_FILE_MB', 200, text => parseWhole(text, 10_000) || undefined, '1 to 10000 megabytes') * 1e6,
      totalBytes: settle('ATLAS_INBOX_MB', 2000, text => parseWhole(text, 1_000_000) || undefined, '1 to 1000000 megabytes') * 1e6,
      files: settle('ATLAS_INBOX_FILES', 200, text => parseWhole(text, 10_000) || undefined, '1 to 10000 files'),
    },
    workshopPort: settle('ATLAS_WORKSHOP_PORT', 8081, text => parseWhole(text, 65_535), '0 to 65535'),
    worker: settle('ATLAS_WORKER', 'child', text => text === 'child' || text === 'none' ? text : undefined, 'child or none'),
    workerSocket: read('ATLAS_WORKER_SOCKET') === '' ? null : path.resolve(read('ATLAS_WORKER_SOCKET')),
    trustedProxies: settle('ATLAS_TRUSTED_PROXIES', ['127.0.0.1', '::1'], parseAddresses, 'addresses or networks separated by commas, such as 127.0.0.1, 10.0.0.0/8'),
    oidc: readOidc(settle, mistakes),
    proxyUserHeader: settle('ATLAS_PROXY_USER', '', text => /^[A-Za-z0-9-]{1,60}$/.test(text) ? text.toLowerCase() : undefined, 'the name of a header such as X-Remote-User'),
    token: read('ATLAS_TOKEN'),
    sessionIdleSeconds: settle('ATLAS_SESSION_MINUTES', 60, text => parseWhole(text, 720) || undefined, '1 to 720 minutes') * 60,
    databaseUrl: settle<string | null>('DATABASE_URL', null, parseDatabaseUrl, databaseForm),
    databaseReadUrl: settle<string | null>('DATABASE_READ_URL', null, parseDatabaseUrl, databaseForm),
  }

  if (config.inbox.fileBytes > config.inbox.totalBytes) mistakes.push('ATLAS_INBOX_FILE_MB requires ATLAS_INBOX_MB to be at least as large: one file has to fit in')
  if (config.audience === 'internal' && config.authentication !== 'proxy') {
    mistakes.push('ATLAS_AUDIENCE=internal requires ATLAS_AUTH=proxy: a proxy in front that lets only signed-in people through')
  }
  if (config.audience === 'internal' && !isLoopback(config.host)) {
    mistakes.push(`ATLAS_AUDIENCE=internal requires ATLAS_HOST to be 127.0.0.1, ::1 or localhost, got "${config.host}"`)
  }
  for (const name of Object.keys(env)) {
    const isOurs = name.startsWith('ATLAS_') && !name.startsWith('ATLAS_TEST_')
    if (isOurs && !knownNames.includes(name)) mistakes.push(`unknown ${name}; known are ${knownNames.join(', ')}`)
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}

type Settle = <Value>(name: string, fallback: Value, parse: (text: string) => Value | undefined, expected: string) => Value

/** All three or none: half a provider lets nobody in. */
function readOidc (settle: Settle, mistakes: string[]): Config['oidc'] {
  const issuer = settle('ATLAS_OIDC_ISSUER', '', parseIssuer, 'https://host/path of the provider, as it stands in its own description')
  const clientId = settle('ATLAS_OIDC_CLIENT', '', text => text, 'the name of the Werkstatt at the provider')
  const secretFile = settle('ATLAS_OIDC_SECRET_FILE', '', text => path.resolve(text), 'a file')
  const given = [issuer, clientId, secretFile].filter(text => text !== '').length
  if (given === 3) return { issuer, clientId, secretFile }
  if (given > 0) mistakes.push('ATLAS_OIDC_ISSUER, ATLAS_OIDC_CLIENT and ATLAS_OIDC_SECRET_FILE belong together; expected all three')
  return null
}

/** Without TLS on this machine only, for trials. */
function parseIssuer (text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, search, hash, username } = new URL(text)
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return isSafe && search === '' && hash === '' && username === '' ? text : undefined
}

const knownNames = [
  'ATLAS_HOST', 'ATLAS_PORT', 'ATLAS_DATA', 'ATLAS_VAULT', 'ATLAS_AUDIENCE', 'ATLAS_AUTH', 'ATLAS_PUBLIC_URL', 'ATLAS_CACHE_MB', 'ATLAS_EDITIONS_MB',
  'ATLAS_METRICS_PORT',
  'ATLAS_INBOX_FILE_MB', 'ATLAS_INBOX_MB', 'ATLAS_INBOX_FILES',
  'ATLAS_PROJECTS', 'ATLAS_WORKSHOP_PORT', 'ATLAS_WORKER', 'ATLAS_WORKER_SOCKET', 'ATLAS_TRUSTED_PROXIES', 'ATLAS_SESSION_MINUTES',
  'ATLAS_OIDC_ISSUER', 'ATLAS_OIDC_CLIENT', 'ATLAS_OIDC_SECRET_FILE', 'ATLAS_PROXY_USER', 'ATLAS_TOKEN',
]

const databaseForm = 'postgresql://user@host:port/database'

function parseHost (text: string): string | undefined {
  return /^[A-Za-z0-9.:_-]{1,253}$/.test(text) ? text : undefined
}

function parseWhole (text: string, maximum: number): number | undefined {
  return /^\d{1,9}$/.test(text) && Number(text) <= maximum ? Number(text) : undefined
}

function parseAudience (text: string): Audience | undefined {
  return text === 'public' || text === 'internal' ? text : undefined
}

/** Origin and base path. A path with signs that browsers and proxies write in different ways would match once and once not. */
function parsePublicUrl (text: string): string | undefined {
  if (!/^https?:\/\/[^?#]+$/.test(text) || !URL.canParse(text)) return undefined
  const { origin, username } = new URL(text)
  const path = text.replace(/^https?:\/\/[^/]*/, '').replace(/\/$/, '')
  const isPlain = /^(\/[A-Za-z0-9_~-]+(\.[A-Za-z0-9_~-]+)*)*$/.test(path)
  return isPlain && username === '' ? `${origin}${path}` : undefined
}

function parseDatabaseUrl (text: string): string | undefined {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? text : undefined
}

function parseAddresses (text: string): string[] | undefined {
  const addresses = text.split(',').map(part => part.trim())
  return addresses.every(address => isIP(address.split('/')[0]!) !== 0 && /^[^/]+(\/\d{1,3})?$/.test(address)) ? addresses : undefined
}

/** Only addresses that no other machine can reach. */
function isLoopback (host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
