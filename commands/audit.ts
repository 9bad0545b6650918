import { readdir, stat } from 'node:fs/promises'
import { auditArtefacts, printedCells } from '../audit/artefacts/audit.ts'
import { problem } from '../core/problem.ts'
import { auditEdition } from './artefacts.ts'
import { attackCells, findUncleared } from './attack-cells.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { folderArtefacts, readExportList } from './folder-artefacts.ts'
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
      ? await auditArtefacts(edition, folderArtefacts(given, { edition, tiles: await loadAllTiles(store, edition), publicUrl: call.config.publicUrl }), { isComplete: false })
      : await auditEdition(edition, await loadAllTiles(store, edition), { scope: 'all', publicUrl: call.config.publicUrl })
    const vault = await openVaultOf(call, edition)
    const seen = printedCells(verdict)
    const problems = [...toBytesVerdict(verdict).problems, ...await findUncleared(vault, id, seen), ...await attackCells(vault, id, seen)]
    return report(problems, call.language) ? 1 : 0
  })
}

/** The edition of a static export: its list names it, and its values files lie under its id. */
async function findEditionOf (folder: string): Promise<string | undefined> {
  const list = await readExportList(folder)
  if (list) return list.edition
  const names = await readdir(folder, { recursive: true })
  for (const name of names) {
    const id = /(?:^|[\\/])values[\\/](e[0-9a-f]{12})(?:$|[\\/])/.exec(name)?.[1]
    if (id !== undefined) return id
  }
}
