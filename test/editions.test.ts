import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { findSeries, type Edition } from '../core/edition.ts'
import { hasErrors } from '../core/problem.ts'
import { buildEdition } from '../pipeline/build.ts'
import { readProject } from '../pipeline/project-file/project.ts'
import { VaultError } from '../pipeline/vault/error.ts'
import { ledgerView, openLedger, recordRelease, recordWithdrawal, type Ledger } from '../pipeline/vault/ledger.ts'
import { codes } from './pipeline/problem-codes.ts'
import { overlay, printedCells, shownIn, TownSeries, writeTown, type Told, type TownPlan } from './town-series.ts'

/*
 * What several editions of one town say together. Whoever kept them all and lays them over each
 * other (`overlay`) must not learn more than from the last one.
 */

const parent = t.testdir({})
let count = 0

/** Progress is for people who wait. */
t.capture(console, 'error')

function newSeries (secret?: string): TownSeries {
  return new TownSeries(path.join(parent, `series-${count++}`), secret)
}

/** Two of them decide otherwise between partners that cost the same. */
const secrets = ['0', '1', '2', '3', '4', '5', '6', '7'].map(digit => digit.repeat(40))
/** B is small; A and C are as good as each other to protect it. */
const town: TownPlan = { levels: { quarter: 'ABC' }, counts: { 2024: [20, 3, 20] }, minimumCount: 4 }

/** A first edition that suppresses A to protect B, or one that suppresses C. */
async function firstWith (partner: 'A' | 'C', plan: TownPlan = town): Promise<{ series: TownSeries, first: Told[], secret: string }> {
  for (const secret of secrets) {
    const series = newSeries(secret)
    const first = await series.build(plan)
    if (shownIn(first[0]!).includes(`${partner}.`)) {
      await publishAll(series, first)
      return { series, first, secret }
    }
  }
  throw new Error('no secret makes that choice')
}

async function publishAll (series: TownSeries, told: readonly Told[]): Promise<void> {
  for (const one of told) await series.publish(one)
}

async function openLedgerOf (series: TownSeries): Promise<Ledger> {
  return await openLedger({ vault: await series.openVault(), atlas: 'series', firstEdition: false, isRequired: true, publishedEditions: [] })
}

const ledgerText = (series: TownSeries) => readFileSync(path.join(series.vaultFolder, 'ledger.jsonl'), 'utf8')

async function refusal (work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof VaultError) return codes([error.problem])[0]!
    throw error
  }
  return 'not refused'
}

t.test('two editions that decide anew give away together what each protects; with the ledger the second decides nothing', async t => {
  const [one, other] = [await firstWith('A'), await firstWith('C')]
  t.strictSame([await overlay(one.first), await overlay(other.first)], [[], []], 'each is safe alone')
  const [finding] = await overlay([...one.first, ...other.first])
  t.match(finding, { lower: 3, upper: 3 }, 'but not together')

  const project = await readProject(writeTown(path.join(one.series.folder, 'project'), town))
  const view = ledgerView(await openLedgerOf(one.series), 'public')
  const { edition } = await buildEdition(project.project!, { secret: other.secret, ledger: { ...view, carried: view.listCarried() }, hasTiles: async () => true })
  t.equal(shownIn({ edition: edition!, plan: town, problems: [] }), 'A. B. C20', 'not even with another secret')
  t.same(await overlay([...one.first, { edition: edition!, plan: town, problems: [] }]), [])
})

t.test('an area system that is added later for years that are out decides about its own figures only', async t => {
  const { series, first } = await firstWith('A')
  // B and C together: with C printed, that is B.
  const added = { ...town, levels: { quarter: 'ABC', district: 'RSS' } }
  const [alone] = await newSeries().tell({ ...added, without: ['quarter'] })
  t.equal(shownIn(alone!, 'district'), 'R20 S23')
  t.match(await overlay([...first, alone!]), [{ lower: 3, upper: 3 }], 'who forgets the first edition gives B away')

  const second = await series.tell(added)
  t.equal(shownIn(second[0]!), 'A. B. C20', 'the quarters stay as they were')
  t.equal(shownIn(second[0]!, 'district'), 'R. S.', 'neither of the districts, for their sum is known')
  t.same(await overlay([...first, ...second]), [])

  const third = await series.tell({ ...added, levels: { ...added.levels, zone: 'RST' } })
  t.equal(shownIn(third[0]!, 'zone'), 'R. S. T20', 'a twin of a figure that is out may be printed, one of a suppressed figure not')
  t.same(await overlay([...first, ...second, ...third]), [])
})

