import type { MultiPolygon, Ring } from '../core/area.ts'
import { outline } from '../pipeline/check/outline.ts'
import { nestHoles } from '../pipeline/ring.ts'

export interface DrawnArea {
  /** The letter it was drawn with. */
  readonly id: string
  /** `Area A`. */
  readonly name: string
  /** From 1, in order of the ids. */
  readonly record: number
  readonly shape: MultiPolygon
}

export interface Drawing {
  /** South-west corner in 1e-7 degree; near Nienburg unless given. */
  readonly origin?: readonly [lon: number, lat: number]
  /** Side of one cell in 1e-7 degree; 0.01 degrees unless given. */
  readonly cell?: number
}

/**
 * Areas drawn as text, in order of their letters:
 *
 *     A A B
 *     A . B
 *
 * Equal letters are one area; a dot is nobody's land. Cells are squares in degrees, north is up,
 * and every corner of a cell is a vertex, so that neighbours share theirs.
 */
export function drawAreas (text: string, { origin = [92_000_000, 526_400_000], cell = 100_000 }: Drawing = {}): DrawnArea[] {
  const rows = text.split('\n').map(row => row.replaceAll(/\s/g, '')).filter(row => row !== '')
  const cells = new Map<string, MultiPolygon[]>()
  for (const [row, letters] of rows.entries()) {
    for (const [column, letter] of [...letters].entries()) {
      if (letter === '.') continue
      const [west, south] = [origin[0] + column * cell, origin[1] + (rows.length - 1 - row) * cell]
      const [east, north] = [west + cell, south + cell]
      cells.set(letter, [...cells.get(letter) ?? [], [[[west, south, east, south, east, north, west, north, west, south]]]])
    }
  }
  return [...cells].toSorted(([a], [b]) => a < b ? -1 : 1).map(([id, squares], i) => (
    { id, name: `Area ${id}`, record: i + 1, shape: nestHoles(outline(squares)).polygons }))
}

/**
 * Areas whose borders are as crooked as rivers: every edge is broken into 2^depth, the same way
 * from both sides. Always the same for the same drawing.
 */
export function bendBorders (areas: readonly DrawnArea[], depth: number): DrawnArea[] {
  const bend = (ring: Ring): Ring => {
    const bent: number[] = []
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [a, b] = [[ring[i]!, ring[i + 1]!] as const, [ring[i + 2]!, ring[i + 3]!] as const]
      const forward = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
      const points = forward ? subdivide(a, b, depth) : subdivide(b, a, depth).toReversed()
      bent.push(...points.slice(0, -1).flat())
    }
    return [...bent, bent[0]!, bent[1]!]
  }
  return areas.map(area => ({ ...area, shape: area.shape.map(polygon => polygon.map(bend)) }))
}

type Position = readonly [number, number]

function subdivide (a: Position, b: Position, depth: number): Position[] {
  if (depth === 0) return [a, b]
  // The place itself is the seed, so that both neighbours break the edge the same way.
  const noise = ((a[0] * 73 + a[1] * 151 + b[0] * 211 + b[1] * 37) % 1009) / 1009 - 0.5
  const middle = [Math.round((a[0] + b[0]) / 2 - (b[1] - a[1]) * noise * 0.3), Math.round((a[1] + b[1]) / 2 + (b[0] - a[0]) * noise * 0.3)] as const
  return [...subdivide(a, middle, depth - 1).slice(0, -1), ...subdivide(middle, b, depth - 1)]
}
