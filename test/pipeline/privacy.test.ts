import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { writeRecord } from '../../commands/privacy.ts'
import { privacyRecord } from '../../pipeline/privacy/record.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { codes } from './problem-codes.ts'

const today = '2026-11-22'

t.test('the record says of every delivery what it is, from whom, on what basis and for how long', async t => {
  const { project } = await readProject('fixtures/musterstadt')
  const { html, open } = privacyRecord(project!.file, today)
  for (const { title, publisher, legalBasis } of project!.file.deliveries) for (const part of [title, publisher, legalBasis]) t.ok(html.includes(part), part)
  t.match(html, /Geschrieben am 22\.11\.2026/)
  t.notMatch(html, /src=|href=|<script|url\(|undefined/, 'self-contained')
  t.equal(html.match(/<mark>/g)!.length, open.length, 'what is open is marked, and nothing else')
})

t.test('what the project file does not say is marked and found, and goes once it is said', async t => {
  const { project } = await readProject('fixtures/musterstadt')
  const { file } = project!
  const bare = { ...file, deliveries: file.deliveries.slice(0, 1).map(({ retention: _, ...delivery }) => delivery) }
  const target = path.join(t.testdir({}), 'verzeichnis.html')
  t.strictSame(codes(await writeRecord({ file: bare, displayName: 'atlas.yaml' }, target, today)), ['privacy-written', 'privacy-no-officer', 'privacy-no-retention', 'privacy-open'])
  t.match(readFileSync(target, 'utf8'), /<mark>bitte ergänzen: Löschfrist</)
  const told = { ...bare, privacy: { officer: 'datenschutz@stadt.example' }, deliveries: bare.deliveries.map(delivery => ({ ...delivery, retention: '2030-12-31' })) }
  t.strictSame(codes(await writeRecord({ file: told, displayName: 'atlas.yaml' }, target, today)), ['privacy-written', 'privacy-open'])
  const written = readFileSync(target, 'utf8')
  t.match(written, /datenschutz@stadt\.example/)
  t.match(written, />2030-12-31</)
})

t.test('what stands in the project file is text in the record', async t => {
  const { project } = await readProject('fixtures/musterstadt')
  const { html } = privacyRecord({ ...project!.file, municipality: '<script>alert(1)</script>' }, today)
  t.notMatch(html, /<script>/)
})
