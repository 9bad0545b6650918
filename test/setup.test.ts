import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { transform } from 'esbuild'
import t, { type Test } from 'tap'

const root = path.dirname(import.meta.dirname)

/** Stands in for npm: notes its call, takes a moment, and leaves a package behind. */
const fakeNpm = `
const { appendFileSync, mkdirSync, rmSync, writeFileSync } = require('node:fs')
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n')
if (process.env.FAIL) { console.error('npm error: no space left on device'); process.exit(1) }
setTimeout(() => {
  rmSync('node_modules', { recursive: true, force: true })
  mkdirSync('node_modules/tsx', { recursive: true })
  writeFileSync('node_modules/tsx/package.json', '{}')
}, 400)
`

t.test('the first set-up installs without scripts, the second starts nothing', async t => {
  const clone = makeClone(t)
  t.match(await setUp(clone, 'demo'), { code: 0, output: /einmalig[\s\S]*once[\s\S]*Fertig nach/ })
  t.strictSame(await setUp(clone, 'demo'), { code: 0, output: '' })
  t.strictSame(npmCalls(clone).length, 1)
  t.match(npmCalls(clone)[0], /^ci --ignore-scripts .*--omit=dev/)
})

t.test('the test set-up adds the tools, and the demo does not take them away again', async t => {
  const clone = makeClone(t)
  await setUp(clone, 'demo')
  await setUp(clone, 'test')
  await setUp(clone, 'demo')
  writeFileSync(path.join(clone, 'package-lock.json'), '{ "packages": {}, "changed": true }')
  await setUp(clone, 'demo')
  t.strictSame(npmCalls(clone).map(call => /--(omit|include)=dev/.exec(call)?.[0]), ['--omit=dev', '--include=dev', '--include=dev'])
})

t.test('a failed installation says so in both languages, and the next call begins anew', async t => {
  const clone = makeClone(t)
  const failed = await setUp(clone, 'demo', { FAIL: '1' })
  t.match(failed, { code: 1, output: /no space left[\s\S]*gescheitert[\s\S]*failed/ })
  t.notOk(existsSync(path.join(clone, 'node_modules/.setup')))
  t.match(await setUp(clone, 'demo'), { code: 0 })
})

t.test('of two set-ups at once one installs and the other waits', async t => {
  const clone = makeClone(t)
  const both = await Promise.all([setUp(clone, 'demo'), setUp(clone, 'demo')])
  t.strictSame(both.map(({ code }) => code), [0, 0])
  t.strictSame(both.filter(({ output }) => /abgewartet/.test(output)).length, 1)
  t.strictSame(npmCalls(clone).length, 1)
  t.strictSame(readdirSync(clone).filter(name => name.includes('lock')), ['package-lock.json'])
})

t.test('the lock of a set-up that was killed is taken over', async t => {
  const clone = makeClone(t)
  const gone = spawn(process.execPath, ['-e', ''])
  await once(gone, 'exit')
  mkdirSync(path.join(clone, '.setup.lock'))
  writeFileSync(path.join(clone, '.setup.lock', `${os.hostname()}~${gone.pid}~00000000`), '')
  t.match(await setUp(clone, 'demo'), { code: 0 })
  t.notOk(existsSync(path.join(clone, '.setup.lock')))
})

t.test('packages copied from a machine of another kind are installed again', async t => {
  const clone = makeClone(t)
  await setUp(clone, 'demo')
  const stamp = path.join(clone, 'node_modules/.setup')
  writeFileSync(stamp, JSON.stringify({ ...JSON.parse(readFileSync(stamp, 'utf8')), platform: 'amiga-m68k' }))
  await setUp(clone, 'demo')
  t.strictSame(npmCalls(clone).length, 2)
})

t.test('a Node that is too old is refused with a sentence in both languages', async t => {
  const clone = makeClone(t)
  const old = "data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } })"
  for (const file of ['setup.js', 'bin/atlas.js']) {
    t.match(await run(clone, ['--import', old, file, 'demo']), { code: 1, output: /braucht Node\.js 20\.19[\s\S]*20\.18\.3[\s\S]*needs Node\.js/ })
  }
})

t.test('the first steps have no syntax that an old Node cannot even read', async t => {
  for (const file of ['setup.js', 'bin/atlas.js', 'bin/installed.js', 'bin/node-version.js', 'bin/set-up-lock.js']) {
    const code = readFileSync(path.join(root, file), 'utf8')
    const [written, lowered] = await Promise.all(['esnext', 'node12.20'].map(target => transform(code, { target })))
    t.equal(lowered!.code, written!.code, file)
  }
})

t.test('the command line says what to run when packages are missing', async t => {
  const clone = makeClone(t)
  writeFileSync(path.join(clone, 'atlas.ts'), 'console.log("started")')
  t.match(await run(clone, ['bin/atlas.js', 'serve']), { code: 1, output: /fehlen noch[\s\S]*are missing[\s\S]*node setup\.js demo/ })
})

