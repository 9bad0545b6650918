import { problem, type Problem } from '../../core/problem.ts'
import { periodFact, quoteList } from '../facts.ts'
import { groupBy } from '../../core/group-by.ts'
import { quotedKeys, type JoinLevel } from './input.ts'

/** The areas that have a row for a level and a period, in the order of the file. */
export interface TouchedAreas {
  readonly level: JoinLevel
  readonly period: string
  /** Indexes of areas. */
  readonly areas: ReadonlySet<number>
}

/**
 * Areas without a row, together for all periods that lack the same; a missing end is a file that was cut off.
 *
 * @param isClean no row has a key that nobody knows: else the missing ones may be among those
 */
export function missingRowProblems (touched: readonly TouchedAreas[], isClean: boolean, file: string, delivery: string): Problem[] {
  const gaps = touched.filter(({ level, areas }) => areas.size < level.areas.length)
  const groups = groupBy(gaps, ({ level, areas }) => `${level.id}|${[...areas].toSorted((a, b) => a - b).join()}`)
  return [...groups.values()].map(group => {
    const { level, areas } = group[0]!
    const periods = group.map(({ period }) => period)
    const ids = level.areas.filter((_, index) => !areas.has(index)).map(({ id }) => id)
    return problem(isClean && isCutOff(group[0]!) ? 'join-cut-off' : 'join-areas-without-row', { file }, {
      delivery,
      matched: areas.size,
      areas: level.areas.length,
      level: level.id,
      missing: ids.length,
      ...(periods.length === 1 && { period: periods[0]! }),
      periods: periods.join(', '),
      when: periodFact(...periods),
      first: ids[0]!,
      last: ids.at(-1)!,
      keys: quoteList(ids, quotedKeys),
    })
  })
}

/** One area at the end may be one that nobody lives in; two and more that the file would have named last are no chance. */
const shortestEnd = 2

/** Whether the rows follow the order of the areas and stop before the last. */
export function isCutOff ({ level, areas }: TouchedAreas): boolean {
  const order = [...areas]
  const isAscending = order.every((area, position) => position === 0 || area > order[position - 1]!)
  return isAscending && order.length > 1 && level.areas.length - order.length >= shortestEnd && order.at(-1) === order.length - 1
}
