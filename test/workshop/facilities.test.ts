import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { formatProblem, problem } from '../../core/problem.ts'
import { listLog } from '../../sql/audit-log.ts'
import { saveEdition } from '../../sql/save.ts'
import { whileBusy } from '../../worker/busy.ts'
import { smallProject } from '../small-project.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'
import { openRooms } from './open-rooms.ts'

const list = `facilities:
  - id: kita-list
    label: Kitas
    publisher: Jugendamt
    licence: { name: CC0 1.0, url: 'https://creativecommons.org/publicdomain/zero/1.0/' }
    attribution: Jugendamt
    referenceDate: 2024-12-31
    legalBasis: Satzung
    mayBePassedOn: true
    files: [kitas.csv, alt.csv]
    x: Ost
    y: Nord
    key: Nummer
    name: Einrichtung
    kind: { column: Art }
    attributes: { address: Adresse }
    exclude: { Art: [Frauenhaus] }
`
const head = 'Nummer;Einrichtung;Art;Adresse;Leitung;Ost;Nord'
const start = [head, 'K1;Sternschnuppe;Kita;Markt 1;A. Muster;9,21;52,65', 'K2;Weserkinder;Kita;Am Ufer 3;B. Beispiel;9,23;52,65'].join('\r\n') + '\r\n'

