import { problem, type Problem } from '../../core/problem.ts'
import { cellId, cellState, compileBlock, propagateBounds, ruleNames, type Block } from '../../core/release.ts'
import { stricterRules, type Rules } from '../../core/rules.ts'
import { mayBeUnrevised } from '../../core/ledger.ts'
import type { FigureColumn } from '../figures.ts'
import type { BlockInput, FigureBlock, WholeBounds } from './blocks.ts'
import { isSliver, type Shared } from './overlap.ts'
import { countRule, importedRule, type Primary } from './primary.ts'
import { isSuppressible, type NumeratorRelation, type OverlapRelation, type Relation, type SumRelation, type TreeRelation, type WindowRelation } from './relations.ts'
import { roundedCell, roundedRule } from './round.ts'
import { findFlow, rangeOfAtom, type Transport } from './transport.ts'

/** A cell on its way into a block. */
interface Sketch {
  readonly id: string
  /** `undefined` until it follows from the others. */
  value: number | undefined
  lower: number
  upper: number
  state: number
  weight: number
  rule: Primary | undefined
  /** Delivered as suppressed; the publisher's rules. */
  imported?: Rules
  /** Printed as a multiple of five. */
  isRounded?: boolean
  /** Whether an earlier edition decided about the same number. */
  isUnrevised?: boolean
  /** What an earlier edition printed in its place, if that was another number. */
  revised?: number
  /** Whether an earlier edition kept another number secret in its place. */
  wasSecret?: boolean
  /** Whether it is not delivered any more, but was printed by an earlier edition. */
  isRemembered?: boolean
  /** Of a figure that nobody holds: the rules for what the others leave of it. */
  rulesOfRest?: Rules
  readonly column: number
  readonly area: number
}

interface SketchEquation {
  readonly cells: readonly number[]
  readonly coefficients: readonly number[]
  /** Whose equation it is; `undefined` for one of an earlier edition. */
  readonly relation: Relation | undefined
}

/** What has to be left out for the rest to be built, and what is to be said about that. */
export interface Conflict {
  readonly without: readonly Relation[] | 'older' | 'everything'
  readonly problems: readonly Problem[]
}

/** The cells and equations of one block while they are put together: first `build`, then `finish`. */
export class Drafting {
  readonly #columns: readonly FigureColumn[]
  readonly #relations: readonly Relation[]
  readonly #input: BlockInput
  readonly #bounds: WholeBounds
  readonly #cells: Sketch[] = []
  readonly #equations: SketchEquation[] = []
  /** Per column and area the position of its cell; −1 where there is no figure. */
  readonly #positions: Int32Array[] = []
  readonly #columnIndexes: ReadonlyMap<FigureColumn, number>
  /** Cells of periods without figures, by id. */
  readonly #gaps = new Map<string, number>()

  constructor (columns: readonly FigureColumn[], relations: readonly Relation[], input: BlockInput, bounds: WholeBounds) {
    this.#columns = columns
    this.#relations = relations
    this.#input = input
    this.#bounds = bounds
    this.#columnIndexes = new Map(columns.map((column, index) => [column, index]))
  }

  /** @returns why it cannot be built with all of its relations */
  build (hasOlder: boolean): Conflict | undefined {
    this.#columns.forEach((column, index) => this.#addFigures(column, index))
    for (const relation of this.#relations) {
      const conflict = this.#addRelation(relation)
      if (conflict) return conflict
    }
    if (hasOlder) this.#addOlderVintages()
    return this.#complete()
  }

