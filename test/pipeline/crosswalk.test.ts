import fc from 'fast-check'
import t from 'tap'
import { missing, observed, suppressed, type Cell } from '../../core/cell.ts'
import { carryCells, type Weights } from '../../pipeline/crosswalk/carry.ts'
import { normaliseWeights } from '../../pipeline/crosswalk/weights.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { formatProblem } from '../../core/problem.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

const areas = (...ids: string[]) => ids.map(id => ({ id, name: id, parentId: null }))
const sum = (cells: readonly Cell[]) => cells.reduce((all, cell) => all + (cell.status === 'observed' ? cell.value : 0), 0)

t.test('carryCells', async t => {
  const halves: Weights = [[{ to: 0, weight: 0.5 }, { to: 1, weight: 0.5 }], [{ to: 1, weight: 1 }]]

  t.test('gives every person to one new area, by largest remainder, and says that this is an estimate', async t => {
    t.strictSame(carryCells([observed(7), observed(3)], halves, 2), [observed(4, 'estimated'), observed(6, 'estimated')])
  })

  t.test('a suppressed area suppresses all it gave a part to; a missing one leaves them missing', async t => {
    t.strictSame(carryCells([suppressed, observed(3)], halves, 2), [suppressed, suppressed])
    t.strictSame(carryCells([missing('unknown'), observed(3)], halves, 2), [missing('unknown'), missing('unknown')])
    t.strictSame(carryCells([observed(7), suppressed], halves, 2), [observed(4, 'estimated'), suppressed])
  })

  t.test('a new area that nobody gave a part to has no figure', async t => {
    t.strictSame(carryCells([observed(7), observed(3)], halves, 3)[2], missing('not-delivered'))
  })

  t.test('hectares are given out by weight', async t => {
    t.strictSame(carryCells([observed(1.5), observed(0.2)], halves, 2), [observed(0.75, 'estimated'), observed(0.95, 'estimated')])
  })

  t.test('keeps every sum, stays whole and never goes below zero, for any weights', async () => {
    const town = fc.array(fc.record({ count: fc.nat(4000), weights: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }) }), { minLength: 1, maxLength: 12 })
    fc.assert(fc.property(town, olds => {
      const weights = olds.map(({ weights }) => {
        const whole = weights.reduce((all, weight) => all + weight, 0)
        return whole === 0 ? [{ to: 0, weight: 1 }] : weights.flatMap((weight, to) => weight === 0 ? [] : [{ to, weight: weight / whole }])
      })
      const carried = carryCells(olds.map(({ count }) => observed(count)), weights, 3)
      return sum(carried) === olds.reduce((all, { count }) => all + count, 0) &&
        carried.every(cell => cell.status === 'missing' || (cell.status === 'observed' && Number.isInteger(cell.value) && cell.value >= 0))
    }))
  })

  t.test('boundaries that stayed as they were change no count', async () => {
    fc.assert(fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 30 }), counts => {
      const same = carryCells(counts.map(count => observed(count)), counts.map((_, to) => [{ to, weight: 1 }]), counts.length)
      return same.every((cell, i) => cell.status === 'observed' && cell.value === counts[i])
    }))
  })
})

t.test('normaliseWeights', async t => {
  const [from, to] = [{ id: 'old', areas: areas('a', 'b') }, { id: 'new', areas: areas('x', 'y') }]
  const normalise = (...rows: Array<[string, string, number]>) => normaliseWeights(rows.map(([from, to, weight]) => ({ from, to, weight })), from, to, { file: 'w.csv' })

  t.test('brings rounded weights to the sum of 1 and says how far they were off', async t => {
    const { weights, problems } = normalise(['a', 'x', 0.6], ['a', 'y', 0.395], ['b', 'y', 1])
    t.strictSame(codes(problems), ['crosswalk-evened-out'])
    t.match(problems[0]!.facts, { key: 'a', sum: { de: '0,9950', en: '0.9950' }, count: 1 })
    t.equal(weights![0]!.reduce((all, { weight }) => all + weight, 0), 1)
  })

  t.test('refuses weights that lose somebody, count somebody twice, or name strangers', async t => {
    t.strictSame(codes(normalise(['a', 'x', 0.6], ['b', 'y', 1]).problems), ['crosswalk-weight-sums'])
    t.strictSame(codes(normalise(['a', 'x', 1], ['a', 'y', 1], ['b', 'y', 1]).problems), ['crosswalk-weight-sums'])
    t.strictSame(codes(normalise(['a', 'x', 1]).problems), ['crosswalk-no-weights'])
    t.strictSame(codes(normalise(['a', 'x', 1], ['c', 'y', 1], ['b', 'z', 1]).problems), ['crosswalk-unknown-areas', 'crosswalk-unknown-areas'])
  })
})

