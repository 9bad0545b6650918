import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import t from 'tap'
import type { Audience } from '../../core/edition.ts'
import { compileBlock } from '../../core/release.ts'
import { formatProblem } from '../../core/problem.ts'
import { readBlocks, writeBlocks } from '../../pipeline/vault/blocks-file.ts'
import { deleteUnusedDeliveries, deliveryFile, keepDeliveries, listDeliveries } from '../../pipeline/vault/deliveries.ts'
import { listDecisions, readEditionCells, writeEditionCells, type DecidedCell } from '../../pipeline/vault/edition-cells.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { ledgerView, openLedger, reconcile, recordPublication, recordRelease, recordWithdrawal, type Ledger, type LedgerOptions } from '../../pipeline/vault/ledger.ts'
import { withLock } from '../../pipeline/vault/lock.ts'
import { pruneVault } from '../../pipeline/vault/prune.ts'
import { getVaultFolder, listVaults, registerVault } from '../../pipeline/vault/registry.ts'
import { readReport, writeReport } from '../../pipeline/vault/reports.ts'
import { hasLedgerTrace, openVault, type Vault } from '../../pipeline/vault/vault.ts'
import { codes } from './problem-codes.ts'

const [first, second, third] = ['e111111111111', 'e222222222222', 'e333333333333'] as const
/** Two areas and their sum: 2 is below every minimum, 40 protects it. */
const hafen = 'sozialraum/02/sgb2/2024-12-31'
const altstadt = 'sozialraum/01/sgb2/2024-12-31'
const stadt = 'stadt/town/sgb2/2024-12-31'
const safeCells: DecidedCell[] = [
  { id: altstadt, value: 40, status: 'S', rule: 'complementary' },
  { id: hafen, value: 2, status: 'S', rule: 'minimum-count' },
  { id: stadt, value: 42, status: 'P' },
]

const parent = t.testdir({})
let count = 0

/** A vault of real data in a folder of its own. */
async function makeVault (): Promise<Vault> {
  return await openVault({ folder: path.join(parent, `vault-${count++}`), isSynthetic: false })
}

async function open (vault: Vault, options: Partial<LedgerOptions> = {}): Promise<Ledger> {
  return await openLedger({ vault, atlas: 'small', firstEdition: false, isRequired: true, publishedEditions: [], ...options })
}

/** Builds and publishes, as far as the vault has to do with it. */
async function publish (ledger: Ledger, edition: string, cells: readonly DecidedCell[], options: { audience?: Audience, basis?: readonly string[], carried?: readonly string[], act?: () => Promise<void>, state?: string } = {}): Promise<void> {
  const { audience = 'public', basis = ledgerView(ledger, audience).editions, carried, act = async () => {}, state } = options
  await writeEditionCells(ledger.vault, { atlas: 'small', edition, audience, policy: 'p1', basis, ...carried && { carried } }, cells)
  const { head, cells: stored } = await readEditionCells(ledger.vault, edition)
  await recordPublication(ledger, { ...head, cells: stored }, { publish: act, findState: async () => state })
}

const ledgerOf = ({ folder }: Vault) => path.join(folder, 'ledger.jsonl')
const linesOf = (vault: Vault) => readFileSync(ledgerOf(vault), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line) as Record<string, unknown>)

/** The code of the refusal, whose text must say everything in both languages. */
async function refusal (work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof VaultError) return codes([error.problem])[0]!
    throw error
  }
  return 'not refused'
}

t.test('a new vault has a secret of its own and a door that only its owner can open', async t => {
  const vault = await makeVault()
  t.equal(statSync(vault.folder).mode & 0o777, 0o700)
  t.equal(statSync(path.join(vault.folder, 'secret')).mode & 0o777, 0o600)
  t.match(readFileSync(path.join(vault.folder, 'secret'), 'utf8'), /^[0-9a-f]{64}\n$/)
  t.not((await makeVault()).secret, vault.secret)
  t.equal((await openVault({ folder: vault.folder, isSynthetic: false })).secret, vault.secret, 'and keeps it')
  t.notMatch(vault.secretId, vault.secret.slice(0, 12))
})

