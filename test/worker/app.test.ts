import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { buildWorkerApp } from '../../worker/app.ts'
import { whileBusy } from '../../worker/busy.ts'
import { connectAtlas, connectWorker, type AtlasClient } from '../../worker/client.ts'
import { smallProject } from '../small-project.ts'

interface Door { readonly projectsDir: string, readonly folder: string, readonly socket: string, readonly small: AtlasClient }

/** A worker on a socket, with one empty atlas. */
async function openWorker (t: Test): Promise<Door> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'atlas-w-'))
  const [projectsDir, socket] = [path.join(root, 'p'), path.join(root, 's')]
  const app = buildWorkerApp({ projectsDir, onError: error => t.fail(String(error)) })
  await app.listen({ path: socket })
  t.after(async () => {
    await app.close()
    await rm(root, { recursive: true, force: true })
  })
  t.equal(await connectWorker(socket).createAtlas('small'), undefined)
  return { projectsDir, folder: path.join(projectsDir, 'small'), socket, small: connectAtlas(socket, 'small') }
}

async function sendText (atlas: AtlasClient, name: string, text: string): Promise<string> {
  const received = await atlas.sendFile({ name, by: 'Anna', body: Readable.from([Buffer.from(text)]) })
  return 'file' in received ? received.file.sha256 : received.problem.code
}

async function putProject (folder: string, yaml = smallProject['atlas.yaml']): Promise<void> {
  for (const [name, text] of Object.entries({ ...smallProject, 'atlas.yaml': yaml })) await writeFile(path.join(folder, name), text)
}

t.test('an atlas is created for its owner alone, listed, renamed while nothing was built, and put away with all it has', async t => {
  const { projectsDir, socket, small, folder } = await openWorker(t)
  const worker = connectWorker(socket)
  t.equal((await stat(folder)).mode & 0o777, 0o700)
  t.match(await worker.createAtlas('small'), { code: 'worker-slug-taken' })
  for (const slug of ['werkstatt', 'Gross', '..', 'a/b', '.archive']) t.match(await worker.createAtlas(slug), { code: 'worker-bad-slug' }, slug)
  await putProject(folder)
  t.equal(await small.rename('klein'), undefined)
  t.equal(await readFile(path.join(projectsDir, 'klein', 'atlas.yaml'), 'utf8'), smallProject['atlas.yaml'].replace('atlas: small', 'atlas: klein'))
  t.same(await worker.listAtlases(), ['klein'])
  t.match(await small.rename('x'), { code: 'worker-no-atlas' })
  const klein = connectAtlas(socket, 'klein')
  t.match(await klein.rename('../x'), { code: 'worker-bad-slug' })
  await mkdir(path.join(projectsDir, 'klein', 'vault'))
  await writeFile(path.join(projectsDir, 'klein', 'vault', 'ledger.jsonl'), '')
  t.match(await klein.rename('other'), { code: 'worker-published' })
  await sendText(klein, 'a.csv', 'Nr;Wert\n1;2\n')
  t.equal(await klein.archive(), undefined)
  t.same(await worker.listAtlases(), [])
  const [archived] = await readdir(path.join(projectsDir, '.archive'))
  t.equal((await readdir(path.join(projectsDir, '.archive', archived!, 'inbox'))).length, 2)
})

t.test('a file goes through the socket into the inbox, and an atlas that is none gets nothing', async t => {
  const { small, socket, folder } = await openWorker(t)
  const sha256 = await sendText(small, 'Einwohner Köln.csv', 'Nr;Wert\n1;2\n')
  t.match(await small.listInbox(), [{ sha256, name: 'Einwohner Köln.csv', by: 'Anna' }])
  t.equal(await sendText(small, 'brief.pdf', '%PDF-1.7'), 'worker-unknown-type')
  t.equal(await sendText(connectAtlas(socket, 'other'), 'a.csv', 'x'), 'worker-no-atlas')
  t.equal(await sendText(connectAtlas(socket, '../../etc'), 'a.csv', 'x'), 'worker-no-atlas')
  t.equal(await small.removeFile(sha256), undefined)
  t.match(await small.removeFile(sha256), { code: 'worker-not-in-inbox' })
  t.same(await readdir(path.join(folder, 'inbox')), [])
})

