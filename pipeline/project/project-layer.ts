import type { Bounds, MultiPolygon, Ring } from '../../core/area.ts'
import { coordinateUnitsPerDegree } from '../../core/area.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { listSome } from '../facts.ts'
import { knownCrs } from './crs.ts'
import { findOperation, type CrsFault, type Operation } from './operation.ts'
import { formatBounds, formatPosition, isWithin, suggestReading, type SourceBox } from './whereabouts.ts'
import type { SourceFeature, SourceLayer } from '../read/layer.ts'
import { orient } from '../ring.ts'

/** A feature in longitude and latitude, in integers of 1e-7 degree. */
export interface ProjectedShape {
  readonly record: number
  readonly attributes: Readonly<Record<string, string>>
  /** Empty for lines. Closed rings, outer ones counter-clockwise, holes clockwise; rings that shrank to nothing are still there. */
  readonly polygons: MultiPolygon
  /** Empty for polygons; not closed. */
  readonly lines: readonly Ring[]
}

export interface ProjectedLayer {
  /** Left out where the layer is refused. */
  readonly shapes?: readonly ProjectedShape[]
  /** For the provenance, `EPSG:31467 → EPSG:4326, BETA2007.gsb`; '' where the system is unknown. */
  readonly operation: string
  readonly problems: Problem[]
}

/**
 * Projects a layer to EPSG:4326. A layer is refused as a whole where its system is unknown, where a point has no
 * finite place or lies outside the datum shift's grid, or where it lands outside the bounds: a wrong place on a map looks as right as a right one.
 *
 * A layer that names no system is refused without a word, since its reader has said so.
 *
 * @param crs stated by the project; wins over what the file says
 */
export function projectLayer (layer: SourceLayer, { bounds, crs }: { readonly bounds: Bounds, readonly crs?: string | undefined }): ProjectedLayer {
  const place = { file: layer.file }
  const system = crs ?? layer.crs
  if (system === null) return { operation: '', problems: [] }
  const operation = findOperation(system)
  if ('fault' in operation) return { operation: '', problems: [crsProblem(operation, place)] }

  const projected = layer.features.map(feature => projectFeature(feature, operation))
  const problems = [...placeProblems(layer, projected, operation, bounds), ...pointProblems(layer)]
  const isRefused = problems.some(({ severity }) => severity === 'error')
  return isRefused ? { operation: operation.name, problems } : { shapes: projected.map(({ shape }) => shape), operation: operation.name, problems }
}

function crsProblem ({ fault, found }: CrsFault, place: { file: string }): Problem {
  const known = [...knownCrs.keys()].join(', ')
  switch (fault) {
    case 'code': case 'no-wkt': return problem('project-unknown-crs', place, { crs: found, known })
    case 'datum': return problem('project-unknown-datum', place, { datum: found })
    case 'method': return problem('project-unknown-method', place, { method: found })
    case 'meridian': return problem('project-foreign-meridian', place, { meridian: found })
  }
}

interface Projected {
  readonly shape: ProjectedShape
  /** Degrees; of what could be projected. */
  readonly box: Bounds
  readonly fault: 'not-finite' | 'outside-grid' | null
}

function projectFeature (feature: SourceFeature, { toLonLat }: Operation): Projected {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  let fault: Projected['fault'] = null

  const projectLine = (line: readonly number[]): number[] => {
    const positions: number[] = []
    for (let i = 0; i < line.length; i += 2) {
      const place = toLonLat(line[i]!, line[i + 1]!)
      if (place === 'outside-grid') {
        fault ??= 'outside-grid'
        continue
      }
      const [lon, lat] = place
      if (!Number.isFinite(lon) || !Number.isFinite(lat)) {
        fault = 'not-finite'
        continue
      }
      box.west = Math.min(box.west, lon)
      box.south = Math.min(box.south, lat)
      box.east = Math.max(box.east, lon)
      box.north = Math.max(box.north, lat)
      // Adding zero makes -0 a plain 0, which is written differently.
      const [x, y] = [Math.round(lon * coordinateUnitsPerDegree) + 0, Math.round(lat * coordinateUnitsPerDegree) + 0]
      if (x !== positions.at(-2) || y !== positions.at(-1)) positions.push(x, y)
    }
    return positions
  }

  const { record, attributes } = feature
  const polygons = feature.kind === 'polygon' ? feature.parts.map(rings => rings.map((ring, i) => orient(close(projectLine(ring)), i === 0 ? 1 : -1))) : []
  const lines = feature.kind === 'line' ? feature.parts.map(projectLine) : []
  return { shape: { record, attributes, polygons, lines }, box, fault }
}

function close (ring: number[]): number[] {
  const isClosed = ring.length < 2 || (ring[0] === ring.at(-2) && ring[1] === ring.at(-1))
  return isClosed ? ring : [...ring, ring[0]!, ring[1]!]
}

function placeProblems ({ file, features }: SourceLayer, projected: readonly Projected[], operation: Operation, bounds: Bounds): Problem[] {
  const place = { file }
  const facts = (outside: readonly Projected[]) => {
    const records = outside.map(({ shape }) => shape.record)
    const isOutside = new Set(records)
    const hint = suggestReading(sourceBox(features.filter(({ record }) => isOutside.has(record))), operation, bounds)
    return { crs: operation.source, count: outside.length, of: projected.length, records: listSome(records), bounds: formatBounds(bounds), hint }
  }
  const notFinite = projected.filter(({ fault }) => fault === 'not-finite')
  if (notFinite.length > 0) return [problem('project-not-finite', place, facts(notFinite))]
  const offGrid = projected.filter(({ fault }) => fault === 'outside-grid')
  if (offGrid.length > 0) return [problem('project-outside-grid', place, facts(offGrid))]

  const outside = projected.filter(({ box }) => box.west <= box.east && !(isWithin([box.west, box.south], bounds) && isWithin([box.east, box.north], bounds)))
  if (outside.length === 0) return []
  const [first] = outside
  const { west, south, east, north } = first!.box
  const where = formatPosition((west + east) / 2, (south + north) / 2)
  const code = outside.length === projected.length ? 'project-outside-bounds' : 'project-partly-outside-bounds'
  return [problem(code, { ...place, record: first!.shape.record }, { ...facts(outside), where })]
}

function sourceBox (features: readonly SourceFeature[]): SourceBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { kind, parts } of features) {
    for (const line of kind === 'polygon' ? parts.flat() : parts) {
      for (let i = 0; i < line.length; i += 2) {
        west = Math.min(west, line[i]!)
        south = Math.min(south, line[i + 1]!)
        east = Math.max(east, line[i]!)
        north = Math.max(north, line[i + 1]!)
      }
    }
  }
  return [west, south, east, north]
}

function pointProblems ({ file, features }: SourceLayer): Problem[] {
  const points = features.filter(({ kind }) => kind === 'point').map(({ record }) => record)
  return points.length === 0 ? [] : [problem('project-points', { file }, { count: points.length, records: listSome(points) })]
}
