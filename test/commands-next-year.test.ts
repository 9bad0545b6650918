import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { fillGaps } from './fill-gaps.ts'
import { smallProject } from './small-project.ts'

/*
 * From a folder of deliveries to next year's edition, as a planner types it.
 */

const program = path.join(import.meta.dirname, '../bin/atlas.js')

interface Run { readonly code: number, readonly out: string, readonly err: string }

async function atlas (data: string, ...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, NODE_OPTIONS: '', ATLAS_DATA: data }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', text => { out += String(text) })
  child.stderr.on('data', text => { err += String(text) })
  const [code] = await once(child, 'close') as [number]
  return { code, out: out.trim(), err }
}

t.test('a folder becomes a project, an edition, and next year the next', async t => {
  const { 'atlas.yaml': _, ...deliveries } = smallProject
  const root = t.testdir({ kleinstadt: deliveries, in: {} })
  const [folder, data, file] = [path.join(root, 'kleinstadt'), path.join(root, 'data'), path.join(root, 'kleinstadt/atlas.yaml')]

  const made = await atlas(data, 'scaffold', folder)
  t.match(made, { code: 0, out: /Zahlenspalten: 2 .*BITTE AUSFÜLLEN/s }, made.err)
  t.match(readFileSync(path.join(folder, '.gitignore'), 'utf8'), /^vault\/$/m)
  t.match(await atlas(data, 'scaffold', folder), { code: 1, err: /es gibt schon eine Projektdatei/ }, 'a project file is never overwritten')
  const unfilled = await atlas(data, 'check', folder)
  t.match(unfilled, { code: 1, err: /licence\.name ist noch nicht ausgefüllt/ }, unfilled.err)

  writeFileSync(file, fillGaps(readFileSync(file, 'utf8')))
  const built = await atlas(data, 'build', folder, '--publish')
  t.match(built, { code: 0, out: /^e[0-9a-f]{12}$/m }, built.err)

  writeFileSync(path.join(root, 'in/people-2025.csv'), 'Nr;Jahr;Personen;SGB II\n1;2025;1200;120\n2;2025;2200;220\n3;2025;700;70\n')
  const updated = await atlas(data, 'update', folder, path.join(root, 'in/people-2025.csv'))
  t.match(updated, { code: 0, out: /people-2025\.csv/, err: /2025 ist neu \(Kennzahlen: 2/ }, updated.err)

  writeFileSync(path.join(root, 'in/people-2025.csv'), 'Nr;Jahr;Personen;SGB II\n1;2025;1210;121\n2;2025;2200;220\n3;2025;700;70\n')
  t.match(await atlas(data, 'update', folder, path.join(root, 'in/people-2025.csv')), { code: 0, err: /[Ee]rsetzt people-2025\.csv/ })
  t.ok(existsSync(path.join(folder, 'people-2025.ersetzt-1.csv')))

  const before = readFileSync(file, 'utf8')
  writeFileSync(path.join(root, 'in/people-2026.csv'), 'Nr;Jahr;Personen;SGB II\n1;2026;viele;120\n2;2026;2200;220\n3;2026;700;70\n')
  t.match(await atlas(data, 'update', folder, path.join(root, 'in/people-2026.csv')), { code: 1, err: /Am Projekt wurde nichts geändert/ })
  t.equal(readFileSync(file, 'utf8'), before)
  t.notOk(existsSync(path.join(folder, 'people-2026.csv')))

  writeFileSync(file, before.replace('{ use: sgb2-recipients }', '{ use: sgb2-recipients, definition: Nur noch Erwachsene. }'))
  t.match(await atlas(data, 'build', folder), { code: 1, err: /bedeutet etwas anderes als in der letzten Ausgabe: Definition[^]*changes:/ }, 'a build wants to know why')
})

t.test('nothing is written for a folder without boundaries', async t => {
  const root = t.testdir({ leer: { 'people.csv': smallProject['people.csv'] } })
  t.match(await atlas(path.join(root, 'data'), 'scaffold', path.join(root, 'leer')), { code: 1, err: /keine Datei mit Gebietsgrenzen/ })
  t.notOk(existsSync(path.join(root, 'leer/atlas.yaml')))
  t.match(await atlas(path.join(root, 'data'), 'update'), { code: 1, err: /missing PROJECT/ })
})