t.test('an installation sets what may wait in an inbox, and says it', async t => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'atlas-w-'))
  const socket = path.join(root, 's')
  const app = buildWorkerApp({ projectsDir: path.join(root, 'p'), inbox: { fileBytes: 1e6, totalBytes: 1.5e6, files: 2 } })
  await app.listen({ path: socket })
  t.after(async () => {
    await app.close()
    await rm(root, { recursive: true, force: true })
  })
  await connectWorker(socket).createAtlas('small')
  const small = connectAtlas(socket, 'small')
  t.match(await small.readInboxLimits(), { fileBytes: 1e6, files: 2 })
  t.equal(await sendText(small, 'a.csv', 'a;b\n'.repeat(300_000)), 'worker-file-too-large')
  for (const name of ['a.csv', 'b.csv']) t.match(await sendText(small, name, `a;b\n1;${name}\n`), /^[0-9a-f]{64}$/)
  t.equal(await sendText(small, 'c.csv', 'a;b\n1;c\n'), 'worker-inbox-full')
  t.equal((await small.listInbox()).length, 2)
})

t.test('an upload whose sender goes away leaves nothing', async t => {
  const { small, folder } = await openWorker(t)
  const body = Readable.from((async function * () {
    yield Buffer.alloc(100_000, 'a;b\n')
    await delay(50)
    throw new Error('gone')
  })())
  await t.rejects(small.sendFile({ name: 'a.csv', by: 'Anna', body }))
  for (let tries = 0; tries < 100 && (await readdir(path.join(folder, 'inbox'))).length > 0; tries++) await delay(20)
  t.same(await readdir(path.join(folder, 'inbox')), [])
})

t.test('what is no question of the web is refused', async t => {
  const { socket } = await openWorker(t)
  const ask = async (method: string, target: string, body?: string) => await new Promise<number>((resolve, reject) => {
    http.request({ socketPath: socket, method, path: target, headers: body === undefined ? {} : { 'content-type': 'application/json' } }, response => { response.resume(); resolve(response.statusCode!) }).once('error', reject).end(body)
  })
  t.equal(await ask('POST', '/atlases/small/assign', '{"files":[{"sha256":"../x"}]}'), 400)
  t.equal(await ask('POST', '/atlases/small/assign', '{"files":[],"more":1}'), 400)
  t.equal(await ask('POST', '/atlases/small/inbox?by=A'), 400)
  t.equal(await ask('GET', '/atlases/..%2F..%2Fetc/inbox'), 404)
  t.equal(await ask('GET', '/atlases/small/inbox/x'), 404)
})

t.test('a new file is recognised by what it says, taken in under its own name, and leaves the inbox', async t => {
  const { small, folder } = await openWorker(t)
  await putProject(folder)
  const next = await sendText(small, '../../neu 2025.csv', 'Nr;Jahr;Personen;SGB II\n1;2025;1001;101\n2;2025;2001;22\n3;2025;501;51\n')
  const wrong = await sendText(small, 'speiseplan.csv', 'Tag;Essen\nMontag;Suppe\nDienstag;Fisch\n')
  const recognition = await small.recognise()
  t.match(recognition, { isEmpty: false, deliveries: [{ id: 'register', title: 'Bestand' }], problems: [] })
  t.match(recognition.files.find(({ sha256 }) => sha256 === next), { delivery: 'register', target: 'neu 2025.csv' })
  t.match(recognition.files.find(({ sha256 }) => sha256 === wrong), { delivery: null, problems: [{ code: 'update-unknown-file', place: { file: 'speiseplan.csv' } }] })
  t.notMatch(JSON.stringify(recognition), new RegExp(folder))

  t.match(await small.takeIn('assign', [{ sha256: next }, { sha256: wrong }]), { written: [], problems: [{ code: /update-/ }] })
  t.equal((await small.listInbox()).length, 2, 'all or nothing')
  const taken = await small.takeIn('assign', [{ sha256: next, delivery: 'register' }])
  t.same(taken.written, ['neu 2025.csv', 'atlas.yaml'])
  t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), /files: \[people\.csv, ['"]?neu 2025\.csv/)
  t.match(await small.listInbox(), [{ sha256: wrong }])
  t.match(await small.takeIn('assign', [{ sha256: next }]), { written: [], problems: [{ code: 'worker-not-in-inbox' }] })
})

t.test('no file is taken in and no project moved while a build reads it; what came meanwhile stays in the inbox', async t => {
  const { small, folder, projectsDir } = await openWorker(t)
  await putProject(folder)
  const next = await sendText(small, 'neu 2025.csv', 'Nr;Jahr;Personen;SGB II\n1;2025;1001;101\n2;2025;2001;22\n3;2025;501;51\n')
  const taking = small.takeIn('assign', [{ sha256: next, delivery: 'register' }])
  await delay(50)
  const seen = await whileBusy(folder, 'build', async () => {
    const first = await readFile(path.join(folder, 'atlas.yaml'), 'utf8')
    const late = await sendText(small, 'neu 2026.csv', 'Nr;Jahr;Personen;SGB II\n1;2026;1001;101\n2;2026;2001;22\n3;2026;501;51\n')
    t.match(await small.takeIn('assign', [{ sha256: late, delivery: 'register' }]), { written: [], problems: [{ code: 'worker-busy' }] })
    t.match(await small.archive(), { code: 'worker-busy' })
    t.match(await small.rename('klein'), { code: 'worker-busy' })
    t.match(await small.listInbox(), [{ sha256: late }])
    t.equal(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), first)
    return first
  })
  t.match(seen, 'neu 2025.csv', 'a job waits for who was taking files in')
  t.match((await taking).written, ['neu 2025.csv', 'atlas.yaml'])
  const [late] = await small.listInbox()
  await whileBusy(folder, 'publish', async () => t.match((await small.takeIn('assign', [{ sha256: late!.sha256, delivery: 'register' }])).written, ['neu 2026.csv', 'atlas.yaml'], 'publishing reads no delivery'))
  t.same(await readdir(projectsDir), ['small'])
})

