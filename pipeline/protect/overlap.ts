import type { Geometry } from '../../core/area.ts'
import { indexBoxes } from '../check/box-index.ts'
import { overlapArea } from '../check/overlap.ts'
import { landArea, shapeBox } from '../ring.ts'

/** Two areas of two levels that share land. */
export interface Shared {
  /** Index in the first level. */
  readonly first: number
  /** Index in the second level. */
  readonly second: number
  /** Part of the first area, 0–1. */
  readonly ofFirst: number
  /** Part of the second area, 0–1. */
  readonly ofSecond: number
}

/**
 * All pairs of areas of two levels that have land in common, in order of their indexes. The surface
 * is exact up to rounding (a sweep over slabs, the same as the check for overlaps): sampling on a
 * grid would miss the slivers with which differencing begins.
 */
export function findShared (first: Geometry, second: Geometry): Shared[] {
  const find = indexBoxes(second.shapes.map(shapeBox))
  const land = second.shapes.map(landArea)
  return first.shapes.flatMap((shape, a) => {
    const own = landArea(shape)
    return find(shapeBox(shape)).flatMap((b): Shared[] => {
      const surface = overlapArea(shape, second.shapes[b]!)
      return surface > 0 ? [{ first: a, second: b, ofFirst: surface / own, ofSecond: surface / land[b]! }] : []
    })
  })
}

/** Neighbours drawn by two hands overlap a little; nobody need live there. */
const sliverFraction = 0.005

export function isSliver ({ ofFirst, ofSecond }: Shared): boolean {
  return Math.max(ofFirst, ofSecond) < sliverFraction
}

/**
 * For each area of the first level the one of the second that contains it, up to a sliver;
 * `undefined` where some area lies in several.
 */
export function findContainers (shared: readonly Shared[], areas: number): number[] | undefined {
  const containers = new Array<number>(areas).fill(-1)
  for (const { first, second, ofFirst } of shared) if (ofFirst >= 1 - sliverFraction) containers[first] = second
  return containers.includes(-1) ? undefined : containers
}

/** Areas of the second level of which more than a sliver lies in no area of the first. */
export function findUncovered (shared: readonly Shared[], areas: number): Set<number> {
  const covered = new Float64Array(areas)
  for (const { second, ofSecond } of shared) covered[second]! += ofSecond
  return new Set(Array.from(covered.keys()).filter(area => covered[area]! < 1 - sliverFraction))
}
