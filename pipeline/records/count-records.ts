import { problem, type Problem, type ProblemCode } from '../../core/problem.ts'
import { getPeriod } from '../../core/period.ts'
import { applyKeyRule } from '../join/key.ts'
import { findLevelOfSystem, readPeriod } from '../join/period.ts'
import type { TableDelivery } from '../project-file/schema.ts'
import type { CountedIndicator } from '../project-file/schema/records.ts'
import { trimBlanks } from '../read/number-text.ts'
import { type DeliveredTable } from '../read/table.ts'
import { findArea, type StreetList } from '../streets/street-list.ts'
import { UnmatchedStreets } from '../streets/unmatched.ts'
import { ageOn, parseBirthDate } from './birth-date.ts'
import { compileCondition, compileRange } from './condition.ts'
import { EndlessFieldError, type StreamedRow } from './csv-stream.ts'
import { kindOfHead } from './person-columns.ts'
import { openRecordRows, type RecordRows } from './record-rows.ts'
import { kinds } from './refuse-persons.ts'
import type { CountLevel } from './counted-delivery.ts'
import { areaHead, periodHead, unassignedKey } from './counted-delivery.ts'

export interface CountInput {
  readonly path: string
  readonly displayName: string
  readonly delivery: TableDelivery
  /** Period of all rows where the project file fixes it for this file. */
  readonly filePeriod?: string
  /** Left out where the boundaries could not be read; then areas without a row are not known. */
  readonly levels?: readonly CountLevel[]
  /** The checked list, where the delivery assigns by address. */
  readonly streets?: StreetList
}

/**
 * Counts rows about persons in the stream: per area, period and indicator a number, nothing else. No row is kept, and no message quotes
 * one. The result is a wide table as a counting office would deliver it; `countedDelivery` says how it is joined.
 */
export async function countRecords (input: CountInput): Promise<{ table?: DeliveredTable, problems: readonly Problem[] }> {
  const { path, displayName, delivery } = input
  const misplaced = findMisplaced(input)
  if (misplaced.length > 0) return { problems: misplaced }
  const { source, problems } = await openRecordRows({ path, displayName, dialect: definedDialect(delivery), wanted: wantedHeads(input) })
  if (!source) return { problems }
  const tally = new Tally(input, source)
  try {
    for await (const row of source.rows) if (!tally.add(row)) break
  } catch (error) {
    if (!(error instanceof EndlessFieldError)) throw error
    return { problems: [problem('records-unreadable', { file: displayName }, { reason: error.message })] }
  }
  return tally.finish()
}

/** Columns whose content would appear in messages must not be about persons. */
function findMisplaced ({ delivery: { area, period }, displayName, filePeriod }: CountInput): Problem[] {
  const checked = [['area', area.column], ['area.street', area.street], ['period', filePeriod === undefined ? period?.column : undefined]] as const
  return checked.flatMap(([key, column]) => {
    const kind = column === undefined ? undefined : kindOfHead(column)
    return column === undefined || kind === undefined ? [] : [problem('records-person-column', { file: displayName }, { column, key, kind: kinds[kind] })]
  })
}

function definedDialect ({ dialect }: TableDelivery): Record<string, never> {
  return Object.fromEntries(Object.entries(dialect ?? {}).filter(([, value]) => value !== undefined)) as Record<string, never>
}

function wantedHeads ({ delivery, filePeriod }: CountInput): string[] {
  const { area, period, birthDate, count = {} } = delivery
  const conditions = Object.values(count).flatMap(({ where, sum }) => [...Object.keys(where ?? {}), ...sum === undefined ? [] : [sum]])
  const heads = [area.column, area.street, area.number, filePeriod === undefined ? period?.column : undefined, birthDate, ...conditions]
  return [...new Set(heads.filter(head => head !== undefined))]
}

/** More different keys are no areas. */
const mostAreas = 20_000

/** What one row needs to be counted as. */
interface Counter {
  readonly indicator: string
  /** How much a row adds: 1, 0, or what its `sum` column says; NaN where that is no whole number. */
  readonly amountOf: (row: StreamedRow, age: number | undefined) => number
  readonly sumHead?: string
}

