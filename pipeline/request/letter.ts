import { escapeMarkup as text } from '../../core/escape.ts'
import { formatPeriod } from '../../core/text.ts'
import { groupBy } from '../../core/group-by.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { retentionDay, type OfficeKind, type OfficeRequest, type RequestedDelivery } from './plan-requests.ts'

export interface LetterInput {
  readonly request: OfficeRequest
  readonly file: Pick<ProjectFile, 'title' | 'municipality' | 'contact'>
  /** Day on which it is written, `2026-11-22`. */
  readonly today: string
  /** Name of the list of areas that goes with it. */
  readonly areas: string
  /** Name of the street list that goes with it; null where the project has none. */
  readonly streets: string | null
}

/**
 * A letter that asks an office for its next delivery. German, because it goes to a German office; HTML in one file that prints on A4
 * and opens in Word and LibreOffice, so that it can be changed before it is sent.
 */
export function requestLetter ({ request, file, today, areas, streets }: LetterInput): string {
  const { publisher, kind, deliveries } = request
  const needsStreets = kind === 'employment' || kind === 'county'
  const attached = [areas, ...needsStreets && streets !== null ? [streets] : []]
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Datenanforderung an ${text(publisher)}</title>
<style>${style}</style>
</head>
<body>
<p class="sender">${text(file.municipality)}<br>${text(file.contact.name)}<br>${text(file.contact.email)}</p>
<p class="recipient">${text(publisher)}</p>
<p class="day">${day(today)}</p>
<h1>Bitte um Daten: ${text(file.title)}, ${text(sayPeriods(deliveries))}</h1>
<p>Guten Tag,</p>
<p>unter dem Titel „${text(file.title)}“ veröffentlichen wir Kennzahlen für kleinräumige Gebiete. Planung, Politik und Träger sehen darin, wo welche Angebote gebraucht werden. Dafür bitten wir Sie um ${deliveries.length === 1 ? 'die folgende Lieferung' : 'die folgenden Lieferungen'}.</p>
${openings[kind]({ streets })}
${mergeAlike(deliveries).map(describeDelivery).join('\n')}
<h2>Form der Lieferung</h2>
<ul>
<li>Eine Tabelle je Lieferung als CSV-Datei mit Semikolon und Zeichensatz UTF-8; eine Excel-Datei geht auch.</li>
<li>Eine Zeile mit Spaltenköpfen, darunter eine Zeile je Gebiet und Stichtag oder Zeitraum. Bitte die Köpfe schreiben wie oben angegeben: Dann liest unser Programm sie ohne Nacharbeit.</li>
<li>Gebietsschlüssel als Text, mit führenden Nullen (Anlage <code>${text(areas)}</code>). Fälle ohne Zuordnung in einer eigenen Zeile, die Summe der Stadt in einer weiteren: Damit prüfen wir, ob die Tabelle vollständig ist.</li>
<li>Eine Null als 0. Werte, die Sie nicht weitergeben dürfen, als <code>*</code>; ein leeres Feld sagt nicht, was gemeint ist.</li>
<li>${deliveries.some(({ isCounted }) => isCounted) ? 'Nur die genannten Spalten; keine Namen oder Kennnummern von Personen.' : 'Keine Namen, Anschriften oder Kennnummern von Personen.'}</li>
</ul>
<h2>Schutz der Angaben</h2>
${protection(deliveries)}
<p>Antworten und Rückfragen bitte an ${text(file.contact.name)}, ${text(file.contact.email)}. Bitte senden Sie die Dateien nicht als einfachen Anhang einer Mail, sondern auf dem Weg, der zwischen unseren Häusern für vertrauliche Daten vereinbart ist.</p>
<p>Vielen Dank und freundliche Grüße</p>
<p class="sign">${text(file.contact.name)}<br>${text(file.municipality)}</p>
<p>Anlagen: ${attached.map(name => `<code>${text(name)}</code>`).join(', ')}</p>
</body>
</html>
`
}

const openings: Readonly<Record<OfficeKind, (given: { readonly streets: string | null }) => string>> = {
  employment: ({ streets }) => `<p>Wir bestellen die Auswertung nach kleinräumiger Gliederung. ${streets === null
    ? 'Die Gebiete stehen in der Anlage; das Straßenverzeichnis, mit dem Adressen ihnen zugeordnet werden, reichen wir nach, wenn Ihnen noch keins von uns vorliegt.'
    : `Die Zuordnung von Straßen und Hausnummern zu den Gebieten steht in der Anlage <code>${text(streets)}</code>: je Zeile eine Straße, die erste und die letzte Hausnummer, die Straßenseite und das Gebiet.`} Wohnort ist maßgeblich, nicht der Sitz des Trägers. Bitte nennen Sie uns vorab die Kosten.</p>`,
  register: () => '<p>Wir bitten um eine Auszählung des Registers nach Gebieten zum genannten Stichtag, nur Personen mit alleiniger Wohnung oder Hauptwohnung, wenn unten nichts anderes steht. Altersgruppen zählen das vollendete Lebensjahr am Stichtag.</p>',
  county: ({ streets }) => `<p>Diese Angaben liegen bei Ihnen und nicht in unserem Haus. Wir bitten um eine Auszählung nach dem Wohnort der Menschen, nicht nach dem Sitz einer Einrichtung. ${streets === null
    ? 'Können Sie Adressen nicht unseren Gebieten zuordnen, senden wir Ihnen ein Straßenverzeichnis.'
    : `Die Zuordnung der Adressen zu unseren Gebieten steht in der Anlage <code>${text(streets)}</code>.`}</p>`,
  other: () => '<p>Was wir brauchen, steht in den Tabellen; die Spalten sind die der letzten Lieferung. Bitte zählen Sie nach dem Wohnort der Menschen, nicht nach dem Sitz einer Einrichtung, wenn unten nichts anderes steht.</p>',
}

/** Deliveries that differ in their areas only are one table to ask for. */
function mergeAlike (deliveries: readonly RequestedDelivery[]): RequestedDelivery[] {
  const groups = groupBy(deliveries, ({ columns, periods, isCounted, isGuessed }) => JSON.stringify([columns, periods, isCounted, isGuessed]))
  return [...groups.values()].map(group => {
    const [first] = group as [RequestedDelivery]
    const titles = new Set(group.map(({ title }) => group.length === 1 ? title : title.replace(/\s*\([^()]*\)$/, '')))
    const distinct = (valueOf: (delivery: RequestedDelivery) => string, between: string) => [...new Set(group.map(valueOf))].join(between)
    return { ...first, title: [...titles].join('; '), level: distinct(({ level }) => level, ' und '), areaHead: distinct(({ areaHead }) => areaHead, ' / ') }
  })
}

function describeDelivery (delivery: RequestedDelivery): string {
  const { title, level, periods, areaHead, periodHead, columns, isCounted, isGuessed } = delivery
  const rows = [
    { head: areaHead, label: isCounted ? 'Gebiet oder Anschrift' : 'Gebiet', definition: isCounted ? 'Wird bei uns nur zum Zuordnen gelesen.' : 'Schlüssel als Text.' },
    ...periodHead === null ? [] : [{ head: periodHead, label: 'Stichtag oder Zeitraum', definition: '' }],
    ...columns,
  ]
  return `<h2>${text(title)}</h2>
<p><strong>Stichtag oder Zeitraum: ${text(periods.map(period => formatPeriod(period, 'de')).join(', '))}</strong>${isGuessed ? ' (bitte prüfen)' : ''}. Gliederung: ${text(level)}${level.includes(' und ') ? ', je Gliederung eine Tabelle' : ''}.</p>
${isCounted ? '<p>Am liebsten ist uns eine fertige Auszählung je Gebiet. Ist sie nicht möglich, genügen Zeilen mit genau diesen Spalten; sie werden beim Einlesen gezählt und nicht aufbewahrt.</p>\n' : ''}<table>
<caption>Spalten: ${text(title)}</caption>
<thead><tr><th scope="col">Spaltenkopf</th><th scope="col">Inhalt</th><th scope="col">Definition</th></tr></thead>
<tbody>
${rows.map(({ head, label, definition }) => `<tr><th scope="row">${text(head)}</th><td>${text(label)}</td><td>${text(definition)}</td></tr>`).join('\n')}
</tbody>
</table>`
}

/** Deliveries with the same terms share a paragraph. */
function protection (deliveries: readonly RequestedDelivery[]): string {
  const groups = new Map<string, string[]>()
  for (const delivery of deliveries) {
    const terms = termsOf(delivery)
    groups.set(terms, [...groups.get(terms) ?? [], delivery.title])
  }
  return [...groups].map(([terms, titles]) => `<p>${groups.size === 1 ? '' : `<strong>${text(titles.join('; '))}:</strong> `}${terms}</p>`).join('\n')
}

function termsOf (delivery: RequestedDelivery): string {
  const { minimumCount, because, legalBasis, retention, isPassedOn } = delivery
  const last = retentionDay(delivery)
  const sentences = [
    `Rechtsgrundlage der Lieferung: ${sentence(legalBasis)}`,
    'Zweck: Auswertung nach Gebieten für Sozialplanung und Sozialberichterstattung; für nichts anderes werden die Daten verwendet.',
    minimumCount === null
      ? `Eine Mindestfallzahl ist nicht vereinbart${because === null ? '.' : `: ${sentence(because)}`}`
      : `Mindestfallzahl ${minimumCount}: Wir zeigen keine Fallzahl von 1 bis ${minimumCount - 1} und sperren weitere Werte, bis keine davon errechenbar ist; der Nachweis dafür entsteht mit jeder Ausgabe.`,
    isPassedOn ? 'Veröffentlicht werden nur Zahlen, die diese Prüfung bestanden haben.' : 'Die Zahlen bleiben im Haus und erscheinen nur in der internen Ausgabe.',
    'Die gelieferten Dateien sehen nur die Beschäftigten, die den Atlas bauen; auf dem Server der Veröffentlichung liegen sie nicht.',
    last === null
      ? retention === null ? 'Wie lange wir die Lieferung aufbewahren, bitten wir mit uns zu vereinbaren.' : `Aufbewahrung: ${sentence(retention)}`
      : `Die Lieferung wird bis zum ${day(last)} aufbewahrt und danach gelöscht; die Löschung wird protokolliert.`,
  ]
  return text(sentences.join(' '))
}

function sentence (words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`
}

