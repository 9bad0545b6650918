import type { Geometry, MultiPolygon } from '../../core/area.ts'

/** Areas that share a stretch of border: two vertices at least, since one is only a corner. */
export function listNeighbours ({ shapes }: Geometry, area: number): ReadonlySet<number> {
  const own = new Set(verticesOf(shapes[area]!))
  return new Set(shapes.flatMap((shape, other) => other !== area && new Set(verticesOf(shape).filter(vertex => own.has(vertex))).size > 1 ? [other] : []))
}

function verticesOf (shape: MultiPolygon): string[] {
  return shape.flat().flatMap(ring => Array.from({ length: ring.length / 2 }, (_, vertex) => `${ring[2 * vertex]} ${ring[2 * vertex + 1]}`))
}
