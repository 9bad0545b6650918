import type { Area, Geometry } from '../../core/area.ts'
import type { Markup } from '../markup.ts'
import type { Projection } from './projection.ts'
import { boundaryColour } from '../../core/palette.ts'
import { markup } from '../markup.ts'

/** Size of letters in units of the picture: about 13 px where the map is 850 px wide. */
const letterHeight = 25

/** Width of an average letter of Fira Sans in parts of its height. */
const letterWidth = 0.52

/**
 * Names of the areas in which they fit; the others are in the pointer's text and in the table.
 * The halo keeps letters readable on every class colour.
 */
export function labelLayer ({ areas, geometry, projection }: {
  areas: ReadonlyArray<Pick<Area, 'name'>>, geometry: Geometry, projection: Projection,
}): Markup | null {
  const labels = areas.flatMap(({ name }, i) => {
    const { position: [lon, lat], radiusMetres } = geometry.labels[i]!
    const lines = breakName(name)
    const width = Math.max(...lines.map(line => line.length)) * letterWidth * letterHeight
    const radius = radiusMetres / projection.metresPerUnit
    // Letters may reach a little beyond the free circle: areas are wider than it in some direction.
    if (Math.hypot(width, lines.length * letterHeight) / 2 > radius * 1.15) return []
    const [x, y] = [Math.round(projection.toX(lon)), Math.round(projection.toY(lat))]
    const top = y + letterHeight * (0.35 - (lines.length - 1) / 2)
    return [lines.map((line, row) => markup`<text x="${x}" y="${Math.round(top + row * letterHeight)}">${line}</text>`)]
  })
  if (labels.length === 0) return null
  return markup`<g class="labels" aria-hidden="true" pointer-events="none" font-family="Fira Sans, Arial, sans-serif" font-size="${letterHeight}" font-weight="600" text-anchor="middle" fill="${boundaryColour}" stroke="#ffffff" stroke-width="6" stroke-linejoin="round" paint-order="stroke">${labels}</g>`
}

/** Two lines where a name has a natural place to break near its middle. */
function breakName (name: string): string[] {
  if (name.length < 12) return [name]
  const places = [...name.matchAll(/[ \-/]/g)].map(({ index }) => index + 1)
  const middle = name.length / 2
  const place = places.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0]
  if (place === undefined || Math.abs(place - middle) > name.length / 4) return [name]
  return [name.slice(0, place).trim(), name.slice(place).trim()]
}
