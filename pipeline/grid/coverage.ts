import type { AreaIndex } from './area-index.ts'
import type { Grid } from './read-grid.ts'

/**
 * Why an area can have no cell:
 *
 * - `uninhabited`: cells have their centre in it, but the file lists none; the newer files leave out what is empty.
 * - `too-small`: no cell has its centre in it.
 * - `beyond`: the file does not reach it.
 * - `partly-beyond`: the file reaches a part of it only.
 */
export type Coverage = 'whole' | 'uninhabited' | 'too-small' | 'beyond' | 'partly-beyond'

/** @param counts cells in each area */
export function findCoverage ({ extent, sizeMetres: size }: Pick<Grid, 'extent' | 'sizeMetres'>, index: AreaIndex, counts: ArrayLike<number>): Coverage[] {
  // The border of a country may run through the next cell, which has no centre in it and is not in the file.
  const reach = { minX: extent.minX - size, minY: extent.minY - size, maxX: extent.maxX + size, maxY: extent.maxY + size }
  return Array.from(counts, (count, area): Coverage => {
    const box = index.boxOf(area)
    if (box.maxX < reach.minX || box.minX > reach.maxX || box.maxY < reach.minY || box.minY > reach.maxY) return 'beyond'
    if (box.minX < reach.minX || box.maxX > reach.maxX || box.minY < reach.minY || box.maxY > reach.maxY) return count > 0 ? 'partly-beyond' : 'beyond'
    if (count > 0) return 'whole'
    return hasCentre(index, area, size) ? 'uninhabited' : 'too-small'
  })
}

function hasCentre (index: AreaIndex, area: number, size: number): boolean {
  const box = index.boxOf(area)
  const first = (least: number): number => Math.ceil((least - size / 2) / size) * size + size / 2
  for (let y = first(box.minY); y <= box.maxY; y += size) {
    for (let x = first(box.minX); x <= box.maxX; x += size) {
      if (index.find(x, y) === area) return true
    }
  }
  return false
}
