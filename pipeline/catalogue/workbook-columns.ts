import type { Localised } from '../../core/area.ts'
import { listOf } from '../project-file/list-of.ts'
import { toLocalised } from '../project-file/project.ts'
import type { IndicatorSettings } from './workbook.ts'
import { joinLines, joinList, splitList } from './workbook-cell.ts'

/** One column of the sheet of indicators: a key of an entry, or one language of it. */
export interface WorkbookColumn {
  readonly head: string
  readonly key: keyof IndicatorSettings
  readonly part?: 'de' | 'en'
  readonly width: number
  /** For the sheet `Hilfe`, German. */
  readonly help: string
  readonly example: string
  /** Allowed texts, where there are few. */
  readonly choices?: readonly string[]
  /** What stands in the cell; undefined leaves it blank. */
  readonly write: (entry: IndicatorSettings) => string | number | undefined
  /** What a filled cell means; undefined for text that it cannot mean. Texts of two languages are put together by the reader. */
  readonly read: (text: string) => unknown
  readonly expected: Localised
}

type Key = WorkbookColumn['key']
type Rest = Pick<WorkbookColumn, 'help' | 'example'>

export const kindNames = { count: 'Anzahl', share: 'Anteil', ratio: 'Verhältnis', measure: 'Messwert' } as const
const yesNo = { true: 'ja', false: 'nein' } as const
const periodNames = { same: 'gleicher Zeitraum', previous: 'Vorjahr' } as const

const anyText: Localised = { de: 'ein Text', en: 'a text' }
const idText: Localised = { de: 'eine Kennung: Buchstaben ohne Umlaute, Ziffern, - und _', en: 'an id: letters, digits, - and _' }

/** All columns in the order in which the workbook has them. */
export const workbookColumns: readonly WorkbookColumn[] = [
  plain('Kennung', 'id', 24, idText, { help: 'Name der Kennzahl in jeder Adresse, englisch. Mit Katalog darf die Zelle leer bleiben; dann gilt die Kennung des Katalogs.', example: 'sgb2-share' }),
  plain('Katalog', 'use', 24, idText, { help: 'Kennung im Kennzahlenkatalog. Alles, was in der Zeile leer bleibt, kommt dann von dort.', example: 'sgb2-share' }),
  plain('Thema', 'theme', 14, idText, { help: 'Kennung des Themas.', example: 'income' }),
  choice('Art', 'kind', 12, kindNames, { help: 'Anzahl (Personen, Fälle), Anteil (Zähler ist ein Teil des Nenners), Verhältnis (er ist es nicht) oder Messwert (wird gezeigt, wie er geliefert ist).', example: 'Anteil' }),
  ...localised('Name', 'label', 30, { help: 'Wie die Kennzahl heißt.', example: 'SGB-II-Quote' }),
  ...localised('Definition', 'definition', 50, { help: 'Wer gezählt wird, im Verhältnis zu wem; ein oder zwei Sätze.', example: 'Leistungsberechtigte nach SGB II je 100 Personen unter 65 Jahren.' }),
  ...localised('Einheit', 'unit', 12, { help: 'Text hinter der Zahl; bleibt leer, wo keine Einheit steht.', example: '%' }),
  number('Nachkommastellen', 'decimals', 10, /^[0-6]$/, { de: 'eine ganze Zahl von 0 bis 6', en: 'a whole number from 0 to 6' }, { help: 'Wie viele Stellen hinter dem Komma gezeigt werden.', example: '1' }),
  ids('Zähler', 'numerator', { help: 'Kennungen der Fallzahlen, die zusammen den Zähler bilden, mit ; getrennt.', example: 'sgb2-recipients' }),
  ids('Abzug', 'minus', { help: 'Fallzahlen, die vom Zähler abgezogen werden; nur bei einem Verhältnis.', example: 'departures' }),
  ids('Nenner', 'denominator', { help: 'Fallzahlen, die zusammen den Nenner bilden.', example: 'age-0-2; age-3-14' }),
  number('Faktor', 'factor', 10, /^\d+(\.\d+)?(e[+-]?\d+)?$/, { de: 'eine Zahl über 0', en: 'a number above 0' }, { help: '100 für Prozent, 1000 für „je 1.000“; leer heißt 100.', example: '100' }),
  choice('Nenner aus', 'denominatorPeriod', 16, periodNames, { help: 'Aus welchem Zeitraum der Nenner kommt; leer heißt: aus dem gleichen.', example: 'Vorjahr' }),
  ids('Summanden', 'parts', { help: 'Fallzahlen, deren Summe diese Anzahl ist.', example: 'women; men' }),
  choice('Unter null möglich', 'signed', 10, yesNo, { help: 'ja, wo Werte unter null vorkommen, etwa beim Wanderungssaldo.', example: 'nein' }),
  choice('Wird gezeigt', 'published', 10, yesNo, { help: 'nein, wo die Zahl nur für Regeln der Geheimhaltung gebraucht wird.', example: 'ja' }),
  choice('Farbe', 'palette', 10, { petrol: 'petrol', moos: 'moos', beere: 'beere', div: 'div' }, { help: 'Farbreihe der Karte: petrol, moos, beere; div für Werte unter und über null.', example: 'petrol' }),
  {
    head: 'Klassengrenzen',
    key: 'breaks',
    width: 18,
    help: 'Von Hand festgelegte Klassengrenzen, aufsteigend, mit ; getrennt; leer heißt: der Atlas bildet die Klassen.',
    example: '0; 5; 10; 20; 40',
    write: ({ breaks }) => breaks?.map(bound => String(bound).replace('.', ',')).join('; '),
    read: text => allNumbers(splitList(text)),
    expected: { de: 'Zahlen mit ; getrennt', en: 'numbers separated by ;' },
  },
  ...lines('Hinweise', 'notes', entry => (entry.notes ?? []).map(toLocalised), { help: 'Was Leserinnen und Leser wissen müssen; je Hinweis eine Zeile in der Zelle (Alt+Eingabe).', example: 'Die Altersgrenze gilt in allen Jahren.' }),
  ...lines('Brüche', 'changes', entry => (entry.changes ?? []).map(({ from, note }) => prefixed(String(from), toLocalised(note))), { help: 'Ab wann die Zahl etwas anderes bedeutet, je Zeile: Zeitraum, Doppelpunkt, was sich geändert hat.', example: '2024: ohne Personen in Einrichtungen' }),
]