t.test('a list of facilities is edited in a table with a map', async t => {
  const { projectsDir, database, lines } = await openRooms(t)
  await saveEdition(database, tinyEdition(), [])
  const folder = path.join(projectsDir, 'tiny')
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries({ ...smallProject, 'atlas.yaml': smallProject['atlas.yaml'].replace('atlas: small', 'atlas: tiny') + list })) writeFileSync(path.join(folder, name), text)
  const file = path.join(folder, 'kitas.csv')
  const put = (text: string) => { writeFileSync(file, text) }
  const now = () => readFileSync(file, 'utf8').replace('\uFEFF', '')
  put(start)
  writeFileSync(path.join(folder, 'alt.csv'), Buffer.from(`${head}\r\nK9;Mäuse;Kita;Weg 1;;9,22;52,65\r\n`, 'latin1'))
  const { app } = await openDoor(database, lines)
  for (const [name, atlas, role] of [['eva', 'tiny', 'editor'], ['ben', 'tiny', 'editor'], ['rita', 'tiny', 'reader'], ['olga', 'other', 'admin']] as const) await addPerson(database, `${name}@town.example`, [{ atlas, role }])
  const [eva, ben, rita, olga] = [openBrowser(app), openBrowser(app, '192.0.2.2'), openBrowser(app, '192.0.2.3'), openBrowser(app, '192.0.2.4')]
  for (const [browser, name] of [[eva, 'eva'], [ben, 'ben'], [rita, 'rita'], [olga, 'olga']] as const) {
    await browser.signIn(`${name}@town.example`)
    await browser.get('/werkstatt')
  }
  const page = '/werkstatt/tiny/einrichtungen/0'
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  /** What a browser would send of the page. */
  const sentBy = (html: string): Record<string, string> => Object.fromEntries([...html.matchAll(/name="(hash|[toc]:[\d:]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, plain(value!)]))
  const fresh = { 'c:2:0': 'K3', 'c:2:1': 'Neu', 'c:2:2': 'Kita', 'c:2:3': 'Weg 9', 'c:2:4': '9,25', 'c:2:5': '52,65' }

  await t.test('only who may deliver for this atlas sees or changes it', async t => {
    for (const address of [page, '/werkstatt/tiny/einrichtungen', `${page}/tabelle.csv`]) {
      t.equal((await rita.get(address)).statusCode, 403)
      t.equal((await olga.get(address)).statusCode, 404)
    }
    const sent = sentBy((await eva.get(page)).body)
    t.equal((await rita.post(page, { ...sent, ...fresh })).statusCode, 403)
    t.equal((await olga.post(page, { ...sent, ...fresh })).statusCode, 404)
    t.equal(now(), start)
    t.equal((await eva.get('/werkstatt/tiny/einrichtungen/7')).statusCode, 404)
    t.equal((await eva.get('/werkstatt/tiny/einrichtungen/..%2F0')).statusCode, 404)
  })

  await t.test('each place stands in the table and, as a link to its row, on the map; nobody in charge stands anywhere', async t => {
    const { body } = await eva.get(page)
    t.match(body, /<a href="#zeile-2" aria-label="2: Sternschnuppe">/)
    t.match(body, /<tr id="zeile-2">[\s\S]*value="Sternschnuppe"/)
    t.notMatch(body, /Muster|Leitung/)
    const csv = (await eva.get(`${page}/tabelle.csv`)).body
    t.match(csv, 'K1;Sternschnuppe;Kita;Markt 1;9,21;52,65')
    t.notMatch(csv, /Muster|Leitung/)
  })

  await t.test('rows are added, changed and taken away; what was not shown stays with its row', async t => {
    const saved = await eva.post(page, { ...sentBy((await eva.get(page)).body), ...fresh, 'c:1:3': 'Am Ufer 4', 'x:0': 'yes' })
    t.equal(saved.statusCode, 200)
    t.match(saved.body, 'Gespeichert: 1 neu, 1 geändert, 1 weggenommen')
    t.equal(now(), [head, 'K2;Weserkinder;Kita;Am Ufer 4;B. Beispiel;9,23;52,65', 'K3;Neu;Kita;Weg 9;;9,25;52,65'].join('\r\n') + '\r\n')
  })

  await t.test('a place that must not be known is refused with the next step, whatever says so; what was typed comes back', async t => {
    for (const [column, text] of [['c:2:1', 'Frauenhaus Nord'], ['c:2:2', 'Schutz-Wohnung'], ['c:2:3', 'Kindertagespflege, Zuflucht 1']] as const) {
      put(start)
      const refused = await eva.post(page, { ...sentBy((await eva.get(page)).body), ...fresh, [column]: text, 'c:2:0': 'K-neu' })
      t.equal(refused.statusCode, 400, text)
      t.match(refused.body, /Zeile 4[\s\S]*Die Zeilen aus der Datei nehmen/)
      t.match(refused.body, `value="${text}"`)
      t.equal(now(), start)
    }
    t.same(readdirSync(folder).filter(name => name.startsWith('.')), [], 'no trial stays behind')
  })

  await t.test('such a place that lies in the file already is shown to nobody, and can be taken away', async t => {
    put(`${start}K4;Haus Hoffnung;Frauenhaus;Geheimweg 5;;9,24;52,65\r\n`)
    const { body } = await eva.get(page)
    t.notMatch(body + (await eva.get(`${page}/tabelle.csv`)).body, /Geheimweg|Hoffnung|Frauenhaus;|9,24/)
    t.match(body, 'wird hier nicht gezeigt')
    await eva.post(page, { ...sentBy(body), 'c:0:3': 'Markt 2' })
    t.match(now(), /Markt 2[\s\S]*Geheimweg 5/, 'others can be changed meanwhile, because the project leaves it out')
    await eva.post(page, { ...sentBy((await eva.get(page)).body), 'x:2': 'yes' })
    t.notMatch(now(), 'Geheimweg')
  })

  await t.test('nothing on the page lets somebody try out what is not shown', async t => {
    put(start)
    const { hash } = sentBy((await eva.get(page)).body)
    t.match(hash, /^[\da-f]{64}$/)
    t.not(hash, createHash('sha256').update(start).digest('hex'), 'a checksum without a key could be had by guessing')
  })

  await t.test('while a build reads the project it waits, and what was typed comes back', async t => {
    put(start)
    const refused = await whileBusy(folder, 'build', async () => await eva.post(page, { ...sentBy((await eva.get(page)).body), ...fresh }))
    t.equal(refused.statusCode, 400)
    t.match(refused.body, formatProblem(problem('worker-busy', {}), 'de').split('\n')[0])
    t.match(refused.body, 'value="Weg 9"')
    t.equal(now(), start)
    t.equal((await eva.post(page, { ...sentBy(refused.body), ...fresh })).statusCode, 200)
    t.match(now(), 'Weg 9')
  })

  await t.test('what is doubtful is said with its line and the next step', async t => {
    put(start)
    const twice = await eva.post(page, { ...sentBy((await eva.get(page)).body), ...fresh, 'c:2:0': 'K1' })
    t.equal(twice.statusCode, 400)
    t.match(twice.body, /K1[\s\S]*\(Zeile 2[^)]*4\)[\s\S]*Die doppelte Zeile entfernen/)
    const odd = await eva.post(page, { ...sentBy(twice.body), 'c:2:0': 'K3', 'c:2:2': '', 'c:2:4': '13,4' })
    t.equal(odd.statusCode, 200)
    t.match(odd.body, /außerhalb der Grenzen: 1 von 3 \(Zeile 4\)/)
    t.match(odd.body, /ohne Art: 1 \(Zeile 4\)[\s\S]*Die Art ergänzen/)
    t.match(odd.body, 'Nicht auf der Karte: Zeile 4.')
    const person = await eva.post(page, { ...sentBy(odd.body), 'c:2:3': 'Weg 1, 05021 1234567' })
    t.match(person.body, 'Rufnummern (Zeile 4)')
  })

  await t.test('of two at once the second sees what the first did, and neither loses a row', async t => {
    put(start)
    const mine = sentBy((await ben.get(page)).body)
    await eva.post(page, { ...sentBy((await eva.get(page)).body), ...fresh, 'c:0:1': 'Sternchen' })
    const late = await ben.post(page, { ...mine, 'c:1:1': 'Leinekinder', 'c:2:0': 'K8', 'c:2:1': 'Von Ben', 'c:2:2': 'Kita', 'c:2:4': '9,22', 'c:2:5': '52,65' })
    t.equal(late.statusCode, 400)
    t.notMatch(now(), 'Ben')
    t.equal(late.body.split('(von jemand anderem)').length, 3)
    t.notMatch(late.body, 'value="Sternschnuppe"', 'what only the first touched is as the first left it')
    t.equal((await ben.post(page, sentBy(late.body))).statusCode, 200)
    for (const name of ['Sternchen', 'Leinekinder', 'Neu', 'Von Ben']) t.match(now(), name)
    t.match(now(), 'Sternchen;Kita;Markt 1;A. Muster')
    t.equal((await ben.post(page, { ...sentBy(late.body), 't:0': 'made-up', hash: 'made-up' })).statusCode, 400)
  })

  await t.test('no cell is markup on the page or a formula in a spreadsheet', async t => {
    put(start)
    const evil = '"><script>alert(1)</script>'
    const saved = await eva.post(page, { ...sentBy((await eva.get(page)).body), ...fresh, 'c:2:1': evil, 'c:2:3': '=HYPERLINK("x")' })
    t.equal(saved.statusCode, 200)
    t.notMatch(saved.body, '<script>alert')
    t.match(saved.body, 'aria-label="4: &quot;&gt;&lt;script', 'on the map it is text, too')
    t.match((await eva.get(`${page}/tabelle.csv`)).body, '"\'=HYPERLINK(""x"")"')
    t.match(now(), ';"=HYPERLINK(""x"")";', 'the file says what was typed')
  })

  await t.test('a file that would lose something is only looked at', async t => {
    const { body } = await eva.get('/werkstatt/tiny/einrichtungen/1')
    t.match(body, 'Mäuse')
    t.match(body, 'nur ansehen')
    t.notMatch(body, 'name="hash"')
    t.equal((await eva.post('/werkstatt/tiny/einrichtungen/1', { hash: '', 't:0': '', 'c:0:0': 'x' })).statusCode, 400)
  })

  await t.test('a project file that names what is not its own opens no file', async t => {
    const yaml = path.join(folder, 'atlas.yaml')
    const before = readFileSync(yaml, 'utf8')
    writeFileSync(path.join(projectsDir, 'theirs.csv'), start)
    writeFileSync(yaml, before.replace('kitas.csv', '../theirs.csv'))
    t.equal((await eva.get(page)).statusCode, 404)
    writeFileSync(yaml, before)
  })

  await t.test('the log says how many rows, and never which', async t => {
    const story = (await listLog(database, { atlas: 'tiny', limit: 50 })).filter(({ action }) => action === 'facilities-changed')
    t.same(story.at(-1)?.details, { list: 'kita-list', added: 1, changed: 1, removed: 1 }, 'not even a checksum of the file')
    t.equal(story.at(-1)?.name, 'eva')
    t.notMatch(JSON.stringify(await listLog(database, { atlas: 'tiny', limit: 50 })), /Ufer|Frauenhaus|Weg|K-neu/)
  })
})
