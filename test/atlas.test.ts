import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { changedProject, smallProject } from './small-project.ts'

const program = path.join(import.meta.dirname, '../bin/atlas.js')

interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the command line as a person would, with a data folder of its own. */
function start (dataDir: string, args: readonly string[], settings: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ATLAS_DATA: dataDir, ...settings }, stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run (dataDir: string, ...args: string[]): Promise<Run> {
  const child = start(dataDir, args)
  const [out, err] = [collect(child.stdout), collect(child.stderr)]
  const [code] = await once(child, 'close') as [number | null]
  return { code, out: out().trim(), err: err() }
}

function collect (stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.on('data', chunk => { text += String(chunk) })
  return () => text
}

/** Resolves as soon as the child has said something that matches. */
async function says (child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream!.on('data', chunk => {
        text += String(chunk)
        if (pattern.test(text)) resolve(text)
      })
    }
    child.once('exit', code => reject(new Error(`ended with ${code} before it said ${pattern}: ${text}`)))
  })
}

const currentIn = (listing: string) => listing.split('\n').find(line => line.includes('\tcurrent'))?.split('\t')[0]

t.test('an edition is built, published, followed by another and taken back', async t => {
  const folder = t.testdir({ first: smallProject, data: {} })
  const data = path.join(folder, 'data')
  const first = await run(data, 'build', path.join(folder, 'first'), '--publish')
  t.match(first, { code: 0, out: /^e[0-9a-f]{12}$/ }, 'the id is the last line')

  const corrected = await changedProject(path.join(folder, 'first'), path.join(folder, 'second'), 'people.csv', text => text.replace('1;2024;1100', '1;2024;1200'))
  const second = await run(data, 'build', corrected)
  t.not(second.out, first.out)
  t.equal(currentIn((await run(data, 'editions')).out), first.out, 'a draft is not current')
  t.match(await run(data, 'publish', second.out), { code: 0 })
  t.equal(currentIn((await run(data, 'editions')).out), second.out)
  t.match(await run(data, 'rollback', 'small'), { code: 0, out: first.out })
  t.equal(currentIn((await run(data, 'editions', 'small')).out), first.out)
})

t.test('a mistake ends with a code and a sentence in German, or in English where asked', async t => {
  const folder = t.testdir({ good: smallProject, data: {} })
  const broken = await changedProject(path.join(folder, 'good'), path.join(folder, 'broken'), 'people.csv', text => text.replace('Personen', 'Menschen'))
  const [german, english] = await Promise.all([run(path.join(folder, 'data'), 'check', broken), run(path.join(folder, 'data'), 'check', broken, '--lang', 'en')])
  t.match(german, { code: 1, err: /people\.csv.*„Personen“.*„Menschen“/s })
  t.match(english, { code: 1, err: /people\.csv.*"Personen".*"Menschen"/s })
  t.match(await run(path.join(folder, 'data'), 'check', path.join(folder, 'good')), { code: 0, out: /^Was bleibt sichtbar/ })
})

t.test('it says which version it is, for whoever reports a fault', async t => {
  const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }
  t.match(await run(t.testdir(), '--version'), { code: 0, out: `${version} Node ${process.version}`, err: '' })
})

t.test('what cannot be done is not called done', async t => {
  const data = t.testdir({})
  t.match(await run(data, 'bild'), { code: 2, out: /npx atlas build PROJECT/ })
  t.match(await run(data, 'publish', 'e000000000000'), { code: 1, err: /e000000000000/ })
  t.match(await run(data, 'build', path.join(data, 'nowhere')), { code: 1, err: /Keine Projektdatei/ })
  t.match(await run(data, 'check', '--pubish'), { code: 1, err: /pubish/ })
  t.match(await run(data, 'withdraw', 'e000000000000'), { code: 1, err: /--reason[^]*npx atlas withdraw EDITION --reason TEXT/ })
})

t.test('official data are published only by who says that nothing was before, and after that without saying it again', async t => {
  const folder = t.testdir({ open: smallProject, data: {} })
  const data = path.join(folder, 'data')
  const official = await changedProject(path.join(folder, 'open'), path.join(folder, 'official'), 'atlas.yaml', text => text.replace('synthetic', 'official'))
  t.match(await run(data, 'build', official, '--publish'), { code: 1, out: '', err: /--first-edition/ })
  t.equal((await run(data, 'editions')).out, '')
  const first = await run(data, 'build', official, '--publish', '--first-edition')
  t.match(first, { code: 0, out: /^e[0-9a-f]{12}$/, err: /Prüfung der fertigen Bytes/ })
  t.equal(currentIn((await run(data, 'editions')).out), first.out)
  t.match(await run(data, 'build', official, '--publish'), { code: 0, out: first.out })
})

t.test('a build that is killed at any station leaves the old edition current', async t => {
  const folder = t.testdir({ first: smallProject, data: {} })
  const data = path.join(folder, 'data')
  const { out: first } = await run(data, 'build', path.join(folder, 'first'), '--publish')
  const next = await changedProject(path.join(folder, 'first'), path.join(folder, 'second'), 'people.csv', text => text.replace('1;2024;1100', '1;2024;1300'))
  for (const station of ['read', 'protect', 'publish']) {
    const child = start(data, ['build', next, '--publish'])
    await says(child, new RegExp(`^${station} `, 'm'))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const { out } = await run(data, 'editions')
    t.ok([first, undefined].includes(currentIn(out)) && currentIn(out) === first, `killed at ${station}`)
  }
  const { out: second } = await run(data, 'build', next, '--publish')
  t.equal(currentIn((await run(data, 'editions')).out), second, 'and the next build is as good as ever')
})

t.test('a running server takes up an edition that another process publishes', async t => {
  const folder = t.testdir({ first: smallProject, data: {} })
  const data = path.join(folder, 'data')
  const { out: first } = await run(data, 'build', path.join(folder, 'first'), '--publish')
  const server = start(data, ['serve'], { ATLAS_PORT: '0' })
  t.teardown(() => server.kill('SIGKILL'))
  const [url] = /http:\/\/\S+/.exec(await says(server, /http:\/\/\S+\n/))!
  const readCurrent = async () => (await (await fetch(`${url}small/api/v1/editions`)).text())
  t.match(await readCurrent(), first)

  const next = await changedProject(path.join(folder, 'first'), path.join(folder, 'second'), 'people.csv', text => text.replace('1;2024;1100', '1;2024;1400'))
  const { out: second } = await run(data, 'build', next, '--publish')
  let served = ''
  for (let i = 0; i < 100 && !served.includes(second); i++) {
    await new Promise(resolve => setTimeout(resolve, 200))
    served = await readCurrent()
  }
  t.match(served, second)
  server.kill('SIGTERM')
  const [code] = await once(server, 'exit') as [number]
  t.equal(code, 0, 'and ends in order')
})
