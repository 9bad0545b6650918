import type { Level } from '../../core/area.ts'
import type { Cell } from '../../core/cell.ts'
import type { Audience } from '../../core/edition.ts'
import { sumDecimals } from '../../core/aggregate.ts'
import { missing } from '../../core/cell.ts'
import { nearest } from '../../core/nearest.ts'
import { problem, type Place, type Problem, type ProblemCode } from '../../core/problem.ts'
import { stricterRules, type Rules } from '../../core/rules.ts'
import { quoteList } from '../facts.ts'
import { addColumn, findFigures, type FigureColumn, type Figures } from '../figures.ts'
import { groupBy } from '../group-by.ts'
import type { DeliveryEntry, IndicatorEntry } from '../project-file/schema.ts'
import { listOf } from '../project-file/references.ts'
import { isProtected, rulesOf } from '../protect/rules.ts'
import { explainCellText, parseCellText, type CellFault, type CellNotation } from '../read/cell-text.ts'
import { findColumn } from '../read/column.ts'
import { placeOf, type DeliveredTable } from '../read/table.ts'
import { applyKeyRule, lookUp } from './key.ts'
import { findLevelOfSystem, holdsIn, readPeriod } from './period.ts'

/** One table of a delivery, and what its rows are joined to. */
export interface JoinInput {
  readonly delivery: DeliveryEntry
  readonly table: DeliveredTable
  /** Period of all rows where the project file fixes it for this file. */
  readonly filePeriod?: string
  readonly levels: readonly JoinLevel[]
  readonly indicators: readonly IndicatorEntry[]
  /** Whose rules go with the figures; defaults to the public's. */
  readonly audience?: Audience
}

/** A level as the join needs it. */
export type JoinLevel = Pick<Level, 'id' | 'system' | 'validFrom' | 'validTo' | 'areas'>

/**
 * Puts the values of one table to the areas, by key and vintage, and adds them to `figures`.
 * Nothing is lost silently: rows without an area, areas without a row, unreadable cells, second
 * values and totals that do not add up are all reported, both sides quoted.
 */
export function joinTable (figures: Figures, input: JoinInput): Problem[] {
  const columns = locateColumns(input)
  if (columns.problems.length > 0) return columns.problems
  const join = new TableJoin(figures, input, columns.indexes)
  for (const row of input.table.rows) join.addRow(row)
  return join.finish()
}

interface ColumnIndexes {
  readonly area: number | undefined
  readonly period: number | undefined
  /** Indicator of each value column, wide tables. */
  readonly values: ReadonlyArray<{ readonly indicator: string, readonly index: number }>
  /** Long tables. */
  readonly long: { readonly indicator: number, readonly value: number } | undefined
}

function locateColumns ({ delivery, table, filePeriod }: JoinInput): { indexes: ColumnIndexes, problems: Problem[] } {
  const problems: Problem[] = []
  const find = (...names: string[]): number => {
    const attempts = names.map(column => findColumn(table.columns, column, { file: table.file }))
    const found = attempts.find(attempt => 'index' in attempt) ?? attempts[0]!
    if ('index' in found) return found.index
    problems.push(found.problem)
    return -1
  }
  const indexes = {
    area: delivery.area.column === undefined ? undefined : find(delivery.area.column),
    period: filePeriod !== undefined || delivery.period?.column === undefined || table.rows[0]?.period !== undefined ? undefined : find(delivery.period.column),
    values: Object.entries(delivery.columns ?? {}).map(([indicator, column]) => ({ indicator, index: find(...listOf(column)) })),
    long: delivery.indicator && delivery.value && { indicator: find(delivery.indicator.column), value: find(delivery.value.column) },
  }
  return { indexes, problems }
}

/** One table on its way into the figures; collects what is worth saying and says it at the end. */
class TableJoin {
  readonly #figures: Figures
  readonly #input: JoinInput
  readonly #indexes: ColumnIndexes
  readonly #indicators: ReadonlyMap<string, IndicatorEntry>
  readonly #notation: CellNotation
  readonly #rules: Rules
  readonly #areaIndexes = new Map<string, ReadonlyMap<string, number>>()
  readonly #totals: ReadonlySet<string>
  readonly #unassigned: ReadonlySet<string>
  readonly #problems: Problem[] = []
  /** Findings of the same kind and text are said once, with their number. */
  readonly #repeated = new Map<string, { readonly code: ProblemCode, readonly place: Place, readonly facts: Record<string, string | number>, count: number }>()
  readonly #strangers = new Map<string, { readonly level: JoinLevel, readonly place: Place }>()
  readonly #places = new Map<string, string>()
  readonly #totalRows: Array<{ readonly column: FigureColumn, readonly total: number, readonly place: Place }> = []
  readonly #touched = new Map<string, { readonly level: JoinLevel, readonly period: string, readonly areas: Set<number> }>()
  readonly #foundIndicators = new Set<string>()
  #usedRows = 0

