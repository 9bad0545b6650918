import type { ViewFacts } from '../render/view-parts.ts'
import { getTexts } from '../core/text.ts'
import { localise } from '../core/edition.ts'
import { areaLook, areaText, classColours, tableCell, tableRows, viewSentence, viewTitle } from '../render/view-parts.ts'
import { blockHtml } from '../render/html/block.ts'
import { keyBlock } from '../render/key-block.ts'
import type { ShownIndicator } from './facts.ts'
import { adoptChoices } from './controls.ts'

/**
 * Changes the page that the server sent, with the functions that made it there.
 *
 * @param hasAllNames the sentence names areas, and a page with a part of the table does not know all
 */
export function showView (facts: ViewFacts, indicator: ShownIndicator, hasAllNames: boolean): void {
  showTitle(viewTitle(facts))
  if (hasAllNames) setText(document.querySelector('#sentence'), viewSentence(facts))
  const key = document.querySelector('#legend')
  if (key) key.outerHTML = blockHtml(keyBlock(facts, indicator.kind)).markup
  showPicture(facts)
  showTable(facts)
}

/** Names of the areas by id, as the page has them. */
export function readAreaNames (): Map<string, string> {
  const rows = document.querySelectorAll<HTMLElement>('#values tbody tr[data-area]')
  return new Map([...rows].map(row => [row.dataset.area!, row.querySelector('th')?.textContent?.trim() ?? '']))
}

/** Marks pinned areas in picture and table. */
export function showPins (areas: readonly string[]): void {
  for (const row of document.querySelectorAll<HTMLElement>('#values tbody tr[data-area]')) {
    row.classList.toggle('chosen', areas.includes(row.dataset.area!))
  }
  const picture = document.querySelector('#map-frame > svg')
  picture?.querySelector('g.chosen')?.remove()
  const outlines = areas.map(id => picture?.querySelector(`path[data-area="${CSS.escape(id)}"]`)?.getAttribute('d') ?? '').join('')
  if (!picture || outlines === '') return
  const group = svgElement('g', { class: 'chosen', fill: 'none', 'stroke-linejoin': 'round', 'pointer-events': 'none' })
  group.append(
    svgElement('path', { d: outlines, stroke: '#ffffff', 'stroke-width': '12' }),
    svgElement('path', { d: outlines, stroke: '#111111', 'stroke-width': '5' }))
  picture.querySelector('g.areas')?.after(group)
}

/** Shows which area the pointer is over, in picture and table alike. */
export function showHover (area: string | undefined): void {
  for (const element of document.querySelectorAll('.hovered')) element.classList.remove('hovered')
  if (area === undefined) return
  for (const element of document.querySelectorAll(`#map-frame path[data-area="${CSS.escape(area)}"], #values tr[data-area="${CSS.escape(area)}"]`)) {
    element.classList.add('hovered')
  }
}

/**
 * Takes over from the server's page what stands around the view: definition, sources, downloads,
 * links, choices. The view itself is on the screen by then.
 */
export function adoptFrame (page: Document): void {
  adoptParts(page, ['header.site', '#map figcaption', 'section.reading', 'section.about', 'footer', 'nav.trail'])
  adoptMarks(page)
  adoptChoices(page)
}

/** Marks of notes on single areas; which there are only the server knows. */
function adoptMarks (page: Document): void {
  for (const fresh of page.querySelectorAll<HTMLTableRowElement>('#values tbody tr[data-area]')) {
    const remark = fresh.cells[3]
    if (!remark?.querySelector('a')) continue
    const shown = document.querySelector<HTMLTableRowElement>(`#values tbody tr[data-area="${CSS.escape(fresh.dataset.area!)}"]`)
    shown?.cells[3]?.replaceWith(remark)
  }
}

function adoptParts (page: Document, selectors: readonly string[]): void {
  for (const selector of selectors) {
    const [fresh, shown] = [page.querySelector(selector), document.querySelector(selector)]
    if (fresh && shown && !shown.contains(document.activeElement)) shown.replaceWith(fresh)
  }
}

