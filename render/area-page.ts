import type { Area, Level } from '../core/area.ts'
import type { Cell } from '../core/cell.ts'
import type { Edition, Language } from '../core/edition.ts'
import type { ProfileFigure } from './area-data.ts'
import type { Addresses } from './address.ts'
import type { Block, TableField } from './blocks.ts'
import type { Site } from './site.ts'
import { findReference, localise } from '../core/edition.ts'
import { formatNumber, formatValue, noBreakSpace } from '../core/number.ts'
import { cellRemark, cellSign, formatDate, formatPeriod, getTexts } from '../core/text.ts'
import { makeAddresses, pageAddress, pageLanguages, pagePermalink } from './address.ts'
import { findParent, listFigures } from './area-data.ts'
import { citeDeliveries, indicatorDeliveries } from './citation.ts'
import { blockHtml } from './html/block.ts'
import { markup, trusted } from './markup.ts'
import { page } from './page.ts'
import { profileNotes } from './profile-notes.ts'
import { notesBlocks, statedDate } from './reading-notes.ts'
import { findReferences, referenceTable } from './references.ts'
import { assessmentBlocks } from './assessment-blocks.ts'
import { areaMapSvg } from './svg/area-map.ts'
import { getGeometry } from '../core/edition.ts'
import { inlineAreaLimit } from './view-data.ts'

/** The profile (Steckbrief) of one area: every indicator at its newest period, beside the town. */
export function areaPage (edition: Edition, level: Level, area: Area, site: Site, language: Language = edition.atlas.language): string {
  const texts = getTexts(language)
  const addresses = makeAddresses(edition, site, language)
  const path = `/${edition.atlas.id}/gebiet/${level.id}/${area.id}`
  const figures = listFigures(edition, level, area).flatMap(({ figures }) => figures)
  const deliveries = edition.deliveries.filter(({ id }) => figures.some(({ indicator }) => indicatorDeliveries(edition, indicator).some(delivery => delivery.id === id)))
  const parent = findParent(edition, level, area)
  const sentence = texts.profile.sentence({ level: localise(level.label, language), parent: parent?.area.name ?? null })
  const index = level.areas.indexOf(area)
  const label = texts.map.label(texts.profile.title(area.name))
  return page({
    language,
    title: `${texts.profile.title(area.name)} – ${edition.atlas.title}`,
    description: `${area.name}. ${sentence}`,
    path: addresses.path(path),
    languages: pageLanguages(edition.atlas.language, language => pageAddress(path, site.isCurrent ? null : edition.id, language)),
    trail: [
      { text: texts.frame.start, href: addresses.start },
      { text: localise(level.labelPlural, language), href: `${addresses.start}#areas-heading` },
      { text: area.name, href: null },
    ],
    layout: 'text',
    content: markup`<div class="profile-head">
<div>
<h1>${texts.profile.title(area.name)}</h1>
${blockHtml(placeFacts(edition, level, area, addresses, language))}
</div>
${level.areas.length > inlineAreaLimit || level.areas.length === 1 ? null : trusted(areaMapSvg(getGeometry(edition, level), index, label))}
</div>
${[...assessmentBlocks(edition, level, area, addresses, language), ...areaBlocks(edition, level, area, addresses, language)].map(blockHtml)}`,
    bootstrap: null,
    atlas: { facts: edition.atlas, start: addresses.start, edition, currentPath: pageAddress(path, null, language === edition.atlas.language ? null : language) },
    footer: {
      citation: { edition: edition.id, asOf: texts.profile.newest, ...citeDeliveries(edition, deliveries, language) },
      permalink: pagePermalink(edition, path, site),
    },
  }, site)
}

/** Which area this is: level, key, boundaries, and the area that it is a part of. */
function placeFacts (edition: Edition, level: Level, area: Area, addresses: Addresses, language: Language): Block {
  const texts = getTexts(language)
  const parent = findParent(edition, level, area)
  const { validFrom, validTo } = level
  const since = texts.profile.since(formatDate(validFrom, language))
  return {
    kind: 'facts',
    facts: [
      { term: texts.controls.level, details: [[localise(level.label, language)]] },
      { term: texts.table.key, details: [[area.id]] },
      { term: texts.profile.boundaries, details: [[validTo === null ? since : `${since}, ${texts.profile.until(formatDate(validTo, language))}`]] },
      ...(level.recut ? [{ term: texts.reading.recutTerm, details: [[localise(level.recut, language)]] }] : []),
      ...(parent ? [{ term: texts.profile.partOf, details: [[{ text: parent.area.name, href: addresses.area(parent.level.id, parent.area.id) }]] }] : []),
    ],
  }
}

