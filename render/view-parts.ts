import type { Area } from '../core/area.ts'
import type { Cell } from '../core/cell.ts'
import type { Classes, ClassMethod, Language } from '../core/edition.ts'
import type { Indicator } from '../core/indicator.ts'
import type { ClassChoice } from '../core/view.ts'
import { classBreaks, classCounts, classIndex } from '../core/classify.ts'
import { localise } from '../core/edition.ts'
import { formatNumber, formatValue } from '../core/number.ts'
import { getClassColours, maximumClassCount } from '../core/palette.ts'
import { printedValues, summariseCells } from '../core/statistics.ts'
import { cellRemark, cellSign, formatTitle, getTexts } from '../core/text.ts'

/**
 * What a view says, apart from how it is drawn: title, sentence, map key, table rows.
 *
 * Server and browser use the same functions, so that a page says the same before and after a
 * switch of indicator or period. No Node, no DOM, no edition: only the cells that are shown.
 */
export interface ViewFacts {
  readonly language: Language
  readonly indicator: Pick<Indicator, 'label' | 'unit' | 'decimals' | 'signed' | 'palette'>
  readonly period: string
  readonly level: string
  readonly levelPlural: string
  readonly areas: ReadonlyArray<Pick<Area, 'id' | 'name'>>
  /** One per area, in the same order. */
  readonly cells: readonly Cell[]
  readonly classes: Classes
  /** The whole town in the same period, where the edition has it on another level. */
  readonly town: TownFacts | null
}

export interface TownFacts {
  /** Label of the reference level, `Stadt`. */
  readonly label: string
  readonly name: string
  readonly cell: Cell
}

/** One line of the map key. `colour` is null where the look is a hatch or a grey that never changes. */
export interface KeyEntry {
  /** Index of the class, or what the look says. */
  readonly look: number | 'suppressed' | 'missing'
  readonly colour: string | null
  readonly label: string
  readonly count: number
  /** Whether the town's value lies in this class. */
  readonly hasTown: boolean
}

export interface TableRow {
  /** Index of the area within its level. */
  readonly index: number
  readonly id: string
  readonly name: string
  readonly status: Cell['status']
  /** The number without its unit, or the sign that stands for it. */
  readonly text: string
  /** To sort by; only where a value is printed. */
  readonly value: number | null
  /** From 1; only where a value is printed. */
  readonly classNumber: number | null
  readonly remark: string
}

/** How an area looks: the class attribute and, for a class of values, its colour. */
export interface AreaLook {
  readonly className: string
  readonly colour: string | null
}

/** `SGB-II-Quote am 31.12.2024` */
export function viewTitle ({ indicator, period, language }: Pick<ViewFacts, 'indicator' | 'period' | 'language'>): string {
  return formatTitle(localise(indicator.label, language), period, language)
}

/** The sentence under the title; from printed cells only. */
export function viewSentence (facts: ViewFacts): string {
  const { areas, cells, indicator, language, town } = facts
  const texts = getTexts(language)
  const summary = summariseCells(cells)
  const say = (cell: Cell) => cell.status === 'observed' ? formatValue(cell.value, indicator, language) : cellRemark(cell, texts)
  const named = (extreme: typeof summary.highest) => extreme && {
    areas: extreme.indices.map(i => areas[i]!.name),
    value: formatValue(extreme.value, indicator, language),
  }
  return texts.summary({
    ...summary,
    counted: count => formatNumber(count, { decimals: 0, language }),
    levelPlural: facts.levelPlural,
    town: town && { label: town.label, value: say(town.cell) },
    highest: named(summary.highest),
    lowest: named(summary.lowest),
    only: areas.length === 1 ? { area: areas[0]!.name, value: say(cells[0]!) } : null,
  })
}

/**
 * The classes a view is drawn with: the edition's, or those the reader chose over the same printed
 * values of all periods. Bounds set by hand are widened where values lie beyond them.
 *
 * @param readPrinted gives the values of all periods, any order; asked only where they are needed, for they are many
 */
export function chooseClasses (stored: Classes, choice: ClassChoice | null, readPrinted: () => readonly number[]): Classes {
  if (choice === null) return stored.method === 'manual' ? widen(stored.breaks, readPrinted()) : stored
  if (choice.method === 'manual') return widen(choice.breaks, readPrinted())
  return { method: choice.method, breaks: classBreaks(readPrinted(), choice.method, choice.count) }
}

function widen (bounds: readonly number[], printed: readonly number[]): Classes {
  if (printed.length === 0 || bounds.length === 0) return { method: 'manual', breaks: [] }
  const [least, greatest] = [printed.reduce((a, b) => Math.min(a, b)), printed.reduce((a, b) => Math.max(a, b))]
  const [first, last] = [bounds[0]!, bounds.at(-1)!]
  const breaks = [...(least < first ? [least] : []), ...bounds, ...(greatest > last ? [greatest] : [])]
  return { method: 'manual', breaks: breaks.length === 1 ? [first, first] : breaks }
}