/** The three areas of the small project were two until 2022: half of area 2 belonged to the old area 1. */
const old = `  - id: sozialraum-2022
    label: Sozialraum (bis 2022)
    labelPlural: Sozialräume (bis 2022)
    system: sozialraum-alt
    validFrom: 2010-01-01
    validTo: 2022-12-31
    boundaries: { keys: { file: old.csv, key: { column: Nr } } }
`
const crosswalk = `crosswalks:
  - { from: sozialraum-2022, to: sozialraum, table: { file: weights.csv, from: { column: alt }, to: { column: neu, pad: 2 }, weight: Anteil }, note: Am 1. Januar 2023 wurde neu zugeschnitten. }
`
const oldDelivery = `  - { id: old, title: Alt, publisher: Kleinstadt, licence: { name: CC0, url: 'https://example.org' }, attribution: Kleinstadt, minimumCount: none, because: öffentlich, legalBasis: Satzung, mayBePassedOn: true, level: sozialraum-2022, files: [old.csv], area: { column: Nr }, period: { column: Jahr, template: '{}-12-31' }, columns: { people: Personen, sgb2: SGB II } }
`
const recut = {
  ...smallProject,
  'atlas.yaml': smallProject['atlas.yaml'].replace('  - id: stadt\n', `${old}  - id: stadt\n`).replace('themes:', `${crosswalk}themes:`).replace('indicators:', `${oldDelivery}indicators:`),
  'old.csv': 'Nr;Jahr;Personen;SGB II\nA;2022;1001;101\nB;2022;2500;250\n',
  'weights.csv': 'alt;neu;Anteil\nA;1;0,5\nA;2;0,5\nB;2;0,6\nB;3;0,4\n',
}

t.test('a series reaches back over a re-cut: counts keep their sum, shares are computed from them, and all is marked as estimated', async t => {
  const { project, problems } = await readProject(t.testdir(recut))
  t.strictSame(codes(problems), [])
  const { edition, problems: found } = await buildEdition(project!, { hasTiles: async () => true })
  t.ok(edition, JSON.stringify(found))
  const rowOf = (level: string, indicator: string) => {
    const series = edition!.series.find(series => series.level === level && series.indicator === indicator)!
    const row = series.periods.indexOf('2022-12-31')
    return { values: series.values[row], flags: series.flags[row] }
  }
  t.strictSame(rowOf('sozialraum', 'people'), { values: [501, 2000, 1000], flags: ['estimated', 'estimated', 'estimated'] })
  t.strictSame(rowOf('stadt', 'people'), { values: [3501], flags: [null] }, 'what is exact is not called an estimate')
  t.match(rowOf('sozialraum', 'sgb2-share').values, [51 / 501 * 100, 10, 10].map(value => Number(value.toFixed(3))))
  t.strictSame(edition!.levels.map(({ id }) => id), ['sozialraum', 'stadt'], 'nobody sees the old areas')
  t.match(edition!.remarks, [{ kind: 'estimated', indicator: 'people', level: 'sozialraum', text: { de: /veröffentlichten Gewichten.*neu zugeschnitten/ } }, {}, { indicator: 'sgb2-share' }])
})

t.test('old areas without boundaries are refused where their figures must be protected', async t => {
  const { problems } = await readProject(t.testdir({ ...recut, 'atlas.yaml': recut['atlas.yaml'].replace('minimumCount: none, because: öffentlich', 'minimumCount: 3') }))
  t.strictSame(codes(problems), ['crosswalk-keys-protected'])
})