t.test('many areas, several systems one after the other: nothing leaks, and most of the new figures can be printed', async t => {
  const series = newSeries(secrets[1])
  const levels = { quarter: 'ABCDEFGHIJ' }
  const counts = { 2023: [41, 20, 3, 30, 17, 2, 25, 33, 12, 8], 2024: [38, 22, 9, 28, 1, 4, 27, 30, 14, 0] }
  const plans: TownPlan[] = [
    { levels, counts, minimumCount: 5 },
    { levels: { ...levels, district: 'RRRSSSTTTT' }, counts, minimumCount: 5 },
    { levels: { ...levels, district: 'RRRSSSTTTT', school: 'UUVVVWWWXX' }, counts, minimumCount: 5 },
  ]
  const told: Told[] = []
  for (const plan of plans) {
    told.push(...await series.tell(plan))
    t.same(await overlay(told), [])
  }
  for (const year of ['2023', '2024']) {
    t.equal(shownIn(told[2]!, 'quarter', year), shownIn(told[0]!, 'quarter', year))
    t.equal(shownIn(told[2]!, 'district', year), shownIn(told[1]!, 'district', year))
  }
  t.match(['2023', '2024'].map(year => shownIn(told[2]!, 'school', year)).join(' '), /[U-X]\d+/)
})

t.test('a new year decides about its own figures only', async t => {
  const { series, first } = await firstWith('C')
  const before = ledgerText(series).length
  const [second] = await series.tell({ ...town, counts: { ...town.counts, 2025: [20, 20, 2] } })
  t.equal(shownIn(second!), shownIn(first[0]!))
  t.match(shownIn(second!, 'quarter', '2025'), /C\./)
  const rowOf = (edition: Edition, level: string) => {
    const { periods, statuses, values } = findSeries(edition, level, 'sgb2')!
    const row = periods.indexOf('2024-12-31')
    return JSON.stringify([statuses[row], values[row]])
  }
  for (const level of ['quarter', 'town']) t.equal(rowOf(second!.edition, level), rowOf(first[0]!.edition, level))
  const added = ledgerText(series).slice(before).trimEnd().split('\n').map(line => JSON.parse(line) as { line: string, id: string })
  t.strictSame(added.filter(({ line }) => line === 'cell').map(({ id }) => id).toSorted(), ['quarter/A', 'quarter/B', 'quarter/C', 'town/town'].map(area => `${area}/sgb2/2025-12-31`))
})

t.test('revised figures: the earlier edition is attacked too', async t => {
  const { series, first } = await firstWith('C')
  const [second] = await series.tell({ ...town, counts: { 2024: [22, 3, 20] } })
  t.equal(shownIn(second!), 'A22 B. C.', 'a printed figure was corrected')
  const [third] = await series.tell({ ...town, counts: { 2024: [22, 3, 25] } })
  t.match(shownIn(third!), /B\./, 'a suppressed figure that was not small was corrected')
  t.same(await overlay([...first, second!, third!]), [])

  const back = await series.tell(town)
  t.match(shownIn(back[0]!), 'A20 B. C.', 'and everything as it was at first')
  t.same(await overlay([...first, second!, third!, ...back]), [])
})

t.test('a small figure that was corrected to a large one was small when it was suppressed', async t => {
  const { series, first } = await firstWith('C')
  const second = await series.tell({ ...town, counts: { 2024: [20, 10, 20] } })
  t.match(shownIn(first[0]!), 'A20 B. C.')
  t.same(await overlay([...first, ...second]), [], 'B was 43 + 10 - 50')
})

t.test('of figures that were revised more than once every edition counts', async t => {
  const series = newSeries(secrets[0])
  const told: Told[] = []
  // The second and the third differ in A alone, and both print the town.
  const plan = (values: number[]) => ({ levels: { quarter: 'ABCD' }, counts: { 2024: values }, minimumCount: 4 })
  for (const values of [[20, 3, 5, 30], [20, 3, 1, 2]]) told.push(...await series.tell(plan(values)))
  await t.rejects(series.tell(plan([1, 3, 1, 2])), { message: /audit-union.*x = 7 \+ 20 - 26/ })
  t.same(await overlay(told), [], 'and what was published gives nothing away')
})

t.test('what was rounded and is suppressed now was read as a rounded figure', async t => {
  const series = newSeries()
  await series.tell({ ...town, method: 'round5' })
  await t.rejects(series.tell(town), { message: /audit-union/ }, 'a printed 5 is 3 at least')
})

t.test('a level that the project has no more is not forgotten', async t => {
  const { series, first } = await firstWith('A')
  await t.rejects(series.tell({ ...town, levels: { quarter: 'ABC', district: 'RSS' }, without: ['quarter'] }), { message: /audit-forgotten/ }, 'C20 is out, and S23 would be B and C')
  t.equal(shownIn(first[0]!), 'A. B. C20')
})