t.test('the first files become a project; what cannot become one stays in the inbox', async t => {
  const { small, folder } = await openWorker(t)
  const table = await sendText(small, 'people.csv', smallProject['people.csv'])
  t.match(await small.recognise(), { isEmpty: true, files: [{ delivery: null }] })
  t.match(await small.takeIn('start', [{ sha256: table }]), { written: [], problems: [{ code: 'scaffold-no-boundaries' }] })
  t.same(await readdir(path.join(folder, 'tables')), [])
  const areas = await sendText(small, 'areas.geojson', smallProject['areas.geojson'])
  const started = await small.takeIn('start', [{ sha256: table }, { sha256: areas }])
  t.same(new Set(started.written), new Set(['tables/people.csv', 'boundaries/areas.geojson', 'atlas.yaml']))
  t.match(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), /^atlas: small\b/m)
  t.same(await small.listInbox(), [])
})

t.test('the project file is written by who saw the last one; the other sees what is there now', async t => {
  const { small, folder } = await openWorker(t)
  t.equal(await small.readProjectFile(), null)
  t.match(await small.writeProjectFile('atlas: [', null), { kind: 'refused', problems: [{ code: 'project-file-broken-yaml', place: { file: 'atlas.yaml' } }] })
  await putProject(folder)
  const opened = await small.readProjectFile()
  const first = opened!.text.replace('Kleinstadt\nmunicipality', 'Kleinstadt am See\nmunicipality')
  t.match(await small.writeProjectFile(first, opened!.sha256), { kind: 'written', problems: [] })
  t.match(await small.writeProjectFile(opened!.text.replace('CC0', 'CC1'), opened!.sha256), { kind: 'changed', problem: { code: 'worker-project-changed' }, now: { text: first } })
  t.equal(await readFile(path.join(folder, 'atlas.ersetzt-1.yaml'), 'utf8'), opened!.text)
  t.equal((await small.readProjectFile())!.text, first)
})

t.test('two who save at once do not both win', async t => {
  const { small, folder } = await openWorker(t)
  await putProject(folder)
  const { text, sha256 } = (await small.readProjectFile())!
  const written = await Promise.all(['Nord', 'Süd'].map(name => small.writeProjectFile(text.replace('title: Sozialraum', `title: ${name}`), sha256)))
  t.same(written.map(({ kind }) => kind).toSorted(), ['changed', 'written'])
})

