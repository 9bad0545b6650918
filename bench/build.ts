import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { forkModule } from '../task.ts'
import { minimumAndMedian } from './machine.ts'

/** What one build took and made, as `build-task.ts` sends it. */
export interface BuildFigures {
  readonly edition: string
  readonly buildSeconds: number
  readonly publishSeconds: number
  readonly peakMegabytes: number
  readonly tiles: number
  readonly meanTileKilobytes: number
  readonly maxTileKilobytes: number
}

/** Builds a project some times, each time in a process and a store of its own, and prints what it took. */
export async function benchBuild (name: string, projectFolder: string, runs: number, limits: { readonly seconds: number, readonly megabytes?: number }): Promise<void> {
  const all: BuildFigures[] = []
  for (let run = 0; run < runs; run++) all.push(await buildOnce(projectFolder))
  const [last] = all.slice(-1) as [BuildFigures]
  const total = minimumAndMedian(all.map(({ buildSeconds, publishSeconds }) => buildSeconds + publishSeconds))
  const memory = minimumAndMedian(all.map(({ peakMegabytes }) => peakMegabytes))
  console.log([
    `build ${name}: ${total.minimum.toFixed(1)} s min, ${total.median.toFixed(1)} s median of ${runs} (limit ${limits.seconds} s)`,
    `  of which publishing ${minimumAndMedian(all.map(({ publishSeconds }) => publishSeconds)).median.toFixed(1)} s median`,
    `  memory ${memory.minimum.toFixed(0)} MB min, ${memory.median.toFixed(0)} MB median${limits.megabytes === undefined ? '' : ` (limit ${limits.megabytes} MB)`}`,
    `  ${last.tiles} geometry tiles, gzip mean ${last.meanTileKilobytes.toFixed(1)} kB (limit 50), max ${last.maxTileKilobytes.toFixed(1)} kB (limit 500)`,
  ].join('\n'))
}

async function buildOnce (projectFolder: string): Promise<BuildFigures> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'atlas-bench-'))
  try {
    return await new Promise<BuildFigures>((resolve, reject) => {
      const child = forkModule(new URL('./build-task', import.meta.url), [projectFolder, dataDir])
      child.once('message', message => resolve(message as BuildFigures))
      child.once('error', reject)
      child.once('exit', code => { if (code !== 0) reject(new Error(`the build of ${projectFolder} ended with ${code}`)) })
    })
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
