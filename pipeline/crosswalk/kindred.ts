import type { IndicatorEntry } from '../project-file/schema.ts'

/**
 * Counts that are sums of one another by `parts`, be it over a third one: of the whole and the other parts each of them can be worked out.
 *
 * @returns for the id of a count its whole kind, itself included
 */
export function findKindred (indicators: ReadonlyArray<Pick<IndicatorEntry, 'id' | 'parts'>>): (id: string) => ReadonlySet<string> {
  const kinds = new Map<string, ReadonlySet<string>>()
  const kindOf = (id: string) => kinds.get(id) ?? new Set([id])
  for (const { id, parts = [] } of indicators) {
    const kind = new Set([id, ...parts].flatMap(one => [...kindOf(one)]))
    for (const one of kind) kinds.set(one, kind)
  }
  return kindOf
}
