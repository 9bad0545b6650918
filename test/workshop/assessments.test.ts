import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { listLog } from '../../sql/audit-log.ts'
import { saveEdition } from '../../sql/save.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, goodPassword, openBrowser, openDoor } from './door.ts'
import { openRooms } from './open-rooms.ts'

t.test('who may write texts about areas, who releases them, and nothing typed is lost', async t => {
  const { root, projectsDir, database, lines } = await openRooms(t)
  const edition = tinyEdition()
  const { atlas: { id: atlas }, levels: [level] } = edition
  const area = level!.areas[0]!.id
  await saveEdition(database, edition, [])
  mkdirSync(path.join(projectsDir, atlas), { recursive: true })
  const { app } = await openDoor(database, lines)
  for (const [name, role] of [['eva', 'editor'], ['alf', 'approver'], ['rita', 'reader']] as const) await addPerson(database, `${name}@town.example`, [{ atlas, role }])
  await addPerson(database, 'olga@town.example', [{ atlas: 'other', role: 'admin' }])
  const [eva, alf, rita, olga] = [openBrowser(app), openBrowser(app, '192.0.2.2'), openBrowser(app, '192.0.2.3'), openBrowser(app, '192.0.2.4')]
  await eva.signIn('eva@town.example')
  await alf.signIn('alf@town.example')
  await rita.signIn('rita@town.example')
  await olga.signIn('olga@town.example')
  const list = `/werkstatt/${atlas}/massnahmen`
  const page = `${list}/${level!.id}/${area}`
  const folder = path.join(projectsDir, atlas, 'texts', 'gebiet')
  const file = path.join(folder, `${level!.id}.${area}.md`)
  const typed = { assessment: '<b>Viele</b>\r\n\r\nKinder', measure: 'Kita', goal: '', author: 'Eva', date: '2025-03-01', indicator: '', state: 'released', hash: '' }
  const hashIn = (html: string) => /name="hash" value="([^"]*)"/.exec(html)![1]!

  await t.test('only who may write for this atlas reads or writes', async t => {
    await rita.get('/werkstatt')
    await olga.get('/werkstatt')
    for (const address of [list, page]) {
      t.equal((await rita.get(address)).statusCode, 403)
      t.equal((await olga.get(address)).statusCode, 404, 'of another atlas not even the page is confirmed')
    }
    t.equal((await rita.post(page, typed)).statusCode, 403)
    t.equal((await olga.post(page, typed)).statusCode, 404)
    t.notOk(existsSync(folder))
    for (const wrong of [`${list}/${level!.id}/nothing`, `${list}/..%2F..%2Fx/${area}`]) t.equal((await eva.get(wrong)).statusCode, 404)
    t.match((await eva.get(list)).body, 'kein Text')
  })

  await t.test('what cannot be saved comes back with the reason', async t => {
    const refused = await eva.post(page, { ...typed, date: 'gestern' })
    t.equal(refused.statusCode, 400)
    t.match(refused.body, 'date: gestern')
    t.match(refused.body, '&lt;b&gt;Viele&lt;/b&gt;', 'what was typed is still there')
  })

  await t.test('who may not release saves a draft, whatever the browser sends', async t => {
    t.match((await eva.post(page, typed)).body, 'Als Entwurf gespeichert')
    t.match(readFileSync(file, 'utf8'), /state: draft[^]*<b>Viele<\/b>\n\nKinder/)
  })

  await t.test('of two at once the second sees the difference, and nothing is lost', async t => {
    await alf.get('/werkstatt')
    const late = await alf.post(page, { ...typed, assessment: 'Anderes' })
    t.equal(late.statusCode, 400, 'who did not see the text changes nothing')
    t.match(late.body, /Anderes[^]*Jetzige Fassung[^]*Viele/)
    t.notMatch(readFileSync(file, 'utf8'), 'Anderes')
    t.match((await alf.post(page, { ...typed, hash: hashIn(late.body) })).body, 'Gespeichert und freigegeben')
    t.match(readFileSync(file, 'utf8'), 'state: released')
  })

  await t.test('what was typed when the session ended can be sent after signing in again', async t => {
    const hash = hashIn((await eva.get(page)).body)
    eva.cookies.delete('__Host-atlas-session')
    const door = await eva.post(page, { ...typed, measure: 'Lang Überlegtes', hash })
    t.equal(door.statusCode, 401)
    const held = plain(/name="_held" value="([^"]*)"/.exec(door.body)![1]!)
    t.match(held, 'Lang Überlegtes')
    const back = await eva.post('/werkstatt/anmelden', { email: 'eva@town.example', password: goodPassword, code: '', _held: held })
    t.match(back.body, 'Lang Überlegtes')
    const fields = Object.fromEntries([...back.body.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, plain(value!)]))
    t.match((await eva.post(page, { ...fields, ...typed, measure: 'Lang Überlegtes', hash })).body, 'Als Entwurf gespeichert')
    t.match(readFileSync(file, 'utf8'), 'Lang Überlegtes')
  })

  await t.test('no field of it is ever markup, on no page', async t => {
    const evil = '"><script>alert(1)</script>'
    const hash = hashIn((await alf.get(page)).body)
    t.match((await alf.post(page, { ...typed, assessment: evil, measure: `</textarea>${evil}`, goal: evil, author: evil, hash })).body, 'Gespeichert')
    const broken = await alf.post(page, { ...typed, date: evil, indicator: evil, hash: evil })
    t.equal(broken.statusCode, 400)
    for (const { body } of [broken, await alf.get(page), await alf.get(list)]) t.notMatch(body, /<script>alert|<\/textarea>"/)
    writeFileSync(file, `---\nauthor: ${evil}\n`)
    for (const { body } of [await alf.get(page), await alf.get(list)]) t.notMatch(body, '<script>alert')
  })

  await t.test('a file that leads elsewhere is not read', async t => {
    const secret = path.join(root, 'secret')
    writeFileSync(secret, '---\nauthor: A\ndate: 2025-03-01\n---\nGeheimes')
    rmSync(file)
    symlinkSync(secret, file)
    t.notMatch((await alf.get(page)).body, 'Geheimes')
    rmSync(file)
  })

  await t.test('a text that says nothing is taken away, and the log tells the story without the text', async t => {
    await eva.post(page, { ...typed, hash: hashIn((await eva.get(page)).body) })
    await eva.post(page, { ...typed, assessment: '', measure: '', hash: hashIn((await eva.get(page)).body) })
    t.same(readdirSync(folder), [])
    const story = (await listLog(database, { atlas, limit: 50 })).filter(({ action }) => action === 'text-changed')
    t.same(story.map(({ name, details }) => [name, details['did']]), [['eva', 'removed'], ['eva', 'draft'], ['alf', 'released'], ['eva', 'draft'], ['alf', 'released'], ['eva', 'draft']])
    t.notMatch(JSON.stringify(story), 'Kinder')
  })
})

function plain (text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
