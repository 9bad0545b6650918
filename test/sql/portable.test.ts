import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { ESLint } from 'eslint'
import t from 'tap'

const root = path.join(import.meta.dirname, '../..')
const eslint = new ESLint({ cwd: root })

/** The lines of a module on which the lint rules for SQL find fault. */
async function lintLines (file: string, lines: readonly string[]): Promise<number[]> {
  const [result] = await eslint.lintText(`${lines.join('\n')}\n`, { filePath: path.join(root, file) })
  return result!.messages.filter(({ ruleId }) => ruleId === 'no-restricted-syntax').map(({ line }) => line - 1)
}

/** Those of the statements that lint refuses in a module of `sql/`. */
async function listRefused (statements: readonly string[]): Promise<string[]> {
  const lines = await lintLines('sql/publish.ts', statements.map((sql, index) => `export const sql${index} = ${JSON.stringify(sql)}`))
  return lines.map(line => statements[line]!)
}

t.test('SQL that only a session of its own could run is refused by lint', async t => {
  const refused = [
    'copy atlas.cells from stdin', 'set search_path = atlas', 'select 1; SET statement_timeout = 5', 'create temp table x (y int)',
    'create temporary table x (y int)', 'select pg_advisory_lock(1)', 'select pg_try_advisory_lock(1)', 'listen editions', 'prepare x as select 1',
  ]
  const allowed = ['update x\n set y = 1', 'set local role atlas_owner', 'select pg_advisory_xact_lock(1)', 'select copy from x']
  t.strictSame(await listRefused([...refused, ...allowed]), refused)
})

t.test('every SQL file of the project is portable', async t => {
  const files = readdirSync(path.join(root, 'sql'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.sql'))
  t.ok(files.length >= 3)
  t.strictSame(await listRefused(files.map(file => readFileSync(path.join(root, 'sql', file), 'utf8'))), [])
})

t.test('only sql/connection.ts may import pg, and nobody names a statement', async t => {
  const importLine = "import pg from 'pg'"
  t.strictSame(await lintLines('server/app.ts', [importLine]), [0])
  t.strictSame(await lintLines('sql/connection.ts', [importLine, "await client.query({ name: 'x', text: 'select 1' })", 'await client.query(`listen editions`)']), [1, 2])
})