  constructor (figures: Figures, input: JoinInput, indexes: ColumnIndexes) {
    this.#figures = figures
    this.#input = input
    this.#indexes = indexes
    this.#indicators = new Map(input.indicators.map(indicator => [indicator.id, indicator]))
    this.#rules = rulesOf(input.delivery, input.audience ?? 'public')
    this.#notation = { legend: input.delivery.legend ?? {}, ...input.table.notation }
    this.#totals = new Set((input.delivery.totals ?? []).map(String))
    this.#unassigned = new Set((input.delivery.unassigned ?? []).map(String))
  }

  addRow (row: DeliveredTable['rows'][number]): void {
    const { delivery, table } = this.#input
    if (this.#isFootnote(row)) return this.#repeat('join-footnote', { file: table.file }, {})
    const period = this.#periodOf(row)
    if (period === undefined) return
    const level = this.#levelFor(period, row)
    if (!level) return

    const written = this.#indexes.area === undefined ? String(delivery.area.value) : row.fields[this.#indexes.area] ?? ''
    const role = this.#totals.has(written.trim()) ? 'total' : this.#unassigned.has(written.trim()) ? 'unassigned' : 'area'
    const key = role === 'area' ? applyKeyRule(delivery.area, written) : ''
    const area = role === 'area' ? this.#areaIndex(level, key) : undefined
    if (role === 'area' && area === undefined) {
      const place = this.#place(row.line, delivery.area.column)
      if (written.trim() === '') this.#repeat('join-blank-key', place, { column: delivery.area.column ?? '' })
      else if (!this.#strangers.has(written)) this.#strangers.set(written, { level, place })
      return
    }

    this.#usedRows++
    if (role === 'unassigned') this.#repeat('join-unassigned', { file: table.file }, {})
    for (const { indicator, index, head } of this.#valueColumns(row)) {
      const text = row.fields[index] ?? ''
      const place = this.#place(row.line, head)
      const cell = this.#readCell(text, indicator, place)
      if (!cell) continue
      const column = this.#column(level, indicator, period)
      if (role === 'total') {
        if (cell.status === 'observed') this.#totalRows.push({ column, total: cell.value, place })
      } else if (role === 'unassigned') {
        column.unassigned.push(cell)
      } else {
        this.#setCell(column, area!, cell, level, place)
      }
    }
    if (area !== undefined) this.#touch(level, period, area)
  }

  finish (): Problem[] {
    const { table } = this.#input
    for (const { code, place, facts, count } of this.#repeated.values()) this.#problems.push(problem(code, place, { ...facts, count }))
    this.#reportStrangers()
    this.#reportAreasWithoutRow()
    this.#reportTotals()
    this.#reportUnusedLookUps()
    if (this.#usedRows === 0 && this.#problems.length === 0) this.#problems.push(problem('join-empty-table', { file: table.file }))
    return this.#problems
  }

  /** A remark in the first column and nothing else: no key, no period, no value. */
  #isFootnote ({ fields }: DeliveredTable['rows'][number]): boolean {
    const [first = '', ...others] = fields
    return others.length > 1 && first.trim().includes(' ') && others.every(field => field.trim() === '')
  }

  #periodOf (row: DeliveredTable['rows'][number]): string | undefined {
    const { filePeriod, delivery } = this.#input
    if (filePeriod !== undefined) return filePeriod
    const rule = delivery.period!
    if (rule.value !== undefined) return String(rule.value)
    const text = row.period ?? row.fields[this.#indexes.period!] ?? ''
    const period = readPeriod(rule, text)
    if (!period) this.#repeat('join-unreadable-period', this.#place(row.line, rule.column), { text, column: rule.column ?? '' })
    return period?.id
  }

  #levelFor (period: string, row: DeliveredTable['rows'][number]): JoinLevel | undefined {
    const { delivery, levels } = this.#input
    if (delivery.system !== undefined) {
      const level = findLevelOfSystem(levels, delivery.system, period)
      if (!level) this.#reportVintage(period, levels.find(({ system }) => system === delivery.system)!, row.line)
      return level
    }
    const level = levels.find(({ id }) => id === delivery.level)!
    if (delivery.recomputed || holdsIn(level, period)) return level
    this.#reportVintage(period, level, row.line)
    return undefined
  }

  #reportVintage (period: string, level: JoinLevel, line: number): void {
    const other = findLevelOfSystem(this.#input.levels, level.system, period)
    this.#repeat('join-vintage-mismatch', { file: this.#input.table.file, line }, {
      period, level: level.id, valid: `${level.validFrom} – ${level.validTo ?? '…'}`, other: other ? ` (${other.id})` : '',
    })
  }

