import type { Localised } from '../area.ts'
import type { Language } from '../edition.ts'

/** What the command line says beside its findings, and the words of the files that it writes for other offices. */
export function getCommandTexts (language: Language): CommandTexts {
  return language === 'de' ? german : english
}

export type CommandTexts = typeof german

/** What `scaffold` wrote, in numbers. */
export interface ScaffoldSummary {
  readonly file: string
  readonly folder: string
  readonly levels: number
  readonly deliveries: number
  readonly columns: number
  readonly known: number
  readonly leftOut: number
}

const german = {
  scaffolded: ({ file, folder, levels, deliveries, columns, known, leftOut }: ScaffoldSummary) => `${file} ist geschrieben. Ebenen: ${levels}, Lieferungen: ${deliveries}, Zahlenspalten: ${columns} (davon im Katalog: ${known}), nicht übernommene Dateien: ${leftOut}.
Als Nächstes:
  1. ${file} öffnen und ausfüllen, was „BITTE AUSFÜLLEN“ heißt: das kann kein Programm wissen.
  2. Jede Zeile mit „bitte prüfen“ ansehen.
  3. npx atlas check ${folder}`,
  serving: (url: string) => `Der Atlas ist zu sehen unter ${url}/\nStrg+C beendet ihn.`,
  workshop: (url: string) => `Die Werkstatt ist zu sehen unter ${url}/werkstatt`,
  firstLink: (url: string) => `Noch niemand hat ein Konto. Dieser Link gilt einmal und einen Tag lang; wer ihn öffnet, betreut die Installation:\n  ${url}`,
  /** @param written paths of what `update` wrote */
  updated: (written: readonly string[], folder: string) => `Aufgenommen:\n${written.map(file => `  ${file}`).join('\n')}\nAls Nächstes: npx atlas build ${folder}`,
  notUpdated: 'Am Projekt wurde nichts geändert.',
  stored: (edition: string) => `Gespeichert als Entwurf. Zur aktuellen Ausgabe wird sie mit: npx atlas publish ${edition}`,
  published: (edition: string) => `Veröffentlicht: Ausgabe ${edition}. Zu sehen mit: npx atlas serve`,
  /** Of one delivered file that no project describes. */
  file: {
    layer: (count: number, kinds: string) => `Ebene mit ${count === 1 ? '1 Datensatz' : `${count} Datensätzen`}${kinds === '' ? '' : ` (${kinds})`}`,
    shapes: { polygon: 'Flächen', line: 'Linien', point: 'Punkte' },
    crs: 'Koordinatensystem',
    unknown: 'nicht angegeben',
    text: (encoding: string, delimiter: string) => `Textdatei, Zeichensatz ${encoding}${delimiter === '' ? '' : `, Trennzeichen ${delimiter}`}`,
    tab: 'Tabulator',
    sheet: (name: string) => `Arbeitsmappe, Blatt „${name}“`,
    rows: (count: number) => count === 1 ? '1 Zeile' : `${count} Zeilen`,
    numbers: 'Zahlen',
    notation: (decimal: string | undefined, thousands: string | undefined) =>
      `${decimal === undefined ? 'Dezimalzeichen nicht festgelegt' : `Dezimalzeichen „${decimal}“`}, ${thousands === undefined ? 'Tausenderzeichen nicht festgelegt' : thousands === '' ? 'ohne Tausenderzeichen' : `Tausenderzeichen „${thousands}“`}`,
    columns: 'Spalten',
    example: 'zum Beispiel',
    blank: '(leer)',
    /** Stands for an example that is not shown. */
    hidden: '(nicht gezeigt, vielleicht Angaben zu Personen)',
    quote: (text: string) => `„${text}“`,
  },
  /** Heads of the lists that go with a data request, and the sides of a street in them. */
  request: {
    areas: ['Ebene', 'Gebiet', 'Name'],
    streets: ['Straße', 'von', 'bis', 'Seite', 'Gebiet'],
    sides: { all: 'alle', odd: 'ungerade', even: 'gerade' },
  },
}

