import type { DeliveredTable } from '../read/table.ts'
import { trimBlanks } from '../read/number-text.ts'
import { parseBirthDate } from './birth-date.ts'

/** What a column tells about a single person. */
export type PersonKind = 'name' | 'birth-date' | 'id' | 'address' | 'contact'

export interface PersonColumn {
  /** From 0. */
  readonly index: number
  /** As written; never a content. */
  readonly head: string
  readonly kind: PersonKind
  /** Whether the head alone leaves no doubt. */
  readonly isCertain: boolean
}

/** So many rows, spread over the table, show what is in a column. */
const sampledRows = 2000
/** Share of the filled fields that must look alike. */
const mostFields = 0.8
/** Fewer different days are reference dates or days of a delivery. */
const fewestDays = 12

/**
 * Columns that tell about single persons, by their heads and by what stands in them. „Name“ alone may be the name of an area; beside
 * „Vorname“ it is none. A column of days counts where they look like dates of birth, many and over many years.
 *
 * @param known heads that the project file uses for area, period and values
 */
export function personColumns ({ columns, rows }: Pick<DeliveredTable, 'columns' | 'rows'>, known: ReadonlySet<string> = new Set()): PersonColumn[] {
  const heads = columns.map(plainHead)
  const sample = sampleOf(rows)
  const found = new Map<number, PersonColumn>()
  const add = (index: number, kind: PersonKind, isCertain: boolean) => {
    if (!found.has(index)) found.set(index, { index, head: columns[index]!, kind, isCertain })
  }
  heads.forEach((head, index) => {
    const kind = kindOfHead(head)
    if (kind !== undefined) add(index, kind, !known.has(columns[index]!))
  })
  if (heads.some(head => /^vornamen?$|^rufname$/.test(head))) heads.forEach((head, index) => { if (head === 'name') add(index, 'name', true) })
  const [street, number] = [heads.findIndex(isStreetHead), heads.findIndex(isNumberHead)]
  if (street !== -1 && number !== -1) {
    add(street, 'address', false)
    add(number, 'address', false)
  }
  columns.forEach((column, index) => {
    if (found.has(index) || known.has(column)) return
    const kind = kindOfContent(sample.map(({ fields }) => trimBlanks(fields[index] ?? '')).filter(text => text !== ''))
    if (kind !== undefined) add(index, kind, false)
  })
  return [...found.values()].toSorted((a, b) => a.index - b.index)
}

/** Heads of the columns about persons, where they show that the rows are persons: a name or a date of birth, or two others. */
export function headsOfPersons (table: Pick<DeliveredTable, 'columns' | 'rows'>): string[] {
  const found = personColumns(table)
  const arePersons = found.filter(({ kind, isCertain }) => isCertain || kind === 'address').length >= 2 || found.some(({ kind, isCertain }) => isCertain && (kind === 'name' || kind === 'birth-date'))
  return arePersons ? found.map(({ head }) => head) : []
}

/**
 * Whether the head row is one about a person: a date of birth, a mail address or an address stands in it where the same stands
 * below. Then the heads are content, and nothing of the table may be quoted.
 */
export function hasPersonInHead ({ columns, rows }: Pick<DeliveredTable, 'columns' | 'rows'>): boolean {
  const sample = sampleOf(rows)
  return columns.some((head, index) => {
    const shape = personShapes.find(looks => looks(trimBlanks(head)))
    const texts = sample.map(({ fields }) => trimBlanks(fields[index] ?? '')).filter(text => text !== '')
    return shape !== undefined && (rows.length === 0 || (texts.length > 0 && texts.filter(shape).length >= texts.length / 2))
  })
}

const personShapes: ReadonlyArray<(text: string) => boolean> = [
  text => parseBirthDate(text)?.length === 10 && /[./-]/.test(text),
  text => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(text),
  text => /^\p{L}[\p{L} .-]*(?:str\.|straße|strasse|weg|platz|gasse|allee|ring) ?\d+ ?\p{L}?$/iu.test(text),
]

function sampleOf (rows: DeliveredTable['rows']): DeliveredTable['rows'] {
  const step = Math.max(1, Math.floor(rows.length / sampledRows))
  return step === 1 ? rows : rows.filter((_, index) => index % step === 0)
}

/** Lower case without umlauts, blanks and signs: `Geb.-Datum` is `gebdatum`. */
function plainHead (head: string): string {
  return head.toLowerCase().normalize('NFC')
    .replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]/g, '')
}

/** The head of a column alone, whatever stands in it; `undefined` where it says nothing about a person. */
export function kindOfHead (head: string): PersonKind | undefined {
  const plain = plainHead(head)
  return headKinds.find(([expression]) => expression.test(plain))?.[1]
}

const headKinds: ReadonlyArray<readonly [RegExp, PersonKind]> = [
  [/^(?:vornamen?|nachname|familienname|zuname|geburtsname|rufname|namevorname|vornamename|vorundzuname|vorundnachname|nachnamevorname|personenname|firstname|lastname|surname|kindname|namedeskindes|namedermutter|namedesvaters)$/, 'name'],
  [/^(?:geburtsdatum|gebdatum|gebdat|geburtstag|gebtag|gebdatumkind|birthdate|dateofbirth)$/, 'birth-date'],
  [/^(?:personenkennziffer|personenkennzeichen|personennummer|personennr|personenid|pkz|pin|kundennummer|kundennr|kdnr|aktenzeichen|az|steuerid|steueridnr|steueridentifikationsnummer|idnr|sozialversicherungsnummer|svnummer|svnr|rentenversicherungsnummer|rvnr|krankenversichertennummer|versichertennummer|bgnummer|bedarfsgemeinschaftsnummer|fallnummer|ausweisnummer)$/, 'id'],
  [/^(?:email|emailadresse|mail|telefon|telefonnummer|telefonnr|tel|telnr|mobil|mobilnummer|handy|handynummer|phone)$/, 'contact'],
]

function isStreetHead (head: string): boolean {
  return /^(?:strasse|str|strassenname|strname|anschrift|wohnstrasse|street)$/.test(head)
}

function isNumberHead (head: string): boolean {
  return /^(?:hausnummer|hausnr|hnr|hsnr|nr|hausnummerzusatz|housenumber)$/.test(head)
}

function kindOfContent (texts: readonly string[]): PersonKind | undefined {
  if (texts.length < fewestDays) return undefined
  const most = (test: (text: string) => boolean) => texts.filter(test).length >= mostFields * texts.length
  if (most(text => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(text))) return 'contact'
  const days = new Set(texts.map(parseBirthDate).filter(day => day !== undefined && day.length === 10))
  const years = new Set([...days].map(day => day!.slice(0, 4)))
  const isOfPeople = days.size >= fewestDays && years.size >= fewestDays && [...years].every(year => year >= '1900')
  return isOfPeople && most(text => (parseBirthDate(text)?.length ?? 0) === 10) ? 'birth-date' : undefined
}
