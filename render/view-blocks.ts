import type { Block, Inline, TableBlock, TableColumn, TableField, TableLine } from './blocks.ts'
import type { Site } from './site.ts'
import type { ViewData } from './view-data.ts'
import type { TableRow } from './view-parts.ts'
import type { Addresses } from './address.ts'
import { localise } from '../core/edition.ts'
import { getTexts } from '../core/text.ts'
import { makeAddresses } from './address.ts'
import { citeView } from './citation.ts'
import { keyBlock } from './key-block.ts'
import { noteId } from './html/block.ts'
import { drawGeometry } from './svg/path.ts'
import { mapSvg } from './svg/map.ts'
import { markedNotes, readingBlocks, statedDate, type MarkedNote } from './reading-notes.ts'
import { areaText, classColours, tableCell, tableRows, viewSentence, viewTitle } from './view-parts.ts'
import { inlineAreaLimit, rowsPerPage } from './view-data.ts'

/** A view in words, map, key and table, in the order in which it is read. */
export function viewBlocks (data: ViewData, site: Site): { title: Block, sentence: Block, map: Block, key: Block, table: TableBlock, reading: Block[], about: Block[] } {
  const addresses = makeAddresses(data.edition, site, data.language)
  const figures = { indicator: data.indicator, level: data.areaLevel, period: data.period }
  const marked = markedNotes(data.edition, figures, data.language)
  const table = tableBlock(data, addresses, marked)
  const shown = new Set(table.rows.map(({ area }) => area))
  return {
    title: { kind: 'heading', level: 1, text: viewTitle(data) },
    sentence: { kind: 'text', id: 'sentence', role: 'lead', parts: [viewSentence(data)] },
    map: mapBlock(data, addresses),
    key: keyBlock(data, data.indicator.kind),
    table,
    reading: readingBlocks(data.edition, figures, marked.filter(({ areas }) => areas.some(area => shown.has(area))), data.language),
    about: aboutBlocks(data, addresses),
  }
}

/** The picture of a view for a page, a picture file or a document. */
export function viewPicture (data: ViewData, idPrefix: string): Parameters<typeof mapSvg>[0] {
  const { edition, areas, cells, geometry, classes, language, chosen } = data
  const texts = getTexts(language)
  return {
    areas,
    cells,
    geometry,
    breaks: classes.breaks,
    colours: classColours(data),
    areaTexts: areas.map(({ name }, i) => areaText(name, cells[i]!, data)),
    chosen: chosen.map(({ id }) => areas.findIndex(area => area.id === id)),
    context: edition.context,
    title: texts.map.label(viewTitle(data)),
    description: texts.map.description,
    idPrefix,
  }
}

function mapBlock (data: ViewData, addresses: Addresses): Block {
  const { language, areas, geometry, view } = data
  const texts = getTexts(language)
  const { attribution: boundaries } = data.areaLevel
  const stated = statedDate(data.edition, { indicator: data.indicator, level: data.areaLevel, period: data.period }, language)
  const date = stated ? { date: stated } : {}
  const attributions = [
    ...new Set(data.deliveries.map(({ attribution }) => attribution)),
    ...(boundaries === null ? [] : [`${texts.frame.boundaries}: ${boundaries}`]),
  ]
  const caption: Inline[] = [
    ...(attributions.length === 0 ? [] : [`${attributions.length > 1 ? texts.frame.sources : texts.frame.source}: ${attributions.join('; ')}. `]),
    `${texts.frame.asOf}: ${citeView(data).asOf}.`,
  ]
  if (areas.length <= inlineAreaLimit) return { kind: 'map', svg: mapSvg(viewPicture(data, 'map')), caption, ...date }
  const { width, height } = drawGeometry(geometry).projection
  return {
    kind: 'picture',
    src: addresses.view({ ...view, page: 1 }, 'svg'),
    width,
    height,
    alternative: `${texts.map.label(viewTitle(data))}. ${viewSentence(data)}`,
    openText: texts.map.tooLarge,
    caption,
    ...date,
  }
}

