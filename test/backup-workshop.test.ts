import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import t, { type Test } from 'tap'
import { backup } from '../commands/archive/backup.ts'
import { findVaultFolder } from '../commands/archive/find-vault.ts'
import { restore } from '../commands/archive/restore.ts'
import { VaultError } from '../pipeline/vault/error.ts'
import { openVault } from '../pipeline/vault/vault.ts'
import { createAccount, findCredentials, listAccounts, setCodeSecret } from '../sql/accounts.ts'
import { approve, listApprovals, readApprovedAudiences, setApprovedAudiences } from '../sql/approvals.ts'
import { listLog, writeLog } from '../sql/audit-log.ts'
import type { Database } from '../sql/connection.ts'
import { listDumpedTables } from '../sql/dump.ts'
import { openDatabase } from '../sql/open.ts'
import { openStore } from '../sql/store.ts'
import { openKey } from '../workshop/accounts/key.ts'
import { startPostgres, whyNoPostgres } from './postgres.ts'
import { codes } from './pipeline/problem-codes.ts'

const parent = mkdtempSync(path.join(os.tmpdir(), 'atlas-backup-workshop-'))
const opened: Array<{ close (): Promise<void> }> = []
t.after(async () => {
  for (const connection of opened) await connection.close()
  rmSync(parent, { recursive: true, force: true })
})
const umlauts = `${'Müllabfuhr und Straßenreinigung '.repeat(6).trim()}.xlsx`

interface Machine { readonly dataDir: string, readonly projectsDir: string, readonly url?: string }

async function openBoth ({ dataDir, url }: Machine) {
  const options = { dataDir, role: 'owner' as const, log: () => {}, ...url !== undefined && { databaseUrl: url } }
  const store = await openStore(options)
  await store.migrate()
  const database = await openDatabase(options)
  opened.push(store, database)
  return { store, database }
}

/** Two people, what they decided, and a project with a vault, an upload and one that was put away. */
async function fill ({ dataDir, projectsDir }: Machine, database: Database): Promise<void> {
  const key = await openKey(dataDir)
  const anna = await createAccount(database, { name: 'Anna „A“ Ärger', email: 'anna@stadt.example', isOperator: true, memberships: [{ atlas: 'tiny', role: 'admin' }], password: 'scrypt$1' })
  await createAccount(database, { name: 'Ben', email: 'ben@stadt.example', isOperator: false, memberships: [{ atlas: 'tiny', role: 'approver' }], password: 'scrypt$2' })
  await setCodeSecret(database, anna!, key.encrypt(Buffer.from('zwanzig Bytes sind es')))
  await setApprovedAudiences(database, 'tiny', ['public'])
  await approve(database, { edition: 'e0123456789ab', atlas: 'tiny', account: anna!, name: 'Anna' })
  await writeLog(database, { account: anna!, name: 'Anna', atlas: 'tiny', action: 'built', details: { note: 'Zeile\nzwei', count: 2 } })
  await writeLog(database, { name: 'Anna', atlas: 'tiny', action: 'approved', toEdition: 'e0123456789ab' })
  await database.query("insert into atlas.sessions (token_hash, account_key, method) select '\\x01', account_key, 'password' from atlas.accounts limit 1")
  await openVault({ folder: path.join(projectsDir, 'tiny', 'vault'), isSynthetic: false })
  for (const [name, text] of Object.entries({ 'tiny/atlas.yaml': 'atlas: tiny\n', 'tiny/inbox/a.csv': '1;2', [`tiny/tables/${umlauts}`]: 'x', 'tiny/texts/leer.md': '', '.archive/alt-20250101T000000Z/vault/secret': 's' })) {
    mkdirSync(path.dirname(path.join(projectsDir, name)), { recursive: true })
    writeFileSync(path.join(projectsDir, name), text)
  }
}

async function picture (database: Database): Promise<unknown> {
  return {
    people: await listAccounts(database, 'tiny'),
    credentials: await findCredentials(database, 'anna@stadt.example'),
    log: (await listLog(database, { atlas: 'tiny', limit: 9 })).map(({ entry: _, ...entry }) => entry),
    approvals: await listApprovals(database, 'tiny'),
    audiences: await readApprovedAudiences(database, 'tiny'),
  }
}

async function refusal (work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof VaultError) return error.code
    throw error
  }
  return 'not refused'
}

