import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { forkModule } from '../task.ts'
import { formats, type Format } from './corpus.ts'
import { mutate } from './mutate.ts'
import type { Order, Report } from './task.ts'

/*
 * Damages the files of the corpus and lets the readers read them: `npm run fuzz -- --seconds 60 --seed 1`. A reader may read
 * or refuse with a Problem. A crash, more than ten seconds for a file or more than 1 GB is a finding: the file is kept in
 * corpus/found/ with what happened, and the command ends with 1. Files are read in child processes, many in each.
 */

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } } })

/** Issue: never a hang over ten seconds. */
const maxSeconds = 10

/** Files per order: the end is looked for between orders. */
const orderSize = 25

const found = path.join(import.meta.dirname, 'corpus/found')

interface Tally { read: number, refused: number, findings: number, peakMegabytes: number }

const end = Date.now() + Number(values.seconds) * 1000
const chosen = formats.filter(({ name }) => values.only === undefined || name === values.only)
const tallies = new Map(chosen.map(({ name }): [string, Tally] => [name, { read: 0, refused: 0, findings: 0, peakMegabytes: 0 }]))
await runAll()
for (const [name, { read, refused, findings, peakMegabytes }] of tallies) {
  console.log(`${name.padEnd(8)} ${String(read + refused + findings).padStart(7)} files: ${read} read, ${refused} refused, ${findings} findings, ${peakMegabytes} MB at most`)
}
const findings = [...tallies.values()].reduce((sum, tally) => sum + tally.findings, 0)
if (findings > 0) console.log(`findings: ${findings}, kept in ${path.relative('.', found)}`)
process.exitCode = findings > 0 ? 1 : 0

/** Two children at a time, formats in turn, until the time is over. */
async function runAll (): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'atlas-fuzz-'))
  try {
    let round = 0
    const next = (): Order | undefined => {
      if (Date.now() >= end) return undefined
      const { name } = chosen[round % chosen.length]!
      const firstSeed = Number(values.seed) * 1_000_000 + Math.floor(round++ / chosen.length) * orderSize
      return { format: name, firstSeed, count: orderSize }
    }
    await Promise.all([0, 1].map(async i => {
      const own = path.join(folder, String(i))
      await mkdir(own)
      for (let order = next(); order !== undefined;) order = await runChild(own, order, next)
    }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Keeps one child busy until there is no order left or it dies; in that case the rest of its order is what remains to do. */
async function runChild (folder: string, first: Order, next: () => Order | undefined): Promise<Order | undefined> {
  const child = forkModule(new URL('./task', import.meta.url), [folder], { execArgv: ['--max-old-space-size=900'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let order: Order | undefined = first
  let seed = first.firstSeed
  let timer: NodeJS.Timeout | undefined
  let reason = ''
  const notes: Array<Promise<void>> = []
  child.stderr!.on('data', (text: Buffer) => { reason = (reason + text.toString()).slice(-2000) })
  return await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('message', (report: Report) => {
      clearTimeout(timer)
      if (report.kind === 'start') {
        seed = report.seed
        timer = setTimeout(() => { reason = `more than ${maxSeconds} s`; child.kill('SIGKILL') }, maxSeconds * 1000)
      } else if (report.kind === 'finding') {
        notes.push(keep(order!.format, report.seed, report.message))
      } else {
        count(order!.format, report)
        order = next()
        if (order === undefined) child.disconnect()
        else child.send(order)
      }
    })
    child.on('exit', () => {
      clearTimeout(timer)
      if (order !== undefined) notes.push(keep(order.format, seed, reason || 'the process ended'))
      const rest = order === undefined ? undefined : { ...order, firstSeed: seed + 1, count: order.firstSeed + order.count - seed - 1 }
      Promise.all(notes).then(() => { resolve(rest === undefined || rest.count > 0 ? rest : next()) }, reject)
    })
    child.send(first)
  })
}

function count (name: string, { read, refused, peakMegabytes }: Extract<Report, { kind: 'done' }>): void {
  const tally = tallies.get(name)!
  tally.read += read
  tally.refused += refused
  tally.peakMegabytes = Math.max(tally.peakMegabytes, peakMegabytes)
}

async function keep (name: string, seed: number, message: string): Promise<void> {
  const format: Format = formats.find(other => other.name === name)!
  tallies.get(name)!.findings++
  console.log(`${name} ${seed}: ${message.split('\n').slice(0, 3).join(' ')}`)
  await mkdir(found, { recursive: true })
  await writeFile(path.join(found, `${name}-${seed}${format.ending}`), mutate(format, seed))
  await writeFile(path.join(found, `${name}-${seed}.txt`), message)
}
