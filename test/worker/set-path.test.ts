import t from 'tap'
import { parse } from 'yaml'
import { setPath, type EntryPath, type EntryValue } from '../../worker/set-path.ts'

const file = `# Kopf
atlas: small  # bitte prüfen
licence: &lizenz { name: CC0, url: 'https://cc.example' }
contact: { name: A, email: a@town.example }
start: share

# Lieferungen
deliveries:
  # die erste
  - id: one
    publisher: &halter BITTE AUSFÜLLEN  # Rest
    licence: *lizenz
    label:
      de: Bestand
      en: Stock
    rules:
    files: [a.csv]  # Dateien
    columns:
      people: Personen

  - id: two
    publisher: *halter  # wie oben
    licence: *lizenz
    because: |
      Zwei
      Zeilen
    rules: { rateFloor: 10 }
    files: [b.csv]

indicators:
  - { use: people }  # Personen
  - id: '01'
    notes: [Eins, Zwei]
  - use: children
`

function change (path: EntryPath, value: EntryValue | undefined, from = file): string {
  return setPath(from, path, value)
}

t.test('one value changes and every other byte stays', async t => {
  const changes: ReadonlyArray<readonly [path: EntryPath, value: EntryValue | undefined, from: string, to: string]> = [
    [['atlas'], 'a: b #c', 'atlas: small  # bitte', "atlas: 'a: b #c'  # bitte"],
    [['contact', 'email'], 'b@x.example', 'email: a@town.example', "email: 'b@x.example'"],
    [['deliveries', 'one', 'publisher'], 'Stadt', '&halter BITTE AUSFÜLLEN  #', '&halter Stadt  #'],
    [['deliveries', 'two', 'publisher'], 'Kreis', '*halter  # wie', 'Kreis  # wie'],
    [['licence', 'name'], 'dl-de', 'name: CC0', 'name: dl-de'],
    [['deliveries', 'two', 'licence', 'name'], 'dl-de', 'licence: *lizenz\n    because', "licence: { name: dl-de, url: 'https://cc.example' }\n    because"],
    [['deliveries', 'one', 'label'], { de: 'Neu', en: undefined }, '      de: Bestand\n      en: Stock', '      { de: Neu }'],
    [['deliveries', 'one', 'label', 'en'], undefined, '      en: Stock\n', ''],
    [['deliveries', 'one', 'rules', 'remainder'], true, 'rules:\n    files', 'rules: { remainder: true }\n    files'],
    [['deliveries', 'one', 'mayBePassedOn'], true, 'files: [a.csv]  # Dateien\n', 'files: [a.csv]  # Dateien\n    mayBePassedOn: true\n'],
    [['deliveries', 'two', 'because'], 'Eins\nDrei', '|\n      Zwei\n      Zeilen\n', '"Eins\\nDrei"\n'],
    [['deliveries', 'two', 'because'], undefined, '    because: |\n      Zwei\n      Zeilen\n', ''],
    [['deliveries', 'two', 'rules', 'areaFloor'], 300, '{ rateFloor: 10 }', '{ rateFloor: 10, areaFloor: 300 }'],
    [['deliveries', 'two', 'rules', 'rateFloor'], undefined, '    rules: { rateFloor: 10 }\n', ''],
    [['deliveries', 'two', 'rules', 'internal', 'minimumCount'], 'none', '{ rateFloor: 10 }', '{ rateFloor: 10, internal: { minimumCount: none } }'],
    [['audiences'], ['public', 'internal'], 'start: share\n', 'start: share\naudiences: [public, internal]\n'],
    [['indicators', 'people', 'label'], 'Leute', '{ use: people }  #', '{ use: people, label: Leute }  #'],
    [['indicators', '01', 'notes', '2'], 'Drei', '[Eins, Zwei]', '[Eins, Zwei, Drei]'],
    [['indicators', '01', 'notes', '0'], undefined, '[Eins, Zwei]', '[Zwei]'],
    [['indicators', '01', 'changes', '0', 'from'], '2024', 'notes: [Eins, Zwei]\n', "notes: [Eins, Zwei]\n    changes: [{ from: '2024' }]\n"],
    [['indicators', 'children', 'decimals'], 1, '- use: children\n', '- use: children\n    decimals: 1\n'],
    [['indicators', '3'], { use: 'households' }, '- use: children\n', '- use: children\n  - { use: households }\n'],
    [['population'], undefined, 'atlas', 'atlas'],
    [['indicators', '01'], undefined, "  - id: '01'\n    notes: [Eins, Zwei]\n", ''],
    [['deliveries', 'two'], undefined, file.slice(file.indexOf('  - id: two'), file.indexOf('\nindicators')), ''],
  ]
  for (const [path, value, from, to] of changes) t.equal(change(path, value), file.replace(from, () => to), path.join('.'))
})

t.test('a place that is none is refused, as is a change after which the file would not be read', async t => {
  t.throws(() => change(['atlas', 'name'], 'x'), RangeError)
  t.throws(() => change(['deliveries', 'three', 'title'], 'x'), RangeError)
  t.throws(() => change(['deliveries', 'one'], undefined), RangeError, 'others take its publisher over')
  t.throws(() => setPath('atlas: [', ['atlas'], 'x'), RangeError)
})

t.test('whatever is typed is read back as it was typed', async t => {
  for (const typed of ["'", '"', '*x', '&x', '# x', 'a: b', '{ x }', '- x', 'null', 'true', '007', '1e3', '~', ' x', 'ü\n\nb', '!!js x', '<<', '%x', '@x', '`x', '? x', '| x', '0x1f', '1_000', '.5', '2024-12-31', '\t', '\u2028', '\u0085']) {
    const read = parse(change(['contact', 'name'], typed)) as { contact: { name: unknown }, start: unknown }
    t.same([read.contact.name, read.start], [typed, 'share'])
  }
})
