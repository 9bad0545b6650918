import { existsSync } from 'node:fs'
import { countBadCertificates } from '../audit/certificates.ts'
import type { BlockVerdict } from '../audit/verdict.ts'
import type { Audience } from '../core/edition.ts'
import type { LedgerView } from '../core/ledger.ts'
import { attainableRanges, cellState, type Block, type SparseRows } from '../core/release.ts'
import { reportName } from '../pipeline/publish.ts'
import type { ProtectionReport } from '../pipeline/report/protection-report.ts'
import { readBlocks, type ProtectedBlock } from '../pipeline/vault/blocks-file.ts'
import { readReport, reportFile } from '../pipeline/vault/reports.ts'
import type { Vault } from '../pipeline/vault/vault.ts'
import type { ClearedBlock } from './clear-blocks.ts'

/** Finds the clearance of a block that an earlier edition published as it is now. */
export type FindSettled = (block: Block) => ClearedBlock | undefined

/**
 * Blocks of earlier years do not change when a new year comes: all their cells are decided, and the
 * intruder attacked them when they were published. Their proofs are checked again, which is quick;
 * nothing else of them costs anything.
 */
export async function loadSettledBlocks (vault: Vault, { editions, audience }: LedgerView): Promise<FindSettled> {
  const last = await findLastReported(vault, editions, audience)
  if (last === undefined) return () => undefined
  const before = new Map<string, ProtectedBlock>()
  for (const one of readBlocks(await readReport(vault, last, 'blocks.json.gz'))) before.set(one.block.id, one)
  return block => {
    const found = before.get(block.id)
    return found && isSettled(block, found) ? reuse(block, found) : undefined
  }
}

async function findLastReported (vault: Vault, editions: readonly string[], audience: Audience): Promise<string | undefined> {
  for (const edition of editions.toReversed()) {
    if (!existsSync(reportFile(vault, edition, 'blocks.json.gz')) || !existsSync(reportFile(vault, edition, reportName))) continue
    const report = JSON.parse((await readReport(vault, edition, reportName)).toString('utf8')) as ProtectionReport
    if (report.audience === audience) return edition
  }
}

/** The same cells under the same equations and rules; known now is exactly what was printed then, and nothing is left to decide. */
function isSettled (block: Block, { block: before, pattern }: ProtectedBlock): boolean {
  return block.cells.length === before.cells.length &&
    block.cells.every((id, cell) => id === before.cells[cell]) &&
    block.states.every((state, cell) => state === (pattern.printed[cell] === 1 ? cellState.known : before.states[cell] === cellState.rounded ? cellState.rounded : cellState.closed)) &&
    arraysOf(block).every((array, index) => isEqual(array, arraysOf(before)[index]!))
}

function arraysOf ({ values, lower, upper, rules, requiredLower, requiredUpper, equations }: Block): ReadonlyArray<ArrayLike<number>> {
  const rowsOf = ({ starts, columns, coefficients }: SparseRows) => [starts, columns, coefficients]
  return [values, lower, upper, rules, requiredLower, requiredUpper, ...rowsOf(equations)]
}

function isEqual (a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

/** Only if every proof still holds, in whole numbers. */
function reuse (block: Block, { pattern }: ProtectedBlock): ClearedBlock | undefined {
  if (countBadCertificates(block, pattern) > 0) return undefined
  // Said again with every edition, but not explained again.
  const { lower, upper, exposed } = attainableRanges(block)
  const verdict: BlockVerdict = {
    protectedCells: block.rules.filter(rule => rule !== 0).length,
    exact: [],
    narrow: [],
    exposed: exposed.map(cell => ({ cell: block.cells[cell]!, lower: lower[cell]!, upper: upper[cell]!, required: [lower[cell]!, upper[cell]!], arithmetic: '', uses: [] })),
    insiders: [],
    badCertificates: 0,
    lps: 0,
    integerChecks: 0,
  }
  return { pattern, verdict }
}