  #addRelation (relation: Relation): Conflict | undefined {
    switch (relation.kind) {
      case 'tree': return this.#addTree(relation)
      case 'overlap': return this.#addOverlap(relation)
      case 'numerators': return this.#addNumerators(relation)
      case 'window': return this.#addWindow(relation)
      default: return this.#addSum(relation)
    }
  }

  #addFigures (column: FigureColumn, index: number): void {
    const { primaries, external, unpublished, levels, weightsOf } = this.#input
    const { areas } = levels.find(({ id }) => id === column.level)!
    const positions = new Int32Array(column.cells.length).fill(-1)
    const weights = weightsOf(column, column.cells.map(cell => cell.status === 'observed' ? cell.value : undefined))
    const isShown = !unpublished.has(column.indicator)
    const isRounded = column.rules.method === 'round5'
    const isKnown = isShown && !isRounded && !isSuppressible(column)
    column.cells.forEach((cell, area) => {
      const id = cellId(column.level, areas[area]!.id, column.indicator, column.period)
      const remembered = cell.status === 'missing' ? this.#remember(id) : undefined
      const printedElsewhere = external.get(column)?.get(area) ?? remembered
      if (cell.status === 'missing' && printedElsewhere === undefined) return
      const value = cell.status === 'observed' ? cell.value : printedElsewhere
      const primary = primaries.get(column)?.get(area)
      const sketch: Sketch = {
        id,
        value,
        lower: this.#bounds.lower.get(column)?.get(area) ?? 0,
        upper: Math.max(this.#bounds.upper.get(column)?.get(area) ?? Infinity, value ?? 0),
        state: isKnown && primary === undefined ? cellState.known : cellState.closed,
        weight: weights[area]!,
        rule: primary === 'free' ? undefined : primary,
        column: index,
        area,
        ...(remembered !== undefined && { isRemembered: true }),
      }
      if (value === undefined) {
        sketch.state = cellState.closed
        // What was summed up here is secret only because of its parts.
        if (column.summedFrom === undefined) importCell(sketch, column.rules)
      } else {
        if (isShown && isSuppressible(column) && primary === undefined) sketch.state = cellState.open
        if (isShown && isRounded && primary === undefined) roundCell(sketch, value, column.rules)
      }
      this.#askLedger(sketch)
      if (value !== undefined && printedElsewhere === value) sketch.state = cellState.known
      positions[area] = this.#add(sketch)
    })
    this.#positions.push(positions)
  }

  /** What an earlier edition printed of a figure that is not delivered any more: readers have it. */
  #remember (id: string): number | undefined {
    return this.#input.ledger.findLedgerCells(id).findLast(({ status }) => status === 'printed')?.value
  }

  #askLedger (sketch: Sketch): void {
    const { findLedgerCells, hashValue } = this.#input.ledger
    const entries = findLedgerCells(sketch.id)
    if (entries.length === 0) return
    const hash = hashValue(sketch.id, sketch.value ?? null)
    const same = entries.filter(entry => mayBeUnrevised(entry, hash))
    sketch.isUnrevised = same.length > 0
    sketch.wasSecret = entries.some(entry => entry.status === 'suppressed' && entry.hash !== hash)
    const revised = entries.findLast(entry => entry.status === 'printed' && entry.hash !== hash)?.value
    if (revised !== undefined) sketch.revised = revised
    if (same.some(({ status }) => status === 'printed')) sketch.state = cellState.known
    else if (same.at(-1)?.status === 'suppressed' && sketch.isRounded) this.#closeRounded(sketch)
    else if (same.at(-1)?.status === 'suppressed' && sketch.state === cellState.open) sketch.state = cellState.closed
  }

  /** Rounding would say more than the dot of an earlier edition, which only knows exact numbers. */
  #closeRounded (sketch: Sketch): void {
    const { rules } = this.#columns[sketch.column]!
    Object.assign(sketch, { state: cellState.closed, lower: 0, upper: Infinity, isRounded: false, rule: countRule(sketch.value!, rules) })
  }

  #add (sketch: Sketch): number {
    this.#cells.push(sketch)
    return this.#cells.length - 1
  }

  /** A cell that is no figure of the atlas and is never printed. */
  #addHidden (id: string, value: number | undefined, rule?: Primary, upper = Infinity): number {
    return this.#add({ id, value, lower: 0, upper, state: cellState.closed, weight: 1, rule, column: -1, area: -1 })
  }

  #positionOf (column: FigureColumn, area: number): number {
    return this.#positions[this.#columnIndexes.get(column)!]![area]!
  }

  #areaId (column: FigureColumn, area: number): string {
    return this.#input.levels.find(({ id }) => id === column.level)!.areas[area]!.id
  }

  #addTree (relation: TreeRelation): Conflict | undefined {
    const { parent, child, parentOf } = relation
    const members: number[][] = parent.cells.map(() => [])
    parentOf.forEach((area, index) => members[area]?.push(index))
    const unequal: Array<{ readonly area: number, readonly terms: readonly number[], readonly rest: number }> = []
    members.forEach((areas, area) => {
      const total = this.#positionOf(parent, area)
      if (total === -1 || (areas.length === 0 && isOpen(relation, area))) return
      const expanded = this.#expand(child, areas)
      const terms = this.#fitting(total, expanded.terms)
      const isComplete = expanded.isComplete && terms.length === expanded.terms.length
      const rest = this.#restOf(total, terms)
      const mayExceed = !isComplete || (relation.isUnion !== true && child.unassigned.length > 0) || parent.summedFrom !== undefined || isOpen(relation, area)
      if (rest !== undefined && (rest < 0 || (rest > 0 && !mayExceed))) unequal.push({ area, terms, rest })
      else this.#addRemainder(relation, area, total, terms, rest, isComplete)
    })
    return unequal.length === 0 ? undefined : this.#refuseTree(relation, unequal)
  }

  /** Areas without a figure of their own are as good as the figures below them. */
  #expand (column: FigureColumn, areas: readonly number[]): { terms: number[], isComplete: boolean } {
    const terms: number[] = []
    let isComplete = true
    for (const area of areas) {
      const position = this.#positionOf(column, area)
      if (position !== -1) {
        terms.push(position)
        continue
      }
      isComplete = false
      const below = this.#relations.find((relation): relation is TreeRelation => relation.kind === 'tree' && relation.parent === column)
      if (below) terms.push(...this.#expand(below.child, below.parentOf.flatMap((parent, index) => parent === area ? [index] : [])).terms)
    }
    return { terms, isComplete }
  }

  /** Without those that are only remembered, if they are more than the total has: then it is not made of them any more. */
  #fitting (total: number, terms: number[]): number[] {
    return (this.#restOf(total, terms) ?? 0) < 0 ? terms.filter(term => this.#cells[term]!.isRemembered !== true) : terms
  }

  /** What a total has beyond the terms; `undefined` where some of it is not known. */
  #restOf (total: number, terms: readonly number[]): number | undefined {
    let rest = this.#cells[total]!.value
    for (const term of terms) {
      const { value } = this.#cells[term]!
      rest = rest === undefined || value === undefined ? undefined : rest - value
    }
    return rest
  }

  /** The equation of one parent, with a hidden cell for those who live in no area. */
  #addRemainder (relation: TreeRelation, area: number, total: number, terms: readonly number[], rest: number | undefined, isComplete: boolean): void {
    const { parent, child } = relation
    const isUnion = relation.isUnion === true
    const isWhole = parent.cells.length === 1 && !isUnion && !isOpen(relation, area)
    const unassigned = isWhole ? child.unassigned : []
    const delivered = unassigned.every(cell => cell.status === 'observed') ? unassigned.reduce((sum, { value }) => sum + value, 0) : undefined
    const isExact = isComplete && !isOpen(relation, area) && (isUnion || isWhole || child.unassigned.length === 0 || parent.summedFrom === child.level)
    const value = rest ?? (isExact ? delivered : undefined)
    if (value === 0 && isComplete) return this.#addEquation(relation, total, terms)
    const rules = stricterRules(parent.rules, child.rules)
    const hidden = this.#addHidden(
      cellId(`${parent.level}~${child.level}`, this.#areaId(parent, area), parent.indicator, parent.period),
      value, value === undefined ? undefined : restRule(value, rules),
    )
    if (value === undefined && unassigned.length === 1 && isComplete) importCell(this.#cells[hidden]!, child.rules)
    this.#addEquation(relation, total, [...terms, hidden])
  }

  /** `total − Σ terms = 0`. */
  #addEquation (relation: Relation, total: number, terms: readonly number[], coefficients: readonly number[] = terms.map(() => 1)): void {
    if (terms.length === 0) return
    this.#equations.push({ cells: [total, ...terms], coefficients: [1, ...coefficients.map(coefficient => -coefficient)], relation })
  }

  #refuseTree (relation: TreeRelation, unequal: ReadonlyArray<{ readonly area: number, readonly terms: readonly number[], readonly rest: number }>): Conflict {
    const { parent, child, declared } = relation
    // Boundaries were only a guess; and of two systems that were summed to one, deriving has spoken already.
    if (!declared || parent.summedFrom !== undefined) return { without: [relation], problems: [] }
    const { area, terms, rest } = unequal[0]!
    return {
      without: 'everything',
      problems: [problem('structure-parts-differ', this.#input.place, {
        indicator: parent.indicator,
        period: parent.period,
        count: unequal.length,
        direction: rest < 0 ? smaller : larger,
        total: `${parent.level}/${this.#areaId(parent, area)}`,
        parts: this.#name(terms, child.level),
      })],
    }
  }

  /** `sozialraum/01 + sozialraum/02 + …`, the first few of them. */
  #name (terms: readonly number[], otherwise: string): string {
    const names = terms.map(term => {
      const { column, area, id } = this.#cells[term]!
      return column === -1 ? id : `${this.#columns[column]!.level}/${this.#areaId(this.#columns[column]!, area)}`
    })
    const shown = names.slice(0, namedTerms).join(' + ')
    return names.length === 0 ? otherwise : names.length > namedTerms ? `${shown} + … (+${names.length - namedTerms})` : shown
  }

  #addOverlap (relation: OverlapRelation): Conflict | undefined {
    const { first, second, shared } = relation
    let overlay = this.#mapOverlap(relation, shared.filter(pair => !isSliver(pair)), false)
    // Somebody may live in a sliver after all, or be assigned in one system only.
    if (overlay.flow === null) overlay = this.#mapOverlap(relation, shared, false)
    if (overlay.flow === null) overlay = this.#mapOverlap(relation, shared, true)
    if (overlay.flow === null) {
      return {
        without: [relation],
        problems: [problem('structure-overlap-differs', this.#input.place, { first: first.level, second: second.level, indicator: first.indicator, period: first.period })],
      }
    }
    this.#addAtoms(relation, overlay)
    return undefined
  }

  /**
   * The two sides of an overlap as a transport; areas that reach beyond the other side have a part outside.
   *
   * @param withUnassigned whether cases without an area on the one side may live in any area of the other
   */
  #mapOverlap ({ first, second }: OverlapRelation, pairs: readonly Shared[], withUnassigned: boolean): Overlay {
    const coverage = [new Float64Array(first.cells.length), new Float64Array(second.cells.length)] as const
    for (const pair of pairs) {
      coverage[0][pair.first]! += pair.ofFirst
      coverage[1][pair.second]! += pair.ofSecond
    }
    // What is only remembered need not fit what is delivered.
    const isDelivered = (cell: number) => this.#cells[cell]?.isRemembered !== true
    const cellsOf = (column: FigureColumn, side: 0 | 1) => column.cells.map((_, area) => {
      const cell = coverage[side][area]! > 0 ? this.#positionOf(column, area) : -1
      return isDelivered(cell) ? cell : -1
    })
    const [rows, columns] = [cellsOf(first, 0), cellsOf(second, 1)]
    const outside = (side: 0 | 1, cells: readonly number[], other: FigureColumn) => cells.flatMap((cell, area) =>
      cell !== -1 && (coverage[side][area]! < wholeFraction || (withUnassigned && other.unassigned.length > 0)) ? [area] : [])
    const [outsideRows, outsideColumns] = [outside(0, rows, second), outside(1, columns, first)]
    const arcs = [
      ...pairs.filter(pair => rows[pair.first] !== -1 || columns[pair.second] !== -1).map(pair => ({ row: pair.first, column: pair.second, share: pair.ofFirst })),
      ...outsideRows.map(row => ({ row, column: columns.length, share: 1 - coverage[0][row]! })),
      ...outsideColumns.map(column => ({ row: rows.length, column, share: 0 })),
    ]
    const isMissing = (cells: readonly number[], side: 0 | 1) => cells.some((cell, area) => coverage[side][area]! > 0 && (cell === -1 || this.#cells[cell]!.value === undefined))
    if (isMissing(rows, 0) || isMissing(columns, 1)) return { rows, columns, transport: { rows: [], columns: [], arcs }, flow: undefined }

    const valuesOf = (cells: readonly number[]) => cells.map(cell => cell === -1 ? 0 : this.#cells[cell]!.value!)
    const [rowValues, columnValues] = [valuesOf(rows), valuesOf(columns)]
    const isOpen = outsideRows.length + outsideColumns.length > 0
    const transport: Transport = {
      rows: isOpen ? [...rowValues, sum(columnValues)] : rowValues,
      columns: isOpen ? [...columnValues, sum(rowValues)] : columnValues,
      arcs: isOpen ? [...arcs, { row: rows.length, column: columns.length, share: 0 }] : arcs,
    }
    return { rows, columns, transport, flow: findFlow(transport) ?? null }
  }

  /** An area that lies in one other only is its own atom. */
  #addAtoms (relation: OverlapRelation, { rows, columns, transport, flow }: Overlay): void {
    const { first, second } = relation
    const rules = stricterRules(first.rules, second.rules)
    const arcs = transport.arcs.filter(({ row, column }) => row < rows.length || column < columns.length)
    const degree = (side: 'row' | 'column') => arcs.reduce((counts, arc) => counts.set(arc[side], (counts.get(arc[side]) ?? 0) + 1), new Map<number, number>())
    const [rowDegree, columnDegree] = [degree('row'), degree('column')]
    const rowTerms: number[][] = rows.map(() => [])
    const columnTerms: number[][] = columns.map(() => [])
    arcs.forEach(({ row, column }, arc) => {
      const [from, to] = [rows[row] ?? -1, columns[column] ?? -1]
      const isRow = from !== -1 && rowDegree.get(row) === 1
      const isColumn = to !== -1 && columnDegree.get(column) === 1
      const names = [row < rows.length ? this.#areaId(first, row) : '', column < columns.length ? this.#areaId(second, column) : '']
      const value = flow?.[arc]
      const atom = isRow
        ? from
        : isColumn ? to : this.#addHidden(cellId(`${first.level}~${second.level}`, names.join('~'), first.indicator, first.period), value, this.#atomRule(transport, flow, arc, rules))
      if (from !== -1 && !isRow) rowTerms[row]!.push(atom)
      if (to !== -1 && (isRow || !isColumn)) columnTerms[column]!.push(atom)
    })
    rowTerms.forEach((terms, row) => this.#addEquation(relation, rows[row]!, terms))
    columnTerms.forEach((terms, column) => this.#addEquation(relation, columns[column]!, terms))
  }

  /** Few people in an intersection are a secret where the printed areas tell that they are few. */
  #atomRule (transport: Transport, flow: readonly number[] | null | undefined, arc: number, rules: Rules): Primary | undefined {
    const rule = flow ? restRule(flow[arc]!, rules) : undefined
    if (!rule) return undefined
    const [lowest, highest] = rangeOfAtom(transport, flow!, arc, rules.minimumCount)
    return lowest >= 1 && highest < rules.minimumCount ? rule : undefined
  }

  #addSum (relation: SumRelation): Conflict | undefined {
    const { total, parts, coefficients, absent = [] } = relation
    const unequal: Array<{ readonly area: number, readonly rest: number }> = []
    total.cells.forEach((_, area) => {
      const sum = this.#positionOf(total, area)
      if (sum === -1) return
      const positions = [...parts.map(part => this.#positionOf(part, area)), ...absent.map(indicator => this.#addRemembered(total, area, indicator))]
      const given = positions.flatMap((position, index) => position === -1 ? [] : [{ position, coefficient: coefficients[index] ?? 1 }])
      const fitting = this.#fitting(sum, given.map(({ position }) => position))
      const present = coefficients.includes(-1) ? given : given.filter(({ position }) => fitting.includes(position))
      const isComplete = present.length === positions.length
      if (!isComplete && coefficients.includes(-1)) return
      const values = [this.#cells[sum]!, ...present.map(({ position }) => this.#cells[position]!)].map(({ value }) => value)
      const rest = values.includes(undefined)
        ? undefined
        : values[0]! - present.reduce((all, { coefficient }, index) => all + coefficient * values[index + 1]!, 0)
      if (rest !== undefined && (rest < 0 || (rest > 0 && isComplete))) {
        unequal.push({ area, rest })
        return
      }
      const terms = present.map(({ position }) => position)
      const signs = present.map(({ coefficient }) => coefficient)
      if (isComplete) return this.#addEquation(relation, sum, terms, signs)
      const rules = parts.map(({ rules }) => rules).reduce(stricterRules)
      const hidden = this.#addHidden(
        cellId(total.level, this.#areaId(total, area), `${total.indicator}~rest`, total.period),
        rest, rest === undefined ? undefined : restRule(rest, rules),
      )
      this.#addEquation(relation, sum, [...terms, hidden], [...signs, 1])
    })
    if (unequal.length === 0) return undefined
    if (relation.kind !== 'parts') return { without: [relation], problems: [] }
    const { area, rest } = unequal[0]!
    return {
      without: 'everything',
      problems: [problem('structure-sum-differs', this.#input.place, {
        indicator: total.indicator,
        period: total.period,
        parts: parts.map(({ indicator }) => indicator).join(' + '),
        area: `${total.level}/${this.#areaId(total, area)}`,
        count: unequal.length,
        direction: rest < 0 ? smaller : larger,
      })],
    }
  }

  /** A part that is not delivered any more, where readers have it from an earlier edition; else −1. */
  #addRemembered (total: FigureColumn, area: number, indicator: string): number {
    const id = cellId(total.level, this.#areaId(total, area), indicator, total.period)
    const value = this.#remember(id)
    if (value === undefined) return -1
    const cell = this.#addHidden(id, value)
    Object.assign(this.#cells[cell]!, { state: cellState.known, isRemembered: true })
    return cell
  }

  /** A window and its periods in every area in which they agree: elsewhere one of them was revised. */
  #addWindow (relation: WindowRelation): undefined {
    const { total, parts, gaps } = relation
    total.cells.forEach((_, area) => {
      const sum = this.#positionOf(total, area)
      if (sum === -1) return
      const positions = parts.map(part => this.#positionOf(part, area))
      const missing = [...parts.filter((_, index) => positions[index] === -1).map(({ period }) => period), ...gaps]
      const terms = positions.filter(position => position !== -1)
      const rest = this.#restOf(sum, terms)
      if (rest !== undefined && (rest < 0 || (rest > 0 && missing.length === 0))) return
      this.#addEquation(relation, sum, [...terms, ...missing.map(period => this.#gapOf(total, area, period))])
    })
  }

  #gapOf (column: FigureColumn, area: number, period: string): number {
    const id = cellId(column.level, this.#areaId(column, area), `${column.indicator}~rest`, period)
    const cell = this.#gaps.get(id) ?? this.#addHidden(id, undefined)
    const { rulesOfRest } = this.#cells[cell]!
    this.#cells[cell]!.rulesOfRest = rulesOfRest ? stricterRules(rulesOfRest, column.rules) : column.rules
    this.#gaps.set(id, cell)
    return cell
  }

  #addNumerators (relation: NumeratorRelation): undefined {
    const { share, parts, coefficients, sums } = relation
    for (const [area, { whole, primary }] of sums) {
      const terms = parts.map(part => this.#positionOf(part, area))
      const value = terms.reduce((sum, term, index) => sum + coefficients[index]! * this.#cells[term]!.value!, 0)
      const hidden = this.#addHidden(cellId(parts[0]!.level, this.#areaId(parts[0]!, area), `${share}~numerators`, parts[0]!.period), value, primary, whole)
      this.#addEquation(relation, hidden, terms, coefficients)
    }
  }

  /**
   * A figure that was printed, revised since, and an unrevised one beside it that is kept secret:
   * the equation of the earlier edition still gives that away. It is attacked with the others; what
   * else stood in it then is not known any more.
   */
  #addOlderVintages (): void {
    const isRevised = (cell: number) => this.#cells[cell]!.revised !== undefined
    const isSecret = (cell: number) => this.#cells[cell]!.isUnrevised === true && !isRevised(cell) && this.#cells[cell]!.state !== cellState.known
    const older = new Map<number, number>()
    const olderOf = (cell: number): number => {
      const { id, isUnrevised, revised, wasSecret, column } = this.#cells[cell]!
      if (revised === undefined && isUnrevised) return cell
      if (!older.has(cell)) {
        older.set(cell, this.#addHidden(`${id}~before`, revised))
        const before = this.#cells[older.get(cell)!]!
        if (revised !== undefined) before.state = cellState.known
        // It is a secret still, although there is another number in its place now.
        else if (wasSecret) before.rulesOfRest = this.#columns[column]!.rules
      }
      return older.get(cell)!
    }
    const originals = new Set(this.#equations)
    for (let found = true; found;) {
      found = false
      for (const equation of originals) {
        const { cells, coefficients } = equation
        const isTelling = (cells.some(isRevised) && cells.some(isSecret)) || cells.some(cell => older.has(cell) && !isRevised(cell))
        if (!isTelling) continue
        this.#equations.push({ cells: cells.map(olderOf), coefficients, relation: undefined })
        originals.delete(equation)
        found = true
      }
    }
  }

  /** Finds the values that are not delivered, and checks that all equations hold with them. */
  #complete (): Conflict | undefined {
    this.#deduce()
    for (const sketch of this.#cells) {
      if (sketch.rulesOfRest && sketch.value !== undefined) sketch.rule ??= restRule(sketch.value, sketch.rulesOfRest)
    }
    if (this.#cells.some(({ value }) => value === undefined)) {
      const conflict = this.#solve()
      if (conflict) return conflict
    }
    const wrong = this.#equations.filter(({ cells, coefficients }) => cells.reduce((sum, cell, index) => sum + coefficients[index]! * this.#cells[cell]!.value!, 0) !== 0)
    const impossible = this.#equations.filter(({ cells }) => cells.some(cell => this.#cells[cell]!.value! < 0))
    return wrong.length + impossible.length === 0 ? undefined : this.#blame([...wrong, ...impossible])
  }

  /** An equation with one unknown value gives that value. */
  #deduce (): void {
    const inEquations = new Set(this.#equations.flatMap(({ cells }) => cells))
    this.#cells.forEach((sketch, cell) => { if (!inEquations.has(cell)) sketch.value ??= sketch.lower })
    for (let found = true; found;) {
      found = false
      for (const { cells, coefficients } of this.#equations) {
        const unknown = cells.findIndex(cell => this.#cells[cell]!.value === undefined)
        if (unknown === -1 || cells.some((cell, index) => index !== unknown && this.#cells[cell]!.value === undefined)) continue
        const others = cells.reduce((sum, cell, index) => index === unknown ? sum : sum + coefficients[index]! * this.#cells[cell]!.value!, 0)
        this.#cells[cells[unknown]!]!.value = -others / coefficients[unknown]!
        found = true
      }
    }
  }

  /** First within what the publishers' minimum counts allow, then as any whole numbers. */
  #solve (): Conflict | undefined {
    const open = this.#cells.flatMap(({ value }, cell) => value === undefined ? [cell] : [])
    const indexOf = new Map(open.map((cell, index) => [cell, index]))
    const rows = this.#equations.filter(({ cells }) => cells.some(cell => indexOf.has(cell)))
    const equations = rows.map(({ cells, coefficients }) => {
      const terms = cells.map((cell, index) => ({ cell, coefficient: coefficients[index]! }))
      const unknown = terms.filter(({ cell }) => indexOf.has(cell))
      return {
        unknowns: unknown.map(({ cell }) => indexOf.get(cell)!),
        coefficients: unknown.map(({ coefficient }) => coefficient),
        constant: -terms.reduce((sum, { cell, coefficient }) => indexOf.has(cell) ? sum : sum + coefficient * this.#cells[cell]!.value!, 0),
      }
    })
    const bounds = open.map(cell => this.#cells[cell]!)
    const { findWholeNumbers } = this.#input
    const found = findWholeNumbers(bounds, equations) ??
      findWholeNumbers(bounds.map(({ imported, lower, upper }) => imported ? { lower: 0, upper: Infinity } : { lower, upper }), equations)
    if (!found) return this.#blame(rows)
    open.forEach((cell, index) => { this.#cells[cell]!.value = found[index]! })
    return undefined
  }

  /** Which of the equations that do not go together was the least certain. */
  #blame (equations: readonly SketchEquation[]): Conflict {
    // An edition that did not add up then tells nothing for certain now.
    if (equations.some(({ relation }) => relation === undefined)) {
      const { indicator, period } = this.#columns[0]!
      return { without: 'older', problems: [problem('structure-older-differs', this.#input.place, { indicator, period })] }
    }
    const relations = new Set(equations.flatMap(({ relation }) => relation ?? []))
    const overlaps = [...relations].filter(relation => relation.kind === 'overlap')
    if (overlaps.length > 0) {
      return {
        without: overlaps,
        problems: overlaps.map(({ first, second }) => problem('structure-overlap-differs', this.#input.place, {
          first: first.level, second: second.level, indicator: first.indicator, period: first.period,
        })),
      }
    }
    const guesses = [...relations].filter(relation => relation.kind === 'found' || relation.kind === 'window' || (relation.kind === 'tree' && (!relation.declared || relation.parent.summedFrom !== undefined)))
    if (guesses.length > 0) return { without: guesses, problems: [] }
    const [total, ...terms] = equations[0]!.cells
    const { column } = this.#cells[total!]!
    const { indicator, period } = this.#columns[Math.max(0, column)]!
    return {
      without: 'everything',
      problems: [problem('structure-contradiction', this.#input.place, { indicator, period, total: this.#name([total!], ''), parts: this.#name(terms, '') })],
    }
  }

  finish (): { drafted?: FigureBlock } {
    for (const sketch of this.#cells) settle(sketch)
    // What was secret once is to be attacked together with what is printed now, even if nothing is small any more.
    if (!this.#cells.some(({ rule, wasSecret }) => rule !== undefined || wasSecret)) return {}
    const { indicator, period } = this.#columns[0]!
    const equations = this.#equations.filter(({ cells }) => cells.some(cell => this.#cells[cell]!.state !== cellState.known))
    const block = compileBlock({
      id: `${indicator} ${period}`,
      cells: this.#cells.map(({ id, value, lower, upper, state, weight, rule }) => ({ id, value: value!, lower, upper, state, weight, ...(rule && { rule: rule.rule, required: rule.required }) })),
      equations,
    })
    this.#narrowImported(block)
    return {
      drafted: {
        block,
        columns: this.#columns,
        columnOf: Int32Array.from(this.#cells, ({ column }) => column),
        areaOf: Int32Array.from(this.#cells, ({ area }) => area),
      },
    }
  }

  /** The atlas must not tell more about a delivered `*` than the delivery itself; nor can it tell less. */
  #narrowImported (block: Block): void {
    const imported = this.#cells.flatMap(({ imported }, cell) => imported && block.rules[cell] === ruleNames.indexOf('imported') ? [cell] : [])
    for (const delivery of new Set(imported.flatMap(cell => this.#deliveriesOf(cell)))) {
      const { lower, upper } = propagateBounds(block, cell => block.states[cell] === cellState.known ||
        (this.#deliveriesOf(cell).includes(delivery) && this.#isDelivered(cell)))
      for (const cell of imported.filter(cell => this.#deliveriesOf(cell).includes(delivery))) {
        block.requiredLower[cell] = Math.max(block.requiredLower[cell]!, lower[cell]!)
        block.requiredUpper[cell] = Math.min(block.requiredUpper[cell]!, upper[cell]!)
      }
    }
  }

  #deliveriesOf (cell: number): readonly string[] {
    const column = this.#columns[this.#cells[cell]!.column]
    return column ? [...column.deliveries] : []
  }

  #isDelivered (cell: number): boolean {
    const { column, area } = this.#cells[cell]!
    return column !== -1 && this.#columns[column]!.cells[area]!.status === 'observed'
  }
}

/** Whether somebody may live in the parent who lives in none of its children. */
function isOpen ({ uncovered }: TreeRelation, area: number): boolean {
  return uncovered?.has(area) === true
}

/** Two area systems as a transport from the areas of the one (rows) to those of the other (columns). */
interface Overlay {
  /** Cells of the areas; −1 where there is no figure. */
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly transport: Transport
  /** Whole numbers of the atoms; `undefined` where some area is not known, `null` where no numbers fit. */
  readonly flow: readonly number[] | undefined | null
}

/** Less of an area than this within the other system: the rest lies outside. */
const wholeFraction = 0.995

/** So many terms show which equation is meant. */
const namedTerms = 4

const smaller = { de: 'kleiner als', en: 'smaller than' }
const larger = { de: 'größer als', en: 'larger than' }

function importCell (sketch: Sketch, rules: Rules): void {
  // A publisher without a minimum count who suppresses had a reason; three is the smallest in use.
  sketch.imported = { ...rules, minimumCount: Math.max(rules.minimumCount, 3) }
  sketch.lower = 1
  sketch.upper = Math.min(sketch.upper, sketch.imported.minimumCount - 1)
}

/** What is not printed itself is kept as well as what is printed beside it. */
function restRule (value: number, rules: Rules): Primary | undefined {
  return rules.method === 'round5' ? roundedRule(value, rules) : countRule(value, rules)
}

/** A count that is printed as a multiple of five is known to two more or less. */
function roundCell (sketch: Sketch, value: number, rules: Rules): void {
  const { state, lower, upper, rule } = roundedCell(value, rules)
  Object.assign(sketch, { state, lower, upper, isRounded: true, rule })
}

/** Bounds and required range follow the stand-in for a value that was not delivered. */
function settle (sketch: Sketch): void {
  const value = sketch.value!
  if (sketch.imported) {
    sketch.rule = importedRule(sketch.imported, value)
    if (value < sketch.lower || value > sketch.upper) Object.assign(sketch, { lower: 0, upper: Infinity })
  }
  if (sketch.rule) {
    const [lower, upper] = sketch.rule.required
    sketch.rule = { ...sketch.rule, required: [Math.min(lower, value), Math.max(upper, value)] }
  }
  sketch.lower = Math.min(sketch.lower, value)
  sketch.upper = Math.max(sketch.upper, value)
}

function sum (numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0)
}
