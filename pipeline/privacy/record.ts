import { escapeMarkup as text } from '../../core/escape.ts'
import { groupBy } from '../../core/group-by.ts'
import { listOf } from '../project-file/list-of.ts'
import { toLocalised } from '../project-file/project.ts'
import type { DeliveryEntry, ProjectFile } from '../project-file/schema.ts'

export interface PrivacyRecord {
  /** HTML in one file that prints on A4 and opens in Word and LibreOffice. */
  readonly html: string
  /** What the project file does not say, as the record names it; empty if nothing is open. */
  readonly open: readonly string[]
}

/**
 * The record of processing activities (Article 30 of the GDPR) as far as the project file and the program know it, for whoever is
 * responsible for data protection. German, because German law asks for it. What nobody has said is marked, never made up.
 *
 * @param today day on which it is written, `2026-11-22`
 */
export function privacyRecord (file: ProjectFile, today: string): PrivacyRecord {
  const open: string[] = []
  const orOpen = (value: string | undefined, name: string) => {
    if (value !== undefined) return text(value)
    open.push(name)
    return `<mark>bitte ergänzen: ${text(name)}</mark>`
  }
  const html = `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<title>Verzeichnis von Verarbeitungstätigkeiten: ${text(file.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>Verzeichnis von Verarbeitungstätigkeiten</h1>
<p>nach Art. 30 Abs. 1 DSGVO, für: ${text(file.title)}. Geschrieben am ${today.split('-').toReversed().join('.')} aus der Projektdatei; was dort fehlt, ist hervorgehoben. Vor der Übernahme prüft es, wer für den Datenschutz zuständig ist.</p>
${facts([
  ['Verantwortlich', text(file.municipality)],
  ['Ansprechstelle', `${text(file.contact.name)}, ${text(file.contact.email)}`],
  ['Datenschutzbeauftragte', orOpen(file.privacy?.officer, 'Mailadresse der Datenschutzbeauftragten')],
  ['Anschrift und gesetzliche Vertretung', orOpen(undefined, 'Anschrift und gesetzliche Vertretung')],
])}
<h2>1. Kleinräumige Sozialberichterstattung</h2>
${facts([
  ['Zweck', 'Auswertung nach Gebieten für Sozialplanung und Sozialberichterstattung; Unterrichtung der Öffentlichkeit.'],
  ['Betroffene', 'Einwohnerinnen und Einwohner, soweit sie in den gelieferten Zahlen mitgezählt sind.'],
  ['Empfänger', recipients(file)],
  ['Übermittlung in Drittländer', 'Keine durch das Programm: Es ruft keine fremden Dienste auf.'],
])}
${deliveryTable(file, orOpen)}
<h2>2. Konten der Werkstatt</h2>
${facts([
  ['Zweck', 'Nachvollziehen, wer was geändert, freigegeben und veröffentlicht hat; Schutz vor Unbefugten.'],
  ['Betroffene', 'Beschäftigte und Beauftragte, die den Atlas pflegen. Entfällt, wenn die Werkstatt nicht benutzt wird.'],
  ['Daten', 'Name, E-Mail-Adresse, Rollen, Prüfwert des Passworts, Geheimnis der Einmalcodes (verschlüsselt), Zeiten der Anmeldung, Handlungen im Protokoll.'],
  ['Empfänger', 'Leitung des Atlas und Betreuung der Installation.'],
  ['Löschung', 'Protokoll nach drei Jahren; Anmeldungen spätestens nach zwölf Stunden; gescheiterte Anmeldungen nach einem Tag; abgelaufene Einladungen nach 30 Tagen. Gesperrte Konten bleiben, solange das Protokoll sie nennt.'],
])}
<h2>3. Öffentliche Seiten</h2>
${facts([
  ['Zweck', 'Auslieferung der Seiten.'],
  ['Betroffene', 'Leserinnen und Leser.'],
  ['Daten', 'Internetadresse für die Dauer der Verbindung. Das Programm speichert und protokolliert sie nicht; keine Cookies, keine Statistik.'],
  ['Zugriffsprotokoll des Webservers davor', orOpen(undefined, 'ob und wie lange der Webserver Zugriffe protokolliert')],
])}
<h2>Technische und organisatorische Maßnahmen</h2>
<ul>
${measures.map(measure => `<li>${measure}</li>`).join('\n')}
</ul>
<p>Dazu kommen die Maßnahmen der Kommune: ${orOpen(undefined, 'Verschlüsselung und Zutritt der Rechner, Sicherungen, Schulung, Vereinbarungen mit Datenhaltern und Auftragsverarbeitern')}</p>
</body>
</html>
`
  return { html, open }
}

type OrOpen = (value: string | undefined, name: string) => string

function facts (rows: ReadonlyArray<readonly [string, string]>): string {
  return `<table>
<tbody>
${rows.map(([term, detail]) => `<tr><th scope="row">${term}</th><td>${detail}</td></tr>`).join('\n')}
</tbody>
</table>`
}

function recipients ({ audiences = ['public'] }: ProjectFile): string {
  return [
    audiences.includes('public') ? 'Die Öffentlichkeit: nur Zahlen, die nach den Regeln der Geheimhaltung freigegeben sind.' : 'Keine Veröffentlichung.',
    ...audiences.includes('internal') ? ['Berechtigte im eigenen Haus: die interne Ausgabe.'] : [],
  ].join(' ')
}

