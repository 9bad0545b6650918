import type { Cell } from '../../core/cell.ts'
import { missing } from '../../core/cell.ts'
import { problem, type Facts, type Place, type Problem, type ProblemCode } from '../../core/problem.ts'
import { stricterRules, type Rules } from '../../core/rules.ts'
import { cleanText } from '../../core/visible-text.ts'
import { periodFact, quoteList } from '../facts.ts'
import { addColumn, columnKey, findFigures, type FigureColumn, type Figures } from '../figures.ts'
import type { IndicatorEntry } from '../project-file/schema.ts'
import { rulesOf } from '../protect/rules.ts'
import type { CellNotation } from '../read/cell-text.ts'
import { findTotalLabel } from '../read/layout/totals.ts'
import type { DeliveredTable } from '../read/table.ts'
import { readCell } from './cell.ts'
import { locateColumns, type ColumnIndexes } from './columns.ts'
import { placeIn, quotedKeys, type JoinInput, type JoinLevel } from './input.ts'
import { applyKeyRule, lookUp } from './key.ts'
import { isCutOff, missingRowProblems } from './missing-rows.ts'
import { describeValidity, findLevelOfSystem, holdsIn, readPeriod } from './period.ts'
import { fillRowless } from './rowless.ts'
import { strangerProblems, type Stranger } from './strangers.ts'
import { totalProblems, type TotalRow } from './totals.ts'

