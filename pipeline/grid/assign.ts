import type { Box } from '../ring.ts'
import { indexAreas, type AreaIndex } from './area-index.ts'
import type { PlaneAreas } from './plane.ts'
import type { Grid } from './read-grid.ts'
import { sweepAreas } from './sweep.ts'

/** Which cells belong to which areas: pair i says that `cells[i]` belongs to `areas[i]`, with `shares[i]` of it or, without shares, whole. */
export interface Assignment {
  readonly cells: Int32Array
  readonly areas: Int32Array
  /** Shares of the cells' land, above 0 and at most 1; those of one cell add up to 1 unless it reaches beyond all areas. */
  readonly shares: Float64Array | undefined
}

type Cells = Pick<Grid, 'x' | 'y' | 'sizeMetres'>

/** Each cell to the area its centre lies in; cells on no area are in no pair. */
export function assignCentres (grid: Cells, plane: PlaneAreas): Assignment {
  const find = findByLattice(grid, plane) ?? findByPoint(grid, plane)
  const cells = new Int32Array(grid.x.length)
  const areas = new Int32Array(grid.x.length)
  let count = 0
  for (let cell = 0; cell < cells.length; cell++) {
    const area = find(cell)
    if (area === -1) continue
    cells[count] = cell
    areas[count++] = area
  }
  return { cells: cells.subarray(0, count), areas: areas.subarray(0, count), shares: undefined }
}

type FindArea = (cell: number) => number

/** Undefined where the lattice would be too large to lay out. */
function findByLattice ({ x, y, sizeMetres: size }: Cells, plane: PlaneAreas): FindArea | undefined {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let cell = 0; cell < x.length; cell++) {
    minX = Math.min(minX, x[cell]!)
    maxX = Math.max(maxX, x[cell]!)
    minY = Math.min(minY, y[cell]!)
    maxY = Math.max(maxY, y[cell]!)
  }
  const [columns, rows] = [(maxX - minX) / size + 1, (maxY - minY) / size + 1]
  if (x.length === 0 || columns * rows > largestLattice) return undefined
  const areaAt = sweepAreas(plane, { x: minX, y: minY, sizeMetres: size, columns, rows })
  return cell => areaAt[(y[cell]! - minY) / size * columns + (x[cell]! - minX) / size]!
}

/** 120 MB; all of Germany at 100 m has 55 million places, and is slower, but not larger, one by one. */
const largestLattice = 30_000_000

function findByPoint ({ x, y }: Cells, plane: PlaneAreas): FindArea {
  const index = indexAreas(plane)
  return cell => index.find(x[cell]!, y[cell]!)
}

/** Each cell to all areas it reaches into, by the share of its land there. */
export function assignShares ({ x, y, sizeMetres }: Cells, areas: PlaneAreas, index: AreaIndex): Assignment {
  const pairs: { cells: number[], areas: number[], shares: number[] } = { cells: [], areas: [], shares: [] }
  const half = sizeMetres / 2
  for (let cell = 0; cell < x.length; cell++) {
    const box = { minX: x[cell]! - half, minY: y[cell]! - half, maxX: x[cell]! + half, maxY: y[cell]! + half }
    for (const area of index.near(box)) {
      const share = landWithin(areas, area, box) / sizeMetres ** 2
      if (share <= sliver) continue
      pairs.cells.push(cell)
      pairs.areas.push(area)
      pairs.shares.push(Math.min(1, share))
    }
  }
  return { cells: Int32Array.from(pairs.cells), areas: Int32Array.from(pairs.areas), shares: Float64Array.from(pairs.shares) }
}

/** A neighbour that only touches the cell leaves some square millimetres by rounding. */
const sliver = 1e-9

/** Square metres of an area within a box. Outer rings run the other way than holes, so their areas add up with their signs. */
function landWithin ({ coordinates, ringStarts, areaRings }: PlaneAreas, area: number, box: Box): number {
  let land = 0
  for (let ring = areaRings[area]!; ring < areaRings[area + 1]!; ring++) {
    land += areaOf(clipRing(coordinates.subarray(ringStarts[ring], ringStarts[ring + 1]), box), box)
  }
  return Math.abs(land)
}

/** Sutherland-Hodgman, one side of the box after another. Parts that fall apart stay joined along the sides, which adds no land. */
function clipRing (ring: ArrayLike<number>, { minX, minY, maxX, maxY }: Box): ArrayLike<number> {
  let clipped = ring
  for (const [axis, limit, sign] of [[0, minX, 1], [0, maxX, -1], [1, minY, 1], [1, maxY, -1]] as const) {
    clipped = clipAt(clipped, axis, limit, sign)
    if (clipped.length === 0) break
  }
  return clipped
}

/** What lies beyond the limit in the direction of the sign; the ring need not be closed. */
function clipAt (ring: ArrayLike<number>, axis: 0 | 1, limit: number, sign: 1 | -1): number[] {
  const kept: number[] = []
  const last = ring.length - 2
  for (let i = 0, before = last; i < ring.length; before = i, i += 2) {
    const [from, to] = [(ring[before + axis]! - limit) * sign, (ring[i + axis]! - limit) * sign]
    if ((from >= 0) !== (to >= 0)) {
      const share = from / (from - to)
      kept.push(ring[before]! + share * (ring[i]! - ring[before]!), ring[before + 1]! + share * (ring[i + 1]! - ring[before + 1]!))
    }
    if (to >= 0) kept.push(ring[i]!, ring[i + 1]!)
  }
  return kept
}

/** Signed, relative to a corner of the box, so that no digit is lost to the millions of metres of the grid. */
function areaOf (ring: ArrayLike<number>, { minX, minY }: Box): number {
  let doubled = 0
  for (let i = 0, before = ring.length - 2; i < ring.length; before = i, i += 2) {
    doubled += (ring[before]! - minX) * (ring[i + 1]! - minY) - (ring[i]! - minX) * (ring[before + 1]! - minY)
  }
  return doubled / 2
}
