import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Edition } from '../core/edition.ts'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { getCommandTexts } from '../core/text/commands.ts'
import { buildEdition, readPlaces } from '../pipeline/build.ts'
import { readProject, type Project } from '../pipeline/project-file/project.ts'
import { applyUpdate } from '../pipeline/update/apply-update.ts'
import { parseGiven, planUpdate, type UpdatePlan } from '../pipeline/update/plan-update.ts'
import { openVault } from '../pipeline/vault/vault.ts'
import type { Store } from '../sql/store.ts'
import { makeRelease } from './build.ts'
import { UsageError, requireArgument, withStore, type Call } from './call.ts'
import { clearBlocks } from './clear-blocks.ts'
import { describeDifferences, findLastEdition } from './differences.ts'
import { endProgress, reportFindings, showProgress } from './report.ts'
import { vaultFolderOf } from './vault.ts'

/**
 * `atlas update`: new deliveries into the project, and what they change for readers. The project is touched only after all files
 * are recognised and the check has no error; nothing is stored or published.
 */
export async function update (call: Call): Promise<number> {
  const { language, options } = call
  const folder = requireArgument(call, 0, 'PROJECT')
  const given = call.arguments.slice(1).map(parseGiven)
  if (given.length === 0) throw new UsageError('missing FILES')
  const { project, problems } = await readProject(folder, options.data)
  if (!project) return finish(problems, call)
  const places = await readPlaces(project, showProgress)
  if (!places.boundaries) return finish([...problems, ...places.problems], call)
  const { plan, problems: found } = await planUpdate(project, places.boundaries.levels, given)
  if (!plan) return finish([...problems, ...found], call)
  const checked = await checkPlan(call, plan)
  const all = [...problems, ...found, ...checked]
  if (hasErrors(all)) return finish(all, call)
  const written = await applyUpdate(plan)
  reportFindings(all, language)
  console.log(getCommandTexts(language).updated(written, folder))
  return 0
}

function finish (problems: readonly Problem[], { language }: Call): number {
  endProgress()
  reportFindings(problems, language)
  if (hasErrors(problems)) console.error(getCommandTexts(language).notUpdated)
  return hasErrors(problems) ? 1 : 0
}

/** What a build of the changed project would say, and how it would differ from the last edition. */
async function checkPlan (call: Call, { project }: UpdatePlan): Promise<Problem[]> {
  const place = { file: project.displayName }
  const { config } = call
  // Opening an embedded database makes one; a look at the past must not.
  if (config.databaseUrl === null && !existsSync(config.dataDir)) return [...(await buildDraft(project)).problems, problem('update-no-edition', place)]
  return await withStore(call, 'pipeline', async store => {
    const before = await findLastEdition(store, project.file.atlas, 'public', { orDraft: true })
    const { edition, problems } = await buildBeside(call, store, project)
    if (!edition) return [...problems]
    return [...problems, ...before ? describeDifferences(before, edition, project) : [problem('update-no-edition', place)]]
  })
}

interface Draft { readonly edition?: Edition, readonly problems: readonly Problem[] }

/** The public edition as the vault and its ledger would have it; nothing is stored. */
async function buildBeside (call: Call, store: Store, project: Project): Promise<Draft> {
  const folder = vaultFolderOf(call, path.dirname(path.resolve(project.displayName)))
  if (!existsSync(folder)) return await buildDraft(project)
  const vault = await openVault({ folder, isSynthetic: project.file.dataStatus === 'synthetic', isReadOnly: true })
  const first = (await store.listEditions(project.file.atlas)).every(({ state }) => state === 'draft')
  // Tiles would cost most of the time, and say nothing about figures.
  const looking = { listEditions: store.listEditions.bind(store), hasTiles: async () => true, saveEdition: async () => {} }
  const { releases, problems } = await makeRelease({ ...call, options: { ...call.options, 'first-edition': first } }, looking, vault, project)
  const edition = releases.find(({ audience }) => audience === 'public')?.made.edition
  return { problems, ...(edition && { edition }) }
}

async function buildDraft (project: Project): Promise<Draft> {
  return await buildEdition(project, { hasTiles: async () => true, clearBlocks, onProgress: showProgress })
}
