import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { strToU8, zipSync } from 'fflate'
import t from 'tap'
import { smallProject } from '../small-project.ts'
import { addPerson, openBrowser, openDoor, type Browser } from './door.ts'
import { openRooms } from './open-rooms.ts'

const zipOf = (...names: readonly string[]) => zipSync(Object.fromEntries(names.map(name => [name, strToU8('x'.repeat(500))])))

t.test('what goes wrong at a desk ends in a sentence with the next step, and nothing is lost', async t => {
  const { projectsDir, database, lines } = await openRooms(t)
  const { app } = await openDoor(database, lines)
  await lines.worker.createAtlas('small')
  const folder = path.join(projectsDir, 'small')
  for (const [name, text] of Object.entries(smallProject)) await writeFile(path.join(folder, name), text)
  await addPerson(database, 'anna@town.example', [{ atlas: 'small', role: 'admin' }])
  const browser = openBrowser(app)
  await browser.signIn('anna@town.example')
  const inbox = async () => (await lines.workerOf('small').listInbox()).map(({ name }) => name)

  /** As a browser sends files that were dropped together. */
  async function upload (files: ReadonlyArray<readonly [name: string, content: string | Uint8Array]>, by: Browser = browser) {
    const token = /_form=([^"]+)"/.exec((await by.get('/werkstatt/small/lieferungen')).body)?.[1] ?? 'none'
    const parts = files.map(([name, content]) => Buffer.concat([Buffer.from(`--x\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]))
    const headers = { cookie: [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'content-type': 'multipart/form-data; boundary=x' }
    return await app.inject({ method: 'POST', url: `/werkstatt/small/lieferungen?_form=${token}`, headers, payload: Buffer.concat([...parts, Buffer.from('--x--\r\n')]) })
  }

  await t.test('files that can be no delivery say each for itself what to do; the good one among them arrives', async t => {
    const workbook = zipOf('xl/workbook.xml', 'xl/worksheets/sheet1.xml')
    const { body } = await upload([
      ['brief.pdf', '%PDF-1.7'],
      ['geschuetzt.xlsx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')])],
      ['viele.xlsx', zipOf('xl/workbook.xml', ...Array.from({ length: 200 }, (_, i) => `xl/worksheets/sheet${i + 1}.xml`))],
      ['halb.xlsx', workbook.subarray(0, workbook.length - 30)],
      ['halb.zip', zipOf('a.shp', 'a.dbf').subarray(0, 200)],
      ['doppelt.zip', zipOf('a.shp', 'b.zip')],
      ['leer.csv', ''],
      ['gut.csv', 'Nr;Jahr;Personen;SGB II\n1;2025;1001;101\n2;2025;2001;22\n3;2025;501;51\n'],
    ])
    for (const [name, finding, next] of [
      ['brief.pdf', 'weder Tabelle noch Karte', 'Nachsehen, ob es die richtige Datei ist'],
      ['geschuetzt.xlsx', 'Kennwort|Passwort|verschlüsselt', ''],
      ['viele.xlsx', '200 Blätter', 'in eine eigene Arbeitsmappe kopieren'],
      ['halb.xlsx', 'Archiv|beschädigt|unvollständig', ''],
      ['halb.zip', 'Archiv|beschädigt|unvollständig', ''],
      ['doppelt.zip', 'noch ein Archiv', 'einzeln hochladen'],
      ['leer.csv', 'leer', ''],
    ] as const) t.match(body, new RegExp(`${name}[^<]*(?:${finding})[^<]*${next}`), name)
    t.match(body, 'Angekommen: gut.csv')
    t.same(await inbox(), ['gut.csv'])
  })

  await t.test('the same file twice is there once', async t => {
    const text = await readFile(path.join(folder, 'people.csv'), 'utf8')
    const { body } = await upload([['a.csv', `${text}\n`], ['kopie von a.csv', `${text}\n`]])
    t.match(body, /Genau diese Dateien waren schon da: a\.csv/)
    t.same((await inbox()).toSorted(), ['a.csv', 'gut.csv'])
  })

  await t.test('last year\'s file once more says so, and the project keeps what it has', async t => {
    const before = await readFile(path.join(folder, 'atlas.yaml'), 'utf8')
    const { body } = await browser.get('/werkstatt/small/lieferungen')
    const card = body.split('<li class="card">').find(text => text.includes('<strong>a.csv</strong>'))!
    t.match(card, /ersetzt people\.csv \(dieselben Zeiträume: 2023-12-31, 2024-12-31\)[^<]*eine berichtigte Lieferung[^<]*bleibt als people\.csv liegen/)
    const sha256 = /name="file-([0-9a-f]{64})"/.exec(card)![1]!
    await browser.post('/werkstatt/small/lieferungen/aufnehmen', { [`file-${sha256}`]: 'recognised' })
    t.equal(await readFile(path.join(folder, 'people.csv'), 'utf8'), smallProject['people.csv'])
    const after = await readFile(path.join(folder, 'atlas.yaml'), 'utf8')
    t.match(after, 'files: [a.csv]')
    t.equal(after.replace('a.csv', 'people.csv'), before, 'and nothing else has changed')
    t.same(await inbox(), ['gut.csv'])
  })

  await t.test('a session that ended while files were chosen is said, and leads back to the page', async t => {
    const idle = openBrowser(app)
    await idle.signIn('anna@town.example')
    idle.cookies.delete('__Host-atlas-session')
    const { statusCode, body } = await upload([['late.csv', 'a;b\n1;2\n']], idle)
    t.equal(statusCode, 401)
    t.match(body, 'wählen Sie die Dateien noch einmal aus')
    t.match(body, 'name="_target" value="/werkstatt/small/lieferungen"')
    t.notMatch(await inbox(), ['late.csv'])
  })

  await t.test('a role that is taken away while somebody types shows them what they typed', async t => {
    const jan = await addPerson(database, 'jan@town.example', [{ atlas: 'small', role: 'admin' }])
    const jans = openBrowser(app)
    await jans.signIn('jan@town.example')
    const page = await jans.get('/werkstatt/small/projektdatei')
    const hash = /name="hash" value="(\w+)"/.exec(page.body)![1]!
    const change = async (role: string | null) => await database.query(role === null
      ? 'delete from atlas.memberships where account_key = (select account_key from atlas.accounts where account = $1)'
      : "update atlas.memberships set role = 'reader' where account_key = (select account_key from atlas.accounts where account = $1)", [jan])
    for (const [role, status] of [['reader', 403], [null, 404]] as const) {
      await change(role)
      const { statusCode, body } = await jans.post('/werkstatt/small/projektdatei', { hash, text: '# an hour of work <b>\natlas: small\n' })
      t.equal(statusCode, status)
      t.match(body, '# an hour of work &lt;b&gt;')
      t.match(body, 'Kopieren Sie von hier')
    }
    t.equal(await readFile(path.join(folder, 'atlas.yaml'), 'utf8').then(text => text.includes('an hour')), false)
  })

  await t.test('a form from before signing in anew is not taken, but what was typed in it is there; what another site sends is not', async t => {
    const tab = openBrowser(app)
    await tab.signIn('anna@town.example')
    await tab.get('/werkstatt/small/leute')
    const stale = /name="_form" value="([^"]+)"/.exec((await tab.get('/werkstatt/small/leute')).body)![1]!
    await tab.post('/werkstatt/abmelden')
    await tab.signIn('anna@town.example')
    const typed = { _form: stale, name: 'Dörte Lang', email: 'doerte@town.example', role: 'reader' }
    const { statusCode, body } = await tab.post('/werkstatt/small/leute', typed)
    t.equal(statusCode, 403)
    t.match(body, 'Dörte Lang')
    t.notMatch((await tab.post('/werkstatt/small/leute', typed, { 'sec-fetch-site': 'cross-site' })).body, 'Dörte Lang')
  })

  await t.test('an accepted finding whose project file changed meanwhile keeps the reason that was typed', async t => {
    const finding = { code: 'plausible-jump', severity: 'warning', place: { file: 'people.csv' }, where: 'people.csv', found: 'x', expected: 'y', next: 'z' }
    await mkdir(path.join(folder, 'vault', 'reports'), { recursive: true })
    await writeFile(path.join(folder, 'vault', 'reports', 'pruefbericht.json'), JSON.stringify({ format: 1, summary: 's', next: 'n', findings: [finding] }))
    const page = await browser.get('/werkstatt/small/pruefbericht')
    const [, key] = /name="finding" value="(\w+)"/.exec(page.body)!
    const refused = await browser.post('/werkstatt/small/pruefbericht/annehmen', { finding: key!, hash: '0'.repeat(64), because: 'Neubau <b>: 300 Wohnungen' })
    t.equal(refused.statusCode, 400)
    t.match(refused.body, 'Inzwischen hat jemand anderes')
    t.match(refused.body, 'Neubau &lt;b&gt;: 300 Wohnungen')
    t.equal((await browser.post('/werkstatt/small/pruefbericht/annehmen', { finding: key!, hash: 'made up', because: 'x' })).statusCode, 400)
  })
})
