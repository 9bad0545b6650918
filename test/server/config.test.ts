import t from 'tap'
import path from 'node:path'
import { ConfigError, parseConfig } from '../../server/config.ts'

t.test('an empty environment gives a server for this machine only', async t => {
  t.strictSame(parseConfig({}), {
    host: '127.0.0.1',
    port: 8080,
    dataDir: path.resolve('data'),
    vaultDir: null,
    audience: 'public',
    authentication: 'none',
    publicUrl: '',
    oldEditionBytes: 512e6,
    currentEditionBytes: 512e6,
    metricsPort: null,
    projectsDir: path.resolve('projects'),
    inbox: { fileBytes: 200e6, totalBytes: 2000e6, files: 200 },
    workshopPort: 8081,
    worker: 'child',
    workerSocket: null,
    trustedProxies: ['127.0.0.1', '::1'],
    oidc: null,
    proxyUserHeader: '',
    token: '',
    sessionIdleSeconds: 3600,
    databaseUrl: null,
    databaseReadUrl: null,
  })
})

t.test('a setting that is empty counts as not set, as compose files write it', async t => {
  t.strictSame(parseConfig({ ATLAS_PORT: '', ATLAS_PUBLIC_URL: ' ', DATABASE_URL: '' }), parseConfig({}))
})

t.test('everything that is wrong is said at once', async t => {
  const env = { ATLAS_PORT: '80a', ATLAS_HOSTS: 'x', ATLAS_PUBLIC_URL: 'https://stadt.example/atlas?x', ATLAS_AUDIENCE: 'all' }
  t.throws(() => parseConfig(env), new ConfigError([
    'invalid ATLAS_PORT: "80a"; expected 0 to 65535',
    'invalid ATLAS_AUDIENCE: "all"; expected public or internal',
    'invalid ATLAS_PUBLIC_URL: "https://stadt.example/atlas?x"; expected http(s)://host or http(s)://host/path without a query, such as https://atlas.example or https://town.example/sozialatlas',
    'unknown ATLAS_HOSTS; known are ATLAS_HOST, ATLAS_PORT, ATLAS_DATA, ATLAS_VAULT, ATLAS_AUDIENCE, ATLAS_AUTH, ATLAS_PUBLIC_URL, ATLAS_CACHE_MB',
  ]))
})

t.test('a provider of accounts is set as a whole, and with TLS unless it is on this machine', async t => {
  const whole = { ATLAS_OIDC_ISSUER: 'https://login.example/realms/stadt', ATLAS_OIDC_CLIENT: 'werkstatt', ATLAS_OIDC_SECRET_FILE: '/run/secret' }
  t.strictSame(parseConfig(whole).oidc, { issuer: 'https://login.example/realms/stadt', clientId: 'werkstatt', secretFile: '/run/secret' })
  t.throws(() => parseConfig({ ...whole, ATLAS_OIDC_CLIENT: '' }), { message: /belong together/ })
  t.throws(() => parseConfig({ ...whole, ATLAS_OIDC_ISSUER: 'http://login.example' }), { message: /ATLAS_OIDC_ISSUER/ })
  t.equal(parseConfig({ ...whole, ATLAS_OIDC_ISSUER: 'http://localhost:9000' }).oidc?.issuer, 'http://localhost:9000')
  t.equal(parseConfig({ ATLAS_PROXY_USER: 'X-Remote-User' }).proxyUserHeader, 'x-remote-user')
  t.throws(() => parseConfig({ ATLAS_PROXY_USER: 'a b' }), { message: /ATLAS_PROXY_USER/ })
})

t.test('values', async t => {
  const cases: Array<[name: string, value: string, isAccepted: boolean]> = [
    ['ATLAS_INBOX_FILE_MB', '1', true],
    ['ATLAS_INBOX_FILE_MB', '0', false],
    ['ATLAS_INBOX_FILE_MB', '3000', false],
    ['ATLAS_INBOX_FILES', '0', false],
    ['ATLAS_SESSION_MINUTES', '0', false],
    ['ATLAS_PORT', '0', true],
    ['ATLAS_PORT', '65535', true],
    ['ATLAS_PORT', '65536', false],
    ['ATLAS_PORT', '-1', false],
    ['ATLAS_PORT', '8e3', false],
    ['ATLAS_HOST', '::1', true],
    ['ATLAS_HOST', 'a b', false],
    ['ATLAS_PUBLIC_URL', 'https://atlas.example/', true],
    ['ATLAS_PUBLIC_URL', 'atlas.example', false],
    ['ATLAS_PUBLIC_URL', 'https://town.example/daten/sozialatlas_2.0', true],
    ['ATLAS_PUBLIC_URL', 'https://town.example/a/../b', false],
    ['ATLAS_PUBLIC_URL', 'https://town.example/größe', false],
    ['ATLAS_PUBLIC_URL', 'https://town.example//atlas', false],
    ['ATLAS_PUBLIC_URL', 'https://town.example/atlas#x', false],
    ['ATLAS_PUBLIC_URL', 'ftp://atlas.example', false],
    ['ATLAS_PUBLIC_URL', 'https://user@atlas.example', false],
    ['ATLAS_AUTH', 'proxy', true],
    ['ATLAS_AUTH', 'basic', false],
    ['ATLAS_CACHE_MB', '64', true],
    ['ATLAS_CACHE_MB', '1.5', false],
    ['ATLAS_EDITIONS_MB', '64', true],
    ['ATLAS_EDITIONS_MB', '-1', false],
    ['DATABASE_URL', 'postgresql://atlas@db/atlas', true],
    ['DATABASE_URL', 'mysql://db', false],
    ['ATLAS_TEST_BROWSER', 'anything', true],
  ]
  for (const [name, value, isAccepted] of cases) {
    const parse = () => parseConfig({ [name]: value })
    if (isAccepted) t.doesNotThrow(parse, `${name}=${value} is accepted`)
    else t.throws(parse, ConfigError, `${name}=${value} is refused`)
  }
  t.equal(parseConfig({ ATLAS_PUBLIC_URL: 'https://atlas.example/' }).publicUrl, 'https://atlas.example', 'without the slash at the end')
  t.equal(parseConfig({ ATLAS_PUBLIC_URL: 'https://town.example/sozialatlas/' }).publicUrl, 'https://town.example/sozialatlas')
})

t.test('a refused database URL is not quoted: it may hold a password', async t => {
  const error = t.throws(() => parseConfig({ DATABASE_URL: 'mysql://atlas:geheim@db' })) as unknown as Error
  t.notMatch(String(error), /geheim/)
})

t.test('the internal audience is refused unless a proxy signs people in and nobody else reaches the port', async t => {
  const internal = { ATLAS_AUDIENCE: 'internal' }
  t.throws(() => parseConfig(internal), /requires ATLAS_AUTH=proxy/)
  t.throws(() => parseConfig({ ...internal, ATLAS_AUTH: 'proxy', ATLAS_HOST: '0.0.0.0' }), /requires ATLAS_HOST to be 127\.0\.0\.1/)
  t.equal(parseConfig({ ...internal, ATLAS_AUTH: 'proxy' }).audience, 'internal')
})