interface AreaCounts {
  readonly line: number
  readonly area: string
  readonly period: string
  readonly counts: Float64Array
}

/** The numbers so far, and how many rows could not be read; never a row. */
class Tally {
  readonly #input: CountInput
  readonly #source: RecordRows
  readonly #indexes = new Map<string, number>()
  readonly #counters: readonly Counter[]
  readonly #counts = new Map<string, AreaCounts>()
  readonly #faults = new Map<string, { readonly code: ProblemCode, readonly line: number, readonly column?: string, count: number }>()
  readonly #unmatched: UnmatchedStreets
  readonly #keys = new Set<string>()
  readonly #known = new Map<string, ReadonlySet<string>>()
  readonly #days = new Map<string, { id: string, day: string } | undefined>()
  #rows = 0
  #isHopeless = false

  constructor (input: CountInput, source: RecordRows) {
    this.#input = input
    this.#source = source
    source.columns.forEach((column, index) => this.#indexes.set(trimBlanks(column), index))
    this.#counters = Object.entries(input.delivery.count ?? {}).map(([indicator, entry]) => this.#compile(indicator, entry))
    this.#unmatched = new UnmatchedStreets(input.streets?.file ?? '')
  }

  /** @returns false where going on makes no sense */
  add (row: StreamedRow): boolean {
    if (row.fields.every(field => trimBlanks(field) === '')) return true
    if (row.fields.length < this.#source.columns.length) {
      this.#fault('records-broken-rows', row)
      return true
    }
    const period = this.#periodOf(row)
    if (!period) return true
    const area = this.#areaOf(row)
    this.#keys.add(area)
    if (this.#keys.size > mostAreas) {
      this.#isHopeless = true
      return false
    }
    if (!this.#isArea(area, period.id)) {
      this.#fault('records-unknown-areas', row, this.#input.delivery.area.column)
      return true
    }
    this.#rows++
    const age = this.#ageOf(row, period.day)
    const { counts } = this.#countsOf(area, period.id, row.line)
    this.#counters.forEach(({ amountOf, sumHead }, index) => {
      const amount = amountOf(row, age)
      if (Number.isNaN(amount)) this.#fault('records-unreadable-number', row, sumHead)
      else counts[index]! += amount
    })
    return true
  }

  finish (): { table?: DeliveredTable, problems: readonly Problem[] } {
    const { displayName, delivery } = this.#input
    const file = displayName
    if (this.#isHopeless) return { problems: [problem('records-too-many-areas', { file }, { column: delivery.area.column ?? '', limit: mostAreas })] }
    const problems = [...this.#faults.values()].map(({ code, line, column, count }) => problem(code, column === undefined ? { file, line } : { file, line, column }, { count, column: column ?? '' }))
    const areas = new Set([...this.#counts.values()].map(({ area }) => area).filter(key => key !== unassignedKey)).size
    const zeros = this.#addZeros()
    const columns = [areaHead, periodHead, ...this.#counters.map(({ indicator }) => indicator)]
    const rows = [...this.#counts.values()].map(({ line, area, period, counts }) => ({ line, fields: [area, period, ...Array.from(counts, String)] }))
    const table = { file, sheet: null, columns, rows, encoding: this.#source.encoding, delimiter: null, notation: { decimal: ',' as const } }
    return {
      table,
      problems: [
        ...problems,
        ...this.#unmatched.problems({ file }),
        ...zeros === 0 ? [] : [problem('records-zeros', { file }, { count: zeros })],
        problem('records-counted', { file }, { rows: this.#rows, counts: this.#counters.length, areas }),
      ],
    }
  }

  #compile (indicator: string, { where = {}, age, sum }: CountedIndicator): Counter {
    const tests = Object.entries(where).map(([head, condition]) => ({ index: this.#index(head), test: compileCondition(condition) }))
    const isOfAge = age === undefined ? undefined : compileRange(age) ?? ((value: number) => value === Number(age))
    const sumIndex = sum === undefined ? -1 : this.#index(sum)
    return {
      indicator,
      ...sum === undefined ? {} : { sumHead: sum },
      amountOf: ({ fields }, years) => {
        if (isOfAge && (years === undefined || !isOfAge(years))) return 0
        if (!tests.every(({ index, test }) => test(fields[index] ?? ''))) return 0
        return sumIndex === -1 ? 1 : toCount(fields[sumIndex] ?? '')
      },
    }
  }

  #index (head: string | undefined): number {
    return head === undefined ? -1 : this.#indexes.get(trimBlanks(head)) ?? -1
  }

  #periodOf (row: StreamedRow): { id: string, day: string } | undefined {
    const { filePeriod, delivery } = this.#input
    const rule = delivery.period
    const text = filePeriod ?? (rule?.value === undefined ? row.fields[this.#index(rule?.column)] ?? '' : String(rule.value))
    const known = this.#days.get(text)
    if (known) return known
    const period = filePeriod !== undefined || rule?.value !== undefined ? getPeriod(text) : readPeriod(rule!, text)
    if (!period) {
      this.#fault('records-unreadable-period', row, rule?.column)
      return undefined
    }
    const found = { id: period.id, day: period.to }
    this.#days.set(text, found)
    return found
  }

  #areaOf ({ fields }: StreamedRow): string {
    const { delivery: { area, unassigned = [] }, streets } = this.#input
    if (streets && area.street !== undefined) {
      const street = fields[this.#index(area.street)] ?? ''
      const found = findArea(streets, street, area.number === undefined ? undefined : fields[this.#index(area.number)] ?? '')
      if (found === undefined) this.#unmatched.add(street)
      return found ?? unassignedKey
    }
    if (area.column === undefined) return String(area.value)
    const written = (fields[this.#index(area.column)] ?? '').trim()
    if (written === '' || unassigned.map(String).includes(written)) return unassignedKey
    return applyKeyRule(area, written)
  }

  /** A key that is no area may be a name: the join would quote it. */
  #isArea (key: string, period: string): boolean {
    const { levels } = this.#input
    if (!levels || key === unassignedKey) return true
    let known = this.#known.get(period)
    if (!known) {
      known = new Set(this.#levelOf(period)?.areas.map(({ id }) => id))
      this.#known.set(period, known)
    }
    return known.has(key)
  }

  #levelOf (period: string): CountLevel | undefined {
    const { delivery, levels = [] } = this.#input
    return delivery.system === undefined ? levels.find(({ id }) => id === delivery.level) : findLevelOfSystem(levels, delivery.system, period)
  }

  #ageOf (row: StreamedRow, day: string): number | undefined {
    const { birthDate } = this.#input.delivery
    if (birthDate === undefined) return undefined
    const birth = parseBirthDate(row.fields[this.#index(birthDate)] ?? '')
    const age = birth === undefined ? -1 : ageOn(day, birth)
    if (age >= 0) return age
    this.#fault('records-unreadable-birth-date', row, birthDate)
    return undefined
  }

  #countsOf (area: string, period: string, line: number): AreaCounts {
    const key = `${period}\0${area}`
    let found = this.#counts.get(key)
    if (!found) {
      found = { line, area, period, counts: new Float64Array(this.#counters.length) }
      this.#counts.set(key, found)
    }
    return found
  }

  #fault (code: ProblemCode, { line }: StreamedRow, column?: string): void {
    const key = `${code}|${column ?? ''}`
    const known = this.#faults.get(key)
    if (known) known.count++
    else this.#faults.set(key, { code, line, ...column === undefined ? {} : { column }, count: 1 })
  }

  /** With `rowless: zero` nobody lives in an area that the file does not name. */
  #addZeros (): number {
    const { delivery, levels } = this.#input
    if (delivery.rowless !== 'zero' || !levels) return 0
    let added = 0
    for (const period of new Set([...this.#counts.values()].map(({ period }) => period))) {
      for (const { id } of this.#levelOf(period)?.areas ?? []) {
        if (this.#counts.has(`${period}\0${id}`)) continue
        this.#countsOf(id, period, 1)
        added++
      }
    }
    return added
  }
}

/** 0 or more, whole; thousands are not separated in a list of addresses. */
function toCount (text: string): number {
  const trimmed = trimBlanks(text)
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : NaN
}
