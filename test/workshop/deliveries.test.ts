import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { listLog } from '../../sql/audit-log.ts'
import { claimJob, endJob } from '../../sql/jobs.ts'
import { runJob } from '../../worker/run-job.ts'
import { fillGaps } from '../fill-gaps.ts'
import { smallProject } from '../small-project.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'
import { openRooms } from './open-rooms.ts'

t.test('a planner brings files, answers the check and changes the project file, in a browser alone', async t => {
  const { dataDir, projectsDir, database, lines } = await openRooms(t)
  const { app } = await openDoor(database, lines)
  await addPerson(database, 'anna@town.example', [], true)
  await addPerson(database, 'rita@town.example', [{ atlas: 'small', role: 'reader' }])
  const anna = openBrowser(app)
  await anna.signIn('anna@town.example')
  await anna.get('/werkstatt')
  t.equal((await anna.post('/werkstatt/atlanten', { slug: 'small' })).headers.location, '/werkstatt/small')
  const folder = path.join(projectsDir, 'small')

  /** As a browser sends a form with files. */
  const upload = async (files: Readonly<Record<string, string>>, token?: string) => {
    const page = await anna.get('/werkstatt/small/lieferungen')
    const action = /action="([^"]*lieferungen\?_form=[^"]*)"/.exec(page.body)![1]!
    const parts = Object.entries(files).map(([name, text]) => `--x\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n${text}\r\n`)
    return await app.inject({
      method: 'POST',
      url: token === undefined ? action : action.replace(/_form=.*/, `_form=${token}`),
      headers: { cookie: [...anna.cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'content-type': 'multipart/form-data; boundary=x' },
      payload: `${parts.join('')}--x--\r\n`,
    })
  }

  await t.test('files without the token of the page are not taken', async t => {
    t.equal((await upload({ 'people.csv': smallProject['people.csv'] }, 'x')).statusCode, 403)
    t.same(await readdir(path.join(folder, 'inbox')), [])
  })

  await t.test('the first files become the beginning of a project', async t => {
    const sent = await upload({ 'areas.geojson': smallProject['areas.geojson'], 'people-2023.csv': smallProject['people.csv'], '<img src=x>.csv': 'a;b\n1;2\n' })
    t.match(sent.body, /Angekommen: areas\.geojson, people-2023\.csv/)
    t.notMatch(sent.body, /<img/)
    t.match((await upload({ 'people-2023.csv': smallProject['people.csv'] })).body, /schon da/)
    const stranger = (await lines.workerOf('small').listInbox()).find(({ name }) => name.includes('img'))!
    await anna.get('/werkstatt/small/lieferungen')
    await anna.post('/werkstatt/small/lieferungen/verwerfen', { file: stranger.sha256 })
    const started = await anna.post('/werkstatt/small/lieferungen/beginnen')
    t.match(started.body, /Der Anfang ist gemacht/)
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), /BITTE AUSFÜLLEN/)
  })

  await t.test('of two who change the project file at once the second one sees what the first one did, and loses nothing', async t => {
    const page = await anna.get('/werkstatt/small/projektdatei')
    const hash = /name="hash" value="(\w+)"/.exec(page.body)![1]!
    const text = fillGaps(await readFile(path.join(folder, 'atlas.yaml'), 'utf8')).replace(/^atlas: .*/m, 'atlas: small')
    t.match((await anna.post('/werkstatt/small/projektdatei', { hash, text: text.replaceAll('\n', '\r\n') })).body, /Gespeichert/)
    const late = await anna.post('/werkstatt/small/projektdatei', { hash, text: '# <b>mine</b>\n' })
    t.equal(late.statusCode, 400)
    t.match(late.body, /jemand anderes/)
    t.match(late.body, /# &lt;b&gt;mine/)
    t.equal(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), text)
    t.equal((await anna.get('/werkstatt/small/projektdatei/atlas.yaml')).body, text)
  })

  await t.test('the check report stands on a page with its answers, for those who may see raw counts', async t => {
    await anna.get('/werkstatt/small')
    await anna.post('/werkstatt/small/pruefen')
    const job = (await claimJob(database, 'w'))!
    await endJob(database, job.job, 'w', await runJob({ job, folder, env: { ...process.env, ATLAS_DATA: dataDir }, onProgress: () => {}, signal: new AbortController().signal }))
    const page = await anna.get('/werkstatt/small/pruefbericht')
    t.match(page.body, /intern, enthält Rohwerte/)
    t.match(page.body, /Kennung <code>/)
    const rita = openBrowser(app)
    await rita.signIn('rita@town.example')
    t.equal((await rita.get('/werkstatt/small/pruefbericht')).statusCode, 403)
    t.equal((await rita.get('/werkstatt/small/lieferungen')).statusCode, 403)
    t.equal((await anna.post('/werkstatt/small/pruefbericht/annehmen', { finding: 'unknown', hash: '', because: 'x' })).statusCode, 200, 'a finding that is gone changes nothing')
  })

  await t.test('next year goes to its delivery by itself, and a file that is none says why', async t => {
    const next = smallProject['people.csv'].replaceAll('2023', '2025').replaceAll('2024', '2026')
    await upload({ 'people-2025.csv': next })
    const page = await anna.get('/werkstatt/small/lieferungen')
    const [, name] = /name="(file-[0-9a-f]{64})"/.exec(page.body)!
    t.match(page.body, /value="recognised" selected/)
    const taken = await anna.post('/werkstatt/small/lieferungen/aufnehmen', { [name!]: 'recognised' })
    t.match(taken.body, /Aufgenommen: .*people-2025\.csv/)
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), /people-2025\.csv/)
    t.equal((await upload({ 'program.exe': 'MZ\0\0\0' })).statusCode, 400)
    t.match((await upload({ '': '' })).body, /keine Datei/)
  })

  await t.test('the log names files and reasons, never a figure', async t => {
    const story = await listLog(database, { atlas: 'small', limit: 50 })
    t.same(new Set(story.map(({ action }) => action)), new Set(['atlas-created', 'file-received', 'file-discarded', 'file-taken-in', 'project-changed']))
    t.notMatch(JSON.stringify(story), /1000|2000/)
  })
})
