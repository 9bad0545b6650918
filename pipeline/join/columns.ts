import type { Localised } from '../../core/area.ts'
import { problem, type Problem, type Repair } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import { listOf } from '../project-file/list-of.ts'
import { yamlLine } from '../project-file/yaml-line.ts'
import { findColumn } from '../read/column.ts'
import type { JoinInput } from './input.ts'
import { foldSpelling } from './spelling.ts'

export interface ColumnIndexes {
  readonly area: number | undefined
  readonly period: number | undefined
  /** Indicator of each value column, wide tables. */
  readonly values: ReadonlyArray<{ readonly indicator: string, readonly index: number }>
  /** Long tables. */
  readonly long: { readonly indicator: number, readonly value: number } | undefined
}

/** Positions of the columns that the delivery names. One that was renamed since is said together with the line that mends it. */
export function locateColumns (input: JoinInput): { indexes: ColumnIndexes, problems: Problem[] } {
  const { delivery, table, filePeriod } = input
  const missing: Missing[] = []
  const problems: Problem[] = []
  const find = (rename: Rename, ...names: string[]): number => {
    const attempts = names.map(column => findColumn(table.columns, column, { file: table.file }))
    const found = attempts.find(attempt => 'index' in attempt) ?? attempts[0]!
    if ('index' in found) return found.index
    if (found.problem.code === 'read-ambiguous-column') problems.push(found.problem)
    else missing.push({ names, rename, problem: found.problem })
    return -1
  }
  const { area, period, indicator, value } = delivery
  const indexes = {
    area: area.column === undefined ? undefined : find(columnOf(delivery.id, 'area', area), area.column),
    period: filePeriod !== undefined || period?.column === undefined || table.rows[0]?.period !== undefined ? undefined : find(columnOf(delivery.id, 'period', period), period.column),
    values: Object.entries(delivery.columns ?? {}).map(([id, column]) => ({ indicator: id, index: find(valueColumn(delivery, id, listOf(column)), ...listOf(column)) })),
    long: indicator && value && {
      indicator: find(columnOf(delivery.id, 'indicator', indicator), indicator.column),
      value: find(columnOf(delivery.id, 'value', value), value.column),
    },
  }
  return { indexes, problems: [...problems, ...missing.map(one => explainMissing(one, missing, input))] }
}

/** How the project file would name another column instead. */
type Rename = (column: string) => { readonly repair: Repair, readonly yaml: string }

interface Missing {
  readonly names: readonly string[]
  readonly rename: Rename
  readonly problem: Problem
}

function columnOf (delivery: string, key: string, rule: object): Rename {
  return column => ({ repair: { path: ['deliveries', delivery, key, 'column'], value: column }, yaml: yamlLine(key, { ...rule, column }) })
}

/** A value column keeps its old name: the tables of the years before still have it. */
function valueColumn ({ id: delivery, columns }: JoinInput['delivery'], indicator: string, names: readonly string[]): Rename {
  return column => ({
    repair: { path: ['deliveries', delivery, 'columns', indicator], value: [...names, column] },
    yaml: yamlLine('columns', { ...columns, [indicator]: [...names, column] }),
  })
}

function explainMissing ({ names, rename, problem: missing }: Missing, all: readonly Missing[], input: JoinInput): Problem {
  const guess = guessColumn(names, all.length, input)
  if (guess === undefined) return missing
  const { delivery, table } = input
  const { repair, yaml } = rename(guess)
  const title: Localised = { de: delivery.title }
  return problem('join-renamed-column', { file: table.file }, {
    delivery: delivery.id, title, column: names[0]!, guess, found: quoteList(table.columns.filter(name => name !== '')), yaml,
  }, repair)
}

/** The column that took its place: nearly the same name, one name within the other, or the only one left over. */
function guessColumn (names: readonly string[], missing: number, { delivery, table }: JoinInput): string | undefined {
  const { area, period, columns, indicator, value } = delivery
  const claimed = new Set([area.column, period?.column, indicator?.column, value?.column, ...Object.values(columns ?? {}).flatMap(listOf)])
  const free = table.columns.filter(column => column.trim() !== '' && !claimed.has(column))
  const folded = names.map(foldSpelling)
  for (const name of names) {
    const attempt = findColumn(free, name, { file: table.file })
    if ('problem' in attempt && typeof attempt.problem.facts.guess === 'string') return attempt.problem.facts.guess
  }
  const within = free.filter(column => folded.some(name => foldSpelling(column).includes(name) || name.includes(foldSpelling(column))))
  if (within.length === 1) return within[0]
  return missing === 1 && free.length === 1 ? free[0] : undefined
}
