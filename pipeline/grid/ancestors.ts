import type { Level } from '../../core/area.ts'

/** A level above another one, and where each area of the lower one lies in it. */
export interface Ancestor {
  readonly level: Level
  /** Number of the area of `level` that contains area i of the lower level; -1 where none does. */
  readonly parents: readonly number[]
}

/** The levels above, nearest first. */
export function listAncestors (level: Level, levels: readonly Level[]): Ancestor[] {
  const ancestors: Ancestor[] = []
  let below = level
  let parents: readonly number[] = level.areas.map((_, i) => i)
  for (;;) {
    const above = levels.find(({ id }) => id === below.parent)
    if (!above || above === level || ancestors.some(ancestor => ancestor.level === above)) return ancestors
    const numbers = new Map(above.areas.map(({ id }, i) => [id, i]))
    const areas = below.areas
    parents = parents.map(area => area === -1 ? -1 : numbers.get(areas[area]!.parentId ?? '') ?? -1)
    ancestors.push({ level: above, parents })
    below = above
  }
}
