import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import { auditArtefacts } from '../../audit/artefacts/audit.ts'
import type { Audience } from '../../core/edition.ts'
import { buildEdition, type Build } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { formatAssessment, parseAssessment, type AssessmentText } from '../../pipeline/texts/assessment-file.ts'
import { areaJson } from '../../render/area-json.ts'
import { areaPage } from '../../render/area-page.ts'
import type { Site } from '../../render/site.ts'
import { smallProject } from '../small-project.ts'

const site: Site = {
  publicUrl: 'https://atlas.kleinstadt.example',
  toHref: path => path,
  isCurrent: true,
  assets: { kern: '/assets/0/kern.css', style: '/assets/0/style.css', viewer: '/assets/0/v.js', maplibre: '/assets/0/m.mjs', maplibreWorker: '/assets/0/w.mjs', icon: '/assets/0/icon.svg', maplibreStyle: '/assets/0/m.css' },
}

const entry: AssessmentText = { assessment: 'Eins.\n\nZwei.', measure: 'Tun.', goal: 'Weniger', author: 'Anna: Amt', date: '2025-03-01', indicator: 'sgb2-share', state: 'released' }

t.test('a text of an area is read back as it was written, whatever it says', t => {
  for (const changed of [{}, { assessment: '# Einschätzung\n## Maßnahme\n\\# x\n---\nauthor: x' }, { measure: '' }, { goal: 'a: b # c' }, { indicator: null, goal: '' }, { assessment: '<script>', state: 'draft' as const }]) {
    const wanted = { ...entry, ...changed }
    t.same(parseAssessment(formatAssessment(wanted), 'x.md'), { entry: wanted, problems: [] }, JSON.stringify(changed))
  }
  t.equal(parseAssessment('---\nauthor: A\ndate: 2025-03-01\n---\nText', 'x.md').entry?.state, 'draft', 'what does not say it is released is not')
  t.end()
})

t.test('a text without a head that can be read is refused, with what was found', t => {
  for (const text of ['', 'Text', '---\nauthor: A\n', '---\nauthor: A\n---\nx', '---\nauthor: A\ndate: gestern\n---\nx', '---\nauthor: A\ndate: 2025-03-01\nstate: public\n---\nx', '---\nauthor: [A]\ndate: 2025-03-01\n---\nx', '---\n- a\n---\nx', '---\nauthor: A\ndate: 2025-03-01\nmore: x\n---\nx', '---\nauthor: A\ndate: 2025-03-01\nindicator: ../x\n---\nx', '---\nconstructor: x\nauthor: A\ndate: 2025-03-01\n---\n']) {
    const { entry, problems } = parseAssessment(text, 'x.md')
    t.notOk(entry, text)
    t.match(problems, [{ code: /^texts-(bad-head|missing-entry)$/, place: { file: 'x.md' } }], text)
  }
  t.end()
})

async function build (t: Test, texts: Readonly<Record<string, string>>, audience: Audience = 'public'): Promise<Build> {
  const folder = t.testdir(smallProject)
  await mkdir(path.join(folder, 'texts', 'gebiet'), { recursive: true })
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, 'texts', 'gebiet', name), text)
  const { project } = await readProject(folder)
  return await buildEdition(project!, { audience, secret: 'x' })
}

