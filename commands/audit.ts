import { readdir, stat } from 'node:fs/promises'
import { auditArtefacts, printedCells, type ArtefactVerdict } from '../audit/artefacts/audit.ts'
import { auditBlock } from '../audit/cells.ts'
import { cellState, type Block } from '../core/release.ts'
import { problem, type Problem } from '../core/problem.ts'
import { readBlocks } from '../pipeline/vault/blocks-file.ts'
import { readReport } from '../pipeline/vault/reports.ts'
import type { Vault } from '../pipeline/vault/vault.ts'
import { auditEdition, folderArtefacts } from './artefacts.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { getEdition, loadAllTiles, toBytesVerdict } from './publish.ts'
import { report } from './report.ts'
import { openVaultOf } from './vault.ts'

/**
 * `atlas audit`: reads every byte that an edition says to anybody, from a server without a port or
 * from a folder of files, and attacks its protected cells with nothing but what it read there.
 */
export async function audit (call: Call): Promise<number> {
  const given = requireArgument(call, 0, 'EDITION')
  const isFolder = await stat(given).then(found => found.isDirectory(), () => false)
  return withStore(call, 'pipeline', async store => {
    const id = isFolder ? await findEditionOf(given) : given
    if (id === undefined) return report([problem('audit-unknown-folder', {}, { folder: given })], call.language) ? 1 : 0
    const edition = await getEdition(store, id)
    const verdict = isFolder
      ? await auditArtefacts(edition, folderArtefacts(given), { isComplete: false })
      : await auditEdition(edition, await loadAllTiles(store, edition), { scope: 'all', publicUrl: call.config.publicUrl })
    const problems = [...toBytesVerdict(verdict).problems, ...await attackCells(await openVaultOf(call, edition), verdict)]
    return report(problems, call.language) ? 1 : 0
  })
}

/** The audit of cells once more, on exactly what was seen. */
async function attackCells (vault: Vault, verdict: ArtefactVerdict): Promise<Problem[]> {
  const seen = printedCells(verdict)
  const problems: Problem[] = []
  let [cells, blocks] = [0, 0]
  for (const { block, pattern } of readBlocks(await readReport(vault, verdict.edition, 'blocks.json.gz'))) {
    const { exact, narrow, insiders, badCertificates, protectedCells } = await auditBlock(block, { ...pattern, printed: printedIn(block, seen) })
    cells += protectedCells
    blocks++
    for (const { cell, arithmetic } of [...exact, ...narrow, ...insiders]) problems.push(problem('audit-cell-finding', {}, { cell, arithmetic }))
    if (badCertificates > 0) problems.push(problem('audit-bad-certificates', {}, { block: block.id, count: badCertificates }))
  }
  return problems.length > 0 ? problems : [problem('audit-cells-clean', {}, { cells, blocks })]
}

function printedIn ({ cells, states }: Block, seen: ReadonlySet<string>): Uint8Array {
  return Uint8Array.from(cells, (id, cell) => states[cell] === cellState.known || seen.has(id) ? 1 : 0)
}

/** The edition of a static export: its values files lie under its id. */
async function findEditionOf (folder: string): Promise<string | undefined> {
  const names = await readdir(folder, { recursive: true })
  for (const name of names) {
    const id = /(?:^|[\\/])values[\\/](e[0-9a-f]{12})(?:$|[\\/])/.exec(name)?.[1]
    if (id !== undefined) return id
  }
}