function deliveryTable (file: ProjectFile, orOpen: OrOpen): string {
  const layers = (file.facilities ?? []).map(layer => ({
    title: toLocalised(layer.label).de, publisher: layer.publisher, legalBasis: layer.legalBasis, retention: layer.retention, content: 'Einrichtungen mit Lage; Namen von Personen werden nicht übernommen', isPublic: layer.mayBePassedOn,
  }))
  const tables = file.deliveries.map(delivery => ({
    title: delivery.title, publisher: delivery.publisher, legalBasis: delivery.legalBasis, retention: delivery.retention, content: contentOf(file, delivery), isPublic: delivery.mayBePassedOn,
  }))
  const rows = mergeAlike([...tables, ...layers]).map(({ titles, publisher, content, legalBasis, isPublic, retention }) => `<tr>
<th scope="row">${titles.map(text).join('<br>')}</th>
<td>von: ${text(publisher)}<br>${text(content)}</td>
<td>${text(legalBasis)}</td>
<td>${isPublic ? 'darf veröffentlicht werden' : 'nur intern'}</td>
<td>${orOpen(retention, 'Löschfrist')}</td>
</tr>`)
  return `<table class="deliveries">
<caption>Lieferungen</caption>
<thead><tr><th scope="col">Lieferung</th><th scope="col">Daten</th><th scope="col">Rechtsgrundlage</th><th scope="col">Weitergabe</th><th scope="col">Aufbewahrung bis</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`
}

interface DeliveryRow {
  readonly title: string
  readonly publisher: string
  readonly content: string
  readonly legalBasis: string
  readonly retention: string | undefined
  readonly isPublic: boolean
}

/** What differs in its areas only is one row. */
function mergeAlike (rows: readonly DeliveryRow[]): Array<DeliveryRow & { readonly titles: readonly string[] }> {
  const groups = groupBy(rows, ({ title: _, ...row }) => JSON.stringify(row))
  return [...groups.values()].map(group => ({ ...group[0]!, titles: group.map(({ title }) => title) }))
}

function contentOf ({ indicators }: ProjectFile, delivery: DeliveryEntry): string {
  const ids = [...Object.keys(delivery.count ?? delivery.columns ?? {}), ...Object.keys(delivery.grid?.columns ?? {}), ...Object.keys(delivery.grid?.means ?? {}), ...Object.values(delivery.indicator?.lookUp ?? {}).map(String)]
  const labels = [...new Set(listOf(ids))].map(id => toLocalised(indicators.find(one => one.id === id)?.label ?? id).de)
  const form = delivery.einzeldaten !== undefined
    ? 'Zeilen über Personen, beim Einlesen gezählt und nicht gespeichert'
    : delivery.grid === undefined ? 'Zahlen je Gebiet' : 'Zahlen je Gitterzelle'
  return `${form}: ${labels.join(', ')}`
}

const measures = [
  'Gelieferte Zahlen liegen in einem Ordner, den nur der bauende Dienst lesen darf (Rechte 0700), nie in der Datenbank und nie auf dem öffentlichen Server.',
  'Kleine Fallzahlen werden gesperrt, andere mit ihnen, bis sich keine errechnen lässt; der Nachweis dafür wird vor jeder Veröffentlichung von einem zweiten Programm geprüft, ebenso die fertigen Seiten.',
  'Drei getrennte Dienste mit eigenen Benutzern und Rechten in der Datenbank: öffentliche Seiten, Werkstatt, Bau.',
  'Rollen je Atlas, auf Wunsch vier Augen vor dem Veröffentlichen, Einmalcodes, Sperre nach zu vielen Versuchen.',
  'Ein Protokoll, das sich nicht ändern lässt; Ausgaben, die sich nicht ändern lassen.',
  'Löschen nach der Frist mit Löschprotokoll; Sicherung und geprüfte Wiederherstellung in einer Datei.',
  'Keine Cookies und keine fremden Dienste auf den öffentlichen Seiten; keine Adressen von Lesenden im Protokoll.',
]

const style = `
@page { size: A4; margin: 18mm }
body { font: 10.5pt/1.4 "Fira Sans", Arial, sans-serif; color: #111; background: #fff; max-width: 174mm; margin: 0 auto; padding: 10mm 4mm; hyphens: auto; overflow-wrap: break-word }
h1 { font-size: 15pt; margin: 0 0 3mm }
h2 { font-size: 12pt; margin: 7mm 0 2mm; break-after: avoid }
table { border-collapse: collapse; width: 100%; margin-bottom: 4mm; font-size: 9.5pt }
.deliveries { table-layout: fixed }
.deliveries th:nth-child(1) { width: 25% }
.deliveries th:nth-child(2) { width: 29% }
.deliveries th:nth-child(3) { width: 18% }
.deliveries th:nth-child(4), .deliveries th:nth-child(5) { width: 14% }
caption { text-align: left; font-weight: 600; padding-bottom: 1mm }
th, td { border-bottom: .4pt solid #777; padding: 1mm 2mm 1mm 0; text-align: left; vertical-align: top }
tbody th { font-weight: 600; width: 26% }
tr { break-inside: avoid }
mark { background: #ffe9a8; padding: 0 .5mm }
`