/** Colours of the classes, lowest first. */
export function classColours ({ indicator, classes }: Pick<ViewFacts, 'indicator' | 'classes'>): string[] {
  const { breaks } = classes
  // More classes than a ramp can carry share the colour of the last one that it has.
  const shown = breaks.slice(0, maximumClassCount + 1)
  const colours = getClassColours(indicator.palette, shown)
  return breaks.slice(1).map((_, i) => colours[Math.min(i, colours.length - 1)]!)
}

/** Classes from the lowest to the highest, then, where they occur, suppressed and missing areas. */
export function keyEntries (facts: ViewFacts): KeyEntry[] {
  const { cells, classes: { breaks }, language, town } = facts
  const texts = getTexts(language)
  const colours = classColours(facts)
  const counts = classCounts(printedValues(cells), breaks)
  const townClass = town?.cell.status === 'observed' ? classIndex(town.cell.value, breaks) : -1
  const labels = classLabels(facts)
  const count = (status: Cell['status']) => cells.filter(cell => cell.status === status).length
  const entries: KeyEntry[] = colours.map((colour, i) => (
    { look: i, colour, label: labels[i]!, count: counts[i]!, hasTown: i === townClass }))
  const rest: KeyEntry[] = [
    { look: 'suppressed', colour: null, label: texts.map.suppressed, count: count('suppressed'), hasTown: false },
    { look: 'missing', colour: null, label: texts.map.missing, count: count('missing'), hasTown: false },
  ]
  return [...entries, ...rest.filter(({ count }) => count > 0)]
}

/** `von … bis unter …`; the last class is closed; a class of one value is that value. */
export function classLabels ({ classes: { method, breaks }, indicator, language }: Pick<ViewFacts, 'classes' | 'indicator' | 'language'>): string[] {
  const texts = getTexts(language)
  const decimals = boundDecimals(breaks, indicator.decimals)
  const write = (bound: number) => formatNumber(bound, { decimals, language, signed: indicator.signed })
  return breaks.slice(1).map((upper, i) => {
    const isLast = i === breaks.length - 2
    const lower = breaks[i]!
    if (method === 'unique') return write(lower)
    return texts.map.classLabel({ lower: write(lower), upper: write(upper), isLast, isSingle: lower === upper })
  })
}

/** Rows in area order. */
export function tableRows (facts: ViewFacts): TableRow[] {
  return facts.areas.map((area, index) => ({ index, id: area.id, name: area.name, ...tableCell(facts.cells[index]!, facts) }))
}

/** What one cell says in a table; also for the town's row. */
export function tableCell (cell: Cell, { classes, indicator, language }: Pick<ViewFacts, 'classes' | 'indicator' | 'language'>): Omit<TableRow, 'index' | 'id' | 'name'> {
  const texts = getTexts(language)
  const { decimals, signed } = indicator
  const print = (value: number) => formatNumber(value, { decimals, language, signed })
  const place = cell.status === 'observed' ? classIndex(cell.value, classes.breaks) : -1
  return {
    status: cell.status,
    text: cell.status === 'observed' && cell.value === 0 && cell.flag !== 'estimated' ? print(0) : cellSign(cell, texts, print),
    value: cell.status === 'observed' ? cell.value : null,
    classNumber: place === -1 ? null : place + 1,
    remark: cellRemark(cell, texts),
  }
}

/** How an area is filled. Suppressed and missing have their own look, never that of a low value. */
export function areaLook (cell: Cell, breaks: readonly number[], colours: readonly string[]): AreaLook {
  if (cell.status !== 'observed') return { className: `area ${cell.status}`, colour: null }
  const index = classIndex(cell.value, breaks)
  return index === -1 ? { className: 'area missing', colour: null } : { className: `area c${index}`, colour: colours[index]! }
}

/** `Nordertor: 12,5 %`, `Nordertor: gesperrt` */
export function areaText (name: string, cell: Cell, { indicator, language }: Pick<ViewFacts, 'indicator' | 'language'>): string {
  const remark = cellRemark(cell, getTexts(language))
  if (cell.status !== 'observed') return `${name}: ${remark}`
  return `${name}: ${formatValue(cell.value, indicator, language)}${remark === '' ? '' : ` (${remark})`}`
}

/** The method behind the classes in words, for the line below the map key. */
export function methodText (method: ClassMethod, language: Language): string {
  return getTexts(language).methods[method]
}

/** As many digits as the bounds have, but not many more than the values are printed with. */
function boundDecimals (breaks: readonly number[], decimals: number): number {
  const digits = breaks.map(bound => (String(Math.abs(bound)).split('.')[1] ?? '').length)
  return Math.min(Math.max(0, ...digits), decimals + 1)
}