async function carryOver (t: Test, from: Machine, to: Machine, file: string): Promise<void> {
  const here = await openBoth(from)
  await fill(from, here.database)
  const before = await picture(here.database)
  const vaults = new Map([['tiny', path.join(from.projectsDir, 'tiny', 'vault')]])
  const problems = await backup(here.store, vaults, file, { ...from, database: here.database })
  t.strictSame(codes(problems), ['backup-written', 'backup-with-people'])
  t.equal(statSync(file).mode & 0o777, 0o600)
  await here.database.close()
  await here.store.close()

  const there = await openBoth(to)
  const places = { ...there, ...to, file, vaultFolderOf: () => path.join(to.dataDir, 'vaults', 'tiny') }
  mkdirSync(path.join(to.projectsDir, 'fremd'), { recursive: true })
  t.equal(await refusal(restore(places)), 'backup-projects-not-empty')
  rmSync(to.projectsDir, { recursive: true })
  const { vaultFolders } = await restore(places)
  t.strictSame([...vaultFolders], [['tiny', path.join(to.projectsDir, 'tiny', 'vault')]], 'where a build finds it')
  t.strictSame(await picture(there.database), before)
  for (const name of ['tiny/atlas.yaml', 'tiny/inbox/a.csv', `tiny/tables/${umlauts}`, 'tiny/texts/leer.md', 'tiny/vault/secret', '.archive/alt-20250101T000000Z/vault/secret']) {
    t.strictSame(readFileSync(path.join(to.projectsDir, name)), readFileSync(path.join(from.projectsDir, name)), name)
    t.equal(statSync(path.join(to.projectsDir, name)).mode & 0o077, 0, `${name} is of its owner alone`)
  }
  t.strictSame(await there.database.query('select from atlas.sessions'), [], 'everybody signs in again')
  const { codeSecret } = (await findCredentials(there.database, 'anna@stadt.example'))!
  t.equal(Buffer.from((await openKey(to.dataDir)).decrypt(codeSecret!)).toString(), 'zwanzig Bytes sind es', 'with the codes of before')
  t.ok(await createAccount(there.database, { name: 'Cem', email: 'cem@stadt.example', isOperator: false, memberships: [{ atlas: 'tiny', role: 'reader' }], password: 'scrypt$3' }), 'and the next one gets a number of their own')
  await t.rejects(there.database.query("update atlas.audit_log set name = 'x'"), 'the log is append-only again')
  rmSync(to.projectsDir, { recursive: true })
  t.equal(await refusal(restore(places)), 'backup-people-not-empty')
  t.notOk(existsSync(to.projectsDir), 'nothing is left behind')
  await there.database.close()
  await there.store.close()
}

const machine = (name: string, url?: string): Machine => ({ dataDir: path.join(parent, name, 'data'), projectsDir: path.join(parent, name, 'projekte'), ...url !== undefined && { url } })

t.test('people, roles, approvals, log and projects come back, embedded', async t => {
  await carryOver(t, machine('eins'), machine('zwei'), path.join(parent, 'eins.tar.gz'))
})

t.test('people, roles, approvals, log and projects come back, PostgreSQL', { skip: whyNoPostgres() }, async t => {
  const postgres = await startPostgres()
  t.teardown(() => postgres.stop())
  await postgres.sql('postgres', readFileSync(path.join(import.meta.dirname, '../sql/roles.sql'), 'utf8'))
  for (const name of ['eins', 'zwei']) await postgres.sql('postgres', `create database ${name} owner atlas_owner`)
  await postgres.sql('postgres', 'create role verwaltung login in role atlas_owner')
  await postgres.sql('postgres', 'create role bau login in role atlas_pipeline')
  const here = machine('drei', postgres.url('eins', 'verwaltung'))
  await carryOver(t, here, machine('vier', postgres.url('zwei', 'verwaltung')), path.join(parent, 'drei.tar.gz'))

  const built = await openDatabase({ dataDir: here.dataDir, role: 'pipeline', databaseUrl: postgres.url('eins', 'bau'), log: () => {} })
  t.teardown(() => built.close())
  const places = { ...machine('fuenf'), file: path.join(parent, 'drei.tar.gz'), vaultFolderOf: () => path.join(parent, 'fuenf', 'vault'), database: built }
  const store = await openStore({ dataDir: here.dataDir, role: 'pipeline', databaseUrl: postgres.url('eins', 'bau'), log: () => {} })
  t.teardown(() => store.close())
  t.equal(await refusal(restore({ ...places, store })), 'backup-people-refused', 'a login that builds cannot let people in')
  const problems = await backup(store, new Map(), path.join(parent, 'ohne.tar.gz'), { ...here, database: undefined })
  t.strictSame(codes(problems), ['backup-written', 'backup-without-people'], 'and is told that people are missing')
})

t.test('a table of the Werkstatt belongs to a backup unless it is named as left out', async t => {
  const { database, store } = await openBoth(machine('sechs'))
  const tables = await listDumpedTables(database)
  t.ok(['accounts', 'memberships', 'audit_log', 'workshop_settings', 'approvals'].every(name => tables.includes(name)))
  t.ok(tables.indexOf('accounts') < tables.indexOf('memberships'), 'whom others refer to comes first')
  t.notOk(['sessions', 'invitations', 'jobs', 'cells', 'editions', 'pointers'].some(name => tables.includes(name)))
  await database.close()
  await store.close()
})

t.test('the vault of an atlas that was put away is found with it', async t => {
  const { dataDir, projectsDir } = machine('sieben')
  const at = path.join(projectsDir, '.archive', 'tiny-20250102T030405Z', 'vault')
  mkdirSync(at, { recursive: true })
  mkdirSync(path.join(projectsDir, '.archive', 'tiny-gross-20250102T030405Z', 'vault'), { recursive: true })
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(path.join(dataDir, 'vaults.json'), JSON.stringify({ tiny: path.join(projectsDir, 'tiny', 'vault') }))
  t.equal(await findVaultFolder({ vaultDir: null, dataDir, projectsDir }, 'tiny'), at)
})
