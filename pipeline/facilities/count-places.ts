import type { Level } from '../../core/area.ts'
import { coordinateUnitsPerDegree, type MultiPolygon } from '../../core/area.ts'
import { missing, observed, type Cell } from '../../core/cell.ts'
import { noRules } from '../../core/rules.ts'
import { addColumn, type Figures } from '../figures.ts'
import { indexAreas, type AreaIndex } from '../grid/area-index.ts'
import { toPlaneAreas } from '../grid/plane.ts'
import type { FacilityLayerEntry } from '../project-file/schema.ts'
import { parseNumberText } from '../read/number-text.ts'
import type { LocatedPlace } from './locate-places.ts'

/** Finds the area of a place, in degrees: points need no plane. */
export function indexShapes (shapes: readonly MultiPolygon[]): AreaIndex {
  return indexAreas(toPlaneAreas(shapes, (lon, lat) => [lon, lat]))
}

export function findArea (index: AreaIndex, { lon, lat }: Pick<LocatedPlace, 'lon' | 'lat'>): number {
  return index.find(lon / coordinateUnitsPerDegree, lat / coordinateUnitsPerDegree)
}

export function readCapacity (text: string): number | undefined {
  const value = parseNumberText(text, { decimal: ',', thousands: '' })
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
}

/**
 * Adds a column per count: how many places lie in each area, or how many places they have together. Facilities are public, so
 * nothing of that needs protection; a sum with an unknown part is unknown.
 */
export function countPlaces (figures: Figures, places: ReadonlyArray<LocatedPlace & { readonly area: number }>, level: Level, entry: FacilityLayerEntry): void {
  for (const [indicator, rule] of Object.entries(entry.counts ?? {})) {
    const sums: Array<number | undefined> = level.areas.map(() => 0)
    for (const { source, area } of places) {
      const amount = rule === 'count' ? 1 : readCapacity((source.fields[entry.attributes!.capacity!] ?? '').trim())
      const sum = sums[area]
      sums[area] = sum === undefined || amount === undefined ? undefined : sum + amount
    }
    const cells = sums.map((sum): Cell => sum === undefined ? missing('unknown') : observed(sum))
    addColumn(figures, { level: level.id, indicator, period: entry.referenceDate, cells, unassigned: [], deliveries: new Set([entry.id]), rules: noRules })
  }
}
