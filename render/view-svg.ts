import type { Edition, Language } from '../core/edition.ts'
import type { View } from '../core/view.ts'
import type { Markup } from './markup.ts'
import type { Site } from './site.ts'
import type { ViewData } from './view-data.ts'
import type { KeyEntry } from './view-parts.ts'
import { localise } from '../core/edition.ts'
import { formatNumber, formatValue } from '../core/number.ts'
import { boundaryColour, missingColour } from '../core/palette.ts'
import { getTexts } from '../core/text.ts'
import { permalink } from './address.ts'
import { citeView } from './citation.ts'
import { markup, when } from './markup.ts'
import { drawGeometry } from './svg/path.ts'
import { hatch, mapLayers } from './svg/map.ts'
import { breakLines } from './svg/text-lines.ts'
import { getView } from './view-data.ts'
import { keyEntries, viewSentence, viewTitle } from './view-parts.ts'
import { viewPicture } from './view-blocks.ts'

/** Width of the picture and of the map in it, in pixels at natural size. */
const layout = { width: 1200, margin: 32, mapWidth: 820, gap: 28 } as const

/**
 * A view as one picture that can be passed on alone: title, sentence, map, key, and below it
 * source, Stand, edition, licence and permalink. Well-formed XML, light colours as attributes.
 */
export function viewSvg (edition: Edition, view: View, site: Site): string {
  const data = getView(edition, view)
  const { width, margin, mapWidth, gap } = layout
  const drawn = drawGeometry(data.geometry).projection
  const mapHeight = Math.round(mapWidth * drawn.height / drawn.width)
  const head = headLines(data)
  const foot = footLines(data, view, site)
  const top = margin + 36 + head.length * 22 + 18
  const bottom = top + Math.max(mapHeight, keyHeight(data)) + 32
  const height = bottom + foot.length * 19 + margin
  const picture = viewPicture(data, 'map')
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="Fira Sans, Arial, sans-serif" font-size="15" fill="${boundaryColour}">
<title id="title">${viewTitle(data)}</title>
<desc id="description">${viewSentence(data)}</desc>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${banner(data, site)}${ribbon(data)}
<text x="${margin}" y="${margin + 24}" font-size="28" font-weight="600">${viewTitle(data)}</text>
${head.map((line, i) => markup`<text x="${margin}" y="${margin + 54 + i * 22}" font-size="16">${line}</text>
`)}
<svg x="${margin}" y="${top}" width="${mapWidth}" height="${mapHeight}" viewBox="0 0 ${drawn.width} ${drawn.height}">
${mapLayers(picture)}
</svg>
<rect x="${margin}" y="${top}" width="${mapWidth}" height="${mapHeight}" fill="none" stroke="#a8a294"/>
${keyPicture(data, margin + mapWidth + gap, top)}
${foot.map((line, i) => markup`<text x="${margin}" y="${bottom + i * 19}" font-size="13" fill="#3a3d4a">${line}</text>
`)}</svg>
`.markup
}

function headLines (data: ViewData): string[] {
  return [...breakLines(viewSentence(data), 140), ...breakLines(localise(data.indicator.definition, data.language), 140)]
}

function footLines (data: ViewData, view: View, site: Site): string[] {
  const { edition, language } = data
  const { frame } = getTexts(language)
  const { asOf, sources, licences } = citeView(data)
  return [
    ...breakLines(`${sources.length > 1 ? frame.sources : frame.source}: ${sources.join('; ')}`, 165),
    ...breakLines(`${frame.asOf}: ${asOf}. ${frame.dataLicence}: ${licences.map(({ name, url }) => `${name} (${url})`).join('; ')}`, 165),
    ...breakLines(`${edition.atlas.title}, ${frame.edition} ${edition.id}: ${permalink(edition, view, site)}`, 165),
  ]
}

/** Across the whole picture, above the title: it must survive a careless cut. */
function banner ({ edition, language }: ViewData, { draft }: Site): Markup | null {
  const { frame } = getTexts(language)
  const said = [...draft ? [frame.draft(draft.edition)] : [], ...edition.audience === 'internal' ? [frame.internal] : []].join(' ')
  if (said === '') return null
  return markup`<rect width="${layout.width}" height="26" fill="#e3ecfb" stroke="#9db6e4"/><text x="${layout.width / 2}" y="18" font-weight="600" fill="#10295c" text-anchor="middle">${said}</text>`
}

function ribbon ({ edition, language }: ViewData): Markup | null {
  if (edition.atlas.dataStatus !== 'synthetic') return null
  const { frame } = getTexts(language)
  const { width, margin } = layout
  return markup`<rect x="${width - margin - 190}" y="${margin}" width="190" height="34" fill="#ffe9a8" stroke="#8a6100"/><text x="${width - margin - 95}" y="${margin + 23}" font-weight="600" text-anchor="middle">${frame.synthetic}</text>`
}

function keyHeight (data: ViewData): number {
  return subjectLines(data).length * 20 + 40 + keyEntries(data).length * 44 + 60
}

function subjectLines ({ indicator, language }: ViewData): string[] {
  const unit = localise(indicator.unit, language)
  return breakLines(`${localise(indicator.label, language)}${unit === '' ? '' : ` (${unit})`}`, 36)
}

function keyPicture (data: ViewData, left: number, top: number): Markup {
  const { language, town, indicator } = data
  const { map } = getTexts(language)
  const subject = subjectLines(data)
  const start = top + 36 + subject.length * 20
  const entries = keyEntries(data)
  const townText = town?.cell.status === 'observed' ? `${town.label} ${formatValue(town.cell.value, indicator, language)}` : null
  const isMarked = entries.some(({ hasTown }) => hasTown)
  return markup`<text x="${left}" y="${top + 18}" font-size="18" font-weight="600">${map.key}</text>
${subject.map((line, i) => markup`<text x="${left}" y="${top + 42 + i * 20}">${line}</text>
`)}${when(entries.some(({ look }) => look === 'suppressed'), () => markup`<defs>${hatch('key-hatch', 0.5)}</defs>
`)}${entries.map((entry, i) => keyLine(entry, townText, language, { left, top: start + i * 44 }))}${
  townText === null || isMarked ? null : markup`<text x="${left}" y="${start + entries.length * 44 + 14}">${townText}</text>`}`
}

function keyLine ({ look, colour, label, count, hasTown }: KeyEntry, townText: string | null, language: Language, { left, top }: { left: number, top: number }): Markup {
  const areas = getTexts(language).map.areas(formatNumber(count, { decimals: 0, language }), count === 1)
  const fill = colour ?? (look === 'suppressed' ? 'url(#key-hatch)' : missingColour)
  return markup`<rect x="${left}" y="${top}" width="36" height="28" fill="${fill}" stroke="${boundaryColour}"/><text x="${left + 48}" y="${top + 12}">${label}</text><text x="${left + 48}" y="${top + 30}" font-size="13" fill="#3a3d4a">${hasTown && townText !== null ? `${areas} · ${townText}` : areas}</text>
`
}