function tableBlock (data: ViewData, addresses: Addresses, marked: readonly MarkedNote[]): TableBlock {
  const { language, indicator, view, town, areaLevel, areas, edition } = data
  const texts = getTexts(language)
  const unit = localise(indicator.unit, language)
  const column = (id: string, label: string, isNumeric: boolean): TableColumn => ({ id, label, isNumeric, sortLabel: texts.table.sortBy(label) })
  const rows = tableRows(data)
  const isPaged = areas.length > inlineAreaLimit
  const shown = isPaged ? rows.slice((view.page - 1) * rowsPerPage, view.page * rowsPerPage) : rows
  const line = (row: Omit<TableRow, 'index' | 'id'>, area: string | null, href: string, detail?: string): TableLine => ({
    area,
    isChosen: area !== null && view.areas.includes(area),
    cells: [
      { content: { text: row.name, href }, ...(detail === undefined ? {} : { detail }) },
      valueField(row),
      { content: row.classNumber === null ? '' : String(row.classNumber), ...(row.classNumber === null ? {} : { value: row.classNumber }) },
      remarkField(row.remark, marked.filter(({ areas }) => area !== null && areas.includes(area)), texts.reading.mark),
    ],
  })
  const reference = town && edition.levels.find(({ id }) => id === edition.atlas.referenceLevel)
  return {
    kind: 'table',
    id: 'values',
    caption: texts.table.caption(viewTitle(data), data.levelPlural),
    columns: [
      column('name', localise(areaLevel.label, language), false),
      column('value', unit === '' ? texts.table.value : `${texts.table.value} (${unit})`, true),
      column('class', texts.table.class, true),
      { ...column('remark', texts.table.remark, false), sortLabel: null },
    ],
    rows: shown.map(row => line(row, row.id, addresses.area(areaLevel.id, row.id))),
    footer: town && reference
      ? [line({ name: town.name, ...tableCell(town.cell, data), classNumber: null }, null, addresses.area(reference.id, reference.areas[0]!.id), `${town.label}, ${texts.table.comparison}`)]
      : [],
  }
}

/** What is to be said of a value, and the marks of the notes on its area. */
function remarkField (remark: string, notes: readonly MarkedNote[], label: string): TableField {
  return { content: remark, ...(notes.length > 0 && { more: notes.map(({ mark }) => ({ text: `${label} ${mark}`, href: `#${noteId(mark)}` })) }) }
}

function valueField ({ text, value }: Pick<TableRow, 'text' | 'value'>): TableField {
  return value === null ? { content: text } : { content: text, value }
}

function aboutBlocks (data: ViewData, addresses: Addresses): Block[] {
  const { indicator, language, view } = data
  const texts = getTexts(language)
  const all = { ...view, page: 1 }
  return [
    { kind: 'heading', level: 2, text: texts.indicator.definition },
    { kind: 'text', parts: [localise(indicator.definition, language)] },
    ...indicator.notes.map((note): Block => ({ kind: 'text', role: 'small', parts: [localise(note, language)] })),
    { kind: 'text', parts: [{ text: `${localise(indicator.label, language)}: ${texts.indicator.formula}, ${texts.frame.sources}, ${texts.indicator.signs}`, href: addresses.indicator(indicator.id) }] },
    { kind: 'heading', level: 2, text: texts.downloads.heading },
    {
      kind: 'links',
      id: 'downloads',
      links: [
        { text: texts.downloads.csv, href: addresses.view(all, 'csv') },
        { text: texts.downloads.svg, href: addresses.view(all, 'svg') },
        { text: texts.downloads.geojson, href: addresses.view(all, 'geojson') },
        { text: texts.downloads.json, href: addresses.view(all, 'json') },
      ],
    },
  ]
}
