import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { formatProblem, hasErrors, type ProblemCode } from '../../core/problem.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { changedProject, smallProject } from '../small-project.ts'

/**
 * What people deliver, in a whole project: each mistake is made in the smallest one that works, and
 * must come out as its sentence. The readers' own tests go through the formats in detail.
 */
type Mistake = readonly [what: string, file: keyof typeof smallProject, change: (text: string) => string, code: ProblemCode, stops: boolean]

interface Collection { features: Array<{ properties: Record<string, string>, geometry: { type: string, coordinates: number[][][] } }>, crs?: unknown }

/** Changes the boundaries as objects. */
const boundaries = (change: (collection: Collection) => void) => (text: string) => {
  const collection = JSON.parse(text) as Collection
  change(collection)
  return JSON.stringify(collection)
}

const move = (collection: Collection, area: number, move: (position: number[]) => number[]) => {
  const { geometry } = collection.features[area]!
  geometry.coordinates = geometry.coordinates.map(ring => ring.map(move))
}

const mistakes: readonly Mistake[] = [
  ['a key that stands twice in the boundaries', 'areas.geojson', text => text.replace('"nr":"3"', '"nr":"2"'), 'join-duplicate-area-key', true],
  ['a blank key in the boundaries', 'areas.geojson', text => text.replace('"nr":"3"', '"nr":" "'), 'join-invalid-area-key', true],
  ['a key with characters that no address can hold', 'areas.geojson', text => text.replace('"nr":"3"', '"nr":"3/4"'), 'join-invalid-area-key', true],
  ['an attribute that the boundaries lack', 'areas.geojson', text => text.replaceAll('"nr"', '"nummer"'), 'read-missing-column', true],
  ['an unknown coordinate system', 'areas.geojson', boundaries(collection => { collection.crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } } }), 'project-unknown-crs', true],
  ['swapped axes', 'areas.geojson', boundaries(collection => [0, 1, 2].forEach(area => move(collection, area, ([lon, lat]) => [lat!, lon!]))), 'project-outside-bounds', true],
  ['boundaries that lie in another place', 'areas.geojson', boundaries(collection => [0, 1, 2].forEach(area => move(collection, area, ([lon, lat]) => [lon! + 30, lat!]))), 'project-outside-bounds', true],
  ['a polygon with too few points', 'areas.geojson', boundaries(({ features }) => features[0]!.geometry.coordinates[0]!.splice(2, 2)), 'check-too-few-points', true],
  ['a polygon that crosses itself', 'areas.geojson', boundaries(({ features }) => {
    const [ring] = features[0]!.geometry.coordinates as [number[][]]
    ;[ring[1], ring[2]] = [ring[2]!, ring[1]!]
  }), 'check-self-intersection', true],
  ['an area that lies over its neighbour', 'areas.geojson', boundaries(collection => move(collection, 0, ([lon, lat]) => [lon! + 0.005, lat!])), 'check-overlap', true],
  ['boundaries that are cut off in the middle', 'areas.geojson', text => text.slice(0, -40), 'read-no-json', true],
  ['an unknown key in the table', 'people.csv', text => text.replace('3;2024', '9;2024'), 'join-rows-without-area', true],
  ['a blank key in the table', 'people.csv', text => text.replace('3;2024', ';2024'), 'join-blank-key', true],
  ['a row that is missing', 'people.csv', text => text.replace('3;2024;600;60\n', ''), 'join-areas-without-row', false],
  ['a column under another name', 'people.csv', text => text.replace('Personen', 'Menschen'), 'join-renamed-column', true],
  ['an unknown sign', 'people.csv', text => text.replace('600', 'k. A.'), 'join-unknown-sign', true],
  ['a blank value', 'people.csv', text => text.replace(';600;', ';;'), 'join-blank-cell', true],
  ['a number that can mean two', 'people.csv', text => text.replace('2100', '2.100'), 'join-ambiguous-number', true],
  ['two values for one cell', 'people.csv', text => `${text}3;2024;601;61\n`, 'join-two-values', true],
  ['a period that is none', 'people.csv', text => text.replace('3;2024', '3;Dezember'), 'join-unreadable-period', true],
  ['values from before the boundaries', 'people.csv', text => text.replaceAll('2023', '2017'), 'join-vintage-mismatch', true],
  ['more cases than people', 'people.csv', text => text.replace('600;60', '60;600'), 'derive-part-above-whole', true],
  ['broken YAML', 'atlas.yaml', text => text.replace('title: ', 'title: "'), 'project-file-broken-yaml', true],
  ['an unknown key in the project file', 'atlas.yaml', text => text.replace('municipality:', 'munizipality:'), 'project-file-unknown-key', true],
  ['a file that is not there', 'atlas.yaml', text => text.replace('people.csv', 'poeple.csv'), 'read-missing-file', true],
]

async function problemsOf (folder: string) {
  const { project, problems } = await readProject(folder)
  if (!project) return { edition: undefined, problems }
  const built = await buildEdition(project, { hasTiles: async () => true })
  return { edition: built.edition, problems: [...problems, ...built.problems] }
}

for (const [what, file, change, code, stops] of mistakes) {
  t.test(`${what}: ${code}`, async t => {
    const folder = t.testdir({ good: smallProject })
    const changed = await changedProject(path.join(folder, 'good'), path.join(folder, 'bad'), file, change)
    const { edition, problems } = await problemsOf(changed)
    const found = problems.find(problem => problem.code === code)
    t.ok(found, `found ${problems.map(problem => problem.code).join(', ')}`)
    t.equal(hasErrors(problems), stops)
    t.equal(edition === undefined, stops, 'an edition is made exactly where nothing stops it')
    for (const language of ['de', 'en'] as const) {
      const text = found ? formatProblem(found, language) : ''
      t.match(text, /areas\.geojson|people\.csv|atlas\.yaml|poeple\.csv/, 'with its place')
      t.notMatch(text, /\{\w+\}|undefined|\[object/, 'with every fact in it')
    }
  })
}

t.test('undecodable bytes are quoted with their line', async t => {
  const folder = t.testdir(smallProject)
  const text = smallProject['people.csv'].replace('Personen', 'Pers\u00f6nen')
  await writeFile(path.join(folder, 'people.csv'), Buffer.from(text, 'latin1'))
  await writeFile(path.join(folder, 'atlas.yaml'), smallProject['atlas.yaml'].replace('    area: {', '    dialect: { encoding: utf-8 }\n    area: {'))
  const { problems } = await problemsOf(folder)
  t.match(problems.map(({ code, place }) => [code, place.line]).slice(0, 1), [['read-undecodable', 1]])
})

t.test('boundaries and tables that are both missing are both named in one run', async t => {
  const folder = t.testdir(smallProject)
  await Promise.all([rm(path.join(folder, 'areas.geojson')), rm(path.join(folder, 'people.csv'))])
  t.strictSame((await problemsOf(folder)).problems.map(({ place }) => place.file), ['areas.geojson', 'people.csv'])
})
