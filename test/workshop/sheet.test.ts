import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import t from 'tap'
import { readPdfLines, streamsOf } from '../../audit/artefacts/pdf.ts'
import type { Edition } from '../../core/edition.ts'
import type { ProtectionReport } from '../../pipeline/report/protection-report.ts'
import { openPress, type Press } from '../../server/press/press.ts'
import { approve, setApprovedAudiences } from '../../sql/approvals.ts'
import { writeLog } from '../../sql/audit-log.ts'
import type { Database } from '../../sql/connection.ts'
import { computeEditionHash } from '../../sql/document.ts'
import { addJob, type NewJob } from '../../sql/jobs.ts'
import { publish } from '../../sql/publish.ts'
import { saveEdition } from '../../sql/save.ts'
import { withdraw } from '../../sql/withdraw.ts'
import { buildWorkerApp } from '../../worker/app.ts'
import { connectAtlas } from '../../worker/client.ts'
import { toEditionReport } from '../../worker/edition-report.ts'
import { sourceBlocks } from '../../workshop/sheet/source-blocks.ts'
import { newsBlocks } from '../../workshop/sheet/news-blocks.ts'
import type { Sheet } from '../../workshop/sheet/read-sheet.ts'
import { annotatedEdition } from '../annotated-edition.ts'
import { onBothEngines } from '../both-engines.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'

/** Readers learn why the first was accepted; the second is about a suppressed cell. */
const [told, untold] = ['Neue Unterkunft mit 47 Plätzen.', 'Sprung auf das Fünffache.']

const before = tinyEdition()
const annotated = withoutId(annotatedEdition())
const [first, ...others] = annotated.series
/** One value is another, and there are remarks. */
const draft = tinyEdition({ ...annotated, series: [{ ...first!, values: [[1234.5, 8.5, null], [12.5, null, null]] }, ...others] })

function reportOf ({ id }: Edition, atlas = 'tiny'): ProtectionReport {
  const accepted = (because: string, by = 'Ida Prüferin', on = '2025-02-01') => ({ code: 'plausible-jump' as const, place: { file: 'geheim.csv', line: 4711 }, about: { area: '02' }, because, by, on })
  return {
    format: 1,
    atlas,
    edition: id,
    audience: 'public',
    dataStatus: 'official',
    title: 'x',
    contact: 'x',
    deliveries: ['ba', 'register'].map(id => ({ id, title: id, publisher: 'x', minimumCount: 3, because: null, preset: id === 'ba' ? 'ba3' : null, method: 'suppress' as const, legalBasis: 'x', retention: id === 'ba' ? '2027-12-31' : null, isPassedOn: true })),
    cells: { printed: 7001, suppressed: 7002, byRule: { 'minimum-count': 7003 }, complementary: 7004, withheld: 7005 },
    audit: { blocks: 3, protectedCells: 7006, exact: 0, narrow: 0, insiders: 0, badCertificates: 0, exposed: 1, linearPrograms: 7007 },
    withheld: [{ block: 'Geheime Familie', cells: 7008, offers: [] }],
    accepted: [accepted(told, 'Otto Ordnung', '2025-02-03'), accepted(told), accepted(untold)],
    artefacts: null,
    hashes: { counts: '0123456789abcdef', policy: 'fedcba9876543210', secret: 'verschlossen' },
  }
}

/** What the sheet must never say: it would tell suppressed figures apart, tell about one, or let somebody try out the rules. */
const kept = ['fedcba9876543210', '7001', '7002', '7003', '7004', '7005', '7006', '7007', '7008', 'Geheime Familie', 'verschlossen', 'geheim.csv', '4711', untold]

/** As if it had been done on these days. */
async function done (database: Database, job: Pick<NewJob, 'kind' | 'facts' | 'account' | 'name'>, editions: readonly string[], at: string): Promise<void> {
  const number = await addJob(database, { atlas: 'tiny', ...job })
  await database.query("update atlas.jobs set state = 'done', editions = $2, asked_at = $3::timestamptz, ended_at = $3::timestamptz + interval '1 minute' where job = $1", [number, editions, at])
}