t.test('a higher minimum count cannot call back what is out, and says so; a lower one frees nothing by itself', async t => {
  const plan: TownPlan = { levels: { quarter: 'ABCD' }, counts: { 2024: [36, 4, 21, 33] }, minimumCount: 4 }
  const raised = newSeries(secrets[0])
  const [low] = await raised.tell(plan)
  t.equal(shownIn(low!), 'A36 B4 C21 D33')
  const [high] = await raised.tell({ ...plan, minimumCount: 5, counts: { ...plan.counts, 2025: [36, 4, 21, 33] } })
  t.equal(shownIn(high!), 'A36 B. C21 D33', 'known is known; no other figure is given up for it')
  t.ok(high!.problems.some(({ code }) => code === 'structure-exposed'))
  t.match(shownIn(high!, 'quarter', '2025'), / B\. .*\./, 'the new year is protected as it should be')
  t.same(await overlay([{ ...high!, plan: { ...plan, counts: { 2025: plan.counts['2024']! } } }], { minimumCount: 5 }), [])

  const lowered = newSeries(secrets[0])
  const [strict] = await lowered.tell({ ...plan, minimumCount: 5 })
  const [loose] = await lowered.tell({ ...plan, minimumCount: 4, counts: { ...plan.counts, 2025: [36, 4, 21, 33] } })
  t.match(shownIn(strict!), / B\. .*\./)
  t.equal(shownIn(loose!), shownIn(strict!))
  t.equal(shownIn(loose!, 'quarter', '2025'), 'A36 B4 C21 D33')
  t.same(await overlay([strict!, loose!], { minimumCount: 5 }), [], 'what was promised then still holds')
})

t.test('a released figure is printed only if all editions together allow it', async t => {
  const cellOf = (area: string) => `quarter/${area}/sgb2/2024-12-31`
  const release = async (series: TownSeries, ...areas: string[]) =>
    recordRelease(await openLedgerOf(series), { cells: areas.map(cellOf), audience: 'public', by: 'Leitung', reason: 'Prüfung' })

  const { series, first } = await firstWith('C')
  await release(series, 'C')
  const [again] = await series.tell(town)
  t.equal(shownIn(again!), 'A20 B. C.', 'B still needs it')
  await release(series, 'B', 'C')
  const [still] = await series.tell(town)
  t.equal(shownIn(still!), 'A20 B. C.', 'and B is still small')
  t.same(await overlay([...first, again!, still!]), [])
  const [free] = await series.tell({ ...town, minimumCount: 3 })
  t.equal(shownIn(free!), 'A20 B3 C20', 'until its rule is another')
})

t.test('what was withdrawn counts as known', async t => {
  const { series, first } = await firstWith('A')
  const { id } = first[0]!.edition
  await series.store.withdraw(id)
  await recordWithdrawal(await openLedgerOf(series), id, 'Fehler')
  t.ok(ledgerView(await openLedgerOf(series), 'public').editions.includes(id))
  const second = await series.tell({ ...town, levels: { quarter: 'ABC', district: 'RSS' } })
  t.equal(shownIn(second[0]!), 'A. B. C20')
  t.equal(shownIn(second[0]!, 'district'), 'R. S.')
  t.same(await overlay([...first, ...second]), [])
})

t.test('the public edition is the same whether or not there is an internal one, and whoever reads both learns no more', async t => {
  const plan: TownPlan = { levels: { quarter: 'ABCDEF' }, counts: { 2024: [41, 5, 20, 3, 17, 30] }, minimumCount: 6 }
  const both = { ...plan, internalMinimum: 4 }
  const [house, street] = [newSeries(secrets[2]), newSeries(secrets[2])]
  const inside: Told[] = []
  const steps: Array<(from: TownPlan) => TownPlan> = [
    from => from,
    from => ({ ...from, counts: { ...from.counts, 2025: [2, 40, 5, 19, 4, 31] } }),
    from => ({ ...from, counts: { ...from.counts, 2025: [2, 40, 5, 19, 4, 31] }, levels: { ...from.levels, district: 'RRSTTT' } }),
  ]
  for (const step of steps) {
    const [outside] = await street.tell(step(plan))
    const told = await house.tell(step(both))
    inside.push(...told)
    t.strictSame(told.map(({ edition }) => edition.audience), ['public', 'internal'])
    t.equal(JSON.stringify(told[0]!.edition.series), JSON.stringify(outside!.edition.series), 'nothing public hangs on what is internal')
    const [out, within] = told.map(({ edition }) => printedCells(edition))
    t.strictSame([...out!.keys()].filter(cell => !within!.has(cell)), [], 'all that is public is internal too')
  }
  t.ok(printedCells(inside.at(-1)!.edition).size > printedCells(inside.at(-2)!.edition).size, 'inside the house more can be read')
  t.same(await overlay(inside.filter(({ edition }) => edition.audience === 'public')), [])
  t.same(await overlay(inside, { audience: 'internal' }), [])
})

