import path from 'node:path'
import t from 'tap'
import { findCells, findSeries, getLevel } from '../../core/edition.ts'
import { formatProblem } from '../../core/problem.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { stations } from '../../pipeline/progress.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { needsOpenData, openData } from '../open-data.ts'
import { changedProject, smallProject } from '../small-project.ts'

async function buildFolder (folder: string, onProgress?: Parameters<typeof buildEdition>[1]) {
  const { project, problems } = await readProject(folder)
  if (!project) return { edition: undefined, tiles: [], problems }
  return buildEdition(project, onProgress)
}

t.test('delivered files become an edition: areas, cleared cells, shares, the town, tiles', async t => {
  const { edition, tiles, problems } = await buildFolder(t.testdir(smallProject))
  t.strictSame(problems.map(({ code }) => code), ['layout-detected', 'plausible-jump', 'protect-suppressed'])
  t.match(edition!.id, /^e[0-9a-f]{12}$/)
  t.strictSame(getLevel(edition!, 'sozialraum').areas.map(({ id, parentId }) => [id, parentId]), [['01', 'kleinstadt'], ['02', 'kleinstadt'], ['03', 'kleinstadt']])
  t.match(findCells(findSeries(edition!, 'sozialraum', 'sgb2-share')!, '2023-12-31'), [
    { status: 'observed', value: 10 }, { status: 'suppressed' }, { status: 'suppressed' },
  ], '03 is not small, but the town less the others would tell 02')
  t.match(findCells(findSeries(edition!, 'stadt', 'sgb2-share')!, '2024-12-31'), [{ value: 10 }])
  t.strictSame(edition!.indicators[0]!.periods[0], { period: '2023-12-31', referenceDate: '2023-12-31', denominatorDate: null, deliveries: ['register'] })
  t.equal(tiles.length, 2)
  t.ok(tiles.every(set => set.tiles.length > 0 && set.topology !== null))
})

t.test('the same content has the same id: rows in another order, another time zone, another day', async t => {
  const folder = t.testdir({ first: smallProject, second: {} })
  const shuffled = await changedProject(path.join(folder, 'first'), path.join(folder, 'second'), 'people.csv', text => {
    const [head, ...rows] = text.trimEnd().split('\n')
    return [head, ...rows.toReversed()].join('\n')
  })
  const first = await buildFolder(path.join(folder, 'first'))
  const zone = process.env.TZ
  t.teardown(() => { process.env.TZ = zone })
  process.env.TZ = 'America/Los_Angeles'
  const second = await buildFolder(shuffled)
  t.equal(second.edition!.id, first.edition!.id)

  const corrected = await changedProject(path.join(folder, 'first'), path.join(folder, 'third'), 'people.csv', text => text.replace('1;2024;1100', '1;2024;1101'))
  t.not((await buildFolder(corrected)).edition!.id, first.edition!.id, 'a correction is another edition')
})

t.test('tiles that are stored already are not made again', async t => {
  const { tiles } = await buildFolder(t.testdir(smallProject), { hasTiles: async () => true })
  t.strictSame(tiles, [])
})

t.test('errors in several files are told in one run, and there is no edition', async t => {
  const folder = t.testdir({ good: smallProject })
  const broken = await changedProject(path.join(folder, 'good'), path.join(folder, 'broken'), 'people.csv', text => text.replace('2;2023;2000;2', '9;2023;2000;k.A.').replace('600;60', '600;6o'))
  const worse = await changedProject(broken, path.join(folder, 'worse'), 'atlas.yaml', text => `${text}context:\n  - { kind: water, file: river.geojson }\n`)
  const { edition, problems } = await buildFolder(worse)
  t.equal(edition, undefined)
  t.strictSame(problems.map(({ code }) => code), ['read-missing-file', 'layout-detected', 'join-unknown-sign', 'join-rows-without-area', 'join-areas-without-row'])
})

t.test('a build that is interrupted at any station rejects and leaves nothing half-made behind', async t => {
  const folder = t.testdir(smallProject)
  for (const station of stations.filter(station => !['publish', 'check', 'project'].includes(station))) {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    await t.rejects(buildFolder(folder, { onProgress: step => { if (step.station === station) throw full } }), { code: 'ENOSPC' }, station)
  }
  t.strictSame((await buildFolder(folder)).problems.map(({ code }) => code), ['layout-detected', 'plausible-jump', 'protect-suppressed'], 'the next build is a clean one')
})

t.test('Musterstadt is built as it was planned: values, suppressions, both area systems', async t => {
  const { edition, problems } = await buildFolder(path.join(import.meta.dirname, '../../fixtures/musterstadt'))
  t.strictSame(problems.filter(({ severity }) => severity !== 'note').map(found => formatProblem(found, 'de')), [])
  t.ok(edition!.indicators.filter(({ kind }) => kind !== 'count').length >= 24)
  const [share] = findCells(findSeries(edition!, 'stadt', 'sgb2-share')!, '2024-12-31')!
  t.match(share, { status: 'observed', value: 13.397 }, '3,273 of 24,431')
})

for (const [town, areas] of [['flensburg', 13], ['berlin', 542]] as const) {
  t.test(`${town} is built from real files`, needsOpenData(town), async t => {
    const { project } = await readProject(path.join(import.meta.dirname, '../../examples', town), openData(town))
    const { edition, problems } = await buildEdition(project!, { hasTiles: async () => true })
    t.strictSame(problems.filter(({ severity }) => severity === 'error').map(found => formatProblem(found, 'de')), [])
    t.equal(edition!.levels[0]!.areas.length, areas)
  })
}
