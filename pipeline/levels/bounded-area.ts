import type { MultiPolygon } from '../../core/area.ts'

/** An area with its boundary, on the way from a layer to a level. */
export interface BoundedArea {
  readonly id: string
  readonly name: string
  readonly parentKey: string | undefined
  readonly shape: MultiPolygon
  /** Ids of the areas of another level that it consists of, where the project lists them. */
  readonly parts?: readonly string[]
}