t.test('a project file in order is replaced only by one that is; one with gaps may be filled step by step', async t => {
  const { small, folder } = await openWorker(t)
  await putProject(folder)
  const { text, sha256 } = (await small.readProjectFile())!
  t.match(await small.writeProjectFile(text.replace('start: sgb2-share', 'start: nothing'), sha256), { kind: 'refused', problems: [{ place: { file: 'atlas.yaml' } }] })
  t.equal((await small.readProjectFile())!.sha256, sha256)
  const gaps = text.replace('title: Sozialraum-Atlas Kleinstadt', 'title: BITTE AUSFÜLLEN').replace('legalBasis: Satzung', 'legalBasis: BITTE AUSFÜLLEN')
  await putProject(folder, gaps)
  const before = (await small.readProjectFile())!
  t.match(await small.writeProjectFile(before.text.replace('title: BITTE AUSFÜLLEN', 'title: Atlas'), before.sha256), { kind: 'written', problems: [{ severity: 'error' }] })
  t.same((await readdir(folder)).filter(name => name.startsWith('.')), [])
})

t.test('a project file leads neither into another atlas nor into a vault, and names no other atlas', async t => {
  const { small, folder } = await openWorker(t)
  await putProject(folder)
  const { text, sha256 } = (await small.readProjectFile())!
  const changes: ReadonlyArray<readonly [from: string, to: string, code: string]> = [
    ['people.csv', '../other/people.csv', 'worker-outside'],
    ['people.csv', "'tables/../../other/people.csv'", 'worker-outside'],
    ['people.csv', '/etc/passwd', 'worker-outside'],
    ['people.csv', "'..\\other\\people.csv'", 'worker-outside'],
    ['people.csv', 'vault/secret', 'worker-outside'],
    ['people.csv', './VAULT/secret', 'worker-outside'],
    ['areas.geojson', 'inbox/areas.geojson', 'worker-outside'],
    ['atlas: small', 'atlas: other', 'worker-other-atlas'],
  ]
  for (const [from, to, code] of changes) {
    const written = await small.writeProjectFile(text.replace(from, to), sha256)
    t.equal(written.kind, 'refused', to)
    t.ok('problems' in written && written.problems.some(found => found.code === code), to)
  }
  t.equal((await small.readProjectFile())!.sha256, sha256)
})

t.test('a finding is accepted and a repair made without touching anything else, remarks included', async t => {
  const { small, folder } = await openWorker(t)
  await putProject(folder, smallProject['atlas.yaml'].replace('area: { column: Nr, pad: 2 }', 'area: { column: Nr } # Nummern ohne Null'))
  const before = (await small.readProjectFile())!
  t.match(await small.repair({ path: ['deliveries', 'register', 'area', 'pad'], value: 2 }, before.sha256), { kind: 'written' })
  const repaired = (await small.readProjectFile())!
  t.equal(repaired.text, before.text.replace('{ column: Nr } #', '{ column: Nr, pad: 2 } #'))
  t.match(await small.repair({ path: ['deliveries', 'register', 'area', 'lookUp'], value: { Nord: '01', "O'Süd": '02' } }, repaired.sha256), { kind: 'written' })
  const mapped = (await small.readProjectFile())!
  t.match(mapped.text, "area: { column: Nr, pad: 2, lookUp: { Nord: '01', 'O''Süd': '02' } } # Nummern")

  const entry = { code: 'plausible-jump', indicator: 'sgb2', because: 'Neubau: 300 Wohnungen', by: 'Anna' }
  for (const number of [1, 2]) {
    const { sha256 } = (await small.readProjectFile())!
    t.match(await small.accept(entry, sha256), { kind: 'written' }, `acceptance ${number}`)
  }
  const accepted = (await small.readProjectFile())!
  t.ok(accepted.text.startsWith(mapped.text.trimEnd()))
  t.equal(accepted.text.match(/^ {2}- \{ code: plausible-jump, indicator: sgb2, because: 'Neubau: 300 Wohnungen', by: Anna \}$/gm)?.length, 2)
  t.match(await small.repair({ path: ['deliveries', 'nobody', 'area', 'pad'], value: 2 }, accepted.sha256), { kind: 'refused', problems: [{ code: 'worker-cannot-repair' }] })
  t.match(await small.accept(entry, before.sha256), { kind: 'changed' })
})

t.test('the check report is handed through as the command line wrote it', async t => {
  const { small, folder } = await openWorker(t)
  t.equal(await small.readCheckReport(), null)
  await mkdir(path.join(folder, 'vault', 'reports'), { recursive: true })
  await writeFile(path.join(folder, 'vault', 'reports', 'pruefbericht.json'), '{"summary":"1 Befund"}')
  t.same(await small.readCheckReport(), { summary: '1 Befund' })
})
