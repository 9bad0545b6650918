import t from 'tap'
import { buildEdition, type BuildOptions } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

/** Old areas without boundaries, each of which became one new area: an estimate is then the count itself. */
const old = `  - id: alt
    label: Alt
    labelPlural: Alte
    validFrom: 2010-01-01
    validTo: 2022-12-31
    boundaries: { keys: { file: old.csv, key: { column: Nr } } }
`
const crosswalk = `crosswalks:
  - { from: alt, to: sozialraum, table: { file: weights.csv, from: { column: alt }, to: { column: neu, pad: 2 }, weight: Anteil } }
`
const delivery = (id: string, more: string) => `  - { id: ${id}, title: T, publisher: K, licence: { name: CC0, url: 'https://example.org' }, attribution: K, legalBasis: Satzung, mayBePassedOn: true, ${more} }\n`
const oldCounts = delivery('old', "minimumCount: none, because: öffentlich, level: alt, files: [old.csv], area: { column: Nr }, legend: { '.': suppressed }, period: { value: 2022-12-31 }, columns: { people: Personen, sgb2: SGB II }")
const townOf = (rule: string) => delivery('town', `${rule}, level: stadt, files: [town.csv], area: { value: kleinstadt }, period: { value: 2022-12-31 }, columns: { sgb2: SGB II }`)

function recut (sgb2: readonly string[], town?: string) {
  return {
    ...smallProject,
    'atlas.yaml': smallProject['atlas.yaml'].replace('  - id: stadt\n', `${old}  - id: stadt\n`).replace('themes:', `${crosswalk}themes:`)
      .replace('indicators:', `${oldCounts}${town === undefined ? '' : townOf(town)}indicators:`),
    'old.csv': `Nr;Personen;SGB II\nA;1000;${sgb2[0]}\nB;2000;${sgb2[1]}\nC;500;${sgb2[2]}\n`,
    'town.csv': 'SGB II\n152\n',
    'weights.csv': 'alt;neu;Anteil\nA;1;1\nB;2;1\nC;3;1\n',
  }
}

async function build (folder: string, options: BuildOptions = {}) {
  const { project, problems } = await readProject(folder)
  t.strictSame(codes(problems), [])
  const { edition, problems: found } = await buildEdition(project!, { hasTiles: async () => true, ...options })
  const valuesOf = (indicator: string, level = 'sozialraum') => {
    const series = edition!.series.find(series => series.level === level && series.indicator === indicator)
    const row = series?.periods.indexOf('2022-12-31') ?? -1
    return row === -1 ? undefined : series!.values[row]
  }
  return { edition, found: codes(found), valuesOf }
}

t.test('what the publisher suppressed in old areas is no difference between the town and the estimates', async t => {
  const { valuesOf, found } = await build(t.testdir(recut(['100', '.', '50'], 'minimumCount: none, because: öffentlich')))
  t.strictSame(valuesOf('sgb2', 'stadt'), [152])
  t.equal(valuesOf('sgb2'), undefined, '152 - 100 - 50 = 2')
  t.equal(valuesOf('sgb2-share'), undefined)
  t.strictSame(valuesOf('people'), [1000, 2000, 500], 'other series go on')
  t.ok(found.includes('crosswalk-keys-secret'))
})

t.test('with nothing to subtract from, old areas that the publisher suppressed stay suppressed alone', async t => {
  const { valuesOf } = await build(t.testdir(recut(['100', '.', '50'])))
  t.strictSame(valuesOf('sgb2'), [100, null, 50])
})

t.test('old counts are not carried over beside figures of the same day that must be protected', async t => {
  const { valuesOf, found } = await build(t.testdir(recut(['100', '2', '50'], 'minimumCount: 3')))
  t.equal(valuesOf('sgb2'), undefined)
  t.ok(found.includes('crosswalk-keys-secret'))
})

