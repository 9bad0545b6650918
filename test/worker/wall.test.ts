import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { findOwner } from '../../sql/embedded-lock.ts'
import { openDatabase } from '../../sql/open.ts'
import { saveEdition } from '../../sql/save.ts'
import { guardJob, wallProblems } from '../../worker/wall.ts'
import { smallProject } from '../small-project.ts'
import { tinyEdition } from '../tiny-edition.ts'

const codesOf = (problems: ReadonlyArray<{ readonly code: string }>) => problems.map(({ code }) => code)

t.test('texts that only look like paths are let through', t => {
  const text = `${smallProject['atlas.yaml']}notes: ['und/oder', 'https://a.example/../b', 'vault', 'je 1.000 / Jahr', './tables/a.csv', '…/x', '..5']\n`
  t.same(wallProblems(text, 'small'), [])
  t.end()
})

t.test('a job does nothing to another atlas, whatever it is told', async t => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-wall-'))
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-wall-p-'))
  const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
  t.after(async () => {
    await database.close()
    while (findOwner(dataDir)) await delay(100)
    for (const made of [dataDir, folder]) rmSync(made, { recursive: true, force: true })
  })
  const edition = tinyEdition()
  await saveEdition(database, edition, [])
  const own = edition.atlas.id
  const guard = async (atlas: string, kind: 'build' | 'publish' | 'withdraw', facts = {}) => codesOf(await guardJob(database, { atlas, kind, facts }, folder))
  t.same(await guard(own, 'publish', { edition: edition.id }), [])
  t.same(await guard('small', 'publish', { edition: edition.id }), ['worker-other-edition'])
  t.same(await guard(own, 'withdraw', { edition: edition.id, successor: 'e000000000000' }), ['worker-other-edition'])

  writeFileSync(path.join(folder, 'atlas.yaml'), smallProject['atlas.yaml'].replace('people.csv', '../other/people.csv'))
  t.same(await guard('small', 'build'), ['worker-outside'])
  t.same(await guard('other', 'build'), ['worker-other-atlas', 'worker-outside'])
})
