import type { Localised } from '../../core/area.ts'
import type { Edition } from '../../core/edition.ts'
import { findIndicator } from '../../core/edition.ts'
import { formatPlainNumber } from '../../core/number.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { listSome } from '../facts.ts'
import { groupBy } from '../../core/group-by.ts'
import type { DefinitionPart } from '../../core/compare/definition.ts'
import type { CellsDifference, Difference } from '../../core/compare/differences.ts'

/** Differences as notes and warnings: a new period in one line for all its indicators, re-stated figures with the largest change. */
export function tellDifferences (differences: readonly Difference[], before: Edition, after: Edition, place: Place): Problem[] {
  const nameOf = (id: string) => (findIndicator(after, id) ?? findIndicator(before, id))?.label.de ?? id
  // Another sign alone is read in the comparison; here figures count.
  const cells = differences.filter(difference => difference.kind === 'cells').filter(({ appeared, changed, vanished }) => appeared + changed + vanished > 0)
  return [
    ...differences.flatMap(difference => tellOne(difference, nameOf, place)),
    ...tellPeriods(differences, nameOf, place),
    ...[...groupBy(cells, ({ indicator, period }) => JSON.stringify([indicator, period])).values()].map(group => tellCells(group, nameOf, place)),
  ]
}

/** What must not happen without a word: a changed definition and a re-cut, each with the lines to add. */
export function missingNotes (differences: readonly Difference[], place: Place): Problem[] {
  return differences.flatMap((difference): Problem[] => {
    if (difference.kind === 'definition' && !difference.isNoted) {
      const { indicator, parts, from } = difference
      return [problem('update-definition-needs-note', place, { indicator, parts: nameParts(parts), from })]
    }
    if (difference.kind === 'recut' && !difference.isNoted) {
      const { level, appeared, vanished, moved } = difference
      return [problem('update-recut-needs-note', place, { level, appeared: listSome(orDash(appeared)), vanished: listSome(orDash(vanished)), moved: listSome(orDash(moved)) })]
    }
    return []
  })
}

function tellOne (difference: Difference, nameOf: (id: string) => string, place: Place): Problem[] {
  switch (difference.kind) {
    case 'level': return [problem(difference.change === 'new' ? 'update-level-new' : 'update-level-vanished', place, { level: difference.level })]
    case 'indicator': return [problem(difference.change === 'new' ? 'update-indicator-new' : 'update-indicator-vanished', place, { indicator: nameOf(difference.indicator) })]
    case 'recut': {
      const { level, appeared, vanished, moved, isNoted } = difference
      return isNoted ? [problem('update-recut', place, { level, appeared: listSome(orDash(appeared)), vanished: listSome(orDash(vanished)), moved: listSome(orDash(moved)) })] : []
    }
    case 'definition': return difference.isNoted ? [problem('update-definition', place, { indicator: nameOf(difference.indicator), parts: nameParts(difference.parts) })] : []
    case 'period': case 'cells': return []
  }
}

function tellPeriods (differences: readonly Difference[], nameOf: (id: string) => string, place: Place): Problem[] {
  const periods = differences.filter(difference => difference.kind === 'period')
  return [...groupBy(periods, ({ change, period }) => JSON.stringify([change, period])).values()].map(group => {
    const indicators = [...new Set(group.map(({ indicator }) => indicator))]
    return problem(group[0]!.change === 'new' ? 'update-period-new' : 'update-period-vanished', place, {
      period: group[0]!.period,
      indicators: indicators.length,
      names: listSome(indicators.map(nameOf), 4),
      levels: new Set(group.map(({ level }) => level)).size,
      cells: group.reduce((sum, { cells }) => sum + cells, 0),
    })
  })
}

function tellCells (group: readonly CellsDifference[], nameOf: (id: string) => string, place: Place): Problem {
  const { indicator, period } = group[0]!
  const sum = (count: 'appeared' | 'changed' | 'vanished') => group.reduce((total, cells) => total + cells[count], 0)
  const facts = { indicator: nameOf(indicator), period, appeared: sum('appeared'), changed: sum('changed'), vanished: sum('vanished') }
  const largest = group.filter(({ largest }) => largest !== null)
    .toSorted((a, b) => amount(b.largest!) - amount(a.largest!))[0]
  if (!largest) return problem('update-cells', place, facts)
  const { area, before, after } = largest.largest!
  return problem('update-cells-changed', place, { ...facts, area, level: largest.level, before: written(before), after: written(after) })
}

function amount ({ before, after }: { before: number, after: number }): number {
  return Math.abs(after - before)
}

function written (value: number): Localised {
  const short = Math.round(value * 100) / 100
  return { de: formatPlainNumber(short, 'de'), en: formatPlainNumber(short, 'en') }
}

function orDash (ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? ['–'] : ids
}

function nameParts (parts: readonly DefinitionPart[]): Localised {
  return { de: parts.map(part => partNames[part].de).join(', '), en: parts.map(part => partNames[part].en).join(', ') }
}

const partNames: Readonly<Record<DefinitionPart, { de: string, en: string }>> = {
  kind: { de: 'Art (kind)', en: 'kind' },
  definition: { de: 'Definition', en: 'definition' },
  formula: { de: 'Zähler oder Nenner', en: 'numerator or denominator' },
  factor: { de: 'Faktor', en: 'factor' },
  unit: { de: 'Einheit', en: 'unit' },
  source: { de: 'Quelle', en: 'source' },
}
