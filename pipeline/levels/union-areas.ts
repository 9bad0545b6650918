import { problem, type Problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import type { LevelEntry } from '../project-file/schema.ts'
import { dissolve } from '../tile/dissolve.ts'
import type { BoundedArea } from './bounded-area.ts'

/**
 * Areas that are unions of others, such as Fördergebiete. No part may belong to two of them: they would lie over each other.
 *
 * @param sources areas of the level they are made of
 */
export function unionAreas ({ id: level, boundaries }: LevelEntry, sources: readonly BoundedArea[], file: string): { areas: BoundedArea[], problems: Problem[] } {
  const problems: Problem[] = []
  const known = new Map(sources.map(source => [source.id, source]))
  const taken = new Map<string, string>()
  const areas = boundaries.areas!.map(({ id, name, parts }): BoundedArea => {
    const ids = parts.map(String)
    const unknown = ids.filter(part => !known.has(part))
    if (unknown.length > 0) problems.push(problem('crosswalk-unknown-parts', { file }, { area: id, level, of: boundaries.of!, parts: quoteList(unknown), examples: quoteList([...known.keys()], 3) }))
    for (const part of ids) {
      const other = taken.get(part)
      if (other !== undefined) problems.push(problem('crosswalk-part-twice', { file }, { part, first: other, second: id, level }))
      taken.set(part, id)
    }
    const shapes = ids.flatMap(part => known.get(part)?.shape ?? [])
    return { id, name, parentKey: undefined, shape: dissolve([shapes]), parts: ids }
  })
  return { areas, problems }
}
