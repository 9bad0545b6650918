import { escapeMarkup as text } from '../../core/escape.ts'
import { formatNumber } from '../../core/number.ts'
import type { DeliveryReport, ProtectionReport } from './protection-report.ts'
import { isClean } from './protection-report.ts'

/**
 * The Freigabeblatt: one page on which somebody answers with their name for an edition. German,
 * because German law asks for it; HTML that prints on A4 without any other file.
 */
export function releaseSheet (report: ProtectionReport): string {
  const { atlas, edition, audience, title, cells, audit, artefacts, withheld, hashes, deliveries } = report
  const byRules = Object.values(cells.byRule).reduce((sum, count) => sum + count, 0)
  const groups = groupEqual(deliveries)
  const rows: Array<[string, string]> = [
    ['Veröffentlichte Fallzahlen', whole(cells.printed)],
    ['Gesperrte Fallzahlen', `${whole(cells.suppressed)}: ${whole(byRules)} nach den Regeln, die übrigen zu deren Schutz`],
    ['Nicht angeboten, weil nicht zu schützen', `${whole(cells.withheld)}${withheld.length === 0 ? '' : ` (${withheld.map(({ block }) => block).join('; ')})`}`],
    ['Geprüfte schutzbedürftige Fallzahlen', `${whole(audit.protectedCells)} in ${whole(audit.blocks)} Blöcken`],
    ['davon errechenbar', whole(audit.exact)],
    ['davon zu eng eingrenzbar', whole(audit.narrow)],
    ['davon für Betroffene selbst errechenbar', whole(audit.insiders)],
    ['ungültige Nachweise', whole(audit.badCertificates)],
    ['durch Veröffentlichungen anderer bereits bekannt', whole(audit.exposed)],
    ['Fertige Seiten, Dateien und Kacheln', artefacts
      ? `${whole(artefacts.artefacts)} gelesen, ${whole(artefacts.claims)} Aussagen geprüft, ${whole(artefacts.findings)} Beanstandungen`
      : 'noch nicht geprüft; die Prüfung läuft vor der Veröffentlichung'],
  ]
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<title>Freigabeblatt ${text(edition)}</title>
<style>
@page { size: A4; margin: 14mm 16mm }
body { font: ${groups.length > 6 ? '8pt' : '9pt'}/1.3 "Fira Sans", Arial, sans-serif; color: #111; max-width: 178mm; margin: 0 auto }
h1 { font-size: 16pt; margin: 0 0 1mm }
h2 { font-size: 11pt; margin: 4mm 0 1mm }
p { margin: 0 0 2mm }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: .3pt solid #888; padding: .7mm 2mm .7mm 0; text-align: left; vertical-align: top }
th:nth-child(1) { width: 36% }
th:nth-child(2) { width: 22% }
th:nth-child(4) { width: 11% }
dl { columns: 2; column-gap: 8mm; margin: 0 0 2mm }
dl div { display: flex; justify-content: space-between; gap: 3mm; border-bottom: .3pt solid #888; padding: .7mm 0; break-inside: avoid }
dd { margin: 0; text-align: right }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm 12mm; margin-top: 14mm }
.sign div { border-top: .5pt solid #111; padding-top: 1mm }
code { font-family: "Fira Mono", monospace; font-size: 8.5pt }
</style>
</head>
<body>
<p>Intern – nicht weitergeben</p>
<h1>Freigabeblatt zur Geheimhaltung</h1>
<p>${text(title)}, Ausgabe <code>${text(edition)}</code> (<code>${text(atlas)}</code>), bestimmt für: ${audience === 'public' ? 'die Öffentlichkeit' : 'den internen Gebrauch'}.</p>
<h2>Lieferungen und Regeln</h2>
<table>
<thead><tr><th scope="col">Lieferung</th><th scope="col">Regel</th><th scope="col">Rechtsgrundlage</th><th scope="col">Aufbewahrung</th></tr></thead>
<tbody>
${groups.map(row => `<tr><td>${text(row.titles)}</td><td>${text(row.rule)}</td><td>${text(row.legalBasis)}</td><td>${text(row.retention)}</td></tr>`).join('\n')}
</tbody>
</table>
<h2>Ergebnis der Prüfung</h2>
<dl>
${rows.map(([name, value]) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`).join('\n')}
</dl>
<p><strong>${isClean(report) ? 'Die Prüfung hat nichts gefunden, was gegen die Veröffentlichung spricht.' : 'Die Prüfung hat Beanstandungen. Diese Ausgabe darf nicht veröffentlicht werden.'}</strong></p>
<h2>Was das bedeutet</h2>
<p>Zugesichert ist: Aus allem, was diese Ausgabe und alle früheren Ausgaben zeigen, lässt sich mit Rechnen keine geschützte Fallzahl bestimmen oder enger eingrenzen, als die Regeln es erlauben. Nicht zugesichert ist, dass niemand richtig rät oder etwas aus anderen Quellen weiß, die in der Projektdatei nicht unter <code>external</code> stehen.</p>
<p>Prüfsummen: Zahlen <code>${text(hashes.counts)}</code>, Regeln <code>${text(hashes.policy)}</code>, Schlüssel <code>${text(hashes.secret)}</code>${artefacts ? `, fertige Dateien <code>${text(artefacts.hash)}</code>` : ''}.</p>
<div class="sign">
<div>Ort, Datum</div><div>Freigegeben durch (Name, Funktion, Unterschrift)</div>
<div>Datenschutz gesehen (Datum)</div><div>Name, Unterschrift</div>
</div>
</body>
</html>
`
}

interface DeliveryRow { readonly titles: string, readonly rule: string, readonly legalBasis: string, readonly retention: string }

/** Deliveries with the same rules share a row: the sheet has one page. */
function groupEqual (deliveries: readonly DeliveryReport[]): DeliveryRow[] {
  const rows = new Map<string, DeliveryRow>()
  for (const delivery of deliveries) {
    const row = { rule: describeRule(delivery), legalBasis: delivery.legalBasis, retention: delivery.retention ?? 'nicht angegeben' }
    const key = JSON.stringify(row)
    const titles = rows.get(key)?.titles
    rows.set(key, { ...row, titles: titles === undefined ? delivery.title : `${titles}; ${delivery.title}` })
  }
  return [...rows.values()]
}

function describeRule ({ minimumCount, because, preset, method, isPassedOn }: DeliveryReport): string {
  const rule = minimumCount === null ? `keine Mindestfallzahl: ${because ?? ''}` : `Mindestfallzahl ${minimumCount}`
  return [
    rule,
    preset === null ? '' : `Vorgabe ${preset}`,
    method === 'round5' ? 'auf Vielfache von 5 gerundet' : '',
    isPassedOn ? '' : 'darf nicht veröffentlicht werden',
  ].filter(part => part !== '').join(', ')
}

function whole (count: number): string {
  return formatNumber(count, { decimals: 0, language: 'de' })
}