  #areaIndex (level: JoinLevel, key: string): number | undefined {
    let indexes = this.#areaIndexes.get(level.id)
    if (!indexes) {
      indexes = new Map(level.areas.map(({ id }, index) => [id, index]))
      this.#areaIndexes.set(level.id, indexes)
    }
    return indexes.get(key)
  }

  * #valueColumns (row: DeliveredTable['rows'][number]): Iterable<{ indicator: string, index: number, head: string }> {
    const { table, delivery } = this.#input
    const { long, values } = this.#indexes
    if (long === undefined) {
      for (const { indicator, index } of values) yield { indicator, index, head: table.columns[index]! }
      return
    }
    // A long table may hold more than the atlas shows; what the look-up does not name is left alone.
    const text = (row.fields[long.indicator] ?? '').trim()
    const indicator = lookUp(delivery.indicator!.lookUp, text)
    if (indicator === undefined) return
    this.#foundIndicators.add(text)
    yield { indicator, index: long.value, head: table.columns[long.value]! }
  }

  #readCell (text: string, indicator: string, place: Place): Cell | undefined {
    const { legend } = this.#input.delivery
    const cell = parseCellText(text, this.#notation)
    if (!cell) {
      const code = text.trim() === '' ? 'join-blank-cell' : cellFaults[explainCellText(text, this.#notation) ?? 'unknown-sign']
      this.#repeat(code, place, { text, legend: quoteList(Object.keys(legend ?? {})) })
      return undefined
    }
    const indicatorEntry = this.#indicators.get(indicator)!
    if (cell.status === 'observed' && indicatorEntry.kind === 'count') {
      // A count with decimals is a measured extent, such as hectares: additive, but not of people. Nothing of that can be protected.
      const whole = Number.isInteger(cell.value) || (indicatorEntry.decimals > 0 && !isProtected(this.#rules))
      const code = cell.value < 0 ? 'join-negative-count' : whole ? undefined : 'join-fractional-count'
      if (code) {
        this.#problems.push(problem(code, place, { text }))
        return undefined
      }
    }
    return cell
  }

  #column (level: JoinLevel, indicator: string, period: string): FigureColumn {
    const { delivery } = this.#input
    let column = findFigures(this.#figures, level.id, indicator, period)
    if (!column) {
      column = {
        level: level.id,
        indicator,
        period,
        cells: level.areas.map(() => missing('not-delivered')),
        unassigned: [],
        deliveries: new Set(),
        rules: this.#rules,
      }
      addColumn(this.#figures, column)
    }
    column.deliveries.add(delivery.id)
    column.rules = stricterRules(column.rules, this.#rules)
    return column
  }

  #setCell (column: FigureColumn, area: number, cell: Cell, level: JoinLevel, place: Place): void {
    const key = `${column.level}|${column.indicator}|${column.period}|${area}`
    const where = place.cell ?? `${place.file}:${place.line}`
    const before = column.cells[area]!
    const first = this.#places.get(key)
    if (first !== undefined || before.status !== 'missing' || before.reason !== 'not-delivered') {
      this.#problems.push(problem('join-two-values', place, {
        indicator: column.indicator, area: level.areas[area]!.id, period: column.period, first: first ?? [...column.deliveries].join(', '),
      }))
      return
    }
    this.#places.set(key, where)
    column.cells[area] = cell
  }

  #touch (level: JoinLevel, period: string, area: number): void {
    const key = `${level.id}|${period}`
    const touched = this.#touched.get(key) ?? { level, period, areas: new Set<number>() }
    touched.areas.add(area)
    this.#touched.set(key, touched)
  }

  #place (line: number, column: string | undefined): Place {
    const { table } = this.#input
    return column === undefined ? placeOf(table, line) : placeOf(table, line, table.columns.indexOf(column))
  }

  #repeat (code: ProblemCode, place: Place, facts: Record<string, string | number>): void {
    const key = `${code}|${JSON.stringify(facts)}|${typeof place.column === 'string' ? place.column : ''}`
    const known = this.#repeated.get(key)
    if (known) known.count++
    else this.#repeated.set(key, { code, place, facts, count: 1 })
  }

  #reportStrangers (): void {
    const { table, delivery } = this.#input
    const byLevel = groupBy(this.#strangers, ([, { level }]) => level)
    for (const [level, entries] of byLevel) {
      const keys = entries.map(([key]) => key)
      const ids = level.areas.map(({ id }) => id)
      this.#problems.push(problem('join-rows-without-area', entries[0]![1].place, {
        used: this.#usedRows, rows: table.rows.length, keys: quoteList(keys, quotedKeys), level: level.id, examples: quoteList(ids, 3), guess: strangerHint(keys.map(key => applyKeyRule(delivery.area, key)), ids),
      }))
    }
  }

  #reportAreasWithoutRow (): void {
    const { table } = this.#input
    const groups = groupBy([...this.#touched.values()].filter(({ level, areas }) => areas.size < level.areas.length),
      ({ level, areas }) => `${level.id}|${[...areas].toSorted((a, b) => a - b).join()}`)
    for (const group of groups.values()) {
      const { level, areas } = group[0]!
      this.#problems.push(problem('join-areas-without-row', { file: table.file }, {
        matched: areas.size,
        areas: level.areas.length,
        level: level.id,
        periods: group.map(({ period }) => period).join(', '),
        keys: quoteList(level.areas.filter((_, index) => !areas.has(index)).map(({ id }) => id), quotedKeys),
      }))
    }
  }

  #reportUnusedLookUps (): void {
    const { table, delivery } = this.#input
    const unused = Object.keys(delivery.indicator?.lookUp ?? {}).filter(text => !this.#foundIndicators.has(text))
    if (unused.length === 0) return
    this.#problems.push(problem('join-unused-look-up', { file: table.file }, { column: delivery.indicator!.column, texts: quoteList(unused) }))
  }

  #reportTotals (): void {
    for (const { column, total, place } of this.#totalRows) {
      if (this.#indicators.get(column.indicator)!.kind !== 'count') continue
      const parts = [...column.cells, ...column.unassigned]
      if (!parts.every(cell => cell.status === 'observed')) continue
      const sum = sumDecimals(parts.map(({ value }) => value))
      if (sum === total) continue
      this.#problems.push(problem('join-total-differs', place, {
        sum, total, indicator: column.indicator, period: column.period, difference: sumDecimals([total, -sum]),
      }))
    }
  }
}