export type { JoinInput, JoinLevel } from './input.ts'

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
  readonly #repeated = new Map<string, { readonly code: ProblemCode, readonly place: Place, readonly facts: Facts, count: number }>()
  readonly #strangers = new Map<string, Stranger>()
  /** Keys whose blanks cannot be seen, as they stand in the table. */
  readonly #hiddenBlanks = new Map<string, Place>()
  #rowsWithHiddenBlanks = 0
  readonly #places = new Map<string, string>()
  readonly #totalRows: TotalRow[] = []
  readonly #touched = new Map<string, { readonly level: JoinLevel, readonly period: string, readonly areas: Set<number> }>()
  /** By key of the column: indexes of the areas that have a row, even one without a value. */
  readonly #rowsOf = new Map<string, Set<number>>()
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
    const place = this.#place(row, delivery.area.column)
    const role = this.#roleOf(written, level, row)
    const area = role === 'area' ? this.#findArea(level, written, period, place) : undefined
    if (role === 'area' && area === undefined) return
    this.#noteHiddenBlanks(written, place)

    this.#usedRows++
    if (role === 'unassigned') this.#repeat('join-unassigned', { file: table.file }, {})
    for (const { indicator, index, head } of this.#valueColumns(row)) {
      const text = row.fields[index] ?? ''
      const place = this.#place(row, head)
      if (area !== undefined) this.#noteRow(columnKey(level.id, indicator, period), area)
      const cell = this.#readCell(text, indicator, place)
      if (!cell) continue
      const column = this.#column(level, indicator, period)
      if (role === 'total') {
        if (cell.status === 'observed') this.#totalRows.push({ column, total: cell.value, name: cleanText(written) || 'Summe', isRecognised: !this.#isStatedTotal(written), place })
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
    this.#reportHiddenBlanks()
    this.#problems.push(
      ...strangerProblems([...this.#strangers.values()], this.#usedRows, this.#input),
      ...this.#rowlessProblems(),
      ...totalProblems(this.#totalRows, this.#indicators),
    )
    this.#reportUnusedLookUps()
    if (this.#usedRows === 0 && this.#problems.length === 0) this.#problems.push(problem('join-empty-table', { file: table.file }))
    return this.#problems
  }

  /** Areas without a row are 0 where the delivery says so; not if they may be those whose key nobody knows. */
  #rowlessProblems (): Problem[] {
    const { delivery, table } = this.#input
    const touched = [...this.#touched.values()]
    const isClean = this.#strangers.size === 0
    const isEnd = ({ level, period }: FigureColumn) => touched.some(one => one.level.id === level && one.period === period && isCutOff(one))
    const filled = delivery.rowless === 'zero' && isClean ? fillRowless(this.#figures, this.#rowsOf, { ...this.#input, isEnd }) : []
    return filled.length > 0 ? filled : missingRowProblems(touched, isClean, table.file, delivery.id)
  }

  #noteRow (column: string, area: number): void {
    const areas = this.#rowsOf.get(column) ?? new Set<number>()
    areas.add(area)
    this.#rowsOf.set(column, areas)
  }

  #roleOf (written: string, level: JoinLevel, row: DeliveredTable['rows'][number]): 'area' | 'total' | 'unassigned' {
    const [trimmed, cleaned] = [written.trim(), cleanText(written)]
    if (this.#isStatedTotal(written)) return 'total'
    if (this.#unassigned.has(trimmed) || this.#unassigned.has(cleaned)) return 'unassigned'
    const label = this.#indexes.area === undefined ? undefined : findTotalLabel(row.fields, this.#indexes.area)
    if (label === undefined || this.#areaIndex(level, applyKeyRule(this.#input.delivery.area, written)) !== undefined) return 'area'
    this.#repeat('layout-total-row', { file: this.#input.table.file }, { label: cleanText(label) })
    return 'total'
  }

  #isStatedTotal (written: string): boolean {
    return this.#totals.has(written.trim()) || this.#totals.has(cleanText(written))
  }

  /** Index of the area a row speaks of; one that nobody knows is kept for the report. */
  #findArea (level: JoinLevel, written: string, period: string, place: Place): number | undefined {
    const { delivery } = this.#input
    const key = applyKeyRule(delivery.area, written)
    const area = this.#areaIndex(level, key) ?? this.#areaIndex(level, applyKeyRule(delivery.area, cleanText(written)))
    if (area !== undefined) return area
    if (cleanText(written) === '') this.#repeat('join-blank-key', place, { column: delivery.area.column ?? '' })
    else if (!this.#strangers.has(`${level.id}|${written}`)) this.#strangers.set(`${level.id}|${written}`, { written, key, level, period, place })
    return undefined
  }

  #noteHiddenBlanks (written: string, place: Place): void {
    if (cleanText(written) === written.normalize('NFC')) return
    this.#rowsWithHiddenBlanks++
    if (!this.#hiddenBlanks.has(written)) this.#hiddenBlanks.set(written, place)
  }

  #reportHiddenBlanks (): void {
    const { delivery } = this.#input
    const [first] = this.#hiddenBlanks
    if (!first) return
    this.#problems.push(problem('join-hidden-blanks', first[1], {
      delivery: delivery.id, column: delivery.area.column ?? '', keys: quoteList([...this.#hiddenBlanks.keys()], quotedKeys), count: this.#rowsWithHiddenBlanks,
    }))
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
    if (!period) this.#repeat('join-unreadable-period', this.#place(row, rule.column), { text, column: rule.column ?? '' })
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
      period: periodFact(period), level: level.id, valid: describeValidity(level), other: other ? ` (${other.id})` : '',
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
      for (const { indicator, index } of values) {
        if (row.without?.has(index) !== true) yield { indicator, index, head: table.columns[index]! }
      }
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
    const read = readCell(text, this.#indicators.get(indicator)!, this.#notation, this.#rules)
    if (read === undefined || 'status' in read) return read
    if (read.isRepeated) this.#repeat(read.code, place, read.facts)
    else this.#problems.push(problem(read.code, place, read.facts))
    return undefined
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

  #place (row: DeliveredTable['rows'][number], column: string | undefined): Place {
    return placeIn(this.#input.table, row, column)
  }

  #repeat (code: ProblemCode, place: Place, facts: Facts): void {
    const key = `${code}|${JSON.stringify(facts)}|${typeof place.column === 'string' ? place.column : ''}`
    const known = this.#repeated.get(key)
    if (known) known.count++
    else this.#repeated.set(key, { code, place, facts, count: 1 })
  }

  #reportUnusedLookUps (): void {
    const { table, delivery } = this.#input
    const unused = Object.keys(delivery.indicator?.lookUp ?? {}).filter(text => !this.#foundIndicators.has(text))
    if (unused.length === 0) return
    this.#problems.push(problem('join-unused-look-up', { file: table.file }, { column: delivery.indicator!.column, texts: quoteList(unused) }))
  }
}
