import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import t, { type Test } from 'tap'
import { describedForms } from '../../worker/forms/described.ts'
import type { TypedField } from '../../worker/forms/field.ts'
import { makeForm, type FormAsked } from '../../worker/forms/make-form.ts'
import { addFromCatalogue, outlineProject, searchCatalogue } from '../../worker/forms/outline.ts'
import { viewProject } from '../../worker/forms/project-view.ts'
import { saveForm } from '../../worker/forms/save-form.ts'
import { findSchemaNode } from '../../worker/forms/schema-node.ts'
import { smallProject } from '../small-project.ts'

const plain = smallProject['atlas.yaml']

interface Desk {
  readonly fields: (asked: FormAsked) => Promise<Map<string, string>>
  /** Sends a form as it was opened now, with some of its fields changed. */
  readonly save: (asked: FormAsked, typed: Readonly<Record<string, string>>) => ReturnType<typeof saveForm>
  readonly send: (asked: FormAsked, typed: readonly TypedField[]) => ReturnType<typeof saveForm>
  readonly text: () => Promise<string>
}

async function openDesk (t: Test, yaml = plain): Promise<Desk> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'atlas-f-'))
  t.after(async () => { await rm(folder, { recursive: true, force: true }) })
  for (const [name, text] of Object.entries({ ...smallProject, 'atlas.yaml': yaml })) await writeFile(path.join(folder, name), text)
  const file = path.join(folder, 'atlas.yaml')
  const text = async () => await readFile(file, 'utf8')
  const fields: Desk['fields'] = async asked => new Map(makeForm(await viewProject(await text(), file), asked)!.sections.flatMap(section => section.fields.map(({ name, value }) => [name, value] as const)))
  const send: Desk['send'] = async (asked, typed) => await saveForm({ folder, atlas: 'small', asked, typed })
  return {
    fields,
    send,
    text,
    async save (asked, typed) {
      const before = await fields(asked)
      return await send(asked, [...before].map(([name, was]) => ({ name, was, value: typed[name] ?? was })))
    },
  }
}

t.test('every field of every form is a place that the schema knows, and every choice one that it allows', t => {
  for (const [name, { list, fields, rows }] of Object.entries(describedForms)) {
    const base = list === null ? [] : [list, 'x']
    const all = [...fields.map(field => ({ at: [...base, ...field.path], field })), ...rows.flatMap(row => row.fields.map(field => ({ at: [...base, ...row.path, '0', ...field.path], field })))]
    for (const { at, field } of all) {
      const node = findSchemaNode(at)
      t.ok(node, `${name}: ${at.join('.')}`)
      if (field.says) t.same(new Set(Object.keys(field.says)), new Set(node?.enum ?? node?.items?.enum), `${name}: choices of ${at.join('.')}`)
      t.ok(field.label.en, `${name}: English label of ${at.join('.')}`)
    }
  }
  t.notOk(findSchemaNode(['deliveries', 'x', 'nothing']))
  t.end()
})

t.test('a form changes its fields and no other byte of the project file', async t => {
  const desk = await openDesk(t, plain.replace('title: Bestand', 'title: Bestand  # aus dem Register'))
  const saved = await desk.save({ form: 'delivery', item: 'register' }, { 'deliveries/register/title': 'Einwohner: Bestand', 'deliveries/register/extractedOn': '2025-02-03' })
  t.match(saved, { kind: 'written', paths: ['deliveries.register.title', 'deliveries.register.extractedOn'] })
  t.equal(await desk.text(), plain.replace('title: Bestand', "title: 'Einwohner: Bestand'  # aus dem Register").replace("template: '{}-12-31' }\n    columns: { people: Personen, sgb2: SGB II }", "template: '{}-12-31' }\n    columns: { people: Personen, sgb2: SGB II }\n    extractedOn: 2025-02-03"))
})

t.test('a text in two languages is one line as long as it has one language', async t => {
  const desk = await openDesk(t)
  const asked = { form: 'indicator', item: 'people' } as const
  t.match(await desk.save(asked, { 'indicators/people/label/en': 'People' }), { kind: 'written' })
  t.match(await desk.text(), 'label: { de: Personen, en: People }, definition')
  t.match(await desk.save(asked, { 'indicators/people/label/en': '' }), { kind: 'written' })
  t.equal(await desk.text(), plain)
})

