import { nearest } from '../../core/nearest.ts'
import type { TableDelivery } from '../project-file/schema.ts'
import { recogniseHead } from '../recognise/heads.ts'
import { trimBlanks } from '../read/number-text.ts'

/** How the heads of a new file meet those that a delivery reads. */
export interface HeadMatch {
  /** Value columns that are there, and that are not. */
  readonly found: number
  readonly wanted: number
  /** Heads that stand in the place of a missing one under another name. */
  readonly renamed: readonly RenamedHead[]
  readonly missing: ReadonlyArray<{ readonly indicator: string, readonly head: string }>
  /** Heads that the delivery does not read. */
  readonly left: readonly string[]
  /** Whether the columns that say area, period and indicator are there. */
  readonly isComplete: boolean
}

export interface RenamedHead { readonly indicator: string, readonly old: string, readonly head: string }

/** Holds the columns of a table against a delivery; every spelling that the project remembers counts. */
export function matchHeads (delivery: TableDelivery, columns: readonly string[]): HeadMatch {
  const heads = columns.map(trimBlanks)
  const frame = [delivery.area.column, delivery.period?.column, delivery.indicator?.column, delivery.value?.column].filter(head => head !== undefined)
  const wanted = Object.entries(delivery.columns ?? {}).map(([indicator, head]) => ({ indicator, heads: (typeof head === 'string' ? [head] : head).map(trimBlanks) }))
  const used = new Set([...frame.map(trimBlanks), ...wanted.flatMap(({ heads }) => heads)])
  const left = heads.filter(head => head !== '' && !used.has(head))
  const absent = wanted.filter(column => !column.heads.some(head => heads.includes(head)))
  const renamed = absent.flatMap(({ indicator, heads: old }): RenamedHead[] => {
    const head = findRenamed(old.at(-1)!, indicator, left)
    return head === undefined ? [] : [{ indicator, old: old.at(-1)!, head }]
  }).filter(({ head }, _, all) => all.filter(other => other.head === head).length === 1)
  return {
    found: wanted.length - absent.length,
    wanted: wanted.length,
    renamed,
    missing: absent.filter(({ indicator }) => !renamed.some(other => other.indicator === indicator)).map(({ indicator, heads }) => ({ indicator, head: heads.at(-1)! })),
    left: left.filter(head => !renamed.some(other => other.head === head)),
    isComplete: frame.every(head => heads.includes(trimBlanks(head))),
  }
}

/** The one head that says the same as the missing one: nearly the same letters, or the same indicator in other words. */
function findRenamed (old: string, indicator: string, left: readonly string[]): string | undefined {
  const close = nearest(old, left)
  if (close !== undefined) return close
  const same = left.filter(head => {
    const known = recogniseHead(head)?.id
    return known !== undefined && (known === indicator || known === recogniseHead(old)?.id)
  })
  return same.length === 1 ? same[0] : undefined
}
