import { buildEdition } from '../pipeline/build.ts'
import { readProject } from '../pipeline/project-file/project.ts'
import { publishEdition } from '../pipeline/publish.ts'
import { withStore, type Call } from './call.ts'
import { endProgress, report, showProgress } from './report.ts'

/** `atlas check`: what would stop a build, and what to look at; writes nothing. */
export async function check ({ arguments: [folder], options, language }: Call): Promise<number> {
  const { project, problems } = await readProject(folder ?? '.', options.data)
  const { problems: found } = project ? await buildEdition(project, { checkOnly: true }) : { problems: [] }
  return report([...problems, ...found], language) ? 1 : 0
}

/** `atlas build`: delivered files to a stored edition; the id comes last. */
export async function build (call: Call): Promise<number> {
  const { arguments: [folder], options, language } = call
  const { project, problems } = await readProject(folder ?? '.', options.data)
  if (!project) return report(problems, language) ? 1 : 0
  return withStore(call, 'pipeline', async store => {
    const made = await buildEdition(project, { onProgress: showProgress, hasTiles: (geometry, minZoom, maxZoom) => store.hasTiles(geometry, minZoom, maxZoom) })
    if (report([...problems, ...made.problems], language) || !made.edition) return 1
    const { edition } = made
    await store.saveEdition(edition, made.tiles, (done, total) => showProgress({ station: 'publish', done, total, label: edition.id }))
    endProgress()
    const refused = options.publish === true ? await publishEdition(store, edition.id) : []
    if (report(refused, language)) return 1
    console.log(edition.id)
    return 0
  })
}
