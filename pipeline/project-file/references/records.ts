import type { DeliveryEntry } from '../schema.ts'
import type { YamlPath } from '../parse.ts'
import type { Checks } from './checks.ts'

/** What the schema cannot say about counted rows and street lists. */
export function checkRecords (check: Checks, delivery: DeliveryEntry, path: YamlPath): void {
  checkCount(check, delivery, path)
  checkStreets(check, delivery, path)
}

function checkCount (check: Checks, { einzeldaten, count, birthDate, columns, indicator }: DeliveryEntry, path: YamlPath): void {
  const missing = (key: string, de: string, en: string) => check.report('project-file-missing-key', path, { key, what: { de, en } })
  if (einzeldaten === undefined) {
    if (count !== undefined) missing('einzeldaten', 'einzeldaten: zählen gehört zu count', 'einzeldaten: zählen belongs to count')
    return
  }
  if (count === undefined) missing('count', 'welche Zeilen welche Fallzahl zählt, etwa { inhabitants: {} }', 'which rows each count counts, such as { inhabitants: {} }')
  if (columns !== undefined || indicator !== undefined) {
    check.invalid([...path, columns === undefined ? 'indicator' : 'columns'], columns ?? indicator, { de: 'count statt columns und indicator, wenn Zeilen gezählt werden', en: 'count in place of columns and indicator where rows are counted' })
  }
  const counts = check.ids('count')
  for (const [id, { age }] of Object.entries(count ?? {})) {
    check.known([...path, 'count', id], id, counts)
    if (age !== undefined && birthDate === undefined) missing('birthDate', 'Spalte mit dem Geburtsdatum, aus dem age gerechnet wird', 'column with the date of birth that age is computed from')
  }
}

function checkStreets (check: Checks, { area, einzeldaten }: DeliveryEntry, path: YamlPath): void {
  if (area?.streets === undefined) return
  const at = [...path, 'area']
  const { streets, street, number, column, value } = area
  if (street === undefined) check.report('project-file-missing-key', at, { key: 'street', what: { de: 'Spalte mit dem Straßennamen', en: 'column with the name of the street' } })
  if (column !== undefined || value !== undefined) {
    check.invalid([...at, column === undefined ? 'value' : 'column'], column ?? value, { de: 'streets oder column oder value, nicht mehrere', en: 'streets or column or value, not several' })
  }
  if (streets.numbers !== undefined && (streets.from !== undefined || streets.to !== undefined)) check.either([...at, 'streets'], streets, 'numbers', 'from')
  if (number !== undefined && einzeldaten === undefined) {
    check.invalid([...at, 'number'], number, { de: 'Hausnummern nur mit einzeldaten: zählen, denn Zeilen je Adresse sagen etwas über Personen', en: 'house numbers only with einzeldaten: zählen, since rows per address tell about persons' })
  }
}
