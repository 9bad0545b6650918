import { auditBlock } from '../audit/cells.ts'
import { cellState, type Block } from '../core/release.ts'
import { problem, type Problem } from '../core/problem.ts'
import { unclearedFinding } from '../core/text/commands.ts'
import { readBlocks } from '../pipeline/vault/blocks-file.ts'
import { findDeletionOf } from '../pipeline/vault/deletions.ts'
import { listDecisions } from '../pipeline/vault/edition-cells.ts'
import { readReport } from '../pipeline/vault/reports.ts'
import type { Vault } from '../pipeline/vault/vault.ts'

/**
 * The audit of cells once more, on exactly what was seen in finished bytes.
 *
 * @param seen ids of the cells whose values were read
 */
export async function attackCells (vault: Vault, edition: string, seen: ReadonlySet<string>): Promise<Problem[]> {
  const problems: Problem[] = []
  const deletion = await findDeletionOf(vault.folder, edition)
  const notes = deletion ? [problem('vault-edition-forgotten', {}, { delivery: deletion.delivery, day: deletion.at.slice(0, 10), edition })] : []
  let [cells, blocks] = [0, 0]
  for (const { block, pattern } of readBlocks(await readReport(vault, edition, 'blocks.json.gz'))) {
    const { exact, narrow, insiders, badCertificates, protectedCells } = await auditBlock(block, { ...pattern, printed: printedIn(block, seen) })
    cells += protectedCells
    blocks++
    for (const { cell, arithmetic } of [...exact, ...narrow, ...insiders]) problems.push(problem('audit-cell-finding', {}, { cell, arithmetic }))
    if (badCertificates > 0) problems.push(problem('audit-bad-certificates', {}, { block: block.id, count: badCertificates }))
  }
  return [...notes, ...problems.length > 0 ? problems : [problem('audit-cells-clean', {}, { cells, blocks })]]
}

function printedIn ({ cells, states }: Block, seen: ReadonlySet<string>): Uint8Array {
  return Uint8Array.from(cells, (id, cell) => states[cell] === cellState.known || seen.has(id) ? 1 : 0)
}

/** What was seen although the build decided not to print it: whoever stands between build and bytes must not add a figure. */
export async function findUncleared (vault: Vault, edition: string, seen: ReadonlySet<string>): Promise<Problem[]> {
  const problems: Problem[] = []
  for await (const { id, status } of listDecisions(vault, edition)) {
    if (status === 'P' || status === 'Z' || !seen.has(id)) continue
    problems.push(problem('audit-bytes-finding', {}, { finding: unclearedFinding(id) }))
  }
  return problems
}
