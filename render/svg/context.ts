import type { ContextShape } from '../../core/area.ts'
import type { Markup } from '../markup.ts'
import type { Projection } from './projection.ts'
import { boundaryColour, contextColours } from '../../core/palette.ts'
import { markup } from '../markup.ts'
import { drawContext } from './path.ts'

/** Neighbouring municipalities and the town's outline, below the areas. */
export function contextLayer (context: readonly ContextShape[], projection: Projection): Markup | null {
  const below = drawContext(context.filter(({ kind }) => kind !== 'water'), projection)
  if (below.length === 0) return null
  return markup`<g class="context">${below.map(({ shape, area, line }) => shape.kind === 'neighbour'
    ? markup`<path class="neighbour" d="${area}${line}" fill="${contextColours.neighbour}" stroke="${contextColours.neighbourLine}" stroke-width="2"><title>${shape.name}</title></path>`
    : markup`<path class="town" d="${area}${line}" fill="none" stroke="${boundaryColour}" stroke-width="5" stroke-linejoin="round"/>`)}</g>`
}

/** Rivers and lakes, above the areas with a light casing, so that they are seen on every colour. */
export function waterLayer (context: readonly ContextShape[], projection: Projection): Markup | null {
  const water = drawContext(context.filter(({ kind }) => kind === 'water'), projection)
  if (water.length === 0) return null
  const areas = water.map(({ area }) => area).join('')
  const lines = water.map(({ line }) => line).join('')
  return markup`<g class="water" pointer-events="none" stroke-linecap="round" stroke-linejoin="round">${
    areas === '' ? null : markup`<path d="${areas}" fill="${contextColours.lake}" stroke="${contextColours.waterLine}" stroke-width="2"/>`}${
    lines === '' ? null : markup`<path d="${lines}" fill="none" stroke="${contextColours.casing}" stroke-width="11"/><path d="${lines}" fill="none" stroke="${contextColours.waterLine}" stroke-width="5"/>`}</g>`
}
