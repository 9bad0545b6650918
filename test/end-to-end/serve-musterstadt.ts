import path from 'node:path'
import { buildEdition } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { serveEdition, type ServedEdition } from './serve-edition.ts'

/** The sample atlas, built from its delivered files. */
export async function serveMusterstadt (t: { teardown: (close: () => Promise<void>) => void }): Promise<ServedEdition> {
  const { project, problems } = await readProject(path.resolve(import.meta.dirname, '../../fixtures/musterstadt'))
  if (!project) throw new Error(problems.map(({ code }) => code).join(' '))
  const { edition, tiles, problems: found } = await buildEdition(project)
  if (!edition) throw new Error(found.map(({ code }) => code).join(' '))
  return serveEdition(t, edition, tiles)
}