function sayPeriods (deliveries: readonly RequestedDelivery[]): string {
  const periods = [...new Set(deliveries.flatMap(({ periods }) => periods))]
  return periods.length > 3 ? 'neue Stichtage' : periods.map(period => formatPeriod(period, 'de')).join(', ')
}

function day (date: string): string {
  return formatPeriod(date, 'de')
}

/** No layout that a word processor does not know. */
const style = `
@page { size: A4; margin: 20mm 20mm 20mm 25mm }
body { font: 11pt/1.4 "Fira Sans", Arial, sans-serif; color: #111; background: #fff; max-width: 165mm; margin: 0 auto; padding: 12mm 4mm; hyphens: auto; overflow-wrap: break-word }
h1 { font-size: 14pt; line-height: 1.25; margin: 10mm 0 5mm }
h2 { font-size: 12pt; margin: 7mm 0 2mm; break-after: avoid }
p, ul { margin: 0 0 3mm }
ul { padding-left: 6mm }
li { margin-bottom: 1mm }
table { border-collapse: collapse; width: 100%; font-size: 10pt }
caption { text-align: left; padding-bottom: 1mm; color: #444 }
th, td { border-bottom: .4pt solid #777; padding: 1mm 2mm 1mm 0; text-align: left; vertical-align: top }
tbody th { font-weight: 600; width: 34% }
tr { break-inside: avoid }
.sender { font-size: 9.5pt; color: #333 }
.recipient { margin: 10mm 0 8mm; max-width: 85mm }
.day { text-align: right }
.sign { margin-top: 14mm }
code { font-family: "Fira Mono", monospace; font-size: 10pt }
@media (max-width: 500px) { th, td { overflow-wrap: anywhere } }
@media print { body { padding: 0 } }
`
