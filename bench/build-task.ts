import { buildEdition } from '../pipeline/build.ts'
import { readProject } from '../pipeline/project-file/project.ts'
import { openStore } from '../sql/store.ts'
import type { BuildFigures } from './build.ts'

/*
 * One build in a process of its own, from delivered files to a published edition in a fresh embedded
 * database, so that time and memory are those of this build alone. Arguments: project folder, data
 * folder of the store.
 */
const [projectFolder, dataDir] = process.argv.slice(2) as [string, string]
const started = performance.now()
const { project, problems } = await readProject(projectFolder)
if (!project) throw new Error(JSON.stringify(problems))
const { edition, tiles, problems: found } = await buildEdition(project)
if (!edition) throw new Error(JSON.stringify(found.filter(({ severity }) => severity === 'error').slice(0, 5)))
const built = performance.now()
const store = await openStore({ dataDir, role: 'pipeline', log: () => {} })
await store.saveEdition(edition, tiles)
await store.publish(edition.id)
await store.close()

const sizes = tiles.flatMap(set => set.tiles.map(({ gzip }) => gzip.byteLength))
const figures: BuildFigures = {
  edition: edition.id,
  buildSeconds: (built - started) / 1000,
  publishSeconds: (performance.now() - built) / 1000,
  // Of this process; the embedded database is another one.
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  tiles: sizes.length,
  meanTileKilobytes: sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length) / 1000,
  maxTileKilobytes: Math.max(0, ...sizes) / 1000,
}
process.send!(figures)
