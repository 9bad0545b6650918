import { findLevel, type Edition } from '../core/edition.ts'
import { markup } from '../render/markup.ts'
import { drawGeometry } from '../render/svg/path.ts'
import type { FacilityTable } from '../worker/facility-list.ts'

interface FacilityMap {
  readonly svg: string
  /** Lines of places that are not on it, because nobody knows where they are or they lie elsewhere. */
  readonly missing: readonly number[]
}

/** Places over the areas of an edition. Each is a link to its row, says its name, and is reached with the keyboard. */
export function facilityMap ({ edition, table, title }: { readonly edition: Edition, readonly table: FacilityTable, readonly title: string }): FacilityMap | undefined {
  const level = (table.level === null ? undefined : findLevel(edition, table.level)) ?? edition.levels[0]
  const geometry = edition.geometries.find(({ id }) => id === level?.geometry)
  if (!geometry) return undefined
  const { projection: { width, height, toX, toY }, paths } = drawGeometry(geometry)
  const heads = table.roles.name.map(head => table.columns.indexOf(head))
  const drawn = table.rows.flatMap(({ line, cells, point }) => {
    if (!point || !cells) return []
    const [x, y] = [Math.round(toX(point.lon)), Math.round(toY(point.lat))]
    const name = heads.map(at => cells[at] ?? '').join(' ').trim()
    return x < 0 || y < 0 || x > width || y > height ? [] : [{ line, x, y, name }]
  })
  const onMap = new Set(drawn.map(({ line }) => line))
  const svg = markup`<svg class="facility-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="group" aria-label="${title}">
<path d="${paths.join('')}" fill="#e9e6dd" stroke="#8b8577" stroke-width="4"/>
${drawn.map(({ line, x, y, name }) => markup`<a href="#zeile-${line}" aria-label="${line}: ${name}"><title>${line}: ${name}</title><circle cx="${x}" cy="${y}" r="38" fill="#0b5a6f" stroke="#ffffff" stroke-width="4"/><text x="${x}" y="${y + 13}" font-size="38" fill="#ffffff" text-anchor="middle">${line}</text></a>
`)}</svg>`.markup
  return { svg, missing: table.rows.filter(({ line, cells }) => cells !== null && !onMap.has(line)).map(({ line }) => line) }
}