t.test('what an earlier edition suppressed does not come back as the estimate of a level that lost its boundaries', async t => {
  const entry = { status: 'suppressed', hash: 'x', edition: 'e' } as const
  const told = 'alt/B/sgb2/2022-12-31'
  const ledger = { findLedgerCells: (id: string) => id === told ? [entry] : [], hashValue: () => 'x', listCellIds: () => [told], carried: new Set<string>() }
  const { valuesOf, found } = await build(t.testdir(recut(['100', '2', '50'])), { ledger })
  t.equal(valuesOf('sgb2'), undefined)
  t.strictSame(valuesOf('people'), [1000, 2000, 500])
  t.ok(found.includes('crosswalk-keys-secret'))
})

t.test('old counts are not carried over where an earlier edition printed true figures of the same day around a dot, though nobody delivers these any more', async t => {
  const entry = { status: 'suppressed', hash: 'x', edition: 'e' } as const
  const build2 = async (name: string, told: string) => await build(`${t.testdir({ [name]: recut(['100', '2', '50']) })}/${name}`, {
    ledger: { findLedgerCells: id => id === told ? [entry] : [], hashValue: () => 'x', listCellIds: () => [told], carried: new Set() },
  })
  const { valuesOf, found } = await build2('same-day', 'sozialraum/02/sgb2/2022-12-31')
  t.equal(valuesOf('sgb2'), undefined, 'the old sum less what was printed then')
  t.ok(found.includes('crosswalk-keys-secret'))
  t.strictSame((await build2('other-day', 'sozialraum/02/sgb2/2021-12-31')).valuesOf('sgb2'), [100, 2, 50])
})

t.test('an old sum is not carried over beside parts of the same day that must be protected', async t => {
  const files = recut(['100', '22', '90'])
  const atlas = files['atlas.yaml'].replace('columns: { people: Personen, sgb2: SGB II } }', 'columns: { all: SGB II } }')
    .replace('indicators:\n', `${delivery('parts', 'minimumCount: 3, level: sozialraum, files: [parts.csv], area: { column: Nr, pad: 2 }, period: { value: 2022-12-31 }, columns: { sgb2: SGB II, other: Andere }')}indicators:\n  - { id: all, theme: income, kind: count, label: Alle, definition: Alle., decimals: 0, parts: [sgb2, other] }\n  - { id: other, theme: income, kind: count, label: Andere, definition: Alle., decimals: 0 }\n`)
  const { valuesOf, found } = await build(t.testdir({ ...files, 'atlas.yaml': atlas, 'parts.csv': 'Nr;SGB II;Andere\n1;80;20\n2;2;20\n3;50;40\n' }))
  t.equal(valuesOf('all'), undefined, '22 - 20 = 2')
  t.strictSame(valuesOf('other'), [20, 20, 40])
  t.ok(found.includes('crosswalk-keys-secret'))
})

t.test('a numerator of old areas beside a whole of the new ones tells neither who is left over nor how small the whole is', async t => {
  const split = async (sgb2: number, people: number | '.') => {
    const files = recut([String(sgb2), '100', '50'])
    const atlas = files['atlas.yaml'].replace('columns: { people: Personen, sgb2: SGB II } }', 'columns: { sgb2: SGB II } }')
    const more = delivery('whole', "minimumCount: 3, level: sozialraum, files: [whole.csv], area: { column: Nr, pad: 2 }, legend: { '.': suppressed }, period: { value: 2022-12-31 }, columns: { people: Personen }")
    return await build(t.testdir({ ...files, 'atlas.yaml': atlas.replace('indicators:\n', `${more}indicators:\n`), 'whole.csv': `Nr;Personen\n1;${people}\n2;2000\n3;500\n` }))
  }
  const harmless = await split(100, 1000)
  t.strictSame(harmless.valuesOf('sgb2'), [100, 100, 50])
  t.strictSame(harmless.valuesOf('sgb2-share'), [10, 5, 10])
  for (const [sgb2, people] of [[999, 1000], [2, '.']] as const) {
    const { valuesOf, found, edition } = await split(sgb2, people)
    t.equal(valuesOf('sgb2'), undefined, `${sgb2} of ${people}`)
    t.equal(valuesOf('sgb2', 'stadt'), undefined)
    t.ok(found.includes('crosswalk-keys-rest'))
    t.notOk(edition!.remarks?.some(({ kind }) => kind === 'estimated'), 'nothing is estimated any more')
  }
})
