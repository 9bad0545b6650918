import type { DeliveredTable } from '../read/table.ts'
import { trimBlanks } from '../read/number-text.ts'
import { parseBirthDate } from './birth-date.ts'
import { areNamesOfPeople, hasFirstName } from './names.ts'

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
 * „Vorname“ it is none. A column of days counts where they look like dates of birth, many and over many years, and a column of
 * names wherever they are names of people, even where the project file uses it.
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
  for (const index of bornNames({ columns, rows: sample })) add(index, kindOfBorn(heads[index]!), !known.has(columns[index]!))
  const [street, number] = [heads.findIndex(isStreetHead), heads.findIndex(isNumberHead)]
  if (street !== -1 && number !== -1) {
    add(street, 'address', false)
    add(number, 'address', false)
  }
  columns.forEach((column, index) => {
    if (found.has(index)) return
    const texts = textsOf(sample, index)
    const kind = areNamesOfPeople(texts) ? 'name' : known.has(column) ? undefined : kindOfContent(texts)
    if (kind !== undefined) add(index, kind, false)
  })
  return [...found.values()].toSorted((a, b) => a.index - b.index)
}

/** Heads of the columns about persons, where they show that the rows are persons: a name or a date of birth, an id that no two rows share, or two others. */
export function headsOfPersons (table: Pick<DeliveredTable, 'columns' | 'rows'>): string[] {
  const found = personColumns(table)
  const isTelling = ({ index, kind, isCertain }: PersonColumn) => kind === 'name' || (isCertain && kind === 'birth-date') || (kind === 'id' && isDistinct(textsOf(table.rows, index)))
  const arePersons = found.filter(({ kind, isCertain }) => isCertain || kind === 'address').length >= 2 || found.some(isTelling)
  return arePersons ? found.map(({ head }) => head) : []
}

/**
 * Whether the head row is one about a person: a date of birth, a mail address, an address or a name stands in it where the same
 * stands below. Then the heads are content, and nothing of the table may be quoted.
 */
export function hasPersonInHead ({ columns, rows }: Pick<DeliveredTable, 'columns' | 'rows'>): boolean {
  const sample = sampleOf(rows)
  if (hasNameInHead(columns, sample)) return true
  return columns.some((head, index) => {
    const shape = personShapes.find(looks => looks(trimBlanks(head)))
    const texts = textsOf(sample, index)
    return shape !== undefined && (rows.length === 0 || (texts.length > 0 && texts.filter(shape).length >= texts.length / 2))
  })
}

/** Over names of people a head is no head where it is a name itself, or where another head is a number. */
function hasNameInHead (columns: readonly string[], sample: DeliveredTable['rows']): boolean {
  const heads = columns.map(trimBlanks)
  return heads.some((head, index) => kindOfHead(head) === undefined && areNamesOfPeople([head, ...textsOf(sample, index)]) &&
    (hasFirstName(head) || /^\p{L}[\p{L}'’ -]+, ?\p{L}/u.test(head) || heads.some(other => /^\d+$/.test(other))))
}

/**
 * Positions of „Name“ and „Geburtsjahr“ where each row has a name of its own and the years differ: those are people. Areas by year of
 * birth come once for every year.
 */
function bornNames ({ columns, rows }: Pick<DeliveredTable, 'columns' | 'rows'>): number[] {
  const heads = columns.map(plainHead)
  const [name, year] = [heads.indexOf('name'), heads.findIndex(head => kindOfBorn(head) === 'birth-date')]
  if (name === -1 || year === -1) return []
  return isDistinct(textsOf(rows, name)) && new Set(textsOf(rows, year)).size >= 2 ? [name, year] : []
}

function kindOfBorn (head: string): PersonKind {
  return /^(?:geburtsjahr|gebjahr|geburtsjahrgang)$/.test(head) ? 'birth-date' : 'name'
}

/** Nearly every field says something that no other does. */
function isDistinct (texts: readonly string[]): boolean {
  return texts.length >= 2 && new Set(texts).size >= distinctShare * texts.length
}

const distinctShare = 0.9

/** What stands in a column, empty fields left out. */
function textsOf (rows: DeliveredTable['rows'], index: number): string[] {
  return rows.map(({ fields }) => trimBlanks(fields[index] ?? '')).filter(text => text !== '')
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
  [/^(?:vornamen?|nachname|familienname|zuname|geburtsname|rufname|namevorname|vornamename|vorundzuname|vorundnachname|nachnamevorname|namenachname|nameundvorname|personenname|firstname|lastname|surname|kindname|namedeskindes|namedermutter|namedesvaters)$/, 'name'],
  [/^(?:geburtsdatum|gebdatum|gebdat|geburtstag|gebtag|gebdatumkind|birthdate|dateofbirth)$/, 'birth-date'],
  [/^(?:personenkennziffer|personenkennzeichen|personennummer|personennr|personenid|pkz|pin|kundennummer|kundennr|kdnr|aktenzeichen|az|steuerid|steueridnr|steueridentifikationsnummer|idnr|sozialversicherungsnummer|svnummer|svnr|rentenversicherungsnummer|rvnr|rentenversicherungsnr|krankenversichertennummer|versichertennummer|versichertennr|patientennummer|klientennummer|schuelernummer|personalnummer|aktennummer|aktennr|bgnummer|bedarfsgemeinschaftsnummer|fallnummer|fallnr|ausweisnummer)$/, 'id'],
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
