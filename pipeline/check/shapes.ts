import type { MultiPolygon, Polygon, Ring } from '../../core/area.ts'
import type { Problem } from '../../core/problem.ts'
import type { Point } from '../ring.ts'
import { problem } from '../../core/problem.ts'
import { distanceMetres, formatPosition, toSquareMetres } from './metres.ts'
import { outline } from './outline.ts'
import { findOverlaps } from './overlap.ts'
import { repairShape } from './repair.ts'
import { landArea, nestHoles, signedArea, withoutSpikes } from '../ring.ts'

/** One delivered area; whatever else it carries is passed on. */
export interface DeliveredShape {
  readonly id: string
  readonly name: string
  /** Record of the layer, from 1. */
  readonly record: number
  readonly shape: MultiPolygon
}

/** What the problems name. */
export interface CheckOptions {
  /** How messages name the boundary file. */
  readonly file: string
  readonly level: string
}

/** Share of the smaller area above which an overlap is an error: one of the two is drawn wrongly. */
const tolerableOverlapShare = 0.01

/** A crossing of our own making covers less than this. */
const roundingSquareMetres = 0.1

/** Slivers below this come from rounding to whole units and are not worth a word. */
const silentSquareMetres = 1

/**
 * The areas of one level with sound rings (simple, closed, outer ones counter-clockwise, holes
 * clockwise), in the order given, and everything that is wrong with them.
 *
 * What has only one reading is repaired and reported; an area that has not is left out with an
 * error. Overlaps and gaps between areas are reported and stay as they are.
 */
export function checkShapes<Shape extends DeliveredShape> (
  delivered: readonly Shape[], { file, level }: CheckOptions,
): { shapes: Shape[], problems: Problem[] } {
  const problems: Problem[] = []
  const shapes: Shape[] = []
  for (const area of delivered) {
    const { shape, problems: found } = checkShape(area, file)
    problems.push(...found)
    if (shape) shapes.push({ ...area, shape })
  }
  const duplicates = duplicateProblems(shapes, file)
  problems.push(...duplicates)
  // Areas with one boundary would be listed again as overlaps of 100 %.
  if (duplicates.length === 0) problems.push(...overlapProblems(shapes, file, level))
  problems.push(...gapProblems(shapes, file, level))
  return { shapes, problems }
}

function checkShape (area: DeliveredShape, file: string): { shape?: MultiPolygon, problems: Problem[] } {
  const problems: Problem[] = []
  const place = { file, record: area.record }
  const facts = { area: area.id, name: area.name }
  const cleaned = area.shape.flatMap(polygon => {
    const rings = polygon.map(ring => cleanRing(ring, (code, more) => problems.push(problem(code, place, { ...facts, ...more }))))
    const [outer, ...holes] = rings
    return outer ? [[outer, ...holes.filter(hole => hole !== undefined)] satisfies Polygon] : []
  })
  if (cleaned.length === 0) return { problems: [...problems, problem('check-empty-shape', place, facts)] }

  const repair = repairShape(mergeParts(cleaned))
  switch (repair.outcome) {
    case 'sound':
      return { shape: repair.shape, problems }
    case 'refused':
      return { problems: [...problems, problem('check-self-intersection', place, { ...facts, place: formatPosition(repair.fault.place) })] }
    case 'repaired': {
      const { kind, place: where } = repair.fault
      const squareMetres = toSquareMetres(repair.changedSquareUnits, where[1])
      // Rounding to whole units makes two edges cross that passed each other within a centimetre.
      if (kind === 'crossing' && squareMetres < roundingSquareMetres) return { shape: repair.shape, problems }
      const found = problem('check-self-intersection-repaired', place, { ...facts, place: formatPosition(where), squareMetres: Number(squareMetres.toPrecision(2)) })
      return { shape: repair.shape, problems: [...problems, found] }
    }
  }
}

/** Parts of one area that share an edge, as when several records make one area, are one part. */
function mergeParts (shape: MultiPolygon): MultiPolygon {
  if (shape.length === 1) return shape
  const rings = outline([shape])
  const countPoints = (all: readonly Ring[]): number => all.reduce((sum, ring) => sum + ring.length, 0)
  return countPoints(rings) < countPoints(shape.flat()) ? nestHoles(rings).polygons : shape
}

type RingFault = 'check-too-few-points' | 'check-unclosed-ring' | 'check-zero-area'