t.test('drafts do not touch the ledger, and one that was built before another edition appeared is not published', async t => {
  const { series } = await firstWith('A')
  const before = ledgerText(series)
  const [draft] = await series.build({ ...town, counts: { ...town.counts, 2025: [20, 3, 20] } })
  const [other] = await series.build({ ...town, levels: { quarter: 'ABC', district: 'RSS' } })
  t.equal(ledgerText(series), before)
  await series.publish(other!)
  const known = ledgerText(series)
  t.equal(await refusal(series.publish(draft!)), 'vault-ledger-moved')
  t.equal(series.store.currentOf('public'), other!.edition.id)
  t.equal(ledgerText(series), known)

  const [rebuilt] = await series.build({ ...town, counts: { ...town.counts, 2025: [20, 3, 20] } })
  t.notOk(hasErrors(await series.publish(rebuilt!)))
  t.equal(series.store.currentOf('public'), rebuilt!.edition.id)
})

t.test('a report that was found wanting is not published, nor an edition whose report is gone', async t => {
  const series = newSeries(secrets[0])
  const [draft] = await series.build(town)
  const file = path.join(series.vaultFolder, 'reports', draft!.edition.id, 'geheimhaltung.json')
  const report = readFileSync(file, 'utf8')
  writeFileSync(file, report.replace('"exact": 0', '"exact": 1'))
  t.strictSame(codes(await series.publish(draft!)).at(-1), 'audit-not-clean')
  t.equal(series.store.currentOf('public'), undefined)
})

/** Another process; the store of this one knows nothing of it. */
function startElsewhere (script: string): ReturnType<typeof spawn> {
  const here = JSON.stringify(path.join(import.meta.dirname, 'town-series.ts'))
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `import { TownSeries } from ${here}\n${script}`],
    { cwd: path.join(import.meta.dirname, '..'), stdio: ['ignore', 'pipe', 'inherit'] })
}

async function firstLine (child: ReturnType<typeof spawn>): Promise<string> {
  let text = ''
  for await (const part of child.stdout!) {
    text += String(part)
    if (text.includes('\n')) break
  }
  return text.trim()
}

t.test('the same files, secret and ledger make the same edition in another process', async t => {
  const [mine] = await newSeries(secrets[3]).build(town)
  const child = startElsewhere(`
    const [told] = await new TownSeries(${JSON.stringify(path.join(parent, 'elsewhere'))}, ${JSON.stringify(secrets[3])}).build(${JSON.stringify(town)})
    console.log(told.edition.id)`)
  t.equal(await firstLine(child), mine!.edition.id)
})

t.test('a publication that is killed after the ledger has its cells is settled by the next command', async t => {
  for (const wasPublished of [false, true]) {
    const series = newSeries(secrets[4])
    const [draft] = await series.build(town)
    const child = startElsewhere(`
      const series = new TownSeries(${JSON.stringify(series.folder)})
      const [told] = await series.build(${JSON.stringify(town)})
      setInterval(() => {}, 1000)
      await series.publish(told, {
        publish: () => { console.log(told.edition.id); return new Promise(() => {}) },
        listEditions: () => series.store.listEditions(),
      })`)
    t.equal(await firstLine(child), draft!.edition.id)
    child.kill('SIGKILL')
    await once(child, 'close')
    t.match(ledgerText(series), /"line":"intended"/)
    t.notMatch(ledgerText(series), /"line":"published"/)

    if (wasPublished) await series.store.publish(draft!.edition.id)
    t.match(codes(await series.publish(draft!)), [wasPublished ? 'vault-completed' : 'vault-abandoned'])
    t.equal(series.store.currentOf('public'), draft!.edition.id)
    t.match(ledgerView(await openLedgerOf(series), 'public').findLedgerCells('quarter/B/sgb2/2024-12-31'), [{ status: 'suppressed' }])
  }
})

t.test('a store that fails leaves the old edition current and the ledger as if nothing had been', async t => {
  const { series, first } = await firstWith('A')
  const [next] = await series.build({ ...town, levels: { quarter: 'ABC', district: 'RSS' } })
  await t.rejects(series.publish(next!, { publish: async () => { throw new Error('no space') }, listEditions: () => series.store.listEditions() }), /no space/)
  t.equal(series.store.currentOf('public'), first[0]!.edition.id)
  t.strictSame(ledgerView(await openLedgerOf(series), 'public').editions, [first[0]!.edition.id])
  await series.publish(next!)
  t.equal(series.store.currentOf('public'), next!.edition.id)
})
