import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openBrowser } from '../browser.ts'
import { needsOpenData, openData } from '../open-data.ts'
import { startPostgres, whyNoPostgres } from '../postgres.ts'
import { smallProject } from '../small-project.ts'
import { startInstallation, type Installation } from './start-installation.ts'
import { pictures } from './visit.ts'

/*
 * The year of a planner, in a real browser and without a shell: an empty installation, the first files, an edition, a corrected table,
 * a finding that is right all the same, a colleague who approves, and a way back.
 */

/** What is sent, and where a figure of it can be seen. */
interface Town {
  readonly atlas: string
  readonly files: readonly Sent[]
  /** Deliveries that cannot be published as they are, by their id. */
  readonly leftOut?: readonly string[]
  readonly corrected: Sent
  /** An indicator on the start page, and what its view says before and after the correction. */
  readonly seen: { readonly indicator: string, readonly before: string, readonly after: string, readonly change: string | RegExp }
}

interface Sent { readonly name: string, readonly mimeType: string, readonly buffer: Buffer }

async function walk (t: Test, town: Town, { workshop, firstLink, origin }: Installation): Promise<void> {
  const { atlas, files, leftOut = [], corrected, seen } = town
  const own = `${workshop}/${atlas}`
  const browser = await openBrowser(t)
  const ina = await openVisitor(browser, atlas)
  const readers = await openVisitor(browser, `${atlas}-readers`, { javaScriptEnabled: false })

  await t.test('the first link makes the first account, and an atlas is made by naming it', async t => {
    await ina.page.goto(firstLink)
    await ina.page.fill('#name', 'Ina Tech')
    await ina.page.fill('#email', 'ina@town.example')
    await ina.page.fill('#password', 'Regenschirm Kaktus Leuchtturm')
    await ina.press()
    await ina.page.fill('#slug', atlas)
    await ina.press()
    t.equal(ina.page.url(), own)
  })

  await t.test('the first files become a project, whose gaps are filled in a form', async t => {
    await ina.send(`${own}/lieferungen`, files)
    await ina.press('Atlas mit diesen Dateien beginnen')
    await ina.page.click('main a:has-text("Noch auszufüllen")')
    await ina.look('open')
    await fillGaps(ina.page)
    await ina.press('Speichern')
    t.match(await ina.read(), 'Alles ist ausgefüllt')
    for (const delivery of leftOut) {
      await ina.page.goto(`${own}/angaben/delivery/${delivery}`)
      await ina.open('Weglassen')
      await ina.press('Weglassen')
    }
  })

  await t.test('the check says what it found, and the draft is built', async t => {
    await ina.page.goto(`${own}/pruefbericht`)
    await ina.work('Lieferungen prüfen')
    await ina.page.goto(`${own}/pruefbericht`)
    await ina.look('report')
    t.match(await ina.read(), /Nichts hält die Ausgabe auf/)
    t.notMatch(await ina.read(), '/projects/', 'files are named from the project, wherever it lies')
    await ina.page.goto(own)
    await ina.page.check('#first')
    t.match(await ina.work('Entwurf bauen'), 'fertig')
    await readers.page.goto(origin)
    t.notMatch(await readers.read(), 'Flensburg', 'nothing is public before it is published')
  })

  await t.test('the draft is looked at as readers will see it, and published', async t => {
    await ina.page.goto(own)
    await ina.page.click('text=Entwurf ansehen')
    t.match(await ina.read('header'), 'nicht veröffentlicht')
    await ina.page.goto(own)
    t.match(await ina.work('Veröffentlichen'), 'fertig')
    await readers.waitFor(`${origin}/${atlas}`, seen.indicator, seen.before)
    await readers.look('published')
  })

  const otto = await openVisitor(browser, `${atlas}-otto`)
  await t.test('a colleague is invited, and from now on two people have to look', async t => {
    await ina.page.goto(`${own}/leute`)
    await ina.page.fill('#name', 'Otto Freigeber')
    await ina.page.fill('#email', 'otto@town.example')
    await ina.page.check('input[value=approver]')
    await ina.press('Einladen')
    const link = /https?:\/\/\S+\/einladung\/\S+/.exec(await ina.read())![0]
    await otto.page.goto(link)
    await otto.page.fill('#password', 'Gartenzaun Trompete Nebelbank')
    await otto.press()
    await ina.page.goto(own)
    await ina.page.check('#audiences-public')
    await ina.press('Speichern')
    t.match(await ina.read(), 'Die Einstellung ist gespeichert')
  })

  await t.test('a corrected table is recognised, and what is odd in it is accepted with a reason', async t => {
    await ina.send(`${own}/lieferungen`, [corrected])
    await ina.look('recognised')
    t.notMatch(await ina.page.locator('select option[selected]').count(), 0, 'it is known where the file belongs')
    await ina.press('Dateien aufnehmen')
    t.match(await ina.read(), `Aufgenommen: tables/${corrected.name}`)
    t.match(await ina.read(), 'eine berichtigte Lieferung')
    await ina.work('Lieferungen prüfen')
    await ina.page.goto(`${own}/pruefbericht`)
    await ina.look('odd')
    const odd = ina.page.locator('.finding', { hasText: corrected.name }).filter({ hasText: 'Annehmen' }).first()
    await odd.locator('summary').click()
    await odd.locator('input[name=because]').fill('Nachgefragt: Die Zahl stimmt.')
    await odd.locator('button', { hasText: 'Annehmen' }).click()
    t.match(await ina.read(), 'Der Befund ist angenommen')
    await ina.page.goto(own)
    t.match(await ina.work('Entwurf bauen'), 'fertig')
  })

  await t.test('the comparison names what changes, and only the colleague can approve it', async t => {
    await ina.page.goto(own)
    t.equal(await ina.page.locator('main button', { hasText: 'Veröffentlichen' }).count(), 0)
    t.equal(await ina.page.locator('main button', { hasText: 'Freigeben' }).count(), 0)
    await otto.page.goto(`${own}/vergleich`)
    await otto.page.getByRole('link', { name: seen.indicator, exact: true }).click()
    await otto.look('comparison')
    t.match(await otto.read(), seen.change)
    await otto.page.goto(own)
    await otto.press('Freigeben')
    t.match(await otto.read(), 'Freigegeben von Otto Freigeber')
    await readers.waitFor(`${origin}/${atlas}`, seen.indicator, seen.before)
  })

  await t.test('it is published with a note, and readers see both', async t => {
    await ina.page.goto(own)
    await ina.page.fill('textarea[name=note]', 'Eine Zahl wurde nach Rückfrage berichtigt.')
    t.match(await ina.work('Veröffentlichen'), 'fertig')
    await readers.waitFor(`${origin}/${atlas}`, seen.indicator, seen.after)
    await readers.page.goto(`${origin}/${atlas}`)
    t.match(await readers.read(), 'Eine Zahl wurde nach Rückfrage berichtigt.')
  })

  await t.test('a mistake is taken back in a minute', async () => {
    await ina.page.goto(own)
    await ina.open('Zur vorigen Ausgabe zurück')
    await ina.work('Zur vorigen Ausgabe zurück')
    await readers.waitFor(`${origin}/${atlas}`, seen.indicator, seen.before)
  })

  await t.test('the log tells the story', async t => {
    await ina.page.goto(`${own}/protokoll`)
    await ina.look('log')
    const story = (await ina.page.locator('main tbody tr').allInnerTexts()).toReversed().map(row => row.replace(/\s+/g, ' '))
    const deeds = ['Ina Tech hat den Atlas angelegt', 'Ina Tech hat Dateien hochgeladen', 'Ina Tech hat einen Entwurf gebaut', 'Ina Tech hat veröffentlicht', 'Ina Tech hat jemanden eingeladen',
      'Ina Tech hat einen Befund angenommen', 'Otto Freigeber hat freigegeben', 'Ina Tech hat veröffentlicht', 'Ina Tech ist zur vorigen Ausgabe zurückgekehrt']
    let from = 0
    for (const deed of deeds) {
      const row = story.findIndex((text, index) => index >= from && text.includes(deed))
      t.not(row, -1, `${deed}, in its order`)
      from = row + 1
    }
    t.match(story.at(-1), /e[0-9a-f]{12}.*e[0-9a-f]{12}/, 'from which edition to which')
  })
}

