import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { buildEdition } from '../pipeline/build.ts'
import { readProject } from '../pipeline/project-file/project.ts'
import { computeEditionId } from '../sql/document.ts'
import { openStore } from '../sql/store.ts'
import { forkModule } from '../task.ts'
import { get } from './load.ts'
import { minimumAndMedian } from './machine.ts'

const atlases = 200

/** One process that shows 200 towns as large as Musterstadt: how soon it answers, and what memory it takes. */
export async function benchAtlases (projectFolder: string): Promise<void> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'atlas-bench-'))
  try {
    const ids = await fill(dataDir, projectFolder)
    for (const megabytes of [100, 512, 100_000]) await measure(dataDir, ids, megabytes)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function fill (dataDir: string, projectFolder: string): Promise<string[]> {
  const { project } = await readProject(projectFolder)
  const { edition, tiles, problems } = await buildEdition(project!)
  if (!edition) throw new Error(JSON.stringify(problems.slice(0, 3)))
  const store = await openStore({ dataDir, role: 'pipeline', log: () => {} })
  const ids: string[] = []
  for (let number = 0; number < atlases; number++) {
    const town = anotherTown(edition, tiles, number)
    await store.saveEdition(town.edition, town.tiles)
    await store.publish(town.edition.id)
    ids.push(town.edition.atlas.id)
  }
  await store.close()
  return ids
}

/** The same figures under another name, with boundaries of its own: towns share none. */
function anotherTown (edition: Edition, tiles: readonly GeometryTiles[], number: number): { edition: Edition, tiles: GeometryTiles[] } {
  const own = (geometry: string) => geometry.slice(0, -3) + String(number).padStart(3, '0')
  const town: Edition = {
    ...edition,
    id: '',
    atlas: { ...edition.atlas, id: `stadt-${number}` },
    levels: edition.levels.map(level => ({ ...level, geometry: own(level.geometry) })),
    geometries: edition.geometries.map(geometry => ({ ...geometry, id: own(geometry.id) })),
  }
  return { edition: { ...town, id: computeEditionId(town) }, tiles: tiles.map(set => ({ ...set, geometry: own(set.geometry) })) }
}

interface Started { readonly port: number, readonly openMilliseconds: number, readonly readyMilliseconds: number }

async function measure (dataDir: string, ids: readonly string[], megabytes: number): Promise<void> {
  const child = forkModule(new URL('./atlases-task', import.meta.url), [dataDir, String(megabytes)])
  const { port, openMilliseconds, readyMilliseconds } = await answerOf<Started>(child)
  const atStart = await memoryOf(child)
  const first = await visit(port, ids)
  const second = await visit(port, ids)
  console.log([
    `${ids.length} atlases, ATLAS_EDITIONS_MB=${megabytes}: listening ${seconds(readyMilliseconds)} after the store was open (that took ${seconds(openMilliseconds)})`,
    `  memory ${atStart.toFixed(0)} MB at the start, ${(await memoryOf(child)).toFixed(0)} MB after two visits to each`,
    `  a view of each in turn: min ${first.minimum.toFixed(0)} ms, median ${first.median.toFixed(0)} ms; again: min ${second.minimum.toFixed(0)} ms, median ${second.median.toFixed(0)} ms`,
  ].join('\n'))
  child.send('end')
  await new Promise(resolve => child.once('exit', resolve))
}

async function visit (port: number, ids: readonly string[]): Promise<{ minimum: number, median: number }> {
  const times: number[] = []
  for (const id of ids) {
    const started = performance.now()
    const { status } = await get(port, `/${id}/karte/sgb2-share/2024-12-31`, { 'accept-encoding': 'gzip' })
    if (status !== 200) throw new Error(`${id}: ${status}`)
    times.push(performance.now() - started)
  }
  return minimumAndMedian(times)
}

/** Resident memory in MB. */
async function memoryOf (child: ChildProcess): Promise<number> {
  child.send('memory')
  return (await answerOf<number>(child)) / 1e6
}

async function answerOf<Answer> (child: ChildProcess): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    child.once('message', message => resolve(message as Answer))
    child.once('exit', code => reject(new Error(`the server ended with ${code}`)))
  })
}

function seconds (milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