/** One table per theme. */
function areaBlocks (edition: Edition, level: Level, area: Area, addresses: Addresses, language: Language): Block[] {
  const texts = getTexts(language)
  const town = findReference(edition)
  const hasTown = town !== undefined && town.level.id !== level.id
  const column = (id: string, label: string, isNumeric: boolean) => ({ id, label, isNumeric, sortLabel: null })
  const themes = listFigures(edition, level, area)
  if (themes.length === 0) return [{ kind: 'note', tone: 'info', parts: [texts.profile.nothing] }]
  const tables = themes.flatMap(({ theme, figures }): Block[] => [
    { kind: 'heading', level: 2, text: localise(theme.label, language) },
    {
      kind: 'table',
      caption: `${area.name}: ${localise(theme.label, language)}`,
      columns: [
        column('indicator', texts.profile.indicator, false),
        column('value', area.name, true),
        ...(hasTown ? [column('town', town.area.name, true), column('difference', texts.profile.difference, true)] : []),
        column('period', texts.profile.asOf, false),
      ],
      rows: figures.map(figure => ({
        area: null,
        isChosen: false,
        cells: [
          { content: { text: localise(figure.indicator.label, language), href: addresses.map(figure.indicator.id, figure.period, level.id) } },
          cellField(figure.cell, figure, language),
          ...(hasTown ? [figure.town === null ? { content: '' } : cellField(figure.town, figure, language), { content: differenceText(figure, language) }] : []),
          // The day of a census is long ago, and easily overlooked among others.
          { content: formatPeriod(figure.period, language), ...(isCensus(edition, level, figure) && { isStrong: true }) },
        ],
      })),
      footer: [],
    },
  ])
  return [
    ...tables,
    ...(hasTown ? [{ kind: 'text', role: 'small', parts: [texts.profile.differenceHint] } as const] : []),
    ...readingBlocks(edition, level, area, language),
  ]
}

function isCensus (edition: Edition, level: Level, { indicator, period }: ProfileFigure): boolean {
  return statedDate(edition, { indicator, level, period }, 'de') !== null
}

/** What must be read with the figures of the profile, and what they can be held against. */
function readingBlocks (edition: Edition, level: Level, area: Area, language: Language): Block[] {
  const { reading } = getTexts(language)
  const figures = listFigures(edition, level, area).flatMap(({ figures }) => figures)
  const notes = figures.flatMap(figure => profileNotes(edition, level, area, figure, language).map(text => `${localise(figure.indicator.label, language)}: ${text}`))
  const compared = figures.flatMap(({ indicator, period }) => findReferences(edition, { indicator, period }).map(reference => ({ ...reference, indicator, period })))
  return [
    ...notesBlocks([...new Set(notes)].map(text => ({ mark: null, text })), language),
    ...(compared.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: reading.references } as const,
          referenceTable(compared, reading.referencesCaption(area.name), language, true),
          { kind: 'text', role: 'small', parts: [reading.referencesHint] } as const,
        ]),
  ]
}

function cellField (cell: Cell, { indicator }: ProfileFigure, language: Language): TableField {
  const texts = getTexts(language)
  const remark = cellRemark(cell, texts)
  const print = (value: number) => formatValue(value, indicator, language)
  const content = cell.status === 'observed' ? print(cell.value) : cellSign(cell, texts, print)
  return { content, ...(cell.status === 'observed' ? { value: cell.value } : {}), ...(remark === '' ? {} : { detail: remark }) }
}

/**
 * How far a share or ratio lies from the town's, from the values as they are printed, so that a
 * reader can check it; empty for counts, where the difference says nothing, and where a value is missing.
 */
function differenceText ({ indicator, cell, town }: ProfileFigure, language: Language): string {
  if (indicator.kind === 'count' || cell.status !== 'observed' || town?.status !== 'observed') return ''
  const { decimals } = indicator
  const rounded = (value: number) => Number(formatNumber(value, { decimals, language: 'en' }).replaceAll(',', '').replace('\u2212', '-'))
  const number = formatNumber(rounded(cell.value) - rounded(town.value), { decimals, language, signed: true })
  return localise(indicator.unit, language) === '%' ? `${number}${noBreakSpace}${getTexts(language).profile.points}` : number
}