t.test('notes and changed definitions are added, changed and taken away', async t => {
  const desk = await openDesk(t)
  const asked = { form: 'indicator', item: 'sgb2' } as const
  const at = 'indicators/sgb2'
  t.match(await desk.save(asked, { [`${at}/notes/0/de`]: 'Eins', [`${at}/changes/0/from`]: '2024', [`${at}/changes/0/note/de`]: 'Anders gezählt' }), { kind: 'written' })
  t.match(await desk.save(asked, { [`${at}/notes/1/de`]: 'Zwei' }), { kind: 'written' })
  t.match(await desk.text(), "notes: [Eins, Zwei], changes: [{ from: '2024', note: Anders gezählt }] }")
  t.match(await desk.save(asked, { [`${at}/notes/0/de`]: '', [`${at}/changes/0/from`]: '', [`${at}/changes/0/note/de`]: '' }), { kind: 'written' })
  t.match(await desk.text(), 'notes: [Zwei], changes: [] }')
})

t.test('what the schema or the reader refuses is said at its field, and nothing of the form is written', async t => {
  const desk = await openDesk(t)
  const wrong: ReadonlyArray<readonly [FormAsked, string, string, string]> = [
    [{ form: 'rules', item: 'register' }, 'deliveries/register/minimumCount', 'zwei', 'project-file-invalid-value'],
    [{ form: 'rules', item: 'register' }, 'deliveries/register/minimumCount', '2', 'project-file-invalid-value'],
    [{ form: 'rules', item: 'register' }, 'deliveries/register/minimumCount', 'keine', 'project-file-no-reason'],
    [{ form: 'rules', item: 'register' }, 'deliveries/register/rules/rateFloor', '1,5', 'project-file-invalid-value'],
    [{ form: 'atlas', item: null }, 'start', 'nothing', 'project-file-unknown-reference'],
    [{ form: 'atlas', item: null }, 'title', '', 'project-file-missing-key'],
    [{ form: 'level', item: 'sozialraum' }, 'levels/sozialraum/validFrom', 'gestern', 'project-file-invalid-value'],
    [{ form: 'indicator', item: 'people' }, 'indicators/people/label/de', '', 'project-file-missing-key'],
    [{ form: 'indicator', item: 'people' }, 'indicators/people/decimals', '7', 'project-file-invalid-value'],
  ]
  for (const [asked, name, value, code] of wrong) {
    t.match(await desk.save(asked, { [name]: value }), { kind: 'refused', faults: [{ name, problem: { code, place: {} } }] }, `${name}: ${value}`)
    t.equal(await desk.text(), plain)
  }
  const rules = { form: 'rules', item: 'register' } as const
  t.match(await desk.save(rules, { 'deliveries/register/preset': 'ba3' }), { kind: 'refused', faults: [{ name: 'deliveries/register/preset', problem: { code: 'project-file-either-or' } }] })
  const preset = { 'deliveries/register/preset': 'ba3', 'deliveries/register/minimumCount': '' }
  t.match(await desk.save(rules, preset), { kind: 'refused', faults: [], problems: [{ code: 'project-file-missing-key', facts: { key: 'population' } }] }, 'what is wrong elsewhere is said as well')
  t.match(await desk.save({ form: 'atlas', item: null }, { population: 'people' }), { kind: 'written' })
  t.match(await desk.save(rules, preset), { kind: 'written' })
})

t.test('two who change different fields both win; of two who change the same one the second sees what the first wrote', async t => {
  const desk = await openDesk(t)
  const asked = { form: 'atlas', item: null } as const
  const opened = await desk.fields(asked)
  const typed = (changed: Readonly<Record<string, string>>) => [...opened].map(([name, was]) => ({ name, was, value: changed[name] ?? was }))
  t.match(await desk.send(asked, typed({ title: 'Eins', 'contact/name': 'Amt' })), { kind: 'written' })
  t.match(await desk.send(asked, typed({ municipality: 'Großstadt' })), { kind: 'written' })
  t.same(await desk.send(asked, typed({ title: 'Zwei', 'contact/email': 'a@town.example' })), { kind: 'changed', conflicts: [{ name: 'title', now: 'Eins' }] })
  t.notMatch(await desk.text(), 'a@town.example', 'all or nothing')
  t.match(await desk.send(asked, typed({ title: 'Eins' })), { kind: 'written', paths: [] }, 'the same twice is no quarrel')
  t.match(await desk.send({ form: 'delivery', item: 'register' }, [{ name: 'deliveries/other/title', was: 'a', value: 'b' }]), { kind: 'changed', conflicts: [{ name: 'deliveries/other/title', now: null }] })
  t.equal(await desk.save({ form: 'delivery', item: 'other' }, {}).catch(() => undefined), undefined)
})