t.test('packages older than the program are mentioned, and stop it only where one cannot be found', async t => {
  const clone = makeClone(t)
  symlinkNodeModules(clone)
  writeFileSync(path.join(clone, 'atlas.ts'), 'console.log("started")')
  const stamp = JSON.stringify({ lock: 'of last week', platform: process.platform, scope: 'demo' })
  writeFileSync(path.join(clone, 'node_modules/.setup'), stamp)
  t.match(await run(clone, ['bin/atlas.js', 'serve']), { code: 0, output: /started[\s\S]*älter[\s\S]*older[\s\S]*node setup\.js demo/ })

  writeFileSync(path.join(clone, 'atlas.ts'), 'import "a-package-added-this-week"')
  const stopped = await run(clone, ['bin/atlas.js', 'serve'])
  t.match(stopped, { code: 1, output: /node setup\.js demo[\s\S]*a-package-added-this-week/ })
  t.notMatch(stopped.output, /node:internal/, 'without a trace')
})

t.test('arguments, exit code and signals are those of the program itself', async t => {
  const clone = makeClone(t)
  writeFileSync(path.join(clone, 'package.json'), '{ "type": "module" }')
  writeFileSync(path.join(clone, 'atlas.ts'), `
    const [, , ...words]: string[] = process.argv
    process.once('SIGTERM', () => process.exit(9))
    console.log(words.join('+'))
    if (words.includes('wait')) setInterval(() => {}, 1000)
    else process.exitCode = 3
  `)
  symlinkNodeModules(clone)
  t.strictSame(await run(clone, ['bin/atlas.js', 'build', 'Köln']), { code: 3, output: 'build+Köln\n' })

  const waiting = spawn(process.execPath, ['bin/atlas.js', 'wait'], { cwd: clone, env: environment() })
  await once(waiting.stdout, 'data')
  waiting.kill('SIGTERM')
  t.strictSame(await once(waiting, 'exit'), [9, null])
})

t.test('a clone is compiled once, and again after a source has changed; modules stay where their sources are', async t => {
  const clone = makeClone(t)
  symlinkNodeModules(clone)
  copyFileSync(path.join(root, 'task.ts'), path.join(clone, 'task.ts'))
  mkdirSync(path.join(clone, 'commands'))
  writeFileSync(path.join(clone, 'atlas.ts'), `
    import { forkModule } from './task.ts'
    forkModule(new URL('./commands/greet-task', import.meta.url), process.argv.slice(2))
  `)
  const task = (word: string) => `
    import { readFileSync } from 'node:fs'
    const name: string = process.argv[2]!
    console.log('${word}', name, readFileSync(new URL('beside.txt', import.meta.url), 'utf8'), import.meta.dirname.endsWith('commands'), process.execArgv.length)
  `
  writeFileSync(path.join(clone, 'commands/greet-task.ts'), task('moin'))
  writeFileSync(path.join(clone, 'commands/beside.txt'), 'text')
  const programs = () => readdirSync(path.join(clone, '.built')).length
  for (const name of ['Ä b', 'ö']) t.strictSame(await run(clone, ['bin/atlas.js', name]), { code: 0, output: `moin ${name} text true 0\n` })
  t.equal(programs(), 1)
  writeFileSync(path.join(clone, 'commands/greet-task.ts'), task('servus'))
  t.match(await run(clone, ['bin/atlas.js', 'du']), { code: 0, output: /^servus du/ })
  t.equal(programs(), 2)
})

t.test('where nothing can be compiled, the sources themselves run', async t => {
  const clone = makeClone(t)
  symlinkNodeModules(clone)
  writeFileSync(path.join(clone, 'atlas.ts'), 'const word: string = "started"; console.log(word)')
  writeFileSync(path.join(clone, '.built'), 'no folder')
  t.strictSame(await run(clone, ['bin/atlas.js', 'serve']), { code: 0, output: 'started\n' })
})

t.test('in an image, without sources, the compiled program runs', async t => {
  const clone = makeClone(t)
  mkdirSync(path.join(clone, 'dist'))
  writeFileSync(path.join(clone, 'dist/atlas.js'), 'console.log("compiled", process.argv[2])')
  t.strictSame(await run(clone, ['bin/atlas.js', 'serve']), { code: 0, output: 'compiled serve\n' })
})

function makeClone (t: Test): string {
  const clone = t.testdir({ 'package.json': '{ "type": "module" }', 'package-lock.json': '{ "packages": {} }', npm: { 'npm-cli.js': fakeNpm, 'package.json': '{}' } })
  copyFileSync(path.join(root, 'setup.js'), path.join(clone, 'setup.js'))
  cpSync(path.join(root, 'bin'), path.join(clone, 'bin'), { recursive: true })
  return clone
}

/** The real tsx and esbuild, in a folder of its own. */
function symlinkNodeModules (clone: string): void {
  mkdirSync(path.join(clone, 'node_modules'))
  for (const name of ['tsx', 'esbuild', '@esbuild']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(clone, 'node_modules', name), 'junction')
  }
}

function setUp (clone: string, scope: string, extra: NodeJS.ProcessEnv = {}) {
  return run(clone, ['setup.js', scope], extra)
}

function npmCalls (clone: string): string[] {
  return readFileSync(path.join(clone, 'npm-calls'), 'utf8').trim().split('\n')
}

/** Without what the test runner puts into the environment of its children. */
function environment (clone = '', extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...own } = process.env
  return { ...own, npm_execpath: path.join(clone, 'npm/npm-cli.js'), ...extra }
}

function run (clone: string, argv: string[], extra: NodeJS.ProcessEnv = {}): Promise<{ code: number | null, output: string }> {
  return new Promise(resolve => {
    const child = execFile(process.execPath, argv, { cwd: clone, env: environment(clone, extra) }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, output: stdout + stderr })
    })
  })
}
