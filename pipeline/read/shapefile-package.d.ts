/** The part of the package `shapefile` (0.6.6, no types of its own) that is used here. */
declare module 'shapefile' {
  import type { LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon } from 'geojson'

  type ShpGeometry = Point | MultiPoint | LineString | MultiLineString | Polygon | MultiPolygon

  interface ShpSource {
    /** Null shapes come as null. */
    read (): Promise<{ done: true, value: undefined } | { done: false, value: ShpGeometry | null }>
  }

  function openShp (source: Uint8Array): Promise<ShpSource>
}