t.test('what is still open is asked for, and nothing else: marks, signs of a legend, missing entries', async t => {
  const gaps = plain
    .replace("licence: { name: CC0 1.0, url: 'https://creativecommons.org/publicdomain/zero/1.0/' }\ncontact: { name: Sozialplanung, email: planung@kleinstadt.example }", 'licence: &lizenz { name: BITTE AUSFÜLLEN, url: BITTE AUSFÜLLEN }\ncontact: { name: BITTE AUSFÜLLEN, email: planung@kleinstadt.example }')
    .replace("    licence: { name: CC0 1.0, url: 'https://creativecommons.org/publicdomain/zero/1.0/' }\n", '    licence: *lizenz\n')
    .replace('    minimumCount: 3\n    legalBasis: Satzung\n', "    minimumCount: BITTE AUSFÜLLEN\n    legend: { '': BITTE AUSFÜLLEN, '/': BITTE AUSFÜLLEN }\n")
  const desk = await openDesk(t, gaps)
  const open = await desk.fields({ form: 'open' })
  t.same([...open], ['licence/name', 'licence/url', 'contact/name', 'deliveries/register/minimumCount', 'deliveries/register/legend/', 'deliveries/register/legend/%2F', 'deliveries/register/legalBasis'].map(name => [name, '']))
  t.match(await desk.save({ form: 'open' }, { 'deliveries/register/minimumCount': '1' }), { kind: 'refused', faults: [{ name: 'deliveries/register/minimumCount' }] })
  t.match(await desk.save({ form: 'open' }, { 'licence/name': 'CC0', 'deliveries/register/minimumCount': '5', 'deliveries/register/legend/': 'zero' }), { kind: 'written' })
  t.equal((await desk.fields({ form: 'open' })).size, 4)
  t.match(await desk.save({ form: 'open' }, { 'licence/url': 'https://x.example', 'contact/name': 'Amt', 'deliveries/register/legend/%2F': 'suppressed', 'deliveries/register/legalBasis': 'Satzung' }), { kind: 'written' })
  t.equal((await desk.fields({ form: 'open' })).size, 0)
  t.match(await desk.text(), "licence: &lizenz { name: CC0, url: 'https://x.example' }")
  t.match(await desk.text(), '    licence: *lizenz\n')
})

t.test('what others take over says so', async t => {
  const desk = await openDesk(t, plain.replace('publisher: Kleinstadt', 'publisher: &halter Kleinstadt').replace('attribution: Kleinstadt', 'attribution: *halter'))
  const view = await viewProject(await desk.text(), 'atlas.yaml')
  const fields = makeForm(view, { form: 'delivery', item: 'register' })!.sections[0]!.fields
  t.equal(fields.find(({ name }) => name.endsWith('publisher'))!.sharedBy, 1)
  t.equal(fields.find(({ name }) => name.endsWith('attribution'))!.sharedBy, 0)
  t.match(await desk.save({ form: 'delivery', item: 'register' }, { 'deliveries/register/attribution': 'Kreis' }), { kind: 'written' })
  t.match(await desk.text(), 'publisher: &halter Kleinstadt\n')
})

t.test('the catalogue is searched, and an indicator comes with the counts that it is computed from', async t => {
  const view = await viewProject(plain, 'atlas.yaml')
  t.equal(searchCatalogue(view, 'gibt es nicht').length, 0)
  const [found] = searchCatalogue(view, 'jugendquotient')
  t.match(found, { id: 'youth-ratio', with: [{ de: String }, { de: String }] })
  const added = addFromCatalogue(view, 'youth-ratio')
  t.match(added, /\n {2}- \{ use: youth-ratio \}\n {2}- \{ use: [a-z0-9-]+ \}\n/)
  const after = await viewProject(added, 'atlas.yaml')
  t.notOk(searchCatalogue(after, '').some(({ id }) => id === 'youth-ratio'))
  t.throws(() => addFromCatalogue(after, 'youth-ratio'), RangeError)
  t.match(outlineProject(after), { open: 0, levels: [{ id: 'sozialraum' }, { id: 'stadt' }], deliveries: [{ id: 'register', label: { de: 'Bestand' } }] })
})
