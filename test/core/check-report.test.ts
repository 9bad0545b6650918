import t from 'tap'
import { makeCheckReport } from '../../core/check-report.ts'
import { problem, problemCatalogue, type Problem, type ProblemCode } from '../../core/problem.ts'
import { formatReport } from '../../core/report-text.ts'
import { describePlace, sentencesOf } from '../../core/sentences.ts'
import { cleanText, visibleText } from '../../core/visible-text.ts'

const negative = (line: number, text = '-4') => problem('join-negative-count', { file: 'ew.csv', line, column: 'Einwohner' }, { text })

t.test('blanks and marks that cannot be seen are seen in a quote', async t => {
  t.equal(visibleText('Nordertor '), 'Nordertor␣')
  t.equal(visibleText(' 03'), '␣03')
  t.equal(visibleText('Bad  Nauheim am Wald'), 'Bad␣␣Nauheim am Wald')
  t.equal(visibleText('1\u00a0234\t5\r\n\u200b\u202e'), '1⍽234⇥5↵‹U+200B›‹U+202E›')
  t.equal(visibleText('"03 ", "Süd Feld"'), '"03␣", "Süd Feld"', 'each text of a list for itself')
  t.equal(visibleText('x'.repeat(1000)).length, 602)
  t.equal(visibleText('Haus "Sonne"\n\u001b[2J'), 'Haus "Sonne"↵‹U+001B›[2J', 'a quote within does not let the rest pass')
  t.equal(visibleText('"a" ' + 'x'.repeat(10_000)).length, 6002)
})

t.test('a key without what cannot be seen is the key', async t => {
  t.equal(cleanText('\u00a0Bad  Nau\u00adheim\u200b '), 'Bad Nauheim')
  t.equal(cleanText('Su\u0308dfeld'), 'Südfeld')
})

t.test('a place is said in the words of people', async t => {
  t.equal(describePlace({ file: 'a.xlsx', cell: 'Tabelle1!C14' }, 'de'), 'Blatt „Tabelle1“, Zelle C14')
  t.equal(describePlace({ cell: 'Bericht!2024!C14', sheet: 2 }, 'de'), 'Blatt 2 („Bericht!2024“), Zelle C14')
  t.equal(describePlace({ cell: 'Tabelle1!14' }, 'en'), 'sheet "Tabelle1", row 14')
  t.equal(describePlace({ line: 14, column: 'Einwohner ' }, 'de'), 'Zeile 14, Spalte „Einwohner␣“')
  t.equal(describePlace({ file: 'a.yaml', line: 4, column: 7 }, 'de'), 'Zeile 4, Zeichen 7')
  t.equal(describePlace({ record: 3 }, 'de'), 'Datensatz 3')
})

t.test('what stops the build comes first, then what to look at, and the last line says what to do', async t => {
  const report = formatReport([problem('join-unassigned', { file: 'b.csv' }, { count: 2 }), problem('join-areas-without-row', { file: 'a.csv' }, {}), negative(3)], 'de')
  t.equal(report.split('\n')[0], '1 Befund hält die Ausgabe auf, 1 bitte ansehen.')
  t.match(report, /Das hält die Ausgabe auf\n\new\.csv\n {2}✗ Zeile 3, Spalte „Einwohner“: Die Fallzahl „-4“ ist negativ\. \(join-negative-count\)\n {4}Erwartet: null oder mehr\.\n {4}→ Die Zelle berichtigen;[^]*Bitte ansehen[^]*Zur Kenntnis/)
  t.match(report.split('\n').at(-1), /^Nächster Schritt: zuerst beheben/)
  t.match(formatReport([], 'de'), 'Nichts hält die Ausgabe auf und nichts muss angesehen werden.\n\nNächster Schritt: die Ausgabe bauen')
  t.match(formatReport([negative(3)], 'en'), /^1 finding stops the edition\.[^]*Line 3, column "Einwohner": The count "-4" is below zero\.\W.*\n {4}Expected: zero or more\./)
})

