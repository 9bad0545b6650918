import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { askChild, forkModule, mapInChildren } from '../task.ts'

const root = path.dirname(import.meta.dirname)

// Types must be stripped and a sibling found, or neither arrives.
const child = `
import { greet } from './greet.ts'
const name: string = process.argv[2]!
process.send!({ text: greet(name), extension: import.meta.url.slice(-3), memory: process.execArgv.includes('--max-old-space-size=64') })
`
const greet = "export const greet = (name: string): string => 'moin ' + name"

t.test('a child starts from source, with its arguments and flags, from any working directory', async t => {
  const folder = t.testdir({ 'child.ts': child, 'greet.ts': greet, elsewhere: {} })
  const started = forkModule(new URL('child', folderUrl(folder)), ['Ä b'],
    { cwd: path.join(folder, 'elsewhere'), execArgv: ['--max-old-space-size=64'] })
  t.strictSame(await once(started, 'message').then(([message]) => message),
    { text: 'moin Ä b', extension: '.ts', memory: true })
  t.strictSame(await once(started, 'exit'), [0, null])
})

t.test('the same call starts the compiled child in dist/, without tsx', async t => {
  const folder = t.testdir({
    'tsconfig.json': JSON.stringify({
      extends: path.join(root, 'tsconfig.build.json'),
      compilerOptions: { rootDir: '.', outDir: 'dist', noCheck: true },
      include: ['*.ts'],
    }),
    'package.json': '{ "type": "module" }',
    'parent.ts': `
import { forkModule } from './task.ts'
forkModule(new URL('child', import.meta.url), process.argv.slice(2)).on('message', message => console.log(JSON.stringify(message)))
`,
    'child.ts': child,
    'greet.ts': greet,
  })
  copyFileSync(path.join(root, 'task.ts'), path.join(folder, 'task.ts'))
  const environment = { ...process.env, NODE_OPTIONS: '' }
  execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { env: environment, stdio: 'pipe' })

  const output = execFileSync(process.execPath, [path.join(folder, 'dist/parent.js'), 'du'], { env: environment, encoding: 'utf8' })
  t.strictSame(JSON.parse(output), { text: 'moin du', extension: '.js', memory: false })
  t.notMatch(readFileSync(path.join(folder, 'dist/parent.js'), 'utf8'), /task\.ts/, 'imports were rewritten')
})

t.test('the exit code and a signal of the parent reach the one who waits', async t => {
  const folder = t.testdir({ 'fail.ts': 'process.exitCode = 7', 'wait.ts': 'setInterval(() => {}, 1000); process.send!("up")' })
  const failing = forkModule(new URL('fail', folderUrl(folder)))
  t.strictSame(await once(failing, 'exit'), [7, null])

  const waiting = forkModule(new URL('wait', folderUrl(folder)))
  await once(waiting, 'message')
  waiting.kill('SIGTERM')
  t.strictSame(await once(waiting, 'exit'), [null, 'SIGTERM'])
})

t.test('a module named with its extension is refused, because it would be missing in dist/', async t => {
  t.throws(() => forkModule(new URL('child.ts', import.meta.url)), { name: 'RangeError', message: /without an extension/ })
})

t.test('answers of several children come in the order of the questions, typed arrays as such', async t => {
  const folder = t.testdir({
    'double.ts': `
import { answerParent } from '${pathToFileURL(path.join(root, 'task.ts')).href}'
answerParent(async (numbers: Int32Array) => {
  await new Promise(resolve => setTimeout(resolve, numbers[0] === 0 ? 150 : 0))
  return { doubled: numbers.map(number => 2 * number), pid: process.pid }
})`,
  })
  const questions = Array.from({ length: 12 }, (_, index) => Int32Array.of(index, 7))
  const answers: Array<{ doubled: Int32Array, pid: number }> = []
  for await (const answer of mapInChildren<Int32Array, { doubled: Int32Array, pid: number }>(new URL('double', folderUrl(folder)), questions, 2)) answers.push(answer)
  t.strictSame(answers.map(({ doubled }) => doubled), questions.map(numbers => numbers.map(number => 2 * number)))
  t.equal(new Set(answers.map(({ pid }) => pid)).size, 2, 'both children had work')
})

t.test('what a child throws, and that it dies, reaches the one who asked', async t => {
  const folder = t.testdir({
    'fall.ts': `
import { answerParent } from '${pathToFileURL(path.join(root, 'task.ts')).href}'
answerParent(async (how: string) => {
  if (how === 'die') process.exit(9)
  throw new Error('cannot ' + how)
})`,
  })
  const ask = (how: string) => askChild(new URL('fall', folderUrl(folder)), how)
  await t.rejects(ask('count'), { message: /cannot count/ })
  await t.rejects(ask('die'), { message: /without an answer \(9\)/ })
})

t.test('a child that was asked one question is gone once it answered', async t => {
  const folder = t.testdir({
    'own.ts': `
import { answerParent } from '${pathToFileURL(path.join(root, 'task.ts')).href}'
answerParent(async () => process.pid)`,
  })
  const pid = await askChild<string, number>(new URL('own', folderUrl(folder)), 'who?')
  for (let tries = 0; tries < 250 && isAlive(pid); tries++) await delay(20)
  t.notOk(isAlive(pid))
})

function isAlive (pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function folderUrl (folder: string): URL {
  return new URL(`${pathToFileURL(folder).href}/`)
}
