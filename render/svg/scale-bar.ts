import type { Markup } from '../markup.ts'
import type { Projection } from './projection.ts'
import { boundaryColour } from '../../core/palette.ts'
import { noBreakSpace } from '../../core/number.ts'
import { markup } from '../markup.ts'

/** A bar of a round length, at most a fifth of the picture, in its lower left corner. */
export function scaleBar ({ width, height, metresPerUnit }: Projection): Markup {
  const metres = roundDown(width * metresPerUnit / 5)
  const length = Math.round(metres / metresPerUnit)
  const label = metres >= 1000 ? `${metres / 1000}${noBreakSpace}km` : `${metres}${noBreakSpace}m`
  const [left, bottom] = [24, height - 24]
  return markup`<g class="scale" aria-hidden="true" pointer-events="none"><rect x="${left - 12}" y="${bottom - 44}" width="${length + 24}" height="56" fill="#ffffff" fill-opacity="0.85"/><path d="M${left},${bottom - 14}v14h${length}v-14" fill="none" stroke="${boundaryColour}" stroke-width="3"/><text x="${left + length / 2}" y="${bottom - 12}" font-family="Fira Sans, Arial, sans-serif" font-size="22" text-anchor="middle" fill="${boundaryColour}">${label}</text></g>`
}

/** 1, 2 or 5 times a power of ten. */
function roundDown (metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres))
  return [5, 2, 1].find(digit => digit * power <= metres)! * power
}
