import t from 'tap'
import { formatReport, isClean, type ProtectionReport } from '../../pipeline/report/protection-report.ts'
import { releaseSheet } from '../../pipeline/report/release-sheet.ts'
import { formatVisibility } from '../../pipeline/report/visibility.ts'

const delivery = {
  id: 'ba', title: 'Arbeitslose', publisher: 'BA', minimumCount: 3, because: null, preset: null, method: 'suppress', legalBasis: '§ 16 BStatG', retention: null, isPassedOn: true,
} as const

function reportWith (changes: Partial<ProtectionReport> = {}): ProtectionReport {
  return {
    format: 1,
    atlas: 'tiny',
    edition: 'e0123456789ab',
    audience: 'public',
    dataStatus: 'official',
    title: 'Atlas <Kleinstadt>',
    contact: 'Planung',
    deliveries: [delivery, { ...delivery, id: 'ba-2', title: 'Erwerbstätige' }, { ...delivery, id: 'area', title: 'Flächen', minimumCount: null, because: 'Hektar sind keine Personen.', retention: 'bis 2030' }],
    cells: { printed: 12345, suppressed: 30, byRule: { 'minimum-count': 10, remainder: 2 }, complementary: 18, withheld: 4 },
    audit: { blocks: 3, protectedCells: 12, exact: 0, narrow: 0, insiders: 0, badCertificates: 0, exposed: 1, linearPrograms: 40 },
    withheld: [{ block: 'sgb2 2024', cells: 4, offers: [] }],
    artefacts: null,
    hashes: { counts: 'c', policy: 'p', secret: 's' },
    ...changes,
  }
}

t.test('a report is clean only if the auditor found nothing in cells and bytes', async t => {
  t.equal(isClean(reportWith()), true)
  for (const kind of ['exact', 'narrow', 'insiders', 'badCertificates'] as const) t.equal(isClean(reportWith({ audit: { ...reportWith().audit, [kind]: 1 } })), false, kind)
  t.equal(isClean(reportWith({ artefacts: { artefacts: 2, claims: 9, findings: 1, hash: 'h' } })), false)
  t.equal(isClean(reportWith({ audit: { ...reportWith().audit, exposed: 5 } })), true, 'what others have told is no fault of the edition')
  t.strictSame(JSON.parse(formatReport(reportWith())), reportWith())
})

t.test('the release sheet has rules, figures of the audit, what is not promised, and lines to sign', async t => {
  const html = releaseSheet(reportWith())
  t.match(html, 'Atlas &lt;Kleinstadt&gt;', 'text of the project is escaped')
  t.match(html, '<td>Arbeitslose; Erwerbstätige</td><td>Mindestfallzahl 3</td>', 'equal rules share a row')
  t.match(html, 'keine Mindestfallzahl: Hektar sind keine Personen.')
  t.match(html, '<td>bis 2030</td>')
  t.match(html, '<dd>12.345</dd>')
  t.match(html, '30: 12 nach den Regeln, die übrigen zu deren Schutz')
  t.match(html, '4 (sgb2 2024)')
  t.match(html, 'noch nicht geprüft')
  t.match(html, 'nichts gefunden, was gegen die Veröffentlichung spricht')
  t.match(html, 'Freigegeben durch')
  t.match(releaseSheet(reportWith({ audit: { ...reportWith().audit, exact: 1 } })), 'Diese Ausgabe darf nicht veröffentlicht werden')
})

t.test('what stays visible is a table with the most affected first', async t => {
  const rows = [
    { indicator: 'whole', level: 'stadt', printed: 10, suppressed: 0, withheld: 0 },
    { indicator: 'some', level: 'sozialraum', printed: 75, suppressed: 25, withheld: 0 },
    { indicator: 'gone', level: 'sozialraum', printed: 0, suppressed: 0, withheld: 1200 },
  ]
  t.equal(formatVisibility(rows, 'de'), `Was bleibt sichtbar
Kennzahl  Ebene       sichtbar  gezeigt  gesperrt  nicht angeboten
gone      sozialraum     0,0 %        0         0            1.200
some      sozialraum    75,0 %       75        25                0
Vollständig sichtbar: 1 weitere Reihe.`)
  t.match(formatVisibility(rows.slice(0, 1), 'en'), /^What stays visible: everything \(series: 1\)\.$/)
})