/** Somebody with a browser of their own, and what they do on a page. */
async function openVisitor (browser: Browser, name: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  let pictureNumber = 0
  const read = async (within = 'main') => (await page.locator(within).first().innerText()).replace(/\s+/g, ' ')
  const press = async (text?: string) => {
    const buttons = page.locator('main button:visible')
    await (text === undefined ? buttons : buttons.filter({ hasText: text })).first().click()
    await page.waitForLoadState()
  }
  return {
    page,
    read,
    press,
    open: async (text: string) => await page.locator('main summary', { hasText: text }).first().click(),
    /** Presses what begins a job, and waits until it ended; what the page says then. */
    work: async (text: string) => {
      await press(text)
      await page.locator('.notice').first().waitFor({ timeout: 300_000 })
      return await read()
    },
    send: async (address: string, files: readonly Sent[]) => {
      await page.goto(address)
      await page.setInputFiles('#files', [...files])
      await press()
    },
    /** Until the view of an indicator says so: a server has to notice that something was published. */
    waitFor: async (start: string, indicator: string, text: string) => {
      for (const end = Date.now() + 60_000; ;) {
        const answer = await page.goto(start)
        if (answer?.ok() === true) {
          await page.getByRole('link', { name: indicator, exact: true }).first().click()
          if ((await read()).includes(text)) return
        }
        if (Date.now() > end) throw new Error(`${page.url()} does not say ${text}: ${await read()}`)
        await page.waitForTimeout(500)
      }
    },
    /** Leaves a picture to look at. */
    look: async (what: string) => {
      mkdirSync(pictures, { recursive: true })
      await page.screenshot({ path: path.join(pictures, `workshop-${name}-${++pictureNumber}-${what}.png`), fullPage: true })
    },
  }
}