t.test('what estimates add up to is an estimate, unless it is the whole town', async t => {
  const funding = `  - id: foerdergebiet
    label: Fördergebiet
    labelPlural: Fördergebiete
    validFrom: 2023-01-01
    boundaries: { of: sozialraum, areas: [{ id: west, name: West, parts: ['01', '02'] }] }
`
  const yaml = recut['atlas.yaml'].replace('  - id: stadt\n', `${funding}  - id: stadt\n`)
  const { project, problems } = await readProject(t.testdir({ ...recut, 'atlas.yaml': yaml }))
  t.strictSame(codes(problems), [])
  const { edition } = await buildEdition(project!, { hasTiles: async () => true })
  const people = edition!.series.find(({ level, indicator }) => level === 'foerdergebiet' && indicator === 'people')!
  const row = people.periods.indexOf('2022-12-31')
  t.strictSame([people.values[row], people.flags[row]], [[2501], ['estimated']])
  t.ok(edition!.remarks?.some(({ kind, level, indicator }) => kind === 'estimated' && level === 'foerdergebiet' && indicator === 'people'))
  t.notOk(edition!.remarks?.some(({ level }) => level === 'stadt'))
})

t.test('two crosswalks that give the same series are refused: nobody could tell which of them holds', async t => {
  const twice = recut['atlas.yaml'].replace('themes:', `${crosswalk.replace('crosswalks:\n', '')}themes:`)
  const { project, problems } = await readProject(t.testdir({ ...recut, 'atlas.yaml': twice }))
  t.strictSame(codes(problems), [])
  const { edition, problems: found } = await buildEdition(project!, { hasTiles: async () => true })
  t.equal(edition, undefined)
  const [refusal] = found.filter(({ severity }) => severity === 'error')
  t.match(formatProblem(refusal!, 'de'), /von „sozialraum-2022“ auf „sozialraum“ .*"people", "sgb2" \(31\.12\.2022\)/)
})

t.test('true figures that are delivered later and hold a secret are refused where readers know estimates of them from old areas without boundaries', async t => {
  const { project } = await readProject(t.testdir({ before: recut }).concat('/before'))
  const { carried } = await buildEdition(project!, { hasTiles: async () => true })
  t.strictSame(carried, ['people|2022-12-31', 'sgb2|2022-12-31'])

  // The old level is gone from the project, or goes by another name; what readers saw stays.
  const truth = (sgb2: string) => ({ ...smallProject, 'people.csv': `Nr;Jahr;Personen;SGB II\n1;2022;1000;${sgb2}\n2;2022;2000;200\n3;2022;500;50\n` })
  const build = async (name: string, files: Readonly<Record<string, string>>, known: readonly string[]) => {
    const { project } = await readProject(`${t.testdir({ [name]: files })}/${name}`)
    return await buildEdition(project!, { hasTiles: async () => true, ledger: { findLedgerCells: () => [], hashValue: () => '', listCellIds: () => [], carried: new Set(known) } })
  }
  const refused = await build('secret', truth('2'), carried!)
  t.match(codes(refused.problems.filter(({ severity }) => severity === 'error')), ['crosswalk-carried-before'])
  t.equal(refused.edition, undefined)
  t.ok((await build('other-day', truth('2'), ['sgb2|2021-12-31'])).edition, 'another day')
  t.ok((await build('open', truth('100'), carried!)).edition, 'nothing is secret')

  const sum = '  - { id: all, theme: income, kind: count, label: Alle, definition: Alle., decimals: 0, parts: [sgb2, other] }\n  - { id: other, theme: income, kind: count, label: Andere, definition: Alle., decimals: 0 }\n'
  const ofSum = await build('sum', { ...truth('2'), 'atlas.yaml': smallProject['atlas.yaml'].replace('indicators:\n', `indicators:\n${sum}`) }, ['all|2022-12-31'])
  const [refusal] = ofSum.problems.filter(({ severity }) => severity === 'error')
  t.match(formatProblem(refusal!, 'de'), /von „sgb2“ \(31\.12\.2022\) wird jetzt etwas gesperrt, .* Schätzwerte von "all"/, 'what it is a part of')
})

t.test('only what was really carried over is noted as shown', async t => {
  const both = { ...recut, 'people.csv': `${smallProject['people.csv']}1;2022;1000;100\n2;2022;2000;200\n3;2022;501;51\n` }
  const { project } = await readProject(t.testdir(both))
  const { carried } = await buildEdition(project!, { hasTiles: async () => true })
  t.notOk(carried?.some(key => key.endsWith('|2022-12-31')), 'this day the new areas have true figures')
})

t.test('an estimate is no decision: an edition that really has these figures finds nothing about them in the ledger', async t => {
  const { project } = await readProject(t.testdir(recut))
  const { protection } = await buildEdition(project!, { hasTiles: async () => true })
  t.ok(protection!.decisions.length > 0)
  t.strictSame(protection!.decisions.filter(({ id }) => id.includes('2022-12-31')), [])
})
