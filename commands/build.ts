import path from 'node:path'
import type { Audience } from '../core/edition.ts'
import type { LedgerCell, LedgerView } from '../core/ledger.ts'
import { hasErrors, type Problem } from '../core/problem.ts'
import { buildEdition, listDeliveredFiles, readPlaces, type Build, type Places } from '../pipeline/build.ts'
import { readProject, type Project } from '../pipeline/project-file/project.ts'
import { writeReports } from '../pipeline/publish.ts'
import { fingerprintPolicy, makeReport } from '../pipeline/report/make-report.ts'
import { writeBlocks } from '../pipeline/vault/blocks-file.ts'
import { sayForgotten } from '../pipeline/vault/deletions.ts'
import { keepDeliveries } from '../pipeline/vault/deliveries.ts'
import { writeEditionCells } from '../pipeline/vault/edition-cells.ts'
import { ledgerView, openLedger, reconcile, type Ledger } from '../pipeline/vault/ledger.ts'
import { registerVault } from '../pipeline/vault/registry.ts'
import { writeReport } from '../pipeline/vault/reports.ts'
import { openVault, type Vault } from '../pipeline/vault/vault.ts'
import type { Store } from '../sql/store.ts'
import { getCommandTexts } from '../core/text/commands.ts'
import { attackUnion } from './attack-union.ts'
import { withStore, type Call } from './call.ts'
import { clearBlocks } from './clear-blocks.ts'
import { listPublished } from './ledger.ts'
import { auditBytes, publishStored } from './publish.ts'
import { keepCheckReport } from './check-report.ts'
import { unexplainedChanges } from './differences.ts'
import { endProgress, report, reportFindings, showProgress } from './report.ts'
import { loadSettledBlocks } from './settled-blocks.ts'
import { vaultFolderOf } from './vault.ts'

/** `atlas build`: delivered files to a stored edition per audience; the id of the public one comes last. */
export async function build (call: Call): Promise<number> {
  const { arguments: [folder], options, language } = call
  const { project, problems } = await readProject(folder ?? '.', options.data)
  if (!project) return reportFindings(problems, language) ? 1 : 0
  // A database takes seconds to start, in a process of its own; boundaries need none.
  const places = readPlaces(project, showProgress)
  places.catch(() => {}) // it is thrown where it is awaited
  return withStore(call, 'pipeline', async store => {
    const vault = await openVault({ folder: vaultFolderOf(call, path.dirname(path.resolve(project.displayName))), isSynthetic: project.file.dataStatus === 'synthetic' })
    const made = await makeRelease(call, store, vault, project, await places)
    const found = [...problems, ...made.problems, ...await unexplainedChanges(store, project, made.releases)]
    const isBroken = reportFindings(found, language, 'build')
    await keepCheckReport(vault.folder, found, { title: project.file.title, name: project.displayName }, language)
    if (isBroken) return 1
    // The finished bytes are read while the edition is being stored.
    const audits = made.releases.map(({ made: { edition, tiles } }) => options.publish === true ? auditBytes(call, store, edition!, tiles) : undefined)
    for (const audit of audits) audit?.catch(() => {}) // it is thrown where it is awaited
    await made.keep()
    if (options.publish === true) {
      for (const [index, { made: { edition } }] of made.releases.entries()) {
        if (report(await publishStored(call, store, vault, edition!, { audit: audits[index] }), language)) return 1
        console.error(getCommandTexts(language).published(edition!.id))
      }
    } else console.error(getCommandTexts(language).stored(made.releases[0]!.made.edition!.id))
    // The public edition is what other programs ask for.
    for (const { made: { edition } } of made.releases.toReversed()) console.log(edition!.id)
    return 0
  })
}

export interface MadeRelease {
  /** The public edition first; complete unless `problems` holds an error. */
  readonly releases: readonly Release[]
  readonly problems: readonly Problem[]
  /** Stores the editions as drafts, and in the vault how they came about. */
  readonly keep: () => Promise<void>
}

/**
 * One edition per audience. Exported for tests, which build series of editions.
 *
 * @param places where they have been read already
 * @throws VaultError where the ledger is missing or damaged
 */
export async function makeRelease (call: Call, store: BuildStore, vault: Vault, project: Project, places?: Places): Promise<MadeRelease> {
  const { ledger, problems: ledgerProblems } = await openBuildLedger(call, store, vault, project)
  await registerVault(call.config.dataDir, project.file.atlas, vault.folder)
  const releases = await buildRelease(project, store, vault, ledger, places ?? await readPlaces(project, showProgress))
  const problems = await sayForgotten(vault.folder, withoutTwins([...ledgerProblems, ...releases.flatMap(({ made }) => made.problems)]))
  return {
    releases,
    problems,
    async keep () {
      for (const { audience, made } of releases) {
        // Whoever reads the internal edition reads the public one too; that one is published first.
        const before = releases.filter(other => other.made !== made && other.audience === 'public').map(({ made }) => made.edition!.id)
        await keep(store, vault, project, [...ledgerView(ledger, audience).editions, ...before], audience, made)
      }
    },
  }
}