/** What a planner answers where the program cannot know. */
const answers: ReadonlyArray<readonly [field: RegExp, answer: string]> = [
  [/^f:licence\/name$/, 'CC0 1.0'],
  [/^f:licence\/url$/, 'https://creativecommons.org/publicdomain/zero/1.0/'],
  [/^f:contact\/name$/, 'Sozialplanung'],
  [/^f:contact\/email$/, 'planung@town.example'],
  [/\/licence\/name$/, 'CC0 1.0'],
  [/\/licence\/url$/, 'https://creativecommons.org/publicdomain/zero/1.0/'],
  [/\/(publisher|attribution)$/, 'Die Stadt'],
  [/\/minimumCount$/, '3'],
  [/\/legalBasis$/, 'Satzung über die Kommunalstatistik'],
  [/\/because$/, 'Vom Amt selbst veröffentlicht.'],
  [/\/mayBePassedOn$/, 'true'],
  [/\/legend\//, 'suppressed'],
  [/^f:dataStatus$/, 'official'],
]

async function fillGaps (page: Page): Promise<void> {
  for (const field of await page.locator('main [name^="f:"]').all()) {
    const { name, isChoice, value } = await field.evaluate(element => {
      const { name, value, tagName } = element as HTMLInputElement
      return { name, value, isChoice: tagName === 'SELECT' }
    })
    // What is folded away is answered once for all deliveries.
    if (value !== '' || !await field.isVisible()) continue
    const answer = answers.find(([pattern]) => pattern.test(name))?.[1]
    if (answer === undefined) throw new Error(`nobody knows an answer for ${name}`)
    await (isChoice ? field.selectOption(answer) : field.fill(answer))
  }
}

function sent (name: string, content: string | Buffer): Sent {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) }
}

const smallTown: Town = {
  atlas: 'small',
  files: [sent('gebiete.geojson', smallProject['areas.geojson']), sent('people.csv', smallProject['people.csv'])],
  corrected: sent('people.csv', smallProject['people.csv'].replace('3;2024;600;60', '3;2024;600;560')),
  seen: { indicator: 'Leistungsberechtigte nach SGB II', before: ' 60 ', after: ' 560 ', change: /60.*560/ },
}

function flensburg (): Town {
  const folder = openData('flensburg')
  const tables = readdirSync(path.join(folder, 'sozialatlas_csv')).filter(name => name.endsWith('.csv'))
  const read = (name: string) => readFileSync(path.join(folder, name))
  return {
    atlas: 'flensburg',
    files: [
      ...tables.map(name => sent(name, read(`sozialatlas_csv/${name}`))),
      ...['flensburg_stadtbezirke.zip', 'flensburg_stadtteile.zip'].map(name => sent(name, read(name))),
    ],
    leftOut: ['fl-age-groups-of-residents'],
    corrected: sent('fl_housing_benefit_by_district.csv', read('sozialatlas_csv/fl_housing_benefit_by_district.csv').toString().replace('2022;1;121', '2022;1;1210')),
    seen: { indicator: 'Haushalte mit Wohngeld', before: ' 121 ', after: ' 1.210 ', change: /121.*1\.210/ },
  }
}

t.test('the year of a small town on the embedded database', { timeout: 900_000 }, async t => {
  await walk(t, smallTown, await startInstallation(t))
})

t.test('the year of a small town on PostgreSQL', { timeout: 900_000, skip: whyNoPostgres() }, async t => {
  const postgres = await startPostgres()
  await postgres.sql('postgres', 'create database atlas')
  const installation = await startInstallation(t, postgres.url('atlas'))
  t.teardown(() => postgres.stop())
  await walk(t, smallTown, installation)
})

t.test('the year of Flensburg, from its shapefiles and tables', { timeout: 900_000, ...needsOpenData('flensburg/sozialatlas_csv') }, async t => {
  await walk(t, flensburg(), await startInstallation(t))
})
