import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { buildEdition } from '../pipeline/build.ts'
import { readProject } from '../pipeline/project-file/project.ts'
import { openStore } from '../sql/store.ts'
import type { Edition } from '../core/edition.ts'
import { forkModule } from '../task.ts'
import { get, measureLatencies, measureThroughput } from './load.ts'
import { minimumAndMedian, percentile } from './machine.ts'

const rounds = 5
const gzip = { 'accept-encoding': 'gzip' }

/** Serving 542 areas: against a bare route, at a fixed rate, cold joined tiles, and the bytes of a first view. */
export async function benchServe (projectFolder: string): Promise<void> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'atlas-bench-'))
  try {
    const edition = await buildInto(projectFolder, dataDir)
    const { atlas, levels: [level], series, id } = edition
    const tilePaths = listTilePaths(edition)
    const paths = {
      'geometry tile': `/${atlas.id}/tiles/${level!.geometry}/${level!.id}/${tilePaths[0]}.mvt`,
      'values file': `/${atlas.id}/values/${id}/${level!.id}/${series[0]!.indicator}.json`,
    }
    const server = await startServer(dataDir, Object.values(paths))
    for (const [name, url] of Object.entries(paths)) await compare(name, url, server)
    await latencies(edition, server)
    await joinedTiles(edition, tilePaths, server)
    await firstView(edition, server)
    server.child.send('end')
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface Server { readonly child: ChildProcess, readonly port: number, readonly barePort: number }

async function buildInto (projectFolder: string, dataDir: string): Promise<Edition> {
  const { project } = await readProject(projectFolder)
  const { edition, tiles, problems } = await buildEdition(project!)
  if (!edition) throw new Error(JSON.stringify(problems.slice(0, 3)))
  const store = await openStore({ dataDir, role: 'pipeline', log: () => {} })
  await store.saveEdition(edition, tiles)
  await store.publish(edition.id)
  await store.close()
  return edition
}

async function startServer (dataDir: string, paths: readonly string[]): Promise<Server> {
  const child = forkModule(new URL('./serve-task', import.meta.url), [dataDir, ...paths])
  const ports = await new Promise<{ port: number, barePort: number }>((resolve, reject) => {
    child.once('message', message => resolve(message as { port: number, barePort: number }))
    child.once('exit', code => reject(new Error(`the server ended with ${code}`)))
  })
  return { child, ...ports }
}

async function compare (name: string, url: string, { port, barePort }: Server): Promise<void> {
  const ratios: number[] = []
  const own: number[] = []
  const load = { seconds: 2, connections: 32, headers: gzip }
  for (let round = 0; round <= rounds; round++) {
    const ours = await measureThroughput(port, url, load)
    const bare = await measureThroughput(barePort, url, load)
    if (round === 0) continue // warm-up
    ratios.push(ours / bare)
    own.push(ours)
  }
  const ratio = minimumAndMedian(ratios)
  console.log(`serve ${name}: ${minimumAndMedian(own).median.toFixed(0)} requests/s median; against a bare route ${ratio.minimum.toFixed(2)} min, ${ratio.median.toFixed(2)} median of ${rounds} (limit 0.80)`)
}

async function latencies ({ atlas, series }: Edition, { port }: Server): Promise<void> {
  const views = series.flatMap(({ indicator, periods }) => periods.map(period => `/${atlas.id}/karte/${indicator}/${period}`))
  const paths = Array.from({ length: 750 }, (_, i) => views[(i * 7) % views.length]!)
  const times = await measureLatencies(port, paths, { perSecond: 50, headers: gzip })
  const { minimum, median } = minimumAndMedian(times)
  console.log(`serve HTML view at 50 requests/s, ${views.length} different views: p95 ${percentile(times, 0.95).toFixed(1)} ms (limit 50), min ${minimum.toFixed(1)}, median ${median.toFixed(1)}`)
}

async function joinedTiles ({ atlas, id, levels: [level], series }: Edition, tilePaths: readonly string[], { port }: Server): Promise<void> {
  const times: number[] = []
  for (const { indicator } of series.slice(0, 8)) {
    for (const tile of tilePaths.slice(0, 10)) {
      const started = performance.now()
      const { status } = await get(port, `/${atlas.id}/tiles/${id}/${level!.id}/${indicator}/${tile}.mvt`, gzip)
      if (status !== 200) throw new Error(`joined tile ${tile}: ${status}`)
      times.push(performance.now() - started)
    }
  }
  const { minimum, median } = minimumAndMedian(times)
  console.log(`serve joined tile cold: min ${minimum.toFixed(1)} ms, median ${median.toFixed(1)} ms, max ${Math.max(...times).toFixed(1)} ms (limit 50)`)
}

/** What a browser loads for a 542-area page, in two parts: before and with MapLibre. */
async function firstView ({ atlas, series: [first], levels: [level] }: Edition, { port }: Server): Promise<void> {
  const page = await get(port, `/${atlas.id}/karte/${first!.indicator}/${first!.periods.at(-1)}`, gzip)
  const html = (await get(port, `/${atlas.id}/karte/${first!.indicator}/${first!.periods.at(-1)}`, {})).body.toString()
  const urls = [...new Set([...html.matchAll(/\/assets\/[0-9a-f]+\/[\w.-]+/g)].map(([url]) => url))]
  const css = (await get(port, urls.find(url => url.endsWith('style.css'))!, {})).body.toString()
  const fonts = [...new Set([...css.matchAll(/\/assets\/[0-9a-f]+\/[\w.-]+\.woff2/g)].map(([url]) => url))]
  const size = async (url: string) => (await get(port, url, gzip)).body.byteLength
  let [early, late] = [page.body.byteLength, 0]
  for (const url of new Set([...urls, ...fonts])) {
    if (/maplibre/.test(url)) late += await size(url)
    else early += await size(url)
  }
  const [topology, values] = await Promise.all([
    size(`/${atlas.id}/geometry/${level!.geometry}/${level!.id}.topo.json`),
    size(`/${atlas.id}/values/current/${level!.id}/${first!.indicator}.json`),
  ])
  late += topology + values
  console.log([
    `first view of ${level!.areas.length} areas, gzip: usable with ${(early / 1000).toFixed(0)} kB (limit 250), all ${((early + late) / 1000).toFixed(0)} kB (limit 750)`,
    `  page ${(page.body.byteLength / 1000).toFixed(0)} kB (of ${(html.length / 1000).toFixed(0)} kB plain), topology ${(topology / 1000).toFixed(0)} kB`,
  ].join('\n'))
}

/** Places of geometry tiles around the middle of the level, coarse to fine. */
function listTilePaths ({ atlas: { tiles: { minZoom, maxZoom } }, geometries: [geometry] }: Edition): string[] {
  const { west, south, east, north } = geometry!.bounds
  const [lon, lat] = [(west + east) / 2, (south + north) / 2]
  const places: string[] = []
  for (let z = Math.max(minZoom, maxZoom - 4); z <= maxZoom; z++) {
    const scale = 2 ** z
    const x = Math.floor(((lon + 180) / 360) * scale)
    const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * scale)
    places.push(`${z}/${x}/${y}`, ...(z === maxZoom ? [`${z}/${x + 1}/${y}`, `${z}/${x}/${y + 1}`, `${z}/${x + 1}/${y + 1}`, `${z}/${x - 1}/${y}`, `${z}/${x}/${y - 1}`] : []))
  }
  return places
}
