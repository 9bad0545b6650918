import type { Edition } from '../../core/edition.ts'
import { localise } from '../../core/edition.ts'
import { markup, trusted, when, type Markup } from '../../render/markup.ts'
import type { FacilityFileName, FacilityTable } from '../../worker/facility-list.ts'
import { facilityMap } from '../facility-map.ts'
import { getWorkshopTexts } from '../texts.ts'
import type { ShownRow } from '../typed-table.ts'
import { at } from '../workshop.ts'
import { form, hidden, submitButton } from './form.ts'
import { noticeHtml, workshopPage, type Notice, type PageCall } from './frame.ts'

interface FacilityListsPage extends PageCall {
  readonly atlas: string
  readonly files: readonly FacilityFileName[]
}

/** The files that hold places. */
export function facilityListsPage ({ workshop, visitor, atlas, files }: FacilityListsPage): string {
  const { facilities: texts } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    content: files.length === 0
      ? markup`<p>${texts.none}</p>`
      : markup`<p>${texts.text}</p>
<ul class="plain-list">${files.map(({ label, file }, number) => markup`<li><a href="${at(workshop, `${atlas}/einrichtungen/${number}`)}">${localise(label, visitor.language)}</a> – ${file}</li>
`)}</ul>`,
  })
}

export interface FacilityPage extends PageCall {
  readonly atlas: string
  /** Position among the files. */
  readonly number: string
  readonly table: FacilityTable
  /** As they are, or as somebody typed them. */
  readonly rows: readonly ShownRow[]
  /** One that knows the areas; undefined where nothing was built yet. */
  readonly edition: Edition | undefined
  readonly notices: readonly Notice[]
}

/** How many rows are free for new places. */
const freeRows = 3

/** One file as a map and a table, in which rows are added, changed and taken away. */
export function facilityPage (page: FacilityPage): string {
  const { workshop, visitor, atlas, number, table, rows, edition, notices } = page
  const { facilities: texts } = getWorkshopTexts(visitor.language)
  const own = `${atlas}/einrichtungen/${number}`
  const map = edition && facilityMap({ edition, table, title: texts.map(localise(table.label, visitor.language)) })
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: `${texts.title}: ${localise(table.label, visitor.language)}`,
    content: markup`${notices.map(noticeHtml)}
<p><a href="${at(workshop, `${atlas}/einrichtungen`)}">${texts.toLists}</a> · <a href="${at(workshop, `${own}/tabelle.csv`)}">${texts.download}</a></p>
<p>${texts.warning}</p>
${map === undefined
? markup`<p>${texts.noMap}</p>`
: markup`${trusted(map.svg)}
${when(map.missing.length > 0, () => markup`<p>${texts.notOnMap(map.missing.join(', '))}</p>`)}`}
${table.isEditable
? markup`<div class="wide">${editorHtml(page)}</div>`
: tableHtml(page, rows)}`,
  })
}

function editorHtml (page: FacilityPage): Markup {
  const { workshop, visitor, atlas, number, table, rows } = page
  const { facilities: texts, save } = getWorkshopTexts(visitor.language)
  const free = Array.from({ length: freeRows }, (): ShownRow => ({ token: null, cells: table.columns.map(() => ''), seal: '' }))
  return form(visitor, at(workshop, `${atlas}/einrichtungen/${number}`), markup`${hidden('hash', table.version)}
${tableHtml(page, [...rows, ...free])}
<p>${texts.freeRows}</p>
${submitButton(save)}`)
}

function tableHtml ({ visitor, table }: FacilityPage, rows: readonly ShownRow[]): Markup {
  const { facilities: texts } = getWorkshopTexts(visitor.language)
  const widths = table.columns.map((_, column) => Math.min(24, Math.max(6, ...rows.map(({ cells }) => cells?.[column]?.length ?? 0))))
  return markup`<div class="table-frame" tabindex="0" role="region" aria-label="${localise(table.label, visitor.language)}"><table class="facilities">
<thead><tr><th scope="col">${texts.line}</th>${table.columns.map(column => markup`<th scope="col">${column}</th>`)}${when(table.isEditable, () => markup`<th scope="col">${texts.remove}</th>`)}</tr></thead>
<tbody>${rows.map((row, at) => rowHtml({ visitor, table, row, at, widths }))}</tbody></table></div>`
}

interface RowCall extends Pick<FacilityPage, 'visitor' | 'table'> {
  readonly row: ShownRow
  /** Position in the table, from 0. */
  readonly at: number
  /** Letters of the longest text of each column. */
  readonly widths: readonly number[]
}

/** Heads are at the first line of the file. */
function rowHtml ({ visitor, table: { columns, isEditable }, row: { token, cells, seal, isForeign = false }, at: row, widths }: RowCall): Markup {
  const { facilities: texts } = getWorkshopTexts(visitor.language)
  const line = row + 2
  const name = (column: string) => `${column}, ${texts.line} ${line}`
  const content = cells === null
    ? markup`<td colspan="${columns.length}">${texts.notShown}</td>`
    : cells.map((cell, column) => markup`<td><span class="head" aria-hidden="true">${columns[column]!}</span>${isEditable
      ? markup`<input class="kern-form-input__input" name="c:${row}:${column}" value="${cell}" size="${widths[column]!}" maxlength="2000" autocomplete="off" aria-label="${name(columns[column]!)}">`
      : cell}</td>`)
  return markup`<tr id="zeile-${line}"${when(isForeign, () => markup` class="foreign"`)}><th scope="row">${line}${when(isForeign, () => markup` ${texts.foreign}`)}${
    when(isEditable, () => markup`${hidden(`t:${row}`, token ?? '')}${hidden(`o:${row}`, seal)}`)}</th>${content}${
    when(isEditable, () => markup`<td>${token === null && seal === '' && (cells ?? []).every(cell => cell === '') ? null : markup`<span class="head" aria-hidden="true">${texts.remove}</span><input type="checkbox" name="x:${row}" value="yes" aria-label="${name(texts.remove)}">`}</td>`)}</tr>
`
}