t.test('a vault that others can read is refused with the command that closes it, unless nothing in it is secret', async t => {
  const vault = await makeVault()
  chmodSync(vault.folder, 0o755)
  const error = await openVault({ folder: vault.folder, isSynthetic: false }).catch((error: unknown) => error) as VaultError
  t.equal(error.code, 'vault-too-open')
  t.match(formatProblem(error.problem, 'de'), new RegExp(`755.*\n.*chmod -R go= "${vault.folder}"`))
  t.ok(await openVault({ folder: vault.folder, isSynthetic: true }))
  chmodSync(vault.folder, 0o700)
  chmodSync(path.join(vault.folder, 'secret'), 0o640)
  t.equal(await refusal(openVault({ folder: vault.folder, isSynthetic: false })), 'vault-too-open')
})

t.test('a secret is neither replaced where it was lost, nor short, nor the one of the sample atlas', async t => {
  const vault = await makeVault()
  await open(vault, { firstEdition: true })
  const file = path.join(vault.folder, 'secret')
  rmSync(file)
  t.equal(await refusal(openVault({ folder: vault.folder, isSynthetic: true })), 'vault-secret-missing')
  writeFileSync(file, 'geheim\n', { mode: 0o600 })
  t.equal(await refusal(openVault({ folder: vault.folder, isSynthetic: false })), 'vault-secret-unusable')
  writeFileSync(file, readFileSync('fixtures/musterstadt/vault/secret'), { mode: 0o600 })
  t.equal(await refusal(openVault({ folder: vault.folder, isSynthetic: false })), 'vault-secret-public')
  t.ok(await openVault({ folder: vault.folder, isSynthetic: true }), 'which is good enough for made-up figures')
})

t.test('a ledger begins only where nothing can have been lost', async t => {
  const nowhere = path.join(parent, 'nowhere')
  const checked = await open(await openVault({ folder: nowhere, isSynthetic: false, isReadOnly: true }), { isRequired: false, isReadOnly: true })
  t.strictSame([checked.problems, ledgerView(checked, 'public').editions], [[], []])
  t.notOk(existsSync(nowhere), 'a check writes nothing')
  const vault = await makeVault()
  t.equal(await refusal(open(vault)), 'vault-ledger-missing')
  t.notOk(await hasLedgerTrace(vault.folder))
  t.strictSame(codes((await open(vault, { isRequired: false })).problems), ['vault-ledger-started'])
  t.ok(await hasLedgerTrace(vault.folder))
  t.equal(statSync(ledgerOf(vault)).mode & 0o777, 0o600)
  t.strictSame(codes((await open(vault, { firstEdition: true })).problems), ['vault-ledger-exists'], 'the flag does no harm to an old one')
  rmSync(ledgerOf(vault))
  t.equal(await refusal(open(vault, { firstEdition: true })), 'vault-ledger-lost', 'and does not hide a loss')
})

t.test('what an edition decided is known to the next build, without the value of what was suppressed', async t => {
  const vault = await makeVault()
  const ledger = await open(vault, { firstEdition: true })
  await publish(ledger, first, safeCells)
  const view = ledgerView(await open(vault), 'public')
  t.strictSame(view.editions, [first])
  t.strictSame(view.findLedgerCells(stadt), [{ status: 'printed', value: 42, hash: view.hashValue(stadt, 42), edition: first }])
  t.strictSame(view.findLedgerCells(hafen), [{ status: 'suppressed', hash: view.hashValue(hafen, 2), edition: first }])
  t.strictSame(view.findLedgerCells('sozialraum/09/sgb2/2024-12-31'), [])
  t.strictSame([...view.listCellIds()], [altstadt, hafen, stadt])
  t.not(view.hashValue(hafen, 2), view.hashValue(altstadt, 2), 'equal counts do not look equal')
  for (const line of linesOf(vault).filter(({ line }) => line === 'cell')) t.equal('value' in line, line['status'] === 'P', String(line['id']))
  t.notMatch(readFileSync(ledgerOf(vault), 'utf8'), vault.secret)
})

t.test('what an edition estimates from old areas without boundaries is known to later builds, also once it was withdrawn', async t => {
  const vault = await makeVault()
  const ledger = await open(vault, { firstEdition: true })
  await publish(ledger, first, safeCells, { carried: ['sgb2|2019-12-31'] })
  await publish(ledger, second, safeCells, { audience: 'internal', carried: ['people|2019-12-31'] })
  await recordWithdrawal(ledger, first, 'Grenzen')
  const seen = async (audience: Audience) => [...ledgerView(await open(vault), audience).listCarried()]
  t.strictSame(await seen('public'), ['sgb2|2019-12-31'])
  t.strictSame(await seen('internal'), ['sgb2|2019-12-31', 'people|2019-12-31'])
})

