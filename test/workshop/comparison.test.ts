import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import type { Edition, Series } from '../../core/edition.ts'
import { findOwner } from '../../sql/embedded-lock.ts'
import { openDatabase } from '../../sql/open.ts'
import { publish } from '../../sql/publish.ts'
import { saveEdition } from '../../sql/save.ts'
import { withdraw } from '../../sql/withdraw.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'

/** With other cells in the last period of the first series. */
function withCells (edition: Edition, change: (series: Series, row: number) => Partial<Series>): Edition {
  const [first, ...others] = edition.series
  return tinyEdition({ series: [{ ...first!, ...change(first!, first!.periods.length - 1) }, ...others] })
}

function set<Value> (rows: ReadonlyArray<readonly Value[]>, row: number, column: number, value: Value): Value[][] {
  return rows.map((cells, y) => cells.map((cell, x) => y === row && x === column ? value : cell))
}

t.test('the comparison of a draft with what readers see', async t => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-comparison-'))
  t.after(async () => {
    while (findOwner(dataDir)) await delay(100)
    rmSync(dataDir, { recursive: true, force: true })
  })
  const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
  const current = tinyEdition()
  const { atlas, series: [first] } = current
  const row = first!.periods.length - 1
  const observed = first!.statuses[row]!.indexOf('o')
  const suppressed = first!.statuses[row]!.indexOf('s')
  const draft = withCells(current, series => ({
    values: set(set<number | null>(series.values, row, observed, 77.123456), row, suppressed, 4.5),
    statuses: set(series.statuses, row, suppressed, 'o'),
    reasons: set(series.reasons, row, suppressed, null),
  }))
  const elsewhere = tinyEdition({ atlas: { ...atlas, id: 'elsewhere', title: 'Secret plans' } })
  for (const edition of [current, draft, elsewhere]) await saveEdition(database, edition, [])
  await addPerson(database, 'rita@town.example', [{ atlas: atlas.id, role: 'reader' }])
  await addPerson(database, 'otto@town.example', [{ atlas: 'elsewhere', role: 'admin' }])
  const { app } = await openDoor(database)
  const rita = openBrowser(app)
  await rita.signIn('rita@town.example')
  const at = (query = '', file = 'vergleich') => `/werkstatt/${atlas.id}/${file}${query}`

  await t.test('before anything is published there is nothing to compare with, and the page says so', async t => {
    const { statusCode, body } = await rita.get(at())
    t.equal(statusCode, 200)
    t.match(body, 'Noch ist nichts veröffentlicht')
  })
  await publish(database, current.id)

  await t.test('counts come first, and lead to the list of an indicator', async t => {
    const { body } = await rita.get(at())
    t.match(body, `Entwurf ${draft.id} die Ausgabe ${current.id} ablöst`)
    t.match(body, `vergleich?entwurf=${draft.id}&amp;kennzahl=${first!.indicator}`)
    t.match(body, /<td class="numeric">1<\/td><td class="numeric">1<\/td><td class="numeric">–<\/td><td class="numeric">–<\/td>/, 'one other value, one newly printed')
  })

  await t.test('the list says both sides as they are printed: a suppressed cell stays a dot', async t => {
    const { body } = await rita.get(at(`?kennzahl=${first!.indicator}`))
    t.match(body, /<td class="numeric">\. <span class="small">[^<]+<\/span><\/td><td class="numeric">4,5<\/td>/)
    t.match(body, /77,1/)
    t.notMatch(body, '77,123456', 'with the digits of the indicator')
  })

  await t.test('both maps have the same classes, and no id twice', async t => {
    const { body } = await rita.get(at(`?kennzahl=${first!.indicator}`))
    t.equal([...body.matchAll(/<svg class="map"/g)].length, 2)
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    t.same(ids, [...new Set(ids)])
    const colours = (side: string) => new Map([...body.matchAll(new RegExp(`id="${side}-a-(\\d+)"[^>]* class="area ([^"]+)"`, 'g'))].map(([, area, look]) => [area, look]))
    t.equal(colours('before').size, colours('after').size)
    t.match(colours('before').get(String(suppressed)), 'suppressed')
    t.match(colours('after').get(String(suppressed)), /^c\d$/)
  })

  await t.test('the list as CSV has every digit, and a name that a spreadsheet would run is text', async t => {
    const { headers, body } = await rita.get(at(`?entwurf=${draft.id}`, 'vergleich.csv'))
    t.match(headers['content-type'], 'text/csv')
    t.match(body, '77,123456')
    t.equal(body.trim().split('\r\n').length, 5)
  })

  await t.test('what is asked for and does not exist shows the newest draft; nothing of the address is believed', async t => {
    for (const query of [`?entwurf=${elsewhere.id}`, '?entwurf=<script>', '?kennzahl=__proto__', '?entwurf=a&entwurf=b', '?seite=-1&ansicht=x']) {
      const { statusCode, body } = await rita.get(at(query))
      t.equal(statusCode, 200, query)
      t.match(body, draft.id)
      t.notMatch(body, /<script>|Secret plans/)
    }
  })

  await t.test('people of another atlas learn nothing, not even that there is one', async t => {
    const otto = openBrowser(app)
    await otto.signIn('otto@town.example')
    for (const file of ['vergleich', 'vergleich.csv']) t.equal((await otto.get(at('', file))).statusCode, 404)
    t.equal((await openBrowser(app).get(at())).statusCode, 401)
  })

  await t.test('a withdrawn edition is compared with nothing', async t => {
    await withdraw(database, current.id, { reason: 'falsch' })
    t.match((await rita.get(at())).body, 'Noch ist nichts veröffentlicht')
  })

  await app.close()
  await database.close()
})
