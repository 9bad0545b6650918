import type { Bounds, Localised } from '../../core/area.ts'
import { knownCrs } from './crs.ts'
import { makeOperation, type Operation } from './operation.ts'

/** West, south, east, north in the units of the source. */
export type SourceBox = readonly [west: number, south: number, east: number, north: number]

/** `9,21° östlicher Länge und 52,64° nördlicher Breite`. */
export function formatPosition (lon: number, lat: number): Localised {
  const [x, y] = [Math.abs(lon).toFixed(2), Math.abs(lat).toFixed(2)]
  return {
    de: `${x.replace('.', ',')}° ${lon < 0 ? 'westlicher' : 'östlicher'} Länge und ${y.replace('.', ',')}° ${lat < 0 ? 'südlicher' : 'nördlicher'} Breite`,
    en: `${x}° ${lon < 0 ? 'west' : 'east'} and ${y}° ${lat < 0 ? 'south' : 'north'}`,
  }
}

/** The bounds as they stand in the project file. */
export function formatBounds ({ west, south, east, north }: Bounds): string {
  return `[${[west, south, east, north].join(', ')}]`
}

/**
 * The next step for a layer that lands outside the bounds: which reading of the same numbers would land inside. Axes the wrong
 * way round come first, then the other systems in the order of how common they are.
 */
export function suggestReading (box: SourceBox, operation: Operation, bounds: Bounds): Localised {
  if (landsInside(box, operation, bounds, true)) return swapped(operation.source)
  const others = [...knownCrs].filter(([code]) => code !== operation.source).map(([code, crs]) => makeOperation(crs, code))
  const fitting = others.find(other => landsInside(box, other, bounds, false))
  if (fitting) {
    return {
      de: `Gelesen als ${fitting.source} läge die Ebene in den Grenzen: in atlas.yaml crs: ${fitting.source} angeben, wenn das stimmt.`,
      en: `Read as ${fitting.source} the layer would lie within the bounds: state crs: ${fitting.source} in atlas.yaml if that is right.`,
    }
  }
  const turned = others.find(other => landsInside(box, other, bounds, true))
  return turned ? swapped(turned.source) : unexplained
}

const unexplained: Localised = {
  de: 'Beim Absender erfragen, in welchem Koordinatensystem die Datei steht, und es in atlas.yaml als crs angeben; oder die Angabe bounds berichtigen.',
  en: 'Ask the sender for the coordinate system of the file and state it as crs in atlas.yaml; or correct bounds.',
}

function swapped (source: string): Localised {
  return {
    de: `Die Achsen sind vertauscht (erst Nord, dann Ost): die Datei in ${source} mit dem Ostwert zuerst neu ausgeben lassen.`,
    en: `The axes are swapped (north first, then east): have the file exported again in ${source} with the easting first.`,
  }
}

function landsInside ([west, south, east, north]: SourceBox, { toLonLat }: Operation, bounds: Bounds, isSwapped: boolean): boolean {
  const corners = [[west, south], [east, south], [east, north], [west, north]] as const
  return corners.every(([x, y]) => {
    const place = isSwapped ? toLonLat(y, x) : toLonLat(x, y)
    // A corner of the box can lie outside although no boundary does: a tenth of a degree is let pass.
    return place !== 'outside-grid' && isWithin(place, bounds, 0.1)
  })
}

/** False for what is not finite. */
export function isWithin ([lon, lat]: readonly [number, number], { west, south, east, north }: Bounds, marginDegrees = 0): boolean {
  return lon >= west - marginDegrees && lon <= east + marginDegrees && lat >= south - marginDegrees && lat <= north + marginDegrees
}
