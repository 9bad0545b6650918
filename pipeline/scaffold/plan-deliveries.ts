import path from 'node:path'
import type { Localised } from '../../core/area.ts'
import { findEntry } from '../catalogue/catalogue.ts'
import { groupBy } from '../../core/group-by.ts'
import type { TableInspection, ValueGuess } from '../recognise/inspection.ts'
import { stemOf } from '../update/name.ts'
import type { LeftOut, PlannedColumn, PlannedDelivery, PlannedIndicator, PlannedLevel } from './plan.ts'
import { freeId, slug } from './slug.ts'

interface DeliveriesPlan {
  readonly deliveries: readonly PlannedDelivery[]
  readonly indicators: readonly PlannedIndicator[]
  readonly leftOut: readonly LeftOut[]
}

/** Tables of the same shape are the years of one delivery; a column is an indicator, the same one on every level. */
export function planDeliveries (tables: readonly TableInspection[], levels: readonly PlannedLevel[]): DeliveriesPlan {
  const leftOut: LeftOut[] = []
  const usable = tables.filter(table => {
    const reason = reasonAgainst(table)
    if (reason) leftOut.push({ file: table.sheet === null ? table.file : `${table.file}, ${table.sheet}`, ...reason })
    return reason === undefined
  })
  const registry = new Registry()
  const ids = new Set<string>()
  const deliveries = [...groupBy(usable, table => shapeOf(table)).values()].flatMap(group => {
    const [first] = group
    const id = freeId(slug(stemOf(first!.file) || path.basename(first!.file)), ids)
    ids.add(id)
    return splitKinds(planDelivery(id, group, levels, registry), registry.indicators, ids)
  })
  return { deliveries, indicators: registry.indicators, leftOut }
}

function reasonAgainst (table: TableInspection): { why: Localised, next: Localised } | undefined {
  const { persons, values, area, period, rows } = table
  if (persons.length > 0) {
    return {
      why: { de: `sieht nach Angaben zu einzelnen Personen oder Adressen aus (${persons.join(', ')})`, en: `looks like data about single persons or addresses (${persons.join(', ')})` },
      next: { de: 'Gezählte Zahlen anfordern, oder die Lieferung selbst mit einzeldaten: zählen eintragen. Einrichtungen gehören unter facilities.', en: 'Ask for counted figures, or enter the delivery yourself with einzeldaten: zählen. Facilities belong under facilities.' },
    }
  }
  if (values.length === 0) return { why: { de: 'keine Spalte mit Zahlen', en: 'no column of figures' }, next: { de: 'Eine Schlüsselliste wird nicht gebraucht.', en: 'A list of keys is not needed.' } }
  if (period === null) return { why: { de: 'nirgends steht, aus welchem Jahr die Zahlen sind', en: 'nothing says from which year the figures are' }, next: { de: 'Das Jahr in den Dateinamen schreiben und scaffold noch einmal aufrufen, oder die Lieferung von Hand eintragen.', en: 'Write the year into the file name and call scaffold again, or enter the delivery by hand.' } }
  const isTown = area === null && (table.long !== null || rows === (period.column === null && period.in === null ? 1 : period.periods.length))
  if (area === null && !isTown) return { why: { de: 'keine Spalte passt zu den Gebieten einer Ebene', en: 'no column fits the areas of a level' }, next: { de: 'Fehlen die Grenzen dazu? Sonst die Lieferung von Hand eintragen.', en: 'Are the boundaries missing? Else enter the delivery by hand.' } }
  return undefined
}

function shapeOf ({ file, sheet, columns, area, period }: TableInspection): string {
  return JSON.stringify([path.dirname(file), stemOf(file), period?.in === 'sheet' ? file : sheet?.replaceAll(/\d{4}/g, ''), columns, area?.layer, area?.column, period?.column])
}

function planDelivery (id: string, group: readonly TableInspection[], levels: readonly PlannedLevel[], registry: Registry): PlannedDelivery {
  const table = group.at(-1)!
  const { area, period, long } = table
  const own = levels.filter(({ file }) => area !== null && [area.layer, ...area.others].includes(file))
  const system = own[0]?.system ?? 'stadt'
  const where = area === null ? { level: 'stadt' } : own.length > 1 ? { system } : { level: own[0]!.id }
  const registerAs = (head: string, value: ValueGuess) => registry.register({ head, value, delivery: id, system, file: table.file })
  const columns = long === null
    ? table.values.map(value => ({ head: value.column, ...registerAs(value.column, value) }))
    : long.categories.map(category => ({ head: category, ...registerAs(`${long.column} ${category}`, { ...table.values[0]!, known: null }) }))
  const signs = new Map(group.flatMap(({ signs }) => [...signs]))
  const files = group.map(({ file, period }) => ({ file, period: period!.column === null && period!.in === null ? period!.periods[0]! : null }))
  return {
    id,
    kind: 'counts',
    title: titleOf(table.file),
    where,
    files: [...new Map(files.map(entry => [entry.file, entry])).values()],
    dialect: dialectOf(table),
    area,
    period: mergePeriods(group.map(({ period }) => period!), period!),
    signs,
    columns,
    long: long && { column: long.column, value: long.value },
  }
}