/** So many keys show what is wrong with all of them. */
const quotedKeys = 8

/** What a person probably did to the keys. */
function strangerHint (keys: readonly string[], ids: readonly string[]): { de: string, en: string } {
  const length = ids[0]?.length ?? 0
  const known = new Set(ids)
  if (keys.every(key => known.has(key.padStart(length, '0')))) {
    return {
      de: `Es fehlen nur führende Nullen: in area der Lieferung pad: ${length} eintragen.`,
      en: `Only leading zeros are lost: write pad: ${length} in area of the delivery.`,
    }
  }
  const close = nearest(keys[0]!, ids)
  const also = {
    de: 'Sind es Summenzeilen oder Fälle ohne Zuordnung, gehören ihre Schlüssel in totals oder unassigned der Lieferung.',
    en: 'If these are totals or cases without an area, their keys belong into totals or unassigned of the delivery.',
  }
  return close === undefined ? also : { de: `Gemeint ist vielleicht „${close}“. ${also.de}`, en: `Perhaps "${close}" is meant. ${also.en}` }
}

const cellFaults: Readonly<Record<CellFault, ProblemCode>> = {
  'unknown-sign': 'join-unknown-sign',
  'ambiguous-number': 'join-ambiguous-number',
  'out-of-range': 'join-number-out-of-range',
}