/** The ring closed, without repeated points and spikes; undefined where it encloses nothing. */
function cleanRing (ring: Ring, report: (code: RingFault, facts: Problem['facts']) => void): Ring | undefined {
  const start: Point = [ring[0] ?? 0, ring[1] ?? 0]
  const end: Point = [ring.at(-2) ?? 0, ring.at(-1) ?? 0]
  const place = formatPosition(start)
  if (ring.length < 8) {
    report('check-too-few-points', { place, points: ring.length / 2 })
    return undefined
  }
  const isClosed = start[0] === end[0] && start[1] === end[1]
  if (!isClosed) report('check-unclosed-ring', { place, metres: Math.round(distanceMetres(start, end)) })
  const clean = withoutSpikes(isClosed ? ring : [...ring, ...start])
  if (clean.length > 0) return clean
  report('check-zero-area', { place })
  return undefined
}

function duplicateProblems (shapes: readonly DeliveredShape[], file: string): Problem[] {
  const known = new Map<string, DeliveredShape>()
  return shapes.flatMap(area => {
    const key = JSON.stringify(area.shape.flat().map(startLowest).toSorted(compareRings))
    const other = known.get(key)
    if (!other) known.set(key, area)
    return other ? [problem('check-duplicate-shape', { file, record: area.record }, pairFacts(area, other))] : []
  })
}

/** The same ring from its lowest point on, so that equal boundaries are equal lists. */
function startLowest (ring: Ring): Ring {
  let lowest = 0
  for (let i = 2; i < ring.length - 2; i += 2) {
    if (ring[i]! < ring[lowest]! || (ring[i] === ring[lowest] && ring[i + 1]! < ring[lowest + 1]!)) lowest = i
  }
  return [...ring.slice(lowest, -2), ...ring.slice(0, lowest)]
}

function compareRings (a: Ring, b: Ring): number {
  return a[0]! - b[0]! || a[1]! - b[1]! || a.length - b.length
}

function overlapProblems (shapes: readonly DeliveredShape[], file: string, level: string): Problem[] {
  const problems: Problem[] = []
  const small: Finding[] = []
  for (const { first, second, place, squareUnits } of findOverlaps(shapes.map(({ shape }) => shape))) {
    const [one, two] = [shapes[first]!, shapes[second]!]
    const squareMetres = toSquareMetres(squareUnits, place[1])
    const share = squareUnits / Math.min(landArea(one.shape), landArea(two.shape))
    if (squareMetres < silentSquareMetres) continue
    if (share <= tolerableOverlapShare) small.push({ squareMetres, place, label: `${one.id} + ${two.id}` })
    else {
      problems.push(problem('check-overlap', { file, record: two.record }, {
        ...pairFacts(two, one),
        place: formatPosition(place),
        squareMetres: Math.round(squareMetres),
        percent: Number((share * 100).toPrecision(2)),
      }))
    }
  }
  return small.length === 0 ? problems : [...problems, problem('check-small-overlaps', { file }, { level, ...summarise(small) })]
}

function gapProblems (shapes: readonly DeliveredShape[], file: string, level: string): Problem[] {
  const gaps = nestHoles(outline(shapes.map(({ shape }) => shape))).polygons
    .flatMap(([, ...holes]) => holes)
    .map((hole): Finding => {
      const place: Point = [hole[0]!, hole[1]!]
      return { squareMetres: toSquareMetres(-signedArea(hole), place[1]), place }
    })
    .filter(({ squareMetres }) => squareMetres >= silentSquareMetres)
  return gaps.length === 0 ? [] : [problem('check-gaps', { file }, { level, ...summarise(gaps) })]
}

interface Finding { readonly squareMetres: number, readonly place: Point, readonly label?: string }

/** Number, sum and the three largest: hundreds of slivers are one finding. */
function summarise (findings: readonly Finding[]): { count: number, squareMetres: number, largest: string } {
  const largest = findings.toSorted((a, b) => b.squareMetres - a.squareMetres).slice(0, 3)
    .map(({ squareMetres, place, label }) => `${label === undefined ? '' : `${label}: `}${Math.round(squareMetres)} m² (${formatPosition(place)})`)
  return {
    count: findings.length,
    squareMetres: Math.round(findings.reduce((sum, { squareMetres }) => sum + squareMetres, 0)),
    largest: largest.join(' · '),
  }
}

function pairFacts (area: DeliveredShape, other: DeliveredShape): Problem['facts'] {
  return { area: area.id, name: area.name, other: other.id, otherName: other.name, otherRecord: other.record }
}
