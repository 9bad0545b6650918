import { problem, type Problem } from '../../core/problem.ts'
import { overlapArea } from '../check/overlap.ts'
import { yamlLine } from '../project-file/yaml-line.ts'
import type { LevelEntry } from '../project-file/schema.ts'
import { landArea } from '../ring.ts'
import type { BoundedArea } from './bounded-area.ts'

/** The outline of a town covers all its areas, give or take what two hands drew differently. */
const outlineFraction = 0.9

/** An area, and what stands in the key column of its first record. */
export interface RecordedArea extends BoundedArea {
  readonly records: readonly number[]
}

/**
 * An outline of the whole town among its areas, as many offices deliver it: it would overlap all of them. It can only be left out
 * by whoever knows the file, so it is an error that says how.
 *
 * @param textOf what the file says in the key column of a record
 */
export function findOutlineFeature (areas: readonly RecordedArea[], { id: level, boundaries }: LevelEntry, textOf: (record: number) => string): Problem[] {
  if (areas.length < 3) return []
  const land = areas.map(({ shape }) => landArea(shape))
  const largest = land.indexOf(Math.max(...land))
  const others = land.reduce((sum, surface) => sum + surface, 0) - land[largest]!
  // As large as all others: else it cannot cover them.
  if (land[largest]! < outlineFraction * others) return []
  const covered = areas.reduce((sum, { shape }, index) => index === largest ? sum : sum + overlapArea(areas[largest]!.shape, shape), 0)
  if (covered < outlineFraction * others) return []

  const { id, name, records } = areas[largest]!
  const column = boundaries.key!.column
  const known = boundaries.whereNot?.[column]
  const text = textOf(records[0]!)
  const whereNot = { ...boundaries.whereNot, [column]: known === undefined ? text : [...[known].flat().map(String), text] }
  return [problem(
    'crosswalk-outline-feature',
    { file: boundaries.file!, record: records[0]! },
    { key: id, name, level, others: areas.length - 1, yaml: yamlLine('whereNot', whereNot) },
  )]
}
