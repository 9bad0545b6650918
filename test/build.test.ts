import { execFile } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { buildProgram } from '../build.ts'
import { readAssets, writeAssets } from '../built-assets.ts'
import type { Assets } from '../server/assets.ts'

const root = path.dirname(import.meta.dirname)
const run = promisify(execFile)

t.test('the compiled program runs, starts its database child and prints, without the sources', async t => {
  const image = t.testdir({ 'package.json': '{ "type": "module" }', data: {} })
  symlinkSync(path.join(root, 'node_modules'), path.join(image, 'node_modules'), 'junction')
  await buildProgram({ folder: path.join(image, 'dist'), checkTypes: false })

  for (const file of ['sql/migrations/0001-editions.sql', 'pipeline/project/BETA2007.gsb', 'built-assets/assets.json']) {
    t.ok(existsSync(path.join(image, 'dist', file)), file)
  }
  const { NODE_OPTIONS: _, ...environment } = process.env
  const start = (...argv: string[]) => run(process.execPath, [path.join(image, 'dist/atlas.js'), ...argv], {
    cwd: image, env: { ...environment, ATLAS_DATA: path.join(image, 'data') },
  })
  t.match((await start('--help')).stdout, /npx atlas serve/)
  await t.resolves(start('migrate'), 'the embedded database answers')
  t.strictSame((await start('editions')).stdout, '')
  await writeFile(path.join(image, 'print.js'), `
    import { openPress } from './dist/server/press/press.js'
    const press = openPress()
    const texts = { page: 'Seite', of: 'von', replaced: '', shortened: '' }
    const paper = { language: 'de', title: 'Blatt', kicker: '', author: '', description: '', footer: '', code: null, statedAt: 1, texts, blocks: [{ kind: 'text', parts: ['Text'] }] }
    const { pdf, ...print } = await press.print(paper)
    console.log(JSON.stringify({ ...print, isPdf: Buffer.from(pdf).toString('latin1', 0, 5) === '%PDF-' }))
    press.close()`)
  t.strictSame(JSON.parse((await run(process.execPath, [path.join(image, 'print.js')], { cwd: image, env: environment })).stdout), { kind: 'printed', isPdf: true, pages: 1, replaced: 0, shortened: 0 })
})

t.test('assets come back from their folder as the bundler made them', async t => {
  const folder = t.testdir({})
  const bytes = (text: string) => Buffer.from(text)
  const made: Assets = {
    urls: { style: '/assets/0a/style.css' } as Assets['urls'],
    files: new Map([
      ['/assets/0a/style.css', { type: 'text/css; charset=utf-8', body: bytes('a'), gzip: bytes('b'), br: bytes('c') }],
      ['/assets/0b/font.woff2', { type: 'font/woff2', body: bytes('d') }],
    ]),
  }
  await writeAssets(folder, made)
  t.strictSame(await readAssets(folder), made)
  t.equal(await readAssets(path.join(folder, 'elsewhere')), undefined)
})
