import { cp, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findJob } from '../sql/jobs.ts'
import { listEditions } from '../sql/list.ts'
import { forkModule } from '../task.ts'
import { connectAtlas } from '../worker/client.ts'
import { workerSocket } from '../worker/socket.ts'
import { atDesk, type Desk } from './desk.ts'
import { minimumAndMedian } from './machine.ts'

const rounds = 5
const table = 'durchschnittsalter-sozialraeume.csv'

/** How long a planner waits: for the check of Flensburg's deliveries, for a draft after a drop, for an edition on the public pages. */
export async function benchWorkshop (dataFolder: string | undefined): Promise<void> {
  await atDesk(['flensburg', 'musterstadt'], async desk => {
    if (dataFolder === undefined) console.log('check of Flensburg: left out, needs flensburg/ in the folder given as --data')
    else await benchCheck(desk, path.join(dataFolder, 'flensburg'))
    await benchDraft(desk)
  })
}

async function benchCheck (desk: Desk, dataFolder: string): Promise<void> {
  const project = path.join(desk.projectsDir, 'flensburg')
  await cp(dataFolder, project, { recursive: true })
  await cp(path.join(import.meta.dirname, '../examples/flensburg/atlas.yaml'), path.join(project, 'atlas.yaml'))
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    await runJob(desk, 'flensburg', 'pruefen')
    await desk.get('/flensburg/pruefbericht')
    times.push(performance.now() - started)
  }
  say('check of Flensburg, from the button to the report', times, 5)
}

async function benchDraft (desk: Desk): Promise<void> {
  const project = path.join(desk.projectsDir, 'musterstadt')
  await cp(path.join(import.meta.dirname, '../fixtures/musterstadt'), project, { recursive: true })
  await runJob(desk, 'musterstadt', 'bauen', { first: 'first' })
  const servers = [await startServer(desk), await startServer(desk)]
  try {
    await publishAgainAndAgain(desk, path.join(project, 'tables', table), servers.map(({ port }) => port))
  } finally {
    for (const { end } of servers) await end()
  }
}

async function publishAgainAndAgain (desk: Desk, file: string, ports: readonly number[]): Promise<void> {
  const text = await readFile(file, 'utf8')
  const [drafts, publications, visible]: [number[], number[], number[]] = [[], [], []]
  for (let round = 1; round <= rounds; round++) {
    const dropped = performance.now()
    await drop(desk, changed(text, round))
    await runJob(desk, 'musterstadt', 'bauen')
    const [draft] = await listEditions(desk.database, 'stored', { atlas: 'musterstadt' })
    if (draft?.state !== 'draft') throw new Error('no draft was built')
    await desk.get(`/musterstadt/entwurf/${draft.id}`)
    drafts.push(performance.now() - dropped)

    const asked = performance.now()
    await runJob(desk, 'musterstadt', 'veroeffentlichen', { edition: draft.id })
    const moved = performance.now()
    publications.push(moved - asked)
    await Promise.all(ports.map(async port => { while (!await shows(port, draft.id)) await delay(20) }))
    visible.push(performance.now() - moved)
  }
  say('draft of Musterstadt, from the drop of a table to its page', drafts, 15)
  say('publication of it, from the button until the pointer has moved', publications)
  say(`after that until ${ports.length} public servers show it`, visible, 5)
}

/** Another mean age in the last line: no count, so every change of it can be seen. */
function changed (text: string, by: number): string {
  return text.trimEnd().replace(/\d$/, last => String((Number(last) + by) % 10)) + '\n'
}

async function drop (desk: Desk, text: string): Promise<void> {
  const action = /action="([^"]*lieferungen\?_form=[^"]*)"/.exec(await desk.get('/musterstadt/lieferungen'))![1]!
  const body = new FormData()
  body.append('files', new File([text], table, { type: 'text/csv' }))
  const answer = await fetch(`http://127.0.0.1:${desk.port}${action}`, { method: 'POST', headers: { cookie: desk.cookie }, body })
  const names = [...(await answer.text()).matchAll(/name="(file-[0-9a-f]+)"/g)].map(([, name]) => [name!, 'recognised'])
  if (names.length === 0) throw new Error('the table did not arrive')
  await desk.post('/musterstadt/lieferungen', '/musterstadt/lieferungen/aufnehmen', Object.fromEntries(names))
  if ((await connectAtlas(workerSocket({ dataDir: desk.dataDir, workerSocket: null }), 'musterstadt').listInbox()).length > 0) throw new Error('the table was not taken in')
}

/** @throws where the job did not end well */
async function runJob (desk: Desk, atlas: string, step: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  const { leadsTo } = await desk.post(`/${atlas}`, `/${atlas}/${step}`, fields)
  const id = Number(leadsTo?.split('/').at(-1))
  if (!(id > 0)) throw new Error(`${step} was refused`)
  for (;;) {
    const job = await findJob(desk.database, atlas, id)
    if (job?.state === 'done') return
    if (job?.state === 'failed') throw new Error(`${step}: ${job.codes.join(', ')}`)
    await delay(20)
  }
}

async function startServer ({ dataDir, environment }: Desk): Promise<{ readonly port: number, readonly end: () => Promise<void> }> {
  const child = forkModule(new URL('./atlases-task', import.meta.url), [dataDir, '512'], { env: environment })
  const { port } = await new Promise<{ port: number }>(resolve => child.once('message', message => resolve(message as { port: number })))
  return {
    port,
    async end () {
      child.send('end')
      await new Promise(resolve => child.once('exit', resolve))
    },
  }
}

async function shows (port: number, edition: string): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/musterstadt/karte/sgb2-share/2024-12-31`)
  return (await answer.text()).includes(edition)
}

function say (what: string, milliseconds: readonly number[], limitSeconds?: number): void {
  const { minimum, median } = minimumAndMedian(milliseconds)
  const limit = limitSeconds === undefined ? '' : ` (limit ${limitSeconds} s)`
  console.log(`${what}: min ${(minimum / 1000).toFixed(1)} s, median ${(median / 1000).toFixed(1)} s, max ${(Math.max(...milliseconds) / 1000).toFixed(1)} s of ${milliseconds.length}${limit}`)
}
