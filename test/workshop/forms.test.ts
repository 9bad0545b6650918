import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { listLog } from '../../sql/audit-log.ts'
import { claimJob, endJob } from '../../sql/jobs.ts'
import { runJob } from '../../worker/run-job.ts'
import { smallProject } from '../small-project.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'
import { openRooms } from './open-rooms.ts'

t.test('a planner fills in and changes the project file in forms', async t => {
  const { dataDir, projectsDir, database, lines } = await openRooms(t)
  const { app } = await openDoor(database, lines)
  await addPerson(database, 'anna@town.example', [{ atlas: 'small', role: 'admin' }])
  await addPerson(database, 'ben@town.example', [{ atlas: 'small', role: 'admin' }])
  await addPerson(database, 'rita@town.example', [{ atlas: 'small', role: 'reader' }, { atlas: 'other', role: 'admin' }])
  const [anna, ben, rita] = [openBrowser(app), openBrowser(app, '192.0.2.2'), openBrowser(app, '192.0.2.3')]
  await anna.signIn('anna@town.example')
  await ben.signIn('ben@town.example')
  await rita.signIn('rita@town.example')
  const folder = path.join(projectsDir, 'small')
  mkdirSync(folder, { recursive: true })

  const put = (yaml: string) => { for (const [name, text] of Object.entries({ ...smallProject, 'atlas.yaml': yaml })) writeFileSync(path.join(folder, name), text) }
  /** What a browser would send of the page. */
  const sentBy = (html: string): Record<string, string> => Object.fromEntries([...html.matchAll(/name="w:([^"]+)" value="([^"]*)"/g)].flatMap(([, name, value]) => [[`w:${name}`, plain(value!)], [`f:${name}`, plain(value!)]]))
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

  await t.test('without a project file the page says where to begin', async t => {
    t.match((await anna.get('/werkstatt/small/angaben')).body, /laden Sie unter „Lieferungen“/i)
    t.equal((await anna.get('/werkstatt/small/angaben/atlas')).statusCode, 404)
  })

  await t.test('only who may configure this atlas gets in', async t => {
    put(smallProject['atlas.yaml'])
    for (const where of ['angaben', 'angaben/atlas', 'angaben/indicator/people']) {
      t.equal((await rita.get(`/werkstatt/small/${where}`)).statusCode, 403)
      t.equal((await rita.post(`/werkstatt/small/${where}`, { 'w:title': '', 'f:title': 'Mine' })).statusCode, 403)
    }
    t.equal(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), smallProject['atlas.yaml'])
    t.equal((await anna.get('/werkstatt/small/angaben/nothing')).statusCode, 404)
    t.equal((await anna.get('/werkstatt/small/angaben/indicator/nothing')).statusCode, 404)
    t.equal((await anna.get('/werkstatt/small/angaben/indicator/..%2F..%2Fx')).statusCode, 404)
  })

  await t.test('what is still open comes first, and is gone when it is filled in', async t => {
    put(smallProject['atlas.yaml'].replace('legalBasis: Satzung', 'legalBasis: BITTE AUSFÜLLEN').replace('name: Sozialplanung', 'name: BITTE AUSFÜLLEN'))
    t.match((await anna.get('/werkstatt/small/angaben')).body, /2 Angaben fehlen noch/)
    const page = await anna.get('/werkstatt/small/angaben/open')
    t.match(page.body, /<h1>Noch auszufüllen/)
    t.notMatch(page.body, 'BITTE')
    const saved = await anna.post('/werkstatt/small/angaben/open', { ...sentBy(page.body), 'f:contact/name': 'Amt für <b>Soziales</b>', 'f:deliveries/register/legalBasis': 'Satzung' })
    t.equal(saved.statusCode, 200)
    t.match(saved.body, /Alles ist ausgefüllt/)
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), "name: 'Amt für <b>Soziales</b>'")
    t.notMatch((await anna.get('/werkstatt/small/angaben/atlas')).body, '<b>Soziales')
  })

  await t.test('what several deliveries ask alike is answered once, with exceptions, and nothing typed is lost', async t => {
    const yaml = smallProject['atlas.yaml'].replace('minimumCount: 3', 'minimumCount: BITTE AUSFÜLLEN').replace('legalBasis: Satzung', 'legalBasis: BITTE AUSFÜLLEN')
    const delivery = / {2}- id: register[\s\S]*?(?=indicators:)/.exec(yaml)![0]
    const another = (id: string) => delivery.replace('id: register', `id: ${id}`).replace(/columns: .*/, `columns: { ${id}: Personen }`)
    const counts = ['b', 'c'].map(id => `  - { id: ${id}, theme: income, kind: count, label: ${id}, definition: Alle., decimals: 0 }\n`).join('')
    put(yaml.replace('indicators:\n', `${another('b')}${another('c')}indicators:\n${counts}`))
    const open = '/werkstatt/small/angaben/open'
    const [page, other] = [await anna.get(open), await ben.get(open)]
    t.match(page.body, 'Mindestfallzahl – für alle 3 Lieferungen')
    const all = 'f:deliveries/*/minimumCount'
    const law = 'f:deliveries/*/legalBasis'

    const refused = await anna.post(open, { ...sentBy(page.body), [all]: '2', 'f:deliveries/c/minimumCount': '7', [law]: '"><script>alert(1)</script>' })
    t.equal(refused.statusCode, 400)
    t.match(refused.body, /value="2" id="f\d+all" name="f:deliveries\/\*\/minimumCount" aria-describedby="\S+ f\d+all-fault" aria-invalid="true"/)
    t.match(refused.body, /<details open>[\s\S]*value="7" id="f\d+" name="f:deliveries\/c\/minimumCount"/, 'an exception is in sight')
    t.equal(refused.body.split('class="fault"').length, 2, 'the fault is said once')
    t.notMatch(refused.body, '<script>alert')

    t.match((await anna.post(open, { ...sentBy(refused.body), [all]: '5', 'f:deliveries/c/minimumCount': '7', [law]: '' })).body, /Gespeichert/)
    const saved = await readFile(path.join(folder, 'atlas.yaml'), 'utf8')
    t.same([...saved.matchAll(/minimumCount: (.*)/g)].map(([, value]) => value), ['5', '5', '7'])
    t.equal(saved.match(/BITTE/g)?.length, 3, 'what stayed empty is still open')

    const late = await ben.post(open, { ...sentBy(other.body), [all]: '4', [law]: 'Satzung' })
    t.equal(late.statusCode, 400)
    t.match(late.body, /<li>b – minimumCount: 4<\/li>/, 'what somebody else filled in meanwhile is said, beside what was typed')
    t.match((await ben.post(open, { ...sentBy(late.body), [law]: 'Satzung' })).body, /Alles ist ausgefüllt/)
    t.same([...(await readFile(path.join(folder, 'atlas.yaml'), 'utf8')).matchAll(/(?:minimumCount|legalBasis): (.*)/g)].map(([, value]) => value), ['5', 'Satzung', '5', 'Satzung', '7', 'Satzung'])
    put(smallProject['atlas.yaml'])
  })

  await t.test('a fault stands at its field, beside what was typed', async t => {
    const page = await anna.get('/werkstatt/small/angaben/rules/register')
    const saved = await anna.post('/werkstatt/small/angaben/rules/register', { ...sentBy(page.body), 'f:deliveries/register/minimumCount': '2' })
    t.equal(saved.statusCode, 400)
    t.match(saved.body, /value="2" id="(f\d+)" name="f:deliveries\/register\/minimumCount" aria-describedby="\1-hint \1-fault" aria-invalid="true"/)
    t.match(saved.body, /class="fault" id="f\d+-fault">.*3 oder mehr/)
    t.match(saved.body, /<a href="#f\d+">Mindestfallzahl/)
  })

  await t.test('of two tabs the second sees what the first wrote, beside its own, and who it was', async t => {
    const mine = sentBy((await ben.get('/werkstatt/small/angaben/indicator/people')).body)
    const page = await anna.get('/werkstatt/small/angaben/indicator/people')
    t.match((await anna.post('/werkstatt/small/angaben/indicator/people', { ...sentBy(page.body), 'f:indicators/people/definition/de': 'Gemeldete.' })).body, /Gespeichert/)
    const late = await ben.post('/werkstatt/small/angaben/indicator/people', { ...mine, 'f:indicators/people/definition/de': 'Bewohner.', 'f:indicators/people/label/de': 'Leute' })
    t.equal(late.statusCode, 400)
    t.match(late.body, /<dt>Was jetzt gilt<\/dt><dd>Gemeldete\. \(geändert von anna, /)
    t.match(late.body, /Bewohner\./)
    t.match(late.body, />\nLeute</)
    t.notMatch(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'Leute')
    t.match((await ben.post('/werkstatt/small/angaben/indicator/people', { ...sentBy(late.body), 'f:indicators/people/definition/de': 'Bewohner.' })).body, /Gespeichert/)
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'definition: Bewohner.')
  })

  await t.test('boxes that are ticked become a list, and none of them takes it away', async t => {
    const page = await anna.get('/werkstatt/small/angaben/atlas')
    await anna.post('/werkstatt/small/angaben/atlas', { ...sentBy(page.body), 'f:audiences': ['public', 'internal'] })
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'audiences: [public, internal]')
    const { 'f:audiences': _, ...rest } = sentBy((await anna.get('/werkstatt/small/angaben/atlas')).body)
    await anna.post('/werkstatt/small/angaben/atlas', rest)
    t.notMatch(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'audiences')
  })

  await t.test('an indicator of the catalogue is found and added', async t => {
    t.match((await anna.get('/werkstatt/small/angaben?suche=%3Cscript%3E')).body, /value="&lt;script&gt;"[\s\S]*0 Kennzahlen gefunden/)
    t.match((await anna.get('/werkstatt/small/angaben?suche=einwohner')).body, /name="use" value="inhabitants"/)
    t.match((await anna.post('/werkstatt/small/angaben', { use: 'inhabitants' })).body, /Aufgenommen/)
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), '  - { use: inhabitants }')
    t.equal((await anna.post('/werkstatt/small/angaben', { use: 'inhabitants' })).statusCode, 400)
  })

  await t.test('an entry is left out only where nothing needs it', async t => {
    await anna.get('/werkstatt/small/angaben/indicator/inhabitants')
    t.match((await anna.post('/werkstatt/small/angaben/indicator/inhabitants/weglassen')).body, /Weggelassen/)
    t.notMatch(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'inhabitants')
    const kept = await anna.post('/werkstatt/small/angaben/indicator/people/weglassen')
    t.equal(kept.statusCode, 400)
    t.match(kept.body, /Nicht weggelassen/)
    t.equal((await anna.post('/werkstatt/small/angaben/level/stadt/weglassen')).statusCode, 400)
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'id: people')
  })

  await t.test('what stays visible stands on a page, with the ways to show more; a rule is taken over only as the report offers it', async t => {
    t.match((await anna.get('/werkstatt/small/sichtbar')).body, /Noch wurde nichts geprüft/)
    put(smallProject['atlas.yaml'].replace('minimumCount: 3', 'minimumCount: 100'))
    await anna.get('/werkstatt/small')
    await anna.post('/werkstatt/small/pruefen')
    const job = (await claimJob(database, 'w'))!
    await endJob(database, job.job, 'w', await runJob({ job, folder, env: { ...process.env, ATLAS_DATA: dataDir }, onProgress: () => {}, signal: new AbortController().signal }))
    const page = (await anna.get('/werkstatt/small/sichtbar')).body
    t.match(page, /<th scope="row">SGB II<\/th><td>Sozialräume<\/td>/)
    t.match(page, /Mit der Mindestfallzahl 10 statt 100 wären \d+ von \d+ Zahlen sichtbar/)
    t.equal((await rita.get('/werkstatt/small/sichtbar')).statusCode, 403)
    const way = /id="agreed-(\w+)"/.exec(page)![1]!
    t.equal((await anna.post('/werkstatt/small/sichtbar', { way })).statusCode, 400, 'nobody agreed')
    await anna.post('/werkstatt/small/sichtbar', { way: 'unknown', agreed: 'yes' })
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'minimumCount: 100')
    t.match((await anna.post('/werkstatt/small/sichtbar', { way, agreed: 'yes' })).body, /Die Regel steht in der Projektdatei/)
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'minimumCount: 10\n')
    const rounding = [...page.matchAll(/name="way" value="(\w+)"/g)].map(([, key]) => key!).find(key => key !== way)!
    t.match((await anna.post('/werkstatt/small/sichtbar', { way: rounding })).body, /Die Regel steht/)
    t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), 'method: round5')
  })

  await t.test('the log says who changed which places, and not to what', async t => {
    const story = (await listLog(database, { atlas: 'small', limit: 50 })).filter(({ action }) => action === 'project-changed')
    t.same(story.map(({ name, details }) => [name, details.paths]), [
      ['anna', 'deliveries'], ['anna', 'deliveries'], ['anna', 'indicator inhabitants'], ['anna', 'indicators.inhabitants'], ['anna', 'audiences'], ['anna', 'audiences'], ['ben', 'indicators.people.definition'], ['anna', 'indicators.people.definition'],
      ['ben', 'deliveries.register.legalBasis, deliveries.b.legalBasis, deliveries.c.legalBasis'], ['anna', 'deliveries.register.minimumCount, deliveries.b.minimumCount, deliveries.c.minimumCount'],
      ['anna', 'contact.name, deliveries.register.legalBasis'],
    ])
    t.notMatch(JSON.stringify(story), /Satzung|Bewohner/)
  })
})
