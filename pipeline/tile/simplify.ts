import type { Geometry, MultiPolygon, Ring } from '../../core/area.ts'
import type { Arc, Topology } from './topology.ts'
import { findCrossings } from '../check/crossing.ts'
import { outline } from '../check/outline.ts'
import { listTwice, nodeAll, toSegments } from '../check/repair.ts'
import { nestHoles, reverseRing, signedArea, withoutSpikes } from '../ring.ts'
import { gridSize, toWorld } from './mercator.ts'
import { withoutRepeats } from './rings.ts'

/** What is drawn at one zoom, on the grid of all its tiles (see `gridSize`), y running south. */
export interface ZoomShapes {
  readonly zoom: number
  /** In area order; never empty. Outer rings have a positive area on this grid, holes a negative one. */
  readonly areas: readonly MultiPolygon[]
  /** Every border once. */
  readonly borders: readonly Border[]
}

export interface Border {
  /** Flat `[x, y, …]`, at least two positions. */
  readonly line: readonly number[]
  /** Whether there is no area on its other side. */
  readonly outer: boolean
}

/** An arc that got in the way of another one is drawn with ever more detail, so often at most. */
const refineRounds = 5

/**
 * The areas in the detail that one zoom can show.
 *
 * Borders are simplified once for both neighbours, so that no gap opens. Borders that would cross
 * after that, and areas that would collapse, get their detail back. An area too small even then
 * becomes a square of two steps around its label point: no area is lost at any zoom.
 *
 * @param tolerance side of the square, in grid steps, whose surface may vanish at a vertex
 */
export function simplifyToZoom (
  topology: Topology, labels: Geometry['labels'], { zoom, tolerance }: { zoom: number, tolerance: number },
): ZoomShapes {
  const scale = gridSize(zoom)
  const lines = simplifyArcs(topology, scale, (tolerance / scale) ** 2)
  const rounded = lines.map(line => withoutRepeats(line.map(Math.round)))
  // Rounding can push a vertex across a border nearby. A vertex where they cross now belongs to
  // both, so that what is cut off one area falls to its neighbour and not into a gap.
  const snapped = nodeAll(rounded) ?? rounded
  const areas = topology.areas.map((parts, area) => {
    const shape = soundShape(parts.flat().map(arcs => joinArcs(arcs, snapped)))
    if (shape.length > 0) return shape
    const [x, y] = toWorld(...labels[area]!.position)
    return [[squareAround(Math.round(x * scale), Math.round(y * scale))]]
  })
  return { zoom, areas, borders: listBorders(snapped, topology.uses) }
}

/** Positions of each arc in grid steps, not yet rounded. */
function simplifyArcs (topology: Topology, scale: number, minWeight: number): number[][] {
  const thresholds = topology.arcs.map(() => minWeight)
  const lines = topology.arcs.map(arc => thin(arc, minWeight, scale))
  const isWhole = topology.arcs.map((arc, i) => lines[i]!.length === arc.points.length)
  for (let round = 1; round <= refineRounds; round++) {
    const faulty = [...new Set([...crossingArcs(lines), ...collapsedArcs(topology, lines, scale)])].filter(arc => !isWhole[arc])
    if (faulty.length === 0) break
    for (const i of faulty) {
      const arc = topology.arcs[i]!
      thresholds[i] = round === refineRounds ? 0 : thresholds[i]! / 8
      lines[i] = thin(arc, thresholds[i]!, scale)
      isWhole[i] = lines[i]!.length === arc.points.length
    }
  }
  return lines
}

function thin ({ points, weights }: Arc, minWeight: number, scale: number): number[] {
  const line: number[] = []
  weights.forEach((weight, i) => {
    if (weight >= minWeight) line.push(points[2 * i]! * scale, points[2 * i + 1]! * scale)
  })
  return line
}

function crossingArcs (lines: readonly number[][]): number[] {
  const owners: number[] = []
  lines.forEach((line, i) => { for (let n = line.length / 2 - 1; n > 0; n--) owners.push(i) })
  return findCrossings(toSegments(lines)).flat().map(segment => owners[segment]!)
}

/** Arcs around the largest ring of every area that would be lost, but is large enough to be seen. */
function collapsedArcs (topology: Topology, lines: readonly number[][], scale: number): number[] {
  const wholeLines = topology.arcs.map(({ points }) => points)
  const whole = (arcs: readonly number[]): Ring => joinArcs(arcs, wholeLines, scale)
  return topology.areas.flatMap(parts => {
    const isKept = parts.some(([outer]) => isVisible(joinArcs(outer!, lines)))
    if (isKept) return []
    const largest = parts.map(([outer]) => outer!).reduce((a, b) => Math.abs(signedArea(whole(b))) > Math.abs(signedArea(whole(a))) ? b : a)
    return isVisible(whole(largest)) ? largest.map(arc => arc < 0 ? ~arc : arc) : []
  })
}

/** Whether something of a ring is left after rounding to whole steps. */
function isVisible (ring: Ring): boolean {
  const rounded = withoutSpikes(ring.map(Math.round))
  return rounded.length > 0 && signedArea(rounded) !== 0
}

/** One closed ring of the arcs it runs along. */
function joinArcs (arcs: readonly number[], lines: ReadonlyArray<ArrayLike<number>>, scale = 1): number[] {
  const ring: number[] = []
  for (const arc of arcs) {
    const line = lines[arc < 0 ? ~arc : arc]!
    const count = line.length / 2
    // Each arc starts where the one before ended.
    for (let i = ring.length === 0 ? 0 : 1; i < count; i++) {
      const at = 2 * (arc < 0 ? count - 1 - i : i)
      ring.push(line[at]! * scale, line[at + 1]! * scale)
    }
  }
  return ring
}

/** Simple rings, nested; what rounding has folded up or turned inside out is gone. */
function soundShape (rings: readonly Ring[]): MultiPolygon {
  // Counter-clockwise on the globe is clockwise on a grid whose y runs south.
  const { polygons } = nestHoles(outline([[rings.map(reverseRing)]]))
  const twice = listTwice(polygons)
  return polygons.filter(polygon => !twice.includes(polygon))
}

function squareAround (x: number, y: number): Ring {
  return [x - 1, y - 1, x + 1, y - 1, x + 1, y + 1, x - 1, y + 1, x - 1, y - 1]
}

/** At small zooms many short borders fall together; they are drawn once. */
function listBorders (lines: ReadonlyArray<readonly number[]>, uses: readonly number[]): Border[] {
  const borders = new Map<string, Border>()
  lines.forEach((line, i) => {
    if (line.length < 4) return
    const [there, back] = [line.join(), reverseLine(line).join()]
    const key = there < back ? there : back
    if (!borders.has(key)) borders.set(key, { line, outer: uses[i] === 1 })
  })
  return [...borders.values()]
}

function reverseLine (line: readonly number[]): number[] {
  return line.map((_, i) => line[line.length - 2 - i + 2 * (i % 2)]!)
}
