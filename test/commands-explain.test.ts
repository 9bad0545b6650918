import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { explainCell } from '../commands/explain.ts'
import type { Edition } from '../core/edition.ts'
import { formatProblem } from '../core/problem.ts'
import type { Vault } from '../pipeline/vault/vault.ts'
import { tinyEdition } from './tiny-edition.ts'

const estimated = { kind: 'estimated', indicator: 'sgb2-recipients', level: 'sozialraum', area: null, period: null, text: { de: 'Umgerechnet.' } } as const

/** The tiny atlas, its first area estimated. */
function estimatedEdition (remarks: NonNullable<Edition['remarks']>): Edition {
  const { series } = tinyEdition()
  return tinyEdition({ remarks, series: series.map(one => ({ ...one, flags: one.flags.map(row => row.map((_, area) => area === 0 ? 'estimated' as const : null)) })) })
}

/** A vault that decided about these figures of an edition; about none, where no figure of it is protected. */
function emptyVault (t: Test, { id }: Edition, decided: readonly object[] = []): Vault {
  const folder = t.testdir({})
  mkdirSync(path.join(folder, 'reports', id), { recursive: true })
  writeFileSync(path.join(folder, 'reports', id, 'cells.jsonl.gz'), gzipSync([{}, ...decided].map(one => `${JSON.stringify(one)}\n`).join('')))
  return { folder } as Vault
}

async function explain (t: Test, edition: Edition, cell: string): Promise<string> {
  return (await explainCell(edition, emptyVault(t, edition), cell)).map(({ code }) => code).join()
}

t.test('explain says of a figure on new boundaries that it is estimated, and why there is none', async t => {
  const edition = estimatedEdition([estimated])
  t.equal(await explain(t, edition, 'sozialraum/01/sgb2-recipients/2024-12-31'), 'explain-estimated')
  t.equal(await explain(t, edition, 'sozialraum/02/sgb2-recipients/2024-12-31'), 'explain-not-estimated')
  const [said] = await explainCell(edition, emptyVault(t, edition), 'sozialraum/01/sgb2-recipients/2024-12-31')
  t.match(formatProblem(said!, 'de'), /geschätzt: aus gezeigten Zahlen der alten Grenzen umgerechnet/)
  t.match(formatProblem(said!, 'en'), /estimated: converted from figures of the old boundaries/)
})

t.test('what is estimated for another reason is not said to come from old boundaries', async t => {
  const edition = estimatedEdition([{ ...estimated, kind: 'census' }])
  t.equal(await explain(t, edition, 'sozialraum/01/sgb2-recipients/2024-12-31'), 'explain-public')
  t.equal(await explain(t, edition, 'sozialraum/02/sgb2-recipients/2024-12-31'), 'explain-imported')
})

t.test('a period that was delivered is not said to be converted because another one is', async t => {
  const { series } = tinyEdition()
  const plain = series.find(({ level, indicator }) => level === 'sozialraum' && indicator === 'sgb2-recipients')!
  const edition = tinyEdition({ remarks: [estimated] })
  const cell = `sozialraum/02/sgb2-recipients/${plain.periods[0]!}`
  t.equal(await explain(t, edition, cell), 'explain-imported', 'its neighbours are printed and no estimates')
  const other = estimatedEdition([estimated])
  const decided = emptyVault(t, other, [{ id: `sozialraum/01/sgb2-recipients/${plain.periods[0]!}`, status: 'P', value: 1 }])
  t.match(await explainCell(other, decided, cell), [{ code: 'explain-imported' }], 'the build decided about its neighbour')
})
