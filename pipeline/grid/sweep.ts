import type { PlaneAreas } from './plane.ts'

/** Cell centres in rows and columns. */
export interface Lattice {
  /** Centre of the first column and the first row. */
  readonly x: number
  readonly y: number
  readonly sizeMetres: number
  readonly columns: number
  readonly rows: number
}

/**
 * The area of every place of a lattice, -1 for none, row by row. Where a point lies need not be asked for each of them: a row
 * of centres enters and leaves an area where it crosses its rings, and every crossing is computed once, even-odd.
 *
 * Row and column of a crossing depend on its edge alone, and an edge is always computed from its lower end, so that neighbours who
 * share it agree: no centre falls between two areas or into both. Where areas overlap the first has it.
 */
export function sweepAreas ({ coordinates, ringStarts, areaRings }: PlaneAreas, lattice: Lattice): Int32Array {
  const { y: y0, sizeMetres: size, columns, rows } = lattice
  const areaAt = new Int32Array(columns * rows).fill(-1)
  const crossings: number[][] = Array.from({ length: rows }, () => [])
  for (let area = 0; area + 1 < areaRings.length; area++) {
    let [firstRow, lastRow] = [rows, -1]
    for (let ring = areaRings[area]!; ring < areaRings[area + 1]!; ring++) {
      const end = ringStarts[ring + 1]! - 2
      for (let i = ringStarts[ring]!; i < end; i += 2) {
        const isUp = coordinates[i + 1]! < coordinates[i + 3]!
        const [lower, upper] = isUp ? [i, i + 2] : [i + 2, i]
        const [low, high] = [coordinates[lower + 1]!, coordinates[upper + 1]!]
        // An edge holds its lower end and not its upper one.
        const from = Math.max(0, Math.ceil((low - y0) / size))
        const to = Math.min(rows, Math.ceil((high - y0) / size))
        for (let row = from; row < to; row++) {
          const share = (y0 + row * size - low) / (high - low)
          crossings[row]!.push(coordinates[lower]! + share * (coordinates[upper]! - coordinates[lower]!))
        }
        if (from < to) {
          if (from < firstRow) firstRow = from
          if (to - 1 > lastRow) lastRow = to - 1
        }
      }
    }
    for (let row = firstRow; row <= lastRow; row++) {
      fillRow(areaAt, row * columns, crossings[row]!, area, lattice)
      crossings[row]!.length = 0
    }
  }
  return areaAt
}

/** From each odd crossing to the next: that is inside. */
function fillRow (areaAt: Int32Array, start: number, crossings: number[], area: number, { x: x0, sizeMetres: size, columns }: Lattice): void {
  if (crossings.length > 2) crossings.sort((a, b) => a - b)
  else if (crossings[0]! > crossings[1]!) crossings.reverse()
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const to = Math.min(columns, Math.ceil((crossings[i + 1]! - x0) / size))
    for (let column = Math.max(0, Math.ceil((crossings[i]! - x0) / size)); column < to; column++) {
      if (areaAt[start + column] === -1) areaAt[start + column] = area
    }
  }
}
