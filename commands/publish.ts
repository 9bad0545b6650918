import type { Localised } from '../core/area.ts'
import type { Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { problem, type Problem } from '../core/problem.ts'
import { publishEdition, type BytesVerdict } from '../pipeline/publish.ts'
import type { Vault } from '../pipeline/vault/vault.ts'
import { printedCells, type ArtefactVerdict } from '../audit/artefacts/audit.ts'
import { describeFinding } from '../audit/artefacts/finding.ts'
import { StoreError } from '../sql/errors.ts'
import type { Store } from '../sql/store.ts'
import { auditEdition, type ArtefactScope } from './artefacts.ts'
import { findUncleared } from './attack-cells.ts'
import { requireArgument, UsageError, withStore, type Call } from './call.ts'
import { report } from './report.ts'
import { openVaultOf } from './vault.ts'

/** `atlas publish`: makes a stored edition the current one. */
export async function publish (call: Call): Promise<number> {
  const id = requireArgument(call, 0, 'EDITION')
  return withStore(call, 'pipeline', async store => {
    const edition = await getEdition(store, id)
    return report(await publishStored(call, store, await openVaultOf(call, edition), edition, { note: readNote(call) }), call.language) ? 1 : 0
  })
}

/** What is new in the edition, in the words of whoever publishes it. */
function readNote ({ options: { note, 'note-en': english } }: Call): Localised | undefined {
  if (note === undefined) {
    if (english !== undefined) throw new UsageError('missing --note; --note-en stands beside it')
    return undefined
  }
  return { de: note, ...english !== undefined && { en: english } }
}

/** What publishing needs of the store. */
export type PublishingStore = Pick<Store, 'publish' | 'listEditions' | 'loadTiles'>

/** `audit` of the finished bytes may have begun before; `note` is shown with the edition. */
export interface PublishingFacts {
  readonly audit?: Promise<ArtefactVerdict> | undefined
  readonly note?: Localised | undefined
}

/** The stored edition becomes the current one, if its vault and its finished bytes allow it. */
export async function publishStored (call: Pick<Call, 'config'>, store: PublishingStore, vault: Vault, edition: Edition, { audit, note }: PublishingFacts = {}): Promise<Problem[]> {
  return await publishEdition({
    edition,
    vault,
    store: { publish: id => store.publish(id, note), listEditions: atlas => store.listEditions(atlas) },
    auditBytes: async () => {
      const verdict = await (audit ?? auditBytes(call, store, edition))
      const { report, problems } = toBytesVerdict(verdict)
      const uncleared = await findUncleared(vault, edition.id, printedCells(verdict))
      return { report: { ...report, findings: report.findings + uncleared.length }, problems: [...problems, ...uncleared] }
    },
  })
}

/** Reads what an edition is about to say; `tiles` are those that are not stored yet. */
export async function auditBytes ({ config }: Pick<Call, 'config'>, store: Pick<Store, 'loadTiles'>, edition: Edition, tiles: readonly GeometryTiles[] = []): Promise<ArtefactVerdict> {
  const stored = edition.geometries.filter(({ id }) => !tiles.some(({ geometry }) => geometry === id))
  const all = [...tiles, ...await loadAllTiles(store, { geometries: stored })]
  // Of made-up figures nothing is secret; there the audit only has to show that it works.
  const scope: ArtefactScope = edition.atlas.dataStatus === 'synthetic' ? 'quick' : 'publish'
  return await auditEdition(edition, all, { scope, publicUrl: config.publicUrl })
}

/** @throws StoreError publish-unknown-edition */
export async function getEdition (store: Store, id: string): Promise<Edition> {
  const edition = await store.loadEdition(id)
  if (!edition) throw new StoreError('publish-unknown-edition', { edition: id })
  return edition
}

export async function loadAllTiles (store: Pick<Store, 'loadTiles'>, { geometries }: Pick<Edition, 'geometries'>): Promise<GeometryTiles[]> {
  const tiles: GeometryTiles[] = []
  for (const { id } of geometries) {
    const found = await store.loadTiles(id)
    if (found) tiles.push(found)
  }
  return tiles
}

/** The first findings are told; a fault that is everywhere need not be told a thousand times. */
export function toBytesVerdict (verdict: ArtefactVerdict): BytesVerdict {
  const { formats, findings, findingCount, hash } = verdict
  const sum = (key: 'artefacts' | 'claims') => Object.values(formats).reduce((total, format) => total + format[key], 0)
  const counts = { artefacts: sum('artefacts'), claims: sum('claims') }
  const told = findings.slice(0, toldFindings)
  const problems = told.map(finding =>
    problem('audit-bytes-finding', {}, { finding: { de: describeFinding(finding, 'de'), en: describeFinding(finding, 'en') } }))
  if (findingCount > told.length) problems.push(problem('audit-bytes-more', {}, { count: findingCount - told.length }))
  if (findingCount === 0) problems.push(problem('audit-bytes-clean', {}, counts))
  return { report: { ...counts, findings: findingCount, hash: hash.slice(0, 16) }, problems }
}

const toldFindings = 10