t.test('a released text stands in the edition and on the page of its area; a draft in the internal one alone', async t => {
  const texts = { '01.md': formatAssessment({ ...entry, assessment: 'Viele <b>Kinder</b> & "mehr" <script>alert(1)</script>, 4321 im Jahr' }), 'sozialraum.03.md': formatAssessment({ ...entry, state: 'draft', measure: 'Noch geheim' }) }
  const { edition } = await build(t, texts)
  t.match(edition!.assessments, [{ level: 'sozialraum', area: '01', isDraft: false }])
  t.equal(edition!.assessments!.length, 1)
  t.notMatch(JSON.stringify(edition), 'Noch geheim')
  const level = edition!.levels[0]!
  const html = areaPage(edition!, level, level.areas[0]!, site)
  t.match(html, 'Viele &lt;b&gt;Kinder&lt;/b&gt; &amp; ')
  t.notMatch(html, '<script>alert')
  t.match(html, /<h2[^>]*>Einschätzung<\/h2>[^]*<h2[^>]*>Maßnahme<\/h2>[^]*Weniger[^]*SGB-II-Quote[^]*Anna: Amt, 01\.03\.2025/)
  t.match(areaJson(edition!, level, level.areas[0]!, site).assessment, { author: 'Anna: Amt', isDraft: false })
  const address = '/small/gebiet/sozialraum/01'
  const { findings } = await auditArtefacts(edition!, [{ path: address, mediaType: 'text/html; charset=utf-8', bytes: Buffer.from(html), publicUrl: site.publicUrl }, { path: `${address}.json`, mediaType: 'application/json', bytes: Buffer.from(JSON.stringify(areaJson(edition!, level, level.areas[0]!, site))), publicUrl: site.publicUrl }], { isComplete: false })
  t.same(findings, [], 'the audit of finished bytes knows where the text comes from')
  const foreign = await auditArtefacts(edition!, [{ path: '/small/gebiet/sozialraum/02.json', mediaType: 'application/json', bytes: Buffer.from(JSON.stringify({ ...areaJson(edition!, level, level.areas[1]!, site), assessment: areaJson(edition!, level, level.areas[0]!, site).assessment })) }], { isComplete: false })
  t.match(foreign.findings, [{ code: 'unexplained-number' }], 'what is said about one area explains no number of another')
  const told = await auditArtefacts(edition!, [{ path: `${address}.json`, mediaType: 'application/json', bytes: Buffer.from(JSON.stringify(areaJson(edition!, level, level.areas[0]!, site))) }], { isComplete: false, secrets: new Map([['a cell', 4321]]) })
  t.match(told.findings, [{ code: 'secret-found' }], 'a suppressed number that a text gives away is found')
  t.notMatch(areaPage(edition!, level, level.areas[1]!, site), 'Einschätzung')
  const internal = await build(t, texts, 'internal')
  t.match(internal.edition!.assessments, [{ area: '01' }, { area: '03', isDraft: true, measure: 'Noch geheim' }])
  const drafted = internal.edition!.levels[0]!
  t.match(areaPage(internal.edition!, drafted, drafted.areas[2]!, site), /Entwurf, nicht freigegeben/)
})

t.test('an edition without texts is the same as before there were any', async t => {
  t.notOk('assessments' in (await build(t, {})).edition!)
})

t.test('a text of no area is not shown; two of one area stop the edition', async t => {
  const good = formatAssessment(entry)
  t.match((await build(t, { '99.md': good })).problems.filter(({ code }) => code.startsWith('texts-')), [{ code: 'texts-unknown-area', place: { file: 'texts/gebiet/99.md' } }])
  t.match((await build(t, { '01.md': good, 'sozialraum.01.md': good })).problems.filter(({ code }) => code.startsWith('texts-')), [{ code: 'texts-area-twice' }])
  t.match((await build(t, { '01.md': formatAssessment({ ...entry, indicator: 'nothing' }) })).problems.filter(({ code }) => code.startsWith('texts-')), [{ code: 'texts-unknown-indicator', facts: { name: 'nothing' } }])
  t.match((await build(t, { '01.md': '---\ndate: 2025-03-01\n---\nx' })).problems.filter(({ code }) => code.startsWith('texts-')), [{ code: 'texts-missing-entry', facts: { name: 'author' } }])
  t.match((await build(t, { '01.md': good + 'x'.repeat(100_000) })).problems.filter(({ code }) => code.startsWith('texts-')), [{ code: 'texts-too-long' }])
})

t.test('a text that names a suppressed number of its area is a warning with the line, and without the number', async t => {
  // Area 2 has 2 cases in 2023, below the minimum count of 3.
  const said = async (assessment: string, name = '02.md') => (await build(t, { [name]: formatAssessment({ ...entry, assessment }) })).problems.filter(({ code }) => code === 'texts-names-secret')
  t.match(await said('Nur 2 Menschen beziehen Leistungen.'), [{ severity: 'warning', place: { file: 'texts/gebiet/02.md', line: 10 }, facts: {} }])
  t.equal((await said('Nur zwei Menschen.')).length, 1)
  t.match((await build(t, { '02.md': formatAssessment({ ...entry, goal: 'Weniger als 2' }) })).problems.filter(({ code }) => code === 'texts-names-secret'), [{ place: { line: 4 } }], 'the goal is text, too')
  t.equal((await said('Im Jahr 2024 waren es 12,2 Prozent und 22 Plätze.')).length, 0)
  t.equal((await said('Nur 2 Menschen.', '01.md')).length, 0, 'in another area it is another number')
})
