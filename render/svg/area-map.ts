import type { Geometry } from '../../core/area.ts'
import { boundaryColour } from '../../core/palette.ts'
import { markup } from '../markup.ts'
import { drawGeometry } from './path.ts'

/** Where one area lies within its level: a small picture without values. */
export function areaMapSvg (geometry: Geometry, index: number, title: string): string {
  const { projection: { width, height }, paths } = drawGeometry(geometry)
  return markup`<svg class="locator" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="locator-title">
<title id="locator-title">${title}</title>
<path d="${paths.join('')}" fill="#e9e6dd" stroke="#8b8577" stroke-width="4"/>
<path d="${paths[index]!}" fill="#4e82c3" stroke="${boundaryColour}" stroke-width="8" stroke-linejoin="round"/>
</svg>`.markup
}