function prefixed (from: string, { de, en }: Localised): Localised {
  // The period stands once, with the German text.
  return { de: `${from}: ${de}`, ...(en !== undefined && { en }) }
}

function plain (head: string, key: Key, width: number, expected: Localised, rest: Rest): WorkbookColumn {
  return { head, key, width, expected, ...rest, write: entry => entry[key] as string | undefined, read: text => text }
}

function localised (head: string, key: 'label' | 'definition' | 'unit', width: number, rest: Rest): WorkbookColumn[] {
  const write = (part: 'de' | 'en') => (entry: IndicatorSettings) => entry[key] === undefined ? undefined : toLocalised(entry[key])[part]
  const shared = { key, width, expected: anyText, read: (text: string) => text }
  return [
    { ...shared, ...rest, head, part: 'de', write: write('de') },
    { ...shared, head: `${head} (englisch)`, part: 'en', help: 'Dasselbe auf Englisch; darf leer bleiben.', example: '', write: write('en') },
  ]
}

function choice (head: string, key: Key, width: number, names: Readonly<Record<string, string>>, rest: Rest): WorkbookColumn {
  const choices = Object.values(names)
  const values = new Map(Object.entries(names).map(([value, name]) => [name, value === 'true' ? true : value === 'false' ? false : value]))
  return {
    head,
    key,
    width,
    choices,
    ...rest,
    write: entry => entry[key] === undefined ? undefined : names[String(entry[key])],
    read: text => values.get([...values.keys()].find(name => name.toLowerCase() === text.toLowerCase()) ?? ''),
    expected: { de: choices.join(', '), en: choices.join(', ') },
  }
}

function number (head: string, key: 'decimals' | 'factor', width: number, form: RegExp, expected: Localised, rest: Rest): WorkbookColumn {
  return {
    head,
    key,
    width,
    expected,
    ...rest,
    write: entry => entry[key],
    read: text => form.test(plainNumber(text)) ? Number(plainNumber(text)) : undefined,
  }
}

function plainNumber (text: string): string {
  return text.replace(',', '.').toLowerCase()
}

function ids (head: string, key: 'numerator' | 'minus' | 'denominator' | 'parts', rest: Rest): WorkbookColumn {
  return {
    head,
    key,
    width: 28,
    expected: { de: 'Kennungen mit ; getrennt', en: 'ids separated by ;' },
    ...rest,
    write: entry => entry[key] === undefined ? undefined : joinList(listOf(entry[key])),
    read: text => {
      const list = splitList(text)
      return list.length === 0 ? undefined : list.length === 1 && key !== 'parts' ? list[0] : list
    },
  }
}

/** Several texts, one per line; the English ones in the same order, with blank lines where there is none. */
function lines (head: string, key: 'notes' | 'changes', list: (entry: IndicatorSettings) => Localised[], rest: Rest): WorkbookColumn[] {
  const shared = { key, width: 40, expected: anyText, read: (text: string) => text }
  const english = (texts: readonly Localised[]) => texts.some(({ en }) => en !== undefined) ? joinLines(texts.map(({ en }) => en ?? '')) : undefined
  return [
    { ...shared, ...rest, head, part: 'de', write: entry => entry[key] === undefined ? undefined : joinLines(list(entry).map(({ de }) => de)) },
    { ...shared, head: `${head} (englisch)`, part: 'en', help: 'Dasselbe auf Englisch, in denselben Zeilen und ohne den Zeitraum; eine leere Zeile, wo die Übersetzung fehlt.', example: '', write: entry => english(list(entry)) },
  ]
}

function allNumbers (texts: readonly string[]): number[] | undefined {
  const numbers = texts.map(text => /^[-\u2212]?\d+([.,]\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(plainNumber(text).replace('\u2212', '-')) : Number.NaN)
  return numbers.length === 0 || numbers.some(Number.isNaN) ? undefined : numbers
}