t.test('an edition adds lines only for cells that are new or decided otherwise', async t => {
  const vault = await makeVault()
  const ledger = await open(vault, { firstEdition: true })
  await publish(ledger, first, safeCells)
  const revised = safeCells.map(cell => cell.id === stadt ? { ...cell, value: 43 } : cell.id === hafen ? { ...cell, value: 3 } : cell)
  await publish(ledger, second, [...revised, { id: 'stadt/town/people/2024-12-31', value: 0, status: 'Z' }])
  t.strictSame(linesOf(vault).filter(({ edition, line }) => edition === second && line === 'cell').map(({ id, status, value }) => [id, status, value]), [
    [hafen, 'S', undefined], [stadt, 'P', 43], ['stadt/town/people/2024-12-31', 'Z', undefined],
  ], 'a revision is noticed under a suppression too')
  const view = ledgerView(ledger, 'public')
  t.strictSame(view.findLedgerCells(stadt).map(({ value, edition }) => [value, edition]), [[42, first], [43, second]], 'both vintages were seen')
  t.strictSame(view.findLedgerCells('stadt/town/people/2024-12-31').map(({ status, value }) => [status, value]), [['printed', 0]])
  t.strictSame(view.findLedgerCells(altstadt).map(({ edition }) => edition), [first])
})

t.test('internal readers know what is public, and the public does not learn what is internal', async t => {
  const vault = await makeVault()
  const ledger = await open(vault, { firstEdition: true })
  await publish(ledger, first, safeCells)
  await publish(ledger, second, safeCells.map(cell => cell.id === altstadt ? { ...cell, status: 'P' as const } : cell), { audience: 'internal' })
  const [open_, inside] = [ledgerView(ledger, 'public'), ledgerView(ledger, 'internal')]
  t.strictSame(open_.findLedgerCells(altstadt).map(({ status }) => status), ['suppressed'])
  t.strictSame(inside.findLedgerCells(altstadt).map(({ status, value }) => [status, value]), [['printed', 40]])
  t.strictSame(inside.findLedgerCells(stadt).map(({ edition }) => edition), [first, second])
  t.strictSame([open_.editions, inside.editions], [[first], [first, second]])
})

t.test('what was withdrawn stays known, and what was released no longer stays suppressed', async t => {
  const vault = await makeVault()
  const ledger = await open(vault, { firstEdition: true })
  await publish(ledger, first, safeCells)
  await recordWithdrawal(ledger, first, 'Zahlendreher – „42“ statt „24“')
  t.strictSame(ledgerView(await open(vault), 'public').findLedgerCells(stadt).map(({ value }) => value), [42])
  await recordRelease(ledger, { cells: [altstadt, stadt], audience: 'public', by: 'Datenschutz', reason: 'die Lieferung darf jetzt ganz gezeigt werden' })
  const view = ledgerView(await open(vault), 'public')
  t.strictSame(view.findLedgerCells(altstadt), [])
  t.equal(view.findLedgerCells(hafen).length, 1, 'only the cell that was named')
  t.equal(view.findLedgerCells(stadt).length, 1, 'what was printed cannot be taken back')
  await publish(ledger, second, safeCells)
  t.strictSame(ledgerView(ledger, 'public').findLedgerCells(altstadt).map(({ status, edition }) => [status, edition]), [['suppressed', second]], 'until it is suppressed again')
})