const english: CommandTexts = {
  scaffolded: ({ file, folder, levels, deliveries, columns, known, leftOut }) => `${file} is written. Levels: ${levels}, deliveries: ${deliveries}, columns of figures: ${columns} (in the catalogue: ${known}), files left out: ${leftOut}.
Next:
  1. Open ${file} and fill in what says "BITTE AUSFÜLLEN" (please fill in): no program can know that.
  2. Look at every line with "bitte prüfen" (please check).
  3. npx atlas check ${folder}`,
  serving: url => `The atlas can be seen at ${url}/\nCtrl+C ends it.`,
  workshop: url => `The workshop can be seen at ${url}/werkstatt`,
  firstLink: url => `Nobody has an account yet. This link works once and for a day; who opens it looks after the installation:\n  ${url}`,
  updated: (written, folder) => `Taken in:\n${written.map(file => `  ${file}`).join('\n')}\nNext: npx atlas build ${folder}`,
  notUpdated: 'Nothing in the project was changed.',
  stored: edition => `Stored as a draft. It becomes the current edition with: npx atlas publish ${edition}`,
  published: edition => `Published: edition ${edition}. It can be seen with: npx atlas serve`,
  file: {
    layer: (count, kinds) => `layer of ${count === 1 ? '1 record' : `${count} records`}${kinds === '' ? '' : ` (${kinds})`}`,
    shapes: { polygon: 'polygons', line: 'lines', point: 'points' },
    crs: 'coordinate system',
    unknown: 'not stated',
    text: (encoding, delimiter) => `text file, encoding ${encoding}${delimiter === '' ? '' : `, delimiter ${delimiter}`}`,
    tab: 'tab',
    sheet: name => `workbook, sheet "${name}"`,
    rows: count => count === 1 ? '1 row' : `${count} rows`,
    numbers: 'numbers',
    notation: (decimal, thousands) =>
      `${decimal === undefined ? 'decimal sign not settled' : `decimal sign "${decimal}"`}, ${thousands === undefined ? 'thousands sign not settled' : thousands === '' ? 'no thousands sign' : `thousands sign "${thousands}"`}`,
    columns: 'columns',
    example: 'for example',
    blank: '(blank)',
    hidden: '(not shown, perhaps about persons)',
    quote: text => `"${text}"`,
  },
  request: {
    areas: ['level', 'area', 'name'],
    streets: ['street', 'from', 'to', 'side', 'area'],
    sides: { all: 'all', odd: 'odd', even: 'even' },
  },
}

/** Why a backup cannot be read; stands in a problem. */
export const backupFaults = {
  absent: { de: 'es gibt sie nicht', en: 'it does not exist' },
  continued: { de: 'nach dem Inhaltsverzeichnis folgt noch etwas', en: 'something follows after the table of contents' },
  unknownEntry: (name: string, bytes: number): Localised => ({ de: `unbekannter Eintrag „${name}“ (${bytes} Bytes)`, en: `unknown entry "${name}" (${bytes} bytes)` }),
  checksums: { de: 'die Prüfsummen stimmen nicht', en: 'the checksums do not match' },
  unsigned: { de: 'die Kennung fehlt', en: 'the signature is missing' },
  otherContent: (name: string): Localised => ({ de: `${name} hat einen anderen Inhalt, als die Kennung sagt`, en: `${name} has another content than its id says` }),
  tooLarge: { de: 'ausgepackt ist sie größer als 1 GB', en: 'unpacked it is larger than 1 GB' },
  badAtlas: { de: 'ihr Atlas hat keinen gültigen Kurznamen', en: 'its atlas has no valid short name' },
  leadsOut: { de: 'ein Name führt aus dem Tresor hinaus', en: 'a name leads out of the vault' },
} as const

/** What the attack on finished pages found; stands in a problem. */
export function unclearedFinding (id: string): Localised {
  return { de: `${id} steht da, obwohl die Zahl nicht freigegeben ist`, en: `${id} is there although the figure was not cleared` }
}