onBothEngines('the Freigabeblatt', async (t, database) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-sheet-'))
  const socket = path.join(folder, 's')
  const worker = buildWorkerApp({ projectsDir: path.join(folder, 'projects'), onError: error => t.fail(String(error)) })
  await worker.listen({ path: socket })
  const press = openPress()
  t.after(async () => {
    press.close()
    await worker.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const keepReport = async (edition: string, report: object, atlas = 'tiny') => {
    const reports = path.join(folder, 'projects', atlas, 'vault', 'reports', edition)
    await mkdir(reports, { recursive: true })
    await writeFile(path.join(reports, 'geheimhaltung.json'), JSON.stringify(report))
  }
  const elsewhere = tinyEdition({ atlas: { ...before.atlas, id: 'elsewhere', title: 'Secret plans' } })
  for (const edition of [before, elsewhere, draft]) await saveEdition(database, edition, [])
  await publish(database, before.id)
  const ina = await addPerson(database, 'ina@town.example', [{ atlas: 'tiny', role: 'admin' }])
  const otto = await addPerson(database, 'otto@town.example', [{ atlas: 'tiny', role: 'approver' }])
  await addPerson(database, 'rita@town.example', [{ atlas: 'tiny', role: 'reader' }])
  await addPerson(database, 'stranger@elsewhere.example', [{ atlas: 'elsewhere', role: 'admin' }])
  await done(database, { kind: 'build', facts: {}, account: ina, name: 'Ina Technik' }, [draft.id], '2025-03-01T09:00:00Z')
  await database.query("update atlas.editions set saved_at = '2025-03-01T09:00:30Z'")
  await setApprovedAudiences(database, 'tiny', ['public'])
  await keepReport(draft.id, reportOf(draft))
  const workerOf = (atlas: string) => connectAtlas(socket, atlas)
  const { app } = await openDoor(database, { workerOf, press })
  t.after(async () => { await app.close() })
  const enter = async (who: string, web = app) => {
    const browser = openBrowser(web)
    await browser.signIn(who)
    return browser
  }
  const rita = await enter('rita@town.example')
  const sheet = `/werkstatt/tiny/freigabeblatt/${draft.id}`
  const paper = async (browser = rita) => {
    const { statusCode, headers, rawPayload } = await browser.get(`${sheet}.pdf`)
    t.equal(statusCode, 200)
    t.match(headers, { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="freigabeblatt-${draft.id}.pdf"`, 'cache-control': 'no-store' })
    return { bytes: rawPayload, lines: readPdfLines(rawPayload), inside: rawPayload.toString('latin1') + [...streamsOf(rawPayload)].join('\n') }
  }

  await t.test('says on paper what is asked for, what is new, how it is protected and where it comes from', async t => {
    const { lines } = await paper()
    t.same(lines, [
      'Freigabeblatt · Sozialraum-Atlas Kleinstadt', `Freigabe der Ausgabe ${draft.id}`,
      'Gebeten wird um die Freigabe dieses Entwurfs (für: Öffentlichkeit). Ohne sie wird', `er nicht veröffentlicht. An ihrer Stelle stand bisher ${before.id}.`,
      'QR-Code mit der Adresse dieses Blatts in der Werkstatt', 'in der Werkstatt',
      'Für', 'Öffentlichkeit', 'Neue Zeiträume', '0', 'Geänderte Werte', '1', 'Beanstandungen der Prüfung', '0',
      'Was neu ist', 'Werte, die anders sind als in der Ausgabe davor; gezählt ist nur, was gedruckt ist',
      'Kennzahl', 'Neue Zeiträume', 'Berichtigte Zeiträume', 'Geändert', 'Neu gedruckt', 'Entfallen', 'Nur Zeichen',
      'SGB-II-Quote', '–', '31.12.2023, 31.12.2024', '1', '–', '–', '4',
      'Leistungsberechtigte nach SGB II', '–', '31.12.2024', '–', '–', '–', '1',
      'Was Leserinnen und Leser lesen', 'Der Hinweis „Neu in dieser Ausgabe“ wird beim Veröffentlichen geschrieben.',
      'Geheimhaltung', 'Ein zweites Programm hat die Ausgabe angegriffen wie ein Fremder, der alles Veröffentlichte kennt. Es hat nichts', 'gefunden.',
      'Werte der Ausgabe', '6 gedruckt, 2 gesperrt (Geheimhaltung), 3 keine Angabe',
      'Geschützte Zahlen', '0 errechenbar, 0 zu eng eingrenzbar, 0 für Betroffene errechenbar, 0 ungültige', 'Nachweise',
      'Anderswo schon bekannt', '1', 'Nicht angeboten, weil nicht zu', 'schützen', 'eine Zahlenfamilie',
      'Fertige Seiten und Dateien', 'werden beim Veröffentlichen gelesen; bei einer Beanstandung bleibt die alte', 'Ausgabe',
      'Prüfsumme des Inhalts', computeEditionHash(draft),
      'Prüfsumme der gedruckten', 'Fallzahlen', '0123456789abcdef',
      'Angenommene Befunde', 'Befunde der Prüfung, die jemand mit einer Begründung angenommen hat',
      'Worum es geht', 'Begründung', 'Angenommen von', 'SGB-II-Quote, Altstadt, 31.12.2023', told, 'Otto Ordnung, Ida Prüferin', '03.02.2025',
      'Befunde zu Zahlen, die nicht gedruckt sind, stehen nur im Prüfbericht: Schon dass es sie gibt, sagte etwas über die Zahl.',
      'Woher die Zahlen kommen', 'Lieferungen mit Stand, Lizenz und Schutzregel',
      'Lieferung', 'Stand', 'Lizenz', 'Schutz kleiner Zahlen', 'Weitergabe',
      'Leistungsberechtigte SGB II', 'Statistik der Bundesagentur für Arbeit', '03.02.2025', 'CC0 1.0', 'Mindestfallzahl 3, Vorgabe ba3, aufbewahren', 'bis 31.12.2027', '§ 16 BStatG', 'erlaubt',
      'Einwohner', 'Kleinstadt, Einwohnermelderegister', '03.02.2025', 'CC0 1.0', 'Mindestfallzahl 3', '§ 16 BStatG', 'erlaubt',
      `Ausgabe ${draft.id} · Sozialraum-Atlas Kleinstadt`, 'Seite 1 von 2',
      'Wer beteiligt ist', 'Entwurf gebaut', 'Ina Technik, 01.03.2025, 10:01 Uhr',
      'Freigegeben', 'noch von niemandem; verlangt ist die Freigabe durch eine zweite Person', 'Veröffentlicht', 'noch nicht',
      'Fachlich geprüft', 'Name, Funktion', 'Ort, Datum, Unterschrift', 'Freigegeben', 'Name, Funktion', 'Ort, Datum, Unterschrift',
      `Ausgabe ${draft.id} · Sozialraum-Atlas Kleinstadt`, 'Seite 2 von 2',
    ])
  })

  await t.test('says the same on the page, and leads to the draft and to the list of changes', async t => {
    const { statusCode, body } = await rita.get(sheet)
    t.equal(statusCode, 200)
    for (const part of [`<h1>Freigabe der Ausgabe ${draft.id}</h1>`, told, 'Ida Prüferin', computeEditionHash(draft), '2 gesperrt (Geheimhaltung)', `href="/werkstatt/tiny/freigabeblatt/${draft.id}.pdf"`, `/entwurf/${draft.id}/tiny`, `vergleich?entwurf=${draft.id}`]) t.ok(body.includes(part), part)
  })

  await t.test('is a tagged file with title and language, with the same bytes as long as nothing happens', async t => {
    const { bytes, inside } = await paper()
    t.ok(bytes.equals((await paper()).bytes))
    t.ok(bytes.equals((await paper(await enter('otto@town.example'))).bytes), 'for whoever prints it')
    for (const needed of ['/StructTreeRoot', '/Lang (de-DE)', 'pdfuaid:part>1<', `Freigabe der Ausgabe ${draft.id}</rdf:li>`, '/Alt (']) t.ok(inside.includes(needed), needed)
    t.match(inside, /CreationDate \(D:20250301\d+/, 'the day of what it describes')
    const english = await enter('rita@town.example')
    await english.get('/werkstatt/sprache/en')
    const translated = await paper(english)
    t.ok(translated.inside.includes('/Lang (en-GB)'))
    t.match(translated.lines[1], `Approval of edition ${draft.id}`)
    t.notOk(translated.lines.some(line => /Freigabe|gesperrt|Prüfung/.test(line)))
  })

  await t.test('says nothing that tells suppressed figures apart, or that there is something about one', async t => {
    const sent = JSON.stringify(await workerOf('tiny').readEditionReport(draft.id))
    for (const secret of kept.filter(secret => secret !== untold)) t.notOk(sent.includes(secret), `the worker keeps ${secret}`)
    const { lines } = await paper()
    const { body } = await rita.get(sheet)
    for (const secret of kept) for (const text of [body, lines.join('\n')]) t.notOk(text.includes(secret), secret)
  })

  await t.test('is for people of the atlas, and of its own editions only', async t => {
    const stranger = await enter('stranger@elsewhere.example')
    for (const ending of ['', '.pdf']) {
      t.equal((await stranger.get(`${sheet}${ending}`)).statusCode, 404)
      t.equal((await stranger.get(`/werkstatt/elsewhere/freigabeblatt/${draft.id}${ending}`)).statusCode, 404, 'an id from elsewhere is good for nothing')
      t.equal((await rita.get(`/werkstatt/tiny/freigabeblatt/${elsewhere.id}${ending}`)).statusCode, 404)
      for (const unknown of ['e000000000000', 'x', '..%2f..%2fx', '%00', draft.id.toUpperCase()]) t.ok([400, 404].includes((await rita.get(`/werkstatt/tiny/freigabeblatt/${unknown}${ending}`)).statusCode), unknown)
      t.equal((await openBrowser(app).get(`${sheet}${ending}`)).statusCode, 401)
    }
    await keepReport(draft.id, reportOf(draft), 'elsewhere')
    t.equal(await workerOf('elsewhere').readEditionReport(draft.id), null, 'nor does the worker hand out what lies in another project')
    t.equal(await workerOf('tiny').readEditionReport('../../../tiny'), null)
  })

  await t.test('tells an approval that counts from one that does not', async t => {
    await approve(database, { edition: draft.id, atlas: 'tiny', account: ina, name: 'Ina Technik' })
    t.match((await rita.get(sheet)).body, /<h1>Freigabe der Ausgabe.*Ina Technik, [^<]+\(zählt nicht: hat selbst gebaut/s)
    await approve(database, { edition: draft.id, atlas: 'tiny', account: otto, name: 'Otto Freigeber' })
    await database.query("update atlas.approvals set at = '2025-03-02T08:00:00Z'")
    const { body } = await rita.get(sheet)
    t.match(body, `<h1>Freigegeben: Ausgabe ${draft.id}</h1>`)
    t.match(body, /Otto Freigeber, 02\.03\.2025, 09:00 Uhr<\/dd>/)
    t.match((await paper()).inside, /CreationDate \(D:20250302080000/)
  })

  await t.test('after publishing names who asked for it, and what readers were told', async t => {
    const browser = await enter('otto@town.example')
    await publish(database, draft.id, { de: 'Eine Zahl ist berichtigt.' })
    await database.query("update atlas.publications set published_at = '2025-03-03T10:00:30Z' where note_de is not null")
    await done(database, { kind: 'publish', facts: { edition: draft.id }, account: otto, name: 'Otto Freigeber' }, [draft.id], '2025-03-03T10:00:00Z')
    await keepReport(draft.id, { ...reportOf(draft), artefacts: { artefacts: 120, claims: 3400, findings: 0, hash: 'abc' } })
    await writeLog(database, { name: 'Otto Freigeber', atlas: 'tiny', action: 'published', fromEdition: before.id, toEdition: draft.id })
    const { body } = await browser.get(sheet)
    for (const part of [`Veröffentlicht: Ausgabe ${draft.id}`, `stand bisher ${before.id}`, 'Eine Zahl ist berichtigt.', 'Otto Freigeber, 03.03.2025, 11:00 Uhr', '120 gelesen, 3.400 Aussagen geprüft, 0 Beanstandungen']) t.ok(body.includes(part), part)
    t.match((await browser.get('/werkstatt/tiny')).body, `href="/werkstatt/tiny/freigabeblatt/${draft.id}"`)
    t.match((await browser.get('/werkstatt/tiny/protokoll')).body, `href="/werkstatt/tiny/freigabeblatt/${draft.id}"`, 'from the log')
    const first = await browser.get(`/werkstatt/tiny/freigabeblatt/${before.id}`)
    for (const part of ['Frühere Ausgabe', 'Alles ist neu: 2 Kennzahlen für 4 Gebiete.', 'auf einem anderen Rechner entstanden', 'nicht in der Werkstatt', 'unbekannt']) t.ok(first.body.includes(part), part)
  })

  await t.test('a sheet that is never finished is ended, and the answer says what to do', async t => {
    const web = async (instead: Press, status: number, sentence: RegExp) => {
      const { app } = await openDoor(database, { workerOf, press: instead })
      const { statusCode, headers, body } = await (await enter('rita@town.example', app)).get(`${sheet}.pdf`)
      t.equal(statusCode, status)
      t.equal(headers['retry-after'], status === 503 ? '10' : undefined)
      t.match(body, sentence)
      t.match(body, told, 'and shows the page meanwhile')
      await app.close()
      instead.close()
    }
    await web(openPress({ module: new URL('../server/runaway-task', import.meta.url), limitMs: 500 }), 503, /nicht rechtzeitig fertig.*drucken Sie diese Seite/)
    await web(openPress({ waiting: 0 }), 503, /zu viele Blätter/)
    await web(openPress({ module: new URL('../server/crashing-task', import.meta.url) }), 500, /ließ sich nicht setzen/)
    await web({ print: async () => ({ kind: 'failed', why: 'unsupported' }), close: () => {} }, 501, /kein Programm, das PDF setzt/)
  })

  await t.test('whatever somebody wrote, in whatever field, is text on the page and on paper', async t => {
    for (const text of ['#eval("1+1") $x$ \\ *b* <script>alert(1)</script>', '👨‍👩‍👧 \u202eabc אבג 東', 'x'.repeat(10_000)]) {
      const everywhere = JSON.parse(JSON.stringify({ ...draft, id: undefined }, (key, value: unknown) =>
        ['title', 'name', 'de', 'en', 'publisher', 'municipality', 'legalBasis', 'minimumCountReason'].includes(key) && typeof value === 'string' ? text : value)) as typeof draft
      const hostile = tinyEdition({ ...withoutId(everywhere), atlas: { ...everywhere.atlas, id: 'tiny' } })
      await saveEdition(database, hostile, [])
      await done(database, { kind: 'build', facts: {}, account: ina, name: text }, [hostile.id], '2025-03-04T09:00:00Z')
      await done(database, { kind: 'publish', facts: { edition: hostile.id, note: text }, account: ina, name: text }, [], '2025-03-04T10:00:00Z')
      await database.query("update atlas.jobs set state = 'waiting', ended_at = null where name = $1 and kind = 'publish'", [text])
      await approve(database, { edition: hostile.id, atlas: 'tiny', account: otto, name: text })
      await keepReport(hostile.id, { ...reportOf(hostile), accepted: [{ because: text, by: text, on: '2025-02-01' }], deliveries: [{ ...reportOf(hostile).deliveries[0], preset: text }] })
      const page = await rita.get(`/werkstatt/tiny/freigabeblatt/${hostile.id}`)
      t.equal(page.statusCode, 200)
      t.notMatch(page.body, '<script>alert')
      const { statusCode, rawPayload } = await rita.get(`/werkstatt/tiny/freigabeblatt/${hostile.id}.pdf`)
      t.equal(statusCode, 200, text.slice(0, 20))
      const lines = readPdfLines(rawPayload).join(' ').replaceAll(/[\s\u00ad]/g, '')
      if (text.startsWith('#')) t.ok(lines.includes(text.replaceAll(' ', '')))
      t.equal(lines.includes('stehenhieralsFragezeichen'), text.startsWith('👨'))
      t.equal(lines.includes('SehrlangeTextesindhiergekürzt'), text.startsWith('xxx'))
    }
  })

  await t.test('a withdrawn edition has no sheet any more', async t => {
    await withdraw(database, draft.id, { reason: 'falsch' })
    for (const ending of ['', '.pdf']) t.equal((await rita.get(`${sheet}${ending}`)).statusCode, 404)
  })
})

t.test('indicators that only got the same new year share a row; one whose values change has its own, first', async t => {
  const none = { vanishedPeriods: [], restated: [], changed: 0, appeared: 0, vanished: 0, signs: 0 }
  const labels = new Map([['a', 'A-Quote'], ['b', 'B-Quote'], ['c', 'C-Quote'], ...Array.from({ length: 12 }, (_, i) => [`n${i}`, `N${i}`] as const)])
  const edition = { ...before, indicators: [...labels].map(([id, de]) => ({ ...before.indicators[0]!, id, label: { de } })) }
  const indicators = [...labels.keys()].map(indicator => indicator === 'c'
    ? { ...none, indicator, newPeriods: ['2024', '2023'], restated: ['2022'], changed: 1234 }
    : { ...none, indicator, newPeriods: [indicator === 'b' ? '2024' : '2024-12-31'] })
  const [, table] = newsBlocks({ edition, before: 'e000000000000', comparison: { before: edition, after: edition, differences: [], texts: [], indicators } } as unknown as Sheet, 'de')
  t.same(table?.kind === 'table' && table.rows.map(({ cells }) => cells.map(({ content }) => content)), [
    ['C-Quote', '2023, 2024', '2022', '1.234', '–', '–', '–'],
    ['13 Kennzahlen: A-Quote; N0; N1; N2; N3; N4; N5; N6 …', '31.12.2024', '–', '–', '–', '–', '–'],
    ['B-Quote', '2024', '–', '–', '–', '–', '–'],
  ])
})

t.test('deliveries that differ in their titles only share a row, and an internal sheet says what stays in the house', async t => {
  const [ba, register] = before.deliveries as [Edition['deliveries'][number], Edition['deliveries'][number]]
  const edition = { ...before, deliveries: [ba, { ...ba, id: 'again', title: 'Dasselbe, Bezirke' }, { ...register, extractedOn: null, minimumCount: null, minimumCountReason: 'Bestand.' }, { ...ba, id: 'unknown', title: 'Neu' }] }
  const base = reportOf(before)
  const deliveries = ['ba', 'again', 'register'].map(id => ({ ...base.deliveries[0]!, id, preset: null, retention: null, method: id === 'register' ? 'round5' as const : 'suppress' as const, isPassedOn: id !== 'register' }))
  const rowsFor = (audience: 'public' | 'internal') => {
    const [, table] = sourceBlocks({ edition, summary: { audience }, report: toEditionReport({ ...base, deliveries }, 'tiny', before.id) } as unknown as Sheet, 'de')
    return table?.kind === 'table' ? table.rows.map(({ cells }) => cells.map(({ content }) => typeof content === 'string' ? content : content.text)) : []
  }
  t.same(rowsFor('internal'), [
    ['Leistungsberechtigte SGB II; Dasselbe, Bezirke', '03.02.2025', 'CC0 1.0', 'Mindestfallzahl 3', 'erlaubt'],
    ['Einwohner', 'nicht angegeben', 'CC0 1.0', 'keine Mindestfallzahl: Bestand, auf Vielfache von 5 gerundet', 'nur intern'],
    ['Neu', '03.02.2025', 'CC0 1.0', 'Mindestfallzahl 3', 'unbekannt'],
  ])
  t.same(rowsFor('public').map(row => row.at(-1)), ['erlaubt', 'erlaubt'], 'nothing else is in a public edition')
})

function withoutId ({ id: _, ...edition }: Edition): Omit<Edition, 'id'> {
  return edition
}