t.test('a ledger that was cut, changed or mixed up is refused, each with its own words', async t => {
  const vault = await makeVault()
  const ledger = await open(vault, { firstEdition: true })
  await publish(ledger, first, safeCells)
  const [file, head] = [ledgerOf(vault), path.join(vault.folder, 'ledger.head')]
  const [good, goodHead] = [readFileSync(file, 'utf8'), readFileSync(head, 'utf8')]
  const refused = async (change: () => void) => {
    change()
    const code = await refusal(open(vault))
    writeFileSync(file, good)
    writeFileSync(head, goodHead)
    return code
  }
  const rewrite = (change: (text: string) => string) => () => writeFileSync(file, change(good))
  const lines = good.trimEnd().split('\n')

  t.equal(await refused(rewrite(() => `${lines.slice(0, -1).join('\n')}\n`)), 'vault-ledger-truncated', 'a line at the end')
  t.equal(await refused(() => truncateSync(file, good.length - 5)), 'vault-ledger-truncated', 'half a line')
  t.equal(await refused(() => truncateSync(file, 0)), 'vault-ledger-truncated')
  t.equal(await refused(rewrite(text => text.replace('"value":42', '"value":41'))), 'vault-ledger-edited')
  t.equal(await refused(rewrite(() => `${lines.toSpliced(2, 1).join('\n')}\n`)), 'vault-ledger-edited', 'a line in the middle')
  t.equal(await refused(rewrite(text => text.replace('"status"', '"status'))), 'vault-ledger-edited', 'what is no JSON')
  t.equal(await refused(rewrite(text => text.replace('"version":1', '"version":2'))), 'vault-ledger-version')
  t.equal(await refused(() => rmSync(head)), 'vault-ledger-head-missing')
  t.equal(await refused(() => writeFileSync(head, goodHead.replace(/[0-9a-f]{12}/, '0'.repeat(12)))), 'vault-ledger-edited')
  t.equal(await refusal(open(vault, { atlas: 'large' })), 'vault-ledger-other-atlas')
  t.equal(await refusal(open({ ...await makeVault(), folder: vault.folder })), 'vault-ledger-other-secret')
  t.equal(await refusal(open(vault, { publishedEditions: [first, second] })), 'vault-ledger-behind', 'an old copy beside a newer database')
  t.ok(await open(vault, { publishedEditions: [first] }))
})

t.test('without the secret nobody can continue the chain', async t => {
  const [vault, other] = [await makeVault(), await makeVault()]
  await open(vault, { firstEdition: true })
  await publish(await open(other, { firstEdition: true }), first, safeCells)
  const forged = linesOf(other)[1]
  appendFileSync(ledgerOf(vault), `${JSON.stringify(forged)}\n`)
  t.equal(await refusal(open(vault)), 'vault-ledger-edited')
})

t.test('a power cut while lines are written leaves the ledger as it was', async t => {
  const vault = await makeVault()
  const ledger = await open(vault, { firstEdition: true })
  await publish(ledger, first, safeCells)
  const good = readFileSync(ledgerOf(vault))
  appendFileSync(ledgerOf(vault), '{"line":"intended","edi')
  await publish(await open(vault), second, [{ id: stadt, value: 50, status: 'P' }])
  t.ok(readFileSync(ledgerOf(vault)).subarray(0, good.length).equals(good))
  t.strictSame(ledgerView(await open(vault), 'public').editions, [first, second])
})

t.test('a publication that was cut off counts until the store says that it never was', async t => {
  const powerCut = async () => { throw new Error('power cut') }
  for (const [state, outcome, editions] of [
    ['current', 'vault-completed', [first, second]],
    ['draft', 'vault-abandoned', [first]],
    [undefined, 'vault-presumed', [first, second]],
  ] as const) {
    const vault = await makeVault()
    const ledger = await open(vault, { firstEdition: true })
    await publish(ledger, first, safeCells)
    await t.rejects(publish(ledger, second, [{ id: stadt, value: 50, status: 'P' }], { act: powerCut }), { message: 'power cut' })
    const reopened = await open(vault)
    t.strictSame(ledgerView(reopened, 'public').editions, [first, second], 'somebody may have seen it')
    await t.rejects(reconcile(reopened, async () => { throw new Error('database away') }), { message: 'database away' })
    t.strictSame(codes(await reconcile(reopened, async () => state)), [outcome])
    t.strictSame(await reconcile(reopened, async () => state), [], 'and is asked only once')
    t.strictSame(ledgerView(await open(vault), 'public').editions, editions)
    t.equal(ledgerView(reopened, 'public').findLedgerCells(stadt).length, editions.length)
  }
})