/** What a build needs of the store. */
export type BuildStore = Pick<Store, 'listEditions' | 'hasTiles' | 'saveEdition'>

async function openBuildLedger ({ options }: Pick<Call, 'options'>, store: BuildStore, vault: Vault, { file }: Project): Promise<{ ledger: Ledger, problems: Problem[] }> {
  const published = await listPublished(store, file.atlas)
  const ledger = await openLedger({
    vault,
    atlas: file.atlas,
    firstEdition: options['first-edition'] === true,
    // Made-up and open figures may begin a ledger by themselves (docs/decisions/0012): they endanger nobody.
    isRequired: file.dataStatus === 'official' || published.length > 0,
    publishedEditions: published,
  })
  const states = new Map((await store.listEditions(file.atlas)).map(({ id, state }) => [id, state]))
  return { ledger, problems: [...ledger.problems, ...await reconcile(ledger, async edition => states.get(edition))] }
}

export interface Release { readonly audience: Audience, readonly made: Build }

/** The public edition first: what it prints is known to whoever reads the internal one. */
async function buildRelease (project: Project, store: BuildStore, vault: Vault, ledger: Ledger, places: Places): Promise<Release[]> {
  const releases: Release[] = []
  for (const audience of audiencesOf(project)) {
    const view = ledgerView(ledger, audience)
    const printed = listPrinted(releases, view)
    const findSettled = await loadSettledBlocks(vault, view)
    const made = await buildEdition(project, {
      audience,
      places,
      clearBlocks: (blocks, options) => clearBlocks(blocks, options, findSettled),
      secret: vault.secret,
      onProgress: showProgress,
      hasTiles: (geometry, minZoom, maxZoom) => store.hasTiles(geometry, minZoom, maxZoom),
      ledger: {
        findLedgerCells: id => printed.has(id) ? [...view.findLedgerCells(id), printed.get(id)!] : view.findLedgerCells(id),
        hashValue: view.hashValue,
        listCellIds: view.listCellIds,
        carried: new Set([...view.listCarried(), ...releases.flatMap(({ made: { carried = [] } }) => carried)]),
      },
    })
    const union = made.edition && made.protection ? await attackUnion(vault, view, made.protection) : []
    releases.push({ audience, made: { ...made, problems: [...made.problems, ...union] } })
    if (hasErrors(union)) break
    if (hasErrors(made.problems)) break
  }
  return releases
}

/** What the editions of this release print already, as the ledger will say it. */
function listPrinted (releases: readonly Release[], { hashValue }: LedgerView): ReadonlyMap<string, LedgerCell> {
  const printed = new Map<string, LedgerCell>()
  for (const { made: { edition, protection } } of releases) {
    for (const { id, value, status } of protection?.decisions ?? []) {
      if (value !== null && (status === 'P' || status === 'Z')) printed.set(id, { status: 'printed', value, hash: hashValue(id, value), edition: edition?.id ?? '' })
    }
  }
  return printed
}

/** The public first. */
export function audiencesOf ({ file }: Project): Audience[] {
  const audiences = file.audiences ?? ['public']
  return (['public', 'internal'] as const).filter(audience => audiences.includes(audience))
}

/** Into the store what everybody may see, into the vault how it came about. */
async function keep (store: BuildStore, vault: Vault, project: Project, basis: readonly string[], audience: Audience, { edition, tiles, protection, problems, carried = [] }: Build): Promise<void> {
  const { id } = edition!
  const policy = fingerprintPolicy(project.file, audience)
  await keepDeliveries(vault, id, listDeliveredFiles(project, audience))
  await writeEditionCells(vault, { atlas: project.file.atlas, edition: id, audience, policy, basis, ...carried.length > 0 && { carried } }, protection!.decisions)
  await writeReport(vault, id, 'blocks.json.gz', await writeBlocks(protection!.blocks.filter(({ withheld }) => !withheld)))
  await writeReports(vault, makeReport(edition!, project.file, vault, protection!, problems))
  await store.saveEdition(edition!, tiles, (done, total) => showProgress({ station: 'publish', done, total, label: id }))
  endProgress()
}

/** Two audiences read the same files. */
export function withoutTwins (problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map(found => [JSON.stringify(found), found])).values()]
}
