import type { Cell } from '../core/cell.ts'
import type { View } from '../core/view.ts'
import type { Bootstrap, BootstrapIndicator } from '../render/bootstrap.ts'
import type { ValuesJson } from '../render/values-json.ts'
import type { TownFacts, ViewFacts } from '../render/view-parts.ts'
import { missing, observed, suppressed } from '../core/cell.ts'
import { areaLook, chooseClasses, classColours } from '../render/view-parts.ts'

/** The cells of one period of a values file, in area order; `undefined` where it has no such period. */
export function cellsOf (values: ValuesJson, period: string): Cell[] | undefined {
  const row = values.periods.indexOf(period)
  return row === -1 ? undefined : values.areas.map((_, area) => cellOf(values, row, area))
}

function cellOf ({ status, values, reason, flag }: ValuesJson, row: number, area: number): Cell {
  switch (status[row]![area]!) {
    case 'o': return observed(values[row]![area]!, flag[row]![area] ?? undefined)
    case 's': return suppressed
    case 'm': return missing(reason[row]![area] ?? 'not-delivered')
  }
}

/** An indicator as the page knows it; its texts are in the page's language already. */
export interface ShownIndicator extends Pick<BootstrapIndicator, 'id' | 'kind'> {
  readonly facts: ViewFacts['indicator']
}

export function getIndicator (bootstrap: Bootstrap, id: string): ShownIndicator {
  const found = bootstrap.indicators.find(indicator => indicator.id === id)
  if (!found) throw new RangeError(`unknown indicator: ${id}`)
  const { label, unit, decimals, signed, palette, kind } = found
  return { id, kind, facts: { label: { de: label, en: label }, unit: { de: unit, en: unit }, decimals, signed, palette } }
}

/**
 * What the page says about a view, from the values file of its level and of the town; the same
 * facts from which the server made the page.
 *
 * @param names of the areas, in the order of the values file
 * @throws RangeError where the file has no such period
 */
export function toFacts (bootstrap: Bootstrap, view: View, names: readonly string[], values: ValuesJson, townValues: ValuesJson | undefined): ViewFacts {
  const cells = cellsOf(values, view.period)
  const level = bootstrap.levels.find(({ id }) => id === values.level)
  if (!cells || !level) throw new RangeError(`no values for ${view.period} on ${values.level}`)
  return {
    language: bootstrap.language,
    indicator: getIndicator(bootstrap, view.indicator).facts,
    period: view.period,
    level: level.label,
    levelPlural: level.labelPlural,
    areas: values.areas.map((id, i) => ({ id, name: names[i] ?? id })),
    cells,
    classes: chooseClasses({ method: values.method, breaks: values.breaks }, view.classes, () => values.values.flat().filter(value => value !== null)),
    town: townFacts(bootstrap, view, values, townValues),
  }
}

/** Whether the town has values of an indicator on a level of its own, to compare with. */
export function hasTown ({ reference, level, indicators }: Bootstrap, indicator: string): boolean {
  return reference !== null && reference.level !== level &&
    indicators.some(({ id, levels }) => id === indicator && levels[reference.level] !== undefined)
}

function townFacts ({ reference }: Bootstrap, { period }: View, { level }: ValuesJson, townValues: ValuesJson | undefined): TownFacts | null {
  const cell = townValues && cellsOf(townValues, period)?.[0]
  return reference && cell && reference.level !== level ? { label: reference.label, name: reference.name, cell } : null
}

/** Class index per area for the map: -1 suppressed, -2 missing. */
export function classIndexes (facts: ViewFacts): number[] {
  const colours = classColours(facts)
  return facts.cells.map(cell => {
    if (cell.status === 'suppressed') return -1
    const found = /^area c(\d+)$/.exec(areaLook(cell, facts.classes.breaks, colours).className)
    return found ? Number(found[1]) : -2
  })
}