t.test('a failed publication is abandoned at once where the store is sure, and can be repeated', async t => {
  const vault = await makeVault()
  const ledger = await open(vault, { firstEdition: true })
  await t.rejects(publish(ledger, first, safeCells, { act: async () => { throw new Error('disk full') }, state: 'draft' }), { message: 'disk full' })
  t.strictSame(ledgerView(ledger, 'public').editions, [])
  t.strictSame(ledgerView(ledger, 'public').findLedgerCells(stadt), [])
  await publish(ledger, first, safeCells)
  t.strictSame(ledgerView(await open(vault), 'public').findLedgerCells(stadt).map(({ value }) => value), [42])
  const lines = linesOf(vault).length
  let acts = 0
  await publish(ledger, first, safeCells, { act: async () => { acts++ } })
  t.equal(acts, 1, 'publishing the same edition again')
  t.equal(linesOf(vault).length, lines, 'says nothing new')
})

t.test('an edition that was cleared before another one appeared is not published', async t => {
  const vault = await makeVault()
  const [mine, yours] = [await open(vault, { firstEdition: true }), await open(vault)]
  const basis = ledgerView(mine, 'public').editions
  await publish(yours, first, safeCells)
  let isPublished = false
  t.equal(await refusal(publish(mine, second, safeCells, { basis, act: async () => { isPublished = true } })), 'vault-ledger-moved')
  t.notOk(isPublished)
  await publish(mine, third, safeCells, { audience: 'internal', basis: [first, 'e999999999999'] })
  await publish(mine, second, safeCells, { basis: [first] })
  t.strictSame(ledgerView(mine, 'public').editions, [first, second], 'the public clearance does not depend on what is internal')
})

t.test('two publications at the same time wait for each other, and a killed one is not waited for', async t => {
  const vault = await makeVault()
  const ledgers = [await open(vault, { firstEdition: true }), await open(vault), await open(vault)]
  const basis = [first, second, third]
  const cell = (value: number): DecidedCell[] => [{ id: stadt, value, status: 'P' }]
  let running = 0
  const act = async () => {
    t.equal(++running, 1)
    await new Promise(resolve => setTimeout(resolve, 30))
    running--
  }
  await Promise.all(ledgers.map((ledger, index) => publish(ledger, basis[index]!, cell(index), { basis, act })))
  t.strictSame(ledgerView(await open(vault), 'public').editions.toSorted(), basis)
  t.strictSame(readdirSync(vault.folder).filter(name => name.includes('lock') || name.includes('candidate')), [])

  const lockModule = path.resolve('pipeline/vault/lock.ts')
  const script = `import { withLock } from ${JSON.stringify(lockModule)}
    await withLock(process.argv[1], () => { console.log('held'); return new Promise(resolve => setTimeout(resolve, 60_000)) })`
  const holder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, vault.folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  t.equal(await refusal(withLock(vault.folder, async () => {}, 0.3)), 'vault-locked')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  t.equal(await withLock(vault.folder, async () => 'mine', 0.3), 'mine')
})

t.test('the report of a build says which rule decided, and never the count behind a suppression', async t => {
  const vault = await makeVault()
  await writeEditionCells(vault, { atlas: 'small', edition: first, audience: 'public', policy: 'p1', basis: [] }, [...safeCells, { id: 'stadt/town/index/2024-12-31', value: null, status: 'Q' }])
  const decisions = []
  for await (const decision of listDecisions(vault, first)) decisions.push(decision)
  t.strictSame(decisions, [
    { id: altstadt, status: 'S', rule: 'complementary' },
    { id: hafen, status: 'S', rule: 'minimum-count' },
    { id: stadt, status: 'P', value: 42 },
    { id: 'stadt/town/index/2024-12-31', status: 'Q' },
  ])
  const file = path.join(vault.folder, 'reports', first, 'cells.jsonl.gz')
  t.equal(statSync(file).mode & 0o777, 0o600)
  t.notMatch(gunzipSync(readFileSync(file)).toString('utf8'), /"value":(2|40)\b/)
  t.equal(await refusal(readEditionCells(vault, second)), 'vault-report-missing')
  t.equal(await refusal(readEditionCells({ ...vault, secretId: '0'.repeat(12) }, first)), 'vault-cells-other-secret')
  await t.rejects(writeEditionCells(vault, { atlas: 'small', edition: second, audience: 'public', policy: 'p1', basis: [] }, [{ id: stadt, value: null, status: 'P' }]), { message: /has no value/ })
  t.notOk(readdirSync(path.join(vault.folder, 'reports', second)).length, 'half a report is none')
})

