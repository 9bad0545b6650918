import type { Area, ContextShape, Geometry } from '../../core/area.ts'
import type { Cell } from '../../core/cell.ts'
import type { Markup } from '../markup.ts'
import type { DrawnGeometry } from './path.ts'
import { boundaryColour, contextColours, hatchColours, missingColour } from '../../core/palette.ts'
import { markup, trusted } from '../markup.ts'
import { areaLook } from '../view-parts.ts'
import { contextLayer, waterLayer } from './context.ts'
import { labelLayer } from './label.ts'
import { drawGeometry } from './path.ts'
import { scaleBar } from './scale-bar.ts'

/** What a map shows. Everything that is text is text: it is escaped here. */
export interface MapPicture {
  readonly areas: ReadonlyArray<Pick<Area, 'id' | 'name'>>
  readonly geometry: Geometry
  readonly cells: readonly Cell[]
  /** Bounds of the classes, and one colour per class. */
  readonly breaks: readonly number[]
  readonly colours: readonly string[]
  /** One per area: what a pointer over it says. */
  readonly areaTexts: readonly string[]
  /** Indices of chosen areas, drawn with a halo. */
  readonly chosen: readonly number[]
  readonly context: readonly ContextShape[]
  readonly title: string
  readonly description: string
  /** Before the ids of title, description and hatch, so that several maps fit on one page. */
  readonly idPrefix: string
  /** Before the number of an area in its id; defaults to `a`. Another one where a page has two maps. */
  readonly areaIdPrefix?: string
}

/** A map as one `<svg>` element for a page or a browser: no style attribute, no script, colours as attributes. */
export function mapSvg (picture: MapPicture): string {
  const { idPrefix, title, description } = picture
  const { projection: { width, height } } = drawGeometry(picture.geometry)
  return markup`<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-description">
<title id="${idPrefix}-title">${title}</title>
<desc id="${idPrefix}-description">${description}</desc>
${mapLayers(picture)}
</svg>`.markup
}

/** The inside of the map, for `mapSvg` and for a picture with title, key and source around it. */
export function mapLayers (picture: MapPicture): Markup {
  const { geometry, context, idPrefix, areas } = picture
  const drawn = drawGeometry(geometry)
  const { width, height } = drawn.projection
  return markup`<defs>${hatch(`${idPrefix}-hatch`)}</defs>
<rect class="ground" width="${width}" height="${height}" fill="${contextColours.ground}"/>
${contextLayer(context, drawn.projection)}
<g class="areas" fill="${missingColour}" stroke="${boundaryColour}" stroke-width="${areas.length > 200 ? 1 : 1.6}" stroke-linejoin="round">
${areaPaths(picture, drawn)}
</g>
${chosenPaths(picture, drawn)}
${waterLayer(context, drawn.projection)}
${labelLayer({ areas, geometry, projection: drawn.projection })}
${scaleBar(drawn.projection)}`
}

/** The fill that says "this value is kept secret". */
export function hatch (id: string, unit = 1): Markup {
  const step = 14 * unit
  return markup`<pattern id="${id}" width="${step}" height="${step}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="${step}" height="${step}" fill="${hatchColours.paper}"/><path d="M${step / 2},0V${step}" stroke="${hatchColours.line}" stroke-width="${3 * unit}"/></pattern>`
}

function areaPaths ({ areas, cells, breaks, colours, areaTexts, idPrefix, areaIdPrefix = 'a' }: MapPicture, { paths }: DrawnGeometry): Markup {
  return trusted(areas.map((area, i) => {
    const { className, colour } = areaLook(cells[i]!, breaks, colours)
    const fill = cells[i]!.status === 'suppressed' ? `url(#${idPrefix}-hatch)` : colour
    return markup`<path id="${areaIdPrefix}-${i}" data-area="${area.id}" class="${className}"${fill === null ? null : markup` fill="${fill}"`} d="${paths[i]!}"><title>${areaTexts[i]!}</title></path>`.markup
  }).join('\n'))
}

function chosenPaths ({ chosen }: MapPicture, { paths }: DrawnGeometry): Markup | null {
  if (chosen.length === 0) return null
  const lines = chosen.map(index => paths[index]!).join('')
  return markup`<g class="chosen" fill="none" stroke-linejoin="round" pointer-events="none"><path d="${lines}" stroke="#ffffff" stroke-width="12"/><path d="${lines}" stroke="${boundaryColour}" stroke-width="5"/></g>`
}