t.test('findings of one kind in one file are one paragraph with five places', async t => {
  const many = Array.from({ length: 8 }, (_, index) => negative(index + 2))
  const report = formatReport([...many, problem('join-negative-count', { file: 'other.csv', line: 2 }, { text: '-1' })], 'de')
  t.match(report, /An 8 Stellen \(join-negative-count\):\n(?: {4}– .*\n){5} {4}und an 3 weiteren Stellen\.\n {4}Erwartet: null oder mehr\.\n {4}→/)
  t.equal(report.match(/Erwartet:/g)!.length, 2, 'said once per file')
})

t.test('what many files have once each is said once, with their names; what stops the build stays with its file', async t => {
  const missing = (file: string, keys: string) => problem('join-areas-without-row', { file }, { matched: 2, areas: 3, level: 'sr', when: '2019', keys })
  const report = formatReport([missing('2021.csv', '"03"'), missing('2022.csv', '"03"'), missing('2023.csv', '"01"')], 'de')
  t.match(report, /Bitte ansehen\n\nIn mehreren Dateien\n {2}! An 3 Stellen \(join-areas-without-row\):\n {4}– 2021\.csv: 2 von 3 [^\n]*„03“\.\n {4}– 2022\.csv: [^]*– 2023\.csv: [^\n]*„01“\.\n {4}Erwartet/)
  t.equal(report.match(/Erwartet:/g)!.length, 1)
  t.match(formatReport([missing('a.csv', ''), missing('b.csv', '')], 'de'), /a\.csv\n {2}! 2 von 3/, 'two files are no many')
  t.match(formatReport([missing('a.csv', ''), missing('a.csv', ''), missing('b.csv', ''), missing('c.csv', '')], 'de'), /a\.csv\n {2}! An 2 Stellen/)
  t.notMatch(formatReport(['a', 'b', 'c'].map(file => problem('join-negative-count', { file, line: 2 }, { text: '-1' })), 'de'), 'In mehreren Dateien')
})

t.test('accepted findings come last, with the reason and not with what to do', async t => {
  const accepted: Problem = { ...negative(3), severity: 'note', accepted: { because: 'Stimmt so', by: 'A. Beispiel', on: '2025-03-01' } }
  const report = formatReport([accepted], 'de')
  t.match(report, /^Nichts hält die Ausgabe auf und nichts muss angesehen werden; 1 ist mit Begründung angenommen\./)
  t.match(report, /Angenommen\n\new\.csv\n {2}✓ Zeile 3[^\n]*\n {4}Angenommen von A\. Beispiel am 01\.03\.2025: Stimmt so\.\n\nNächster/)
})

t.test('every text of every problem is a sentence, and none but a quote or a name begins small', async t => {
  for (const code of Object.keys(problemCatalogue) as ProblemCode[]) {
    for (const language of ['de', 'en'] as const) {
      const { found, expected, next } = sentencesOf(problem(code, {}, {}), language)
      for (const said of [found, expected, next].filter(text => text !== '' && !text.endsWith('{yaml}'))) t.match(said, /^[^\p{Ll}][^]*[.!?:…]$/u, `${code}: ${said}`)
    }
  }
})

t.test('each finding is in the report once, whatever the order', async t => {
  const problems = [negative(9), problem('join-unassigned', {}, { count: 1 }), negative(2), problem('read-no-text', { file: 'x' })]
  const listed = makeCheckReport(problems, 'de').groups.flatMap(({ files }) => files.flatMap(({ paragraphs }) => paragraphs.flatMap(({ findings }) => findings)))
  t.equal(listed.length, problems.length)
})

t.test('a build says that the edition is on its way, unless something stops it', async t => {
  const note = problem('join-footnote', { file: 'ew.csv' }, { count: 1 })
  t.match(makeCheckReport([note], 'de', 'build').next, /wird gespeichert/)
  t.match(makeCheckReport([note], 'en', 'build').next, /being stored/)
  t.match(makeCheckReport([problem('join-negative-count', { file: 'ew.csv' }, { text: '-4' })], 'de', 'build').next, /zuerst beheben/)
})
