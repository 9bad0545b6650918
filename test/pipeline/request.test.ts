import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { makeRequests } from '../../commands/request.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { nextPeriods } from '../../pipeline/request/next-periods.ts'
import { smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

const today = '2026-11-22'

t.test('asked for is what follows the last period, up to today', t => {
  t.strictSame(nextPeriods(['2023-12-31', '2024-12-31'], today), ['2025-12-31'])
  t.strictSame(nextPeriods(['2021-12-31'], today), ['2022-12-31', '2023-12-31', '2024-12-31', '2025-12-31'])
  t.strictSame(nextPeriods(['2025-06-30', '2025-12-31'], today), ['2026-06-30'], 'half years')
  t.strictSame(nextPeriods(['2026-06-30', '2025-12-31'], today), ['2026-12-31'], 'the next one may be in the future')
  t.strictSame(nextPeriods(['2025'], today), ['2026'])
  t.strictSame(nextPeriods(['2026-q1'], today), ['2026-q2', '2026-q3'])
  t.strictSame(nextPeriods(['2025-q4'], '2026-02-01'), ['2026-q1'])
  t.strictSame(nextPeriods(['2024-25'], today), ['2025-26'])
  t.strictSame(nextPeriods(['2098-99'], today), ['2099-00'])
  t.strictSame(nextPeriods(['2022-2024'], today), ['2023-2025'])
  t.strictSame(nextPeriods(['2024-02-29'], '2024-03-01'), ['2025-02-28'])
  t.end()
})

t.test('every office gets one letter with the dates, columns and terms of its deliveries, and no figure', async t => {
  const { project } = await readProject('fixtures/musterstadt')
  const { files, problems } = await makeRequests(project!, today)
  t.strictSame(codes(problems), [])
  const publishers = new Set(project!.file.deliveries.map(({ publisher }) => publisher))
  t.equal(files.filter(({ name }) => name.endsWith('.html')).length, publishers.size)
  const letter = files.find(({ name }) => name.includes('bundesagentur'))!.content
  t.match(letter, /31\.12\.2025|Quartal 2025|>Stichtag oder Zeitraum: /)
  t.match(letter, /Gliederung: Sozialräume/)
  t.match(letter, /kleinräumiger Gliederung/)
  t.match(letter, /Rechtsgrundlage der Lieferung: /)
  t.match(letter, /Mindestfallzahl \d+: Wir zeigen keine Fallzahl von 1 bis \d+/)
  t.notMatch(letter, /src=|href=|<script|url\(/, 'self-contained')
  const areas = files.find(({ name }) => name === 'gebiete.csv')!.content
  t.match(areas, /^sozialraum;01;/m)
  t.notMatch(areas, /sozialraum-2018/, 'only boundaries that hold')

  // No cell of a table is in a letter: figures of four digits are neither years nor numbers of laws.
  const register = files.find(({ name }) => name.includes('einwohner'))!.content
  const table = readFileSync('fixtures/musterstadt/tables/einwohner-sozialraeume.csv', 'latin1')
  const figures = new Set([...table.matchAll(/;(\d\.\d{3}|\d{3})(?=;)/g)].map(([, figure]) => figure!))
  t.ok(figures.size > 50)
  const said = register.replace(/<style>[^]*<\/style>/, '').replaceAll(/<[^>]*>/g, ' ').split(/[^\d.]+/)
  t.strictSame(said.filter(word => figures.has(word)), [])
})

t.test('a street list goes with the letter of whoever assigns addresses', async t => {
  const folder = path.join(t.testdir({}), 'deliveries', 'project')
  cpSync('fixtures/deliveries/street-list', folder, { recursive: true })
  cpSync('fixtures/deliveries/town', path.join(folder, '..', 'town'), { recursive: true })
  const name = path.join(folder, 'atlas.yaml')
  writeFileSync(name, readFileSync(name, 'utf8').replace('publisher: Musterort, Einwohnermeldeamt', "publisher: 'Landkreis <Muster> & Söhne'"))
  appendFileSync(path.join(folder, 'strassen.csv'), '=HYPERLINK("x");;;;06\n')
  const { project } = await readProject(folder)
  const { files } = await makeRequests(project!, today)
  t.strictSame(files.map(file => file.name), ['01-landkreis-muster-soehne.html', 'gebiete.csv', 'strassen.csv'])
  const [letter, , streets] = files.map(({ content }) => content)
  t.match(letter, /Landkreis &lt;Muster&gt; &amp; Söhne/)
  t.match(letter, /Anlage <code>strassen\.csv<\/code>/)
  t.match(letter, /wird bis zum 31\.12\.2030 aufbewahrt und danach gelöscht/)
  t.match(letter, /werden beim Einlesen gezählt und nicht aufbewahrt/)
  t.match(streets, /^Lange Straße;41;99;ungerade;02\r$/m)
  t.match(streets, /^Bahnhofstr\.;12a;60;alle;03\r$/m)
  t.match(streets, /"'=HYPERLINK/)
})

t.test('the lists speak the language of the project', async t => {
  const folder = path.join(t.testdir({}), 'deliveries', 'project')
  cpSync('fixtures/deliveries/street-list', folder, { recursive: true })
  cpSync('fixtures/deliveries/town', path.join(folder, '..', 'town'), { recursive: true })
  const name = path.join(folder, 'atlas.yaml')
  writeFileSync(name, `${readFileSync(name, 'utf8')}\nlanguage: en\n`)
  const { project } = await readProject(folder)
  const [areas, streets] = (await makeRequests(project!, today)).files.filter(file => file.name.endsWith('.csv')).map(({ content }) => content)
  t.match(areas, /^\ufefflevel;area;name\r$/m)
  t.match(streets, /^\ufeffstreet;from;to;side;area\r$/m)
  t.match(streets, /^Lange Straße;41;99;odd;02\r$/m)
})

t.test('where no period can be read the letter guesses and the terminal says so', async t => {
  const folder = t.testdir({ ...smallProject, 'people.csv': 'Nr;Jahr;Personen;SGB II\n' })
  const { project } = await readProject(folder)
  const { files, problems } = await makeRequests(project!, today)
  t.strictSame(codes(problems), ['request-guessed-day'])
  t.match(files[0]!.content, /Stichtag oder Zeitraum: 31\.12\.2025<\/strong> \(bitte prüfen\)/)
})
