import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchAtlases } from './atlases.ts'
import { benchBuild } from './build.ts'
import { benchGrid } from './grid.ts'
import { describeMachine } from './machine.ts'
import { berlin, germany, writeBenchProject } from './projects.ts'
import { benchProtect } from './protect/run.ts'
import { benchServe } from './serve.ts'
import { benchUpload } from './upload.ts'
import { benchWorkshop } from './workshop.ts'

/*
 * npm run bench [-- --data DIR] [musterstadt|berlin|germany|serve|grid|protect|upload|atlases|workshop …]
 *
 * `protect` takes about ten minutes; `--only S1,gap` takes some of its designs, `--children 2` works
 * in two processes beside, `--naive` also attacks what is protected by nothing.
 *
 * `grid` compares with PostGIS where DATABASE_URL has it.
 *
 * Seeded; prints minima and medians and the machine. Berlin, Germany, serve and grid need the folder of
 * open data (`berlin/`, `germany/`, `zensus/`) and say so where it is missing.
 */
const { values, positionals } = parseArgs({
  options: { data: { type: 'string' }, only: { type: 'string' }, children: { type: 'string' }, naive: { type: 'boolean' } },
  allowPositionals: true,
})
const wanted = (name: string) => positionals.length === 0 || positionals.includes(name)
const work = await mkdtemp(path.join(os.tmpdir(), 'atlas-bench-projects-'))
console.log(describeMachine())

try {
  if (wanted('musterstadt')) await benchBuild('musterstadt', path.join(import.meta.dirname, '../fixtures/musterstadt'), 3, { seconds: 10 })
  for (const [spec, runs, limits] of [
    [berlin, 3, { seconds: 60, megabytes: 1500 }],
    [germany, 1, { seconds: 180, megabytes: 2000 }],
  ] as const) {
    if (!wanted(spec.name)) continue
    const folder = await project(spec)
    if (folder !== undefined) await benchBuild(spec.name, folder, runs, limits)
  }
  if (wanted('serve')) {
    const folder = await project(berlin)
    if (folder !== undefined) await benchServe(folder)
  }
  if (wanted('atlases')) await benchAtlases(path.join(import.meta.dirname, '../fixtures/musterstadt'))
  if (wanted('upload')) await benchUpload()
  if (wanted('workshop')) await benchWorkshop(values.data)
  if (wanted('grid')) await benchGrid(values.data, process.env['DATABASE_URL'])
  if (wanted('protect')) await benchProtect({ only: values.only?.split(',') ?? [], children: Number(values.children ?? 0), naive: values.naive ?? false })
} finally {
  await rm(work, { recursive: true, force: true })
}

async function project (spec: typeof berlin): Promise<string | undefined> {
  if (values.data === undefined || !existsSync(path.join(values.data, spec.boundaries))) {
    console.log(`${spec.name}: left out, needs ${spec.boundaries} in the folder given as --data`)
    return undefined
  }
  const folder = path.join(work, spec.name)
  const { areas, cells } = await writeBenchProject(spec, values.data, folder)
  console.log(`${spec.name}: ${areas} areas, ${spec.indicators} indicators, ${spec.years} years, ${cells} cells`)
  return folder
}