t.test('reports are kept by edition, under names that lead nowhere else', async t => {
  const vault = await makeVault()
  await writeReport(vault, first, 'geheimhaltung.json', '{}')
  await writeReport(vault, first, 'geheimhaltung.json', '{"exact":0}')
  t.equal((await readReport(vault, first, 'geheimhaltung.json')).toString('utf8'), '{"exact":0}')
  await t.rejects(writeReport(vault, first, '../secret', ''), { message: /not a report's name/ })
  await t.rejects(writeReport(vault, '..', 'secret', ''), { message: /not an edition id/ })
  t.equal(await refusal(readReport(vault, second, 'geheimhaltung.json')), 'vault-report-missing')
})

t.test('blocks and the proofs of their safety come back as they were', async t => {
  const block = compileBlock({
    id: 'sgb2 2024-12-31',
    cells: [
      { id: stadt, value: 42, upper: 42, state: 1 },
      { id: altstadt, value: 40, weight: 1.5 },
      { id: hafen, value: 2, rule: 'minimum-count', required: [1, 3] },
    ],
    equations: [{ cells: [0, 1, 2], coefficients: [1, -1, -1] }],
  })
  const pattern = {
    printed: Uint8Array.of(1, 0, 0),
    certificates: [{ cells: Int32Array.of(1, 2), shifts: Int32Array.of(-1, 1) }],
    proofs: Int32Array.of(-1, -1, -1, -1, -1, 0),
    unprotected: new Int32Array(0),
  }
  const bytes = await writeBlocks([{ block, pattern }, { block: { ...block, id: 'a second one' }, pattern }])
  const [back, other] = [...readBlocks(bytes)]
  t.strictSame(back, { block, pattern })
  t.equal(back!.block.upper[1], Infinity)
  t.equal(other!.block.id, 'a second one')
  t.throws(() => [...readBlocks(Buffer.from(''))])
})

t.test('each delivered file is kept once, and forgotten with the last build that was made of it', async t => {
  const vault = await makeVault()
  const project = t.testdir({ 'people.csv': 'Nr;Personen\n1;2\n', 'copy.csv': 'Nr;Personen\n1;2\n', 'other.csv': 'Nr\n' })
  const files = (...names: string[]) => names.map(name => ({ name, path: path.join(project, name) }))
  const [kept] = await keepDeliveries(vault, first, files('people.csv', 'copy.csv'))
  t.equal(readdirSync(path.join(vault.folder, 'deliveries')).length, 1)
  t.equal(gunzipSync(readFileSync(deliveryFile(vault, kept!.sha256))).toString('utf8'), 'Nr;Personen\n1;2\n')
  t.equal(statSync(deliveryFile(vault, kept!.sha256)).mode & 0o777, 0o600)
  await keepDeliveries(vault, second, files('people.csv', 'other.csv'))
  t.strictSame((await listDeliveries(vault, second)).map(({ name }) => name), ['people.csv', 'other.csv'])

  const ledger = await open(vault, { firstEdition: true })
  await publish(ledger, first, safeCells)
  await deleteUnusedDeliveries(vault)
  t.strictSame(await pruneVault(ledger, [second]), [], 'a draft that is stored is needed')
  t.strictSame(await pruneVault(ledger, []), [second])
  t.equal(readdirSync(path.join(vault.folder, 'deliveries')).length, 2, 'what is younger than a day may belong to a build that runs')
  t.strictSame(readdirSync(path.join(vault.folder, 'reports')), [first], 'what was published stays')
})

t.test('the data folder knows where each vault lies', async t => {
  const dataDir = path.join(t.testdir({}), 'data')
  t.equal((await listVaults(dataDir)).size, 0)
  await registerVault(dataDir, 'small', '/srv/small/vault')
  await registerVault(dataDir, 'large', '/srv/large/vault')
  await registerVault(dataDir, 'small', '/srv/moved/vault')
  t.strictSame([...await listVaults(dataDir)], [['large', '/srv/large/vault'], ['small', '/srv/moved/vault']])
  t.equal(await getVaultFolder(dataDir, 'large'), '/srv/large/vault')
  t.equal(await refusal(getVaultFolder(dataDir, 'tiny')), 'vault-unknown')
  writeFileSync(path.join(dataDir, 'vaults.json'), '{"small":"vault"}')
  t.equal(await refusal(listVaults(dataDir)), 'vault-registry-damaged', 'a relative folder depends on where one stands')
})
