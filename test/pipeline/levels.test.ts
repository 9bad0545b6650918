import t from 'tap'
import path from 'node:path'
import { findCells, findSeries } from '../../core/edition.ts'
import { hasErrors } from '../../core/problem.ts'
import { buildEdition, readPlaces } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { landArea } from '../../pipeline/ring.ts'
import { listLevels } from '../../render/view-data.ts'
import { smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

const deliveries = path.join(import.meta.dirname, '../../fixtures/deliveries')
const trait = async (name: string) => (await readProject(path.join(deliveries, name))).project!

t.test('blocks are melted into the areas whose key they carry: no border is left between them', async t => {
  const { boundaries, problems } = await readPlaces(await trait('dissolve-by-key'))
  t.strictSame(codes(problems), ['crosswalk-assigned-nothing'], 'a block of the list that is in no file')
  const [areas, districts] = boundaries!.levels.map(level => ({ ...level, shapes: boundaries!.geometries.find(({ id }) => id === level.geometry)!.shapes }))
  t.strictSame(areas!.areas.map(({ id, name }) => `${id} ${name}`), ['01 Altstadt', '02 Bahnhofsviertel', '03 Nordertor', '04 Südfeld', '05 Weserbogen', '06 Hasenheide'])
  t.ok(areas!.shapes.every(shape => shape.length === 1 && shape[0]!.length === 1), 'one ring each')
  t.strictSame(districts!.areas.map(({ id, name }) => `${id} ${name}`), ['ost Ost', 'west West'], 'and into those that a list names')
  t.ok(districts!.shapes.every(shape => shape.length === 1 && shape[0]!.length === 1))
  const land = (shapes: typeof areas) => shapes!.shapes.reduce((sum, shape) => sum + landArea(shape), 0)
  t.equal(land(areas), land(districts), 'the river is in neither')
})

t.test('a list that forgets a block, or gives it to two areas, is no list', async t => {
  const files = { ...smallProject, 'list.csv': 'Nr;Gebiet\n1;nord\n2;nord\n2;sued\n9;sued\n' }
  const level = '{ file: areas.geojson, key: { column: nr }, assign: { file: list.csv, from: Nr, to: Gebiet } }'
  const yaml = smallProject['atlas.yaml'].replace(/boundaries: \{ file: areas\.geojson[^\n]*/, `boundaries: ${level}`)
  t.not(yaml, smallProject['atlas.yaml'])
  const { project } = await readProject(t.testdir({ ...files, 'atlas.yaml': yaml }))
  const { problems } = await readPlaces(project!)
  t.strictSame(codes(problems), ['crosswalk-assigned-twice', 'crosswalk-not-assigned', 'crosswalk-assigned-nothing'])
})

t.test('the outline of the town among its areas is an error that says what to write; written so, it is gone', async t => {
  const project = await trait('outline-feature')
  const { problems } = await readPlaces(project)
  t.match(problems, [{ code: 'crosswalk-outline-feature', place: { record: 1 }, facts: { key: '00', others: 6, yaml: "whereNot: { nr: '00' }" } }])
  const [level] = project.file.levels
  const without = { ...project, file: { ...project.file, levels: [{ ...level!, boundaries: { ...level!.boundaries, whereNot: { nr: '00' } } }] } }
  const { boundaries, problems: left } = await readPlaces(without)
  t.strictSame(left, [])
  t.equal(boundaries!.levels[0]!.areas.length, 6)
})

t.test('a large area beside small ones is no outline', async t => {
  const project = await trait('outline-feature')
  const [level] = project.file.levels
  // Block 990, the river, is as large as two areas and covers none.
  const boundaries = { file: '../dissolve-by-key/bloecke.geojson', key: { column: 'block' }, name: { column: 'block' }, where: { block: ['011', '012', '990'] } }
  const { problems } = await readPlaces({ ...project, file: { ...project.file, levels: [{ ...level!, boundaries }] } })
  t.strictSame(codes(problems), [])
})

t.test('a Fördergebiet is one area made of others, beside them in the edition, with figures of its own', async t => {
  const { edition, problems } = await buildEdition(await trait('foerdergebiet'), { hasTiles: async () => true })
  t.equal(hasErrors(problems), false)
  const level = edition!.levels.find(({ id }) => id === 'foerdergebiet')!
  t.strictSame(level.madeOf, { level: 'sozialraum', parts: [['06'], ['01', '02']] }, 'in area order')
  t.strictSame(level.areas.map(({ name }) => name), ['Hasenheide', 'Mitte'])
  const shapes = edition!.geometries.find(({ id }) => id === level.geometry)!.shapes
  t.ok(shapes.every(shape => shape.length === 1), 'the border between 01 and 02 is gone')
  const cells = (level: string, indicator: string) => findCells(findSeries(edition!, level, indicator)!, '2024-12-31')
  t.match(cells('foerdergebiet', 'inhabitants'), [{ value: 351 }, { value: 800 }])
  const [first, second] = cells('sozialraum', 'children')!
  t.equal(second!.status, 'suppressed', 'two children in the second area')
  t.notOk(first!.status === 'observed' && cells('foerdergebiet', 'children')![1]!.status === 'observed', 'which nobody can compute from the Fördergebiet')
})

t.test('a Fördergebiet of areas that nobody knows, or that another one has, is refused', async t => {
  const project = await trait('foerdergebiet')
  const { problems } = await readPlaces({
    ...project,
    file: {
      ...project.file,
      levels: project.file.levels.map(level => level.id !== 'foerdergebiet'
        ? level
        : { ...level, boundaries: { ...level.boundaries, areas: [{ id: 'mitte', name: 'Mitte', parts: ['01', '1'] }, { id: 'nord', name: 'Nord', parts: ['01', '03'] }] } }),
    },
  })
  t.match(problems, [
    { code: 'crosswalk-unknown-parts', severity: 'error', facts: { area: 'mitte', of: 'sozialraum', parts: '"1"' } },
    { code: 'crosswalk-part-twice', severity: 'error', facts: { part: '01', first: 'mitte', second: 'nord' } },
  ])
})

t.test('area systems that cut each other stand side by side, each with its own series', async t => {
  const { edition, problems } = await buildEdition(await trait('dissolve-by-key'), { hasTiles: async () => true })
  t.equal(hasErrors(problems), false)
  const valuesOf = (level: string) => findSeries(edition!, level, 'inhabitants')!.values
  t.strictSame(valuesOf('sozialraum'), [[412, 388, 505, 297, 640, 351]])
  t.strictSame(valuesOf('bezirk'), [[1543, 1050]])
  t.strictSame(listLevels(edition!, 'inhabitants').map(({ id }) => id), ['sozialraum', 'bezirk'], 'a reader can switch between them')
})
