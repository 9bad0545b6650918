import t from 'tap'
import { problem, type Problem } from '../../core/problem.ts'
import { checkReportJson, checkReportPage } from '../../render/check-report.ts'
import { findMarkupFault } from './markup-fault.ts'

const project = { title: 'Atlas <Musterort>', name: 'muster/atlas.yaml' }
const negative = (line: number) => problem('join-negative-count', { file: 'ew.csv', line, column: 'Einwohner' }, { text: '<b>-4</b> ' })
const zeros = problem('join-lost-zeros', { file: 'ew.csv', line: 2 }, {
  column: 'Nr', keys: '"1", "3"', count: 2, level: 'sr', example: '01', delivery: 'register', yaml: 'area: { column: Nr, pad: 2 }',
}, { path: ['deliveries', 'register', 'area', 'pad'], value: 2 })
const accepted: Problem = { ...problem('join-cut-off', { file: 'b.csv' }, {}), severity: 'note', accepted: { because: 'Stimmt & passt', by: 'A. Beispiel' } }
const problems = [accepted, problem('join-unassigned', { file: 'c.csv' }, { count: 2 }), ...[2, 3, 4, 5, 6, 7, 8].map(negative), zeros]

t.test('the page is complete, says that it is secret, and needs no other file and no script', async t => {
  const html = checkReportPage(problems, project, 'de')
  t.equal(findMarkupFault(html), undefined)
  t.match(html, '<html lang="de">')
  t.match(html, '<strong>intern, enthält Rohwerte</strong>')
  t.match(html, '<h1>Prüfbericht: Atlas &lt;Musterort&gt;</h1>')
  t.match(html, /8 Befunde halten die Ausgabe auf; 1 ist mit Begründung angenommen\./)
  t.notMatch(html, /<script|src=|href="(?!#)|url\(|@import/)
  t.match(html, '„&lt;b&gt;-4&lt;/b&gt;␣“', 'what stands there is quoted, not drawn')
  t.equal(html.match(/Zeile \d, Spalte „Einwohner“:/g)!.length, 5, 'five places')
  t.match(html, 'und an 2 weiteren Stellen.')
  t.match(html, 'Angenommen von A. Beispiel: Stimmt &amp; passt.')
  t.ok(html.indexOf('id="stops"') < html.indexOf('id="done"') && html.indexOf('id="done"') < html.indexOf('id="accepted"'))
  t.match(checkReportPage([], project, 'en'), /<html lang="en">[^]*Nothing stops the edition/)
})

t.test('headings go down one step at a time', async t => {
  const levels = [...checkReportPage(problems, project, 'de').matchAll(/<h(\d)/g)].map(([, level]) => Number(level))
  t.equal(levels[0], 1)
  t.ok(levels.every((level, index) => index === 0 || level <= levels[index - 1]! + 1))
})

t.test('the JSON has every finding with place, sentences and repair', async t => {
  const report = JSON.parse(checkReportJson(problems, project, 'de')) as { findings: object[] }
  t.match(report, { format: 1, notice: 'intern, enthält Rohwerte', project: 'muster/atlas.yaml' })
  t.equal(report.findings.length, problems.length)
  t.match(report.findings.find(finding => 'repair' in finding), {
    code: 'join-lost-zeros', severity: 'error', place: { file: 'ew.csv', line: 2 }, where: 'Zeile 2', found: /„1“, „3“/, repair: { path: ['deliveries', 'register', 'area', 'pad'], value: 2 },
  })
  t.match(report.findings.at(-1), { accepted: { because: 'Stimmt & passt', by: 'A. Beispiel' } })
})