/** Takes over what only the server can say where the table has pages and the picture is a file. */
export function adoptView (page: Document): void {
  setText(document.querySelector('#sentence'), page.querySelector('#sentence')?.textContent ?? '')
  adoptParts(page, ['#map-frame > img', 'main > .table'])
}

/**
 * Puts another page in the place of this one. Who was choosing goes on choosing, and the sentence is
 * filled in after its place is there, so that it is read out.
 */
export function adoptPage (page: Document): void {
  const focused = document.activeElement?.id
  const sentence = page.querySelector('#sentence')
  const text = sentence?.textContent ?? ''
  sentence?.replaceChildren()
  document.title = page.title
  document.documentElement.lang = page.documentElement.lang
  document.body.replaceWith(page.body)
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
  requestAnimationFrame(() => setText(document.querySelector('#sentence'), text))
}

export async function fetchPage (url: string): Promise<Document> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return new DOMParser().parseFromString(await response.text(), 'text/html')
}

function showTitle (title: string): void {
  const heading = document.querySelector('h1')
  const before = heading?.textContent ?? ''
  setText(heading, title)
  document.title = before === '' ? title : document.title.replace(before, title)
}

function showPicture (facts: ViewFacts): void {
  const picture = document.querySelector('#map-frame > svg')
  if (!picture) return
  const colours = classColours(facts)
  const hatch = picture.querySelector('pattern')?.id
  facts.areas.forEach(({ id, name }, i) => {
    const path = picture.querySelector(`path[data-area="${CSS.escape(id)}"]`)
    if (!path) return
    const cell = facts.cells[i]!
    const { className, colour } = areaLook(cell, facts.classes.breaks, colours)
    path.setAttribute('class', className)
    const fill = cell.status === 'suppressed' ? `url(#${hatch})` : colour
    if (fill === null) path.removeAttribute('fill')
    else path.setAttribute('fill', fill)
    setText(path.querySelector('title'), areaText(name, cell, facts))
  })
  setText(picture.querySelector('title'), getTexts(facts.language).map.label(viewTitle(facts)))
}

function showTable (facts: ViewFacts): void {
  const table = document.querySelector<HTMLTableElement>('#values')
  if (!table) return
  const texts = getTexts(facts.language)
  const unit = localise(facts.indicator.unit, facts.language)
  const caption = texts.table.caption(viewTitle(facts), facts.levelPlural)
  setText(table.caption, caption)
  table.parentElement?.setAttribute('aria-label', caption)
  setText(table.querySelector('[data-sort="value"]'), unit === '' ? texts.table.value : `${texts.table.value} (${unit})`)

  const rows = new Map(tableRows(facts).map(row => [row.id, row]))
  for (const line of table.querySelectorAll<HTMLTableRowElement>('tbody tr[data-area]')) {
    const row = rows.get(line.dataset.area!)
    if (row) showRow(line, row)
  }
  const town = table.querySelector<HTMLTableRowElement>('tfoot tr')
  if (town && facts.town) showRow(town, { ...tableCell(facts.town.cell, facts), classNumber: null })
}

function showRow (line: HTMLTableRowElement, { text, value, classNumber, remark }: Pick<ReturnType<typeof tableCell>, 'text' | 'value' | 'classNumber' | 'remark'>): void {
  const [, valueCell, classCell, remarkCell] = line.cells
  setField(valueCell, text, value)
  setField(classCell, classNumber === null ? '' : String(classNumber), classNumber)
  setText(remarkCell, remark)
}

function setField (cell: HTMLTableCellElement | undefined, text: string, value: number | null): void {
  setText(cell, text)
  if (value === null) cell?.removeAttribute('data-value')
  else cell?.setAttribute('data-value', String(value))
}

/** Touches the page only where something changes: the layout of a long table is the dearest part of a switch. */
function setText (element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text
}

function svgElement (name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  return element
}