/** A minimum count cannot be held against a measure: measures of a table become a delivery of their own. */
function splitKinds (delivery: PlannedDelivery, indicators: readonly PlannedIndicator[], ids: Set<string>): PlannedDelivery[] {
  const isMeasure = ({ indicator }: PlannedColumn) => {
    const { kind, decimals } = indicators.find(({ id }) => id === indicator)!
    return kind === 'measure' || decimals > 0
  }
  const counts = delivery.columns.filter(column => !isMeasure(column))
  const measures = delivery.columns.filter(isMeasure)
  if (measures.length === 0) return [delivery]
  if (counts.length === 0) return [{ ...delivery, kind: 'measures' }]
  const id = freeId(`${delivery.id.slice(0, 51)}-measures`, ids)
  ids.add(id)
  return [{ ...delivery, columns: counts }, { ...delivery, id, title: `${delivery.title}: Maße`, columns: measures, kind: 'measures' }]
}

function mergePeriods (all: ReadonlyArray<PlannedDelivery['period']>, model: PlannedDelivery['period']): PlannedDelivery['period'] {
  const lookUp = model.lookUp === null ? null : Object.assign({}, ...all.map(({ lookUp }) => lookUp ?? {})) as Record<string, string>
  return { ...model, lookUp, periods: [...new Set(all.flatMap(({ periods }) => periods))].toSorted() }
}

function dialectOf ({ encoding, delimiter, notation, sheet, period }: TableInspection): Record<string, string | number> {
  return {
    ...(delimiter === null ? {} : { encoding, delimiter }),
    ...(notation.decimal === undefined ? {} : { decimal: notation.decimal }),
    ...(notation.thousands === undefined ? {} : { thousands: notation.thousands }),
    ...(period?.in === 'sheet' ? { sheets: 'all' } : sheet === null ? {} : { sheet }),
  }
}

function titleOf (file: string): string {
  const words = path.basename(file, path.extname(file)).replaceAll(/[-_]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

interface Wish { readonly head: string, readonly value: ValueGuess, readonly delivery: string, readonly system: string, readonly file: string }

/** The indicators so far. One id means one thing: the same head on another level, never a second table of the same level. */
class Registry {
  readonly indicators: PlannedIndicator[] = []
  readonly #uses = new Map<string, Array<{ readonly head: string, readonly system: string }>>()

  register (wish: Wish): Omit<PlannedColumn, 'head'> {
    const { head, value, delivery, system } = wish
    const known = value.known
    const id = [known?.id ?? slug(head), slug(`${known?.id ?? slug(head)}-${delivery}`)].find(candidate => this.#isFree(candidate, wish)) ??
      freeId(slug(`${slug(head)}-${delivery}`), new Set(this.#uses.keys()))
    this.#uses.set(id, [...this.#uses.get(id) ?? [], { head, system }])
    if (!this.indicators.some(indicator => indicator.id === id)) this.indicators.push(describe(id, wish))
    return { indicator: id, isKnown: known !== null }
  }

  #isFree (id: string, { head, value, system }: Wish): boolean {
    const uses = this.#uses.get(id)
    if (!uses) return true
    const kind = this.indicators.find(indicator => indicator.id === id)!.kind
    return kind === value.kind && uses.every(use => use.system !== system && (value.known !== null || use.head === head))
  }
}

function describe (id: string, { head, value, file }: Wish): PlannedIndicator {
  const { known, kind, decimals, isSigned, isPercent } = value
  const label = known?.label ?? { de: head.replaceAll('_', ' ') }
  const unit = known?.unit ?? { de: isPercent ? '%' : '' }
  return {
    id,
    kind,
    theme: known?.theme ?? 'other',
    label,
    definition: `${label.de}, Spalte „${head}“ in ${path.basename(file)}.`,
    unit,
    decimals: kind === 'count' ? decimals : Math.max(decimals, known?.kind === 'measure' ? known.decimals : 0),
    isSigned,
    isKnown: known !== null,
    inCatalogue: known?.id === id && findEntry(id) !== undefined,
  }
}
