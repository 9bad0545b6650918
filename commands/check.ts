import { stat } from 'node:fs/promises'
import path from 'node:path'
import { hasErrors } from '../core/problem.ts'
import { buildEdition, readPlaces, type Build } from '../pipeline/build.ts'
import { readProject, type Project } from '../pipeline/project-file/project.ts'
import { formatVisibility } from '../pipeline/report/visibility.ts'
import { sayForgotten } from '../pipeline/vault/deletions.ts'
import { audiencesOf, withoutTwins } from './build.ts'
import type { Call } from './call.ts'
import { checkFile } from './check-file.ts'
import { keepCheckReport } from './check-report.ts'
import { clearBlocks } from './clear-blocks.ts'
import { reportFindings, showProgress } from './report.ts'
import { vaultFolderOf } from './vault.ts'
import { keepVisibleReport } from './visible-report.ts'

/**
 * `atlas check`: what would stop a build, what to look at, and what stays visible. Of a project it
 * writes the check report into the vault folder and nothing else; of a table or a layer alone nothing.
 */
export async function check (call: Call): Promise<number> {
  const { arguments: [folder = '.'], options, language } = call
  if (await isDelivery(folder)) return await checkFile(folder, language)
  const { project, problems } = await readProject(folder, options.data)
  const name = project?.displayName ?? (/\.ya?ml$/.test(folder) ? folder : path.join(folder, 'atlas.yaml'))
  const projectFolder = path.dirname(path.resolve(name))
  const builds = project ? await checkProject(project) : []
  const found = withoutTwins(builds.flatMap(build => build.problems))
  const all = await sayForgotten(vaultFolderOf(call, projectFolder), [...problems, ...found])
  reportFindings(all, language)
  if (await isFile(name)) await keepCheckReport(vaultFolderOf(call, projectFolder), all, { title: project?.file.title ?? path.basename(projectFolder), name }, language)
  if (hasErrors(all)) return 1
  const [{ protection } = {}] = builds
  if (project && protection) await keepVisibleReport(vaultFolderOf(call, projectFolder), project, protection, language)
  if (protection) console.log(formatVisibility(protection.counts, language))
  return 0
}

/** As far as the tiles for the public; for the house as well where it gets deliveries that others do not. */
async function checkProject (project: Project): Promise<Build[]> {
  const places = await readPlaces(project, showProgress)
  const builds: Build[] = []
  for (const audience of audiencesOf(project)) {
    if (builds.length > 0 && project.file.deliveries.every(({ mayBePassedOn }) => mayBePassedOn)) break
    builds.push(await buildEdition(project, { audience, places, checkOnly: true, withOffers: builds.length === 0, clearBlocks, onProgress: showProgress }))
  }
  return builds
}

/** A file that is no project file. */
async function isDelivery (name: string): Promise<boolean> {
  return !/\.ya?ml$/.test(name) && await isFile(name)
}

async function isFile (name: string): Promise<boolean> {
  return (await stat(name).catch(() => undefined))?.isFile() ?? false
}
