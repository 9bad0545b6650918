import { may } from '../../core/permission.ts'
import { formatNumber } from '../../core/number.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import { getWorkshopTexts } from '../texts.ts'
import type { VisibleReport } from '../visible-report.ts'
import { accountOf, at } from '../workshop.ts'
import { form, hidden, submitButton } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

interface VisiblePage extends PageCall {
  readonly atlas: string
  readonly report: VisibleReport | undefined
  readonly notice: Notice | undefined
}

/** What stays visible under the chosen rules, the most affected first, and the ways to show more. */
export function visiblePage (page: VisiblePage): string {
  const { workshop, visitor, atlas, report, notice } = page
  const { visible: texts, overview } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    notice,
    content: markup`<p>${texts.text}</p>
${when(may(accountOf(visitor), 'build', atlas), () => form(visitor, at(workshop, `${atlas}/pruefen`), submitButton(overview.check, 'secondary')))}
${when(may(accountOf(visitor), 'configure', atlas), () => markup`<p><a href="${at(workshop, `${atlas}/angaben`)}">${texts.rules}</a></p>`)}
${report ? markup`${tableHtml(page, report)}${remediesHtml(page, report)}` : markup`<p>${texts.none}</p>`}`,
  })
}

function tableHtml ({ visitor: { language } }: VisiblePage, { rows }: VisibleReport): Markup {
  const { visible: texts } = getWorkshopTexts(language)
  const shareOf = ({ printed, suppressed, withheld }: VisibleReport['rows'][number]) => printed / (printed + suppressed + withheld)
  const affected = rows.filter(({ suppressed, withheld }) => suppressed + withheld > 0).toSorted((a, b) => shareOf(a) - shareOf(b))
  if (affected.length === 0) return markup`<p>${texts.all}</p>`
  const { columns } = texts
  return markup`<div class="table-frame"><table><caption class="visually-hidden">${texts.title}</caption>
<thead><tr>${[columns.indicator, columns.level, columns.share, columns.printed, columns.suppressed, columns.withheld].map(head => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${affected.map(row => markup`<tr><th scope="row">${row.indicator}</th><td>${row.level}</td><td>${formatNumber(100 * shareOf(row), { decimals: 1, language })} %</td>${
  [row.printed, row.suppressed, row.withheld].map(count => markup`<td>${formatNumber(count, { decimals: 0, language })}</td>`)}</tr>
`)}</tbody></table></div>
${when(rows.length > affected.length, () => markup`<p>${texts.whole(rows.length - affected.length)}</p>`)}`
}

function remediesHtml (page: VisiblePage, { families }: VisibleReport): Markup | null {
  if (families.length === 0) return null
  const { visitor: { language } } = page
  const { visible: texts } = getWorkshopTexts(language)
  const whole = (count: number) => formatNumber(count, { decimals: 0, language })
  return markup`<h2>${texts.remedies}</h2>
<p>${texts.remediesText}</p>
${families.map(family => markup`<h3>${family.labels.join(', ')}</h3>
<p>${texts.now(whole(family.printed), whole(family.cells))}</p>
${family.ways.length === 0 ? markup`<p>${texts.noWay}</p>` : markup`<ol class="plain-list">${family.ways.map(way => wayHtml(page, way))}</ol>`}`)}`
}

function wayHtml ({ workshop, visitor, atlas }: VisiblePage, { key, remedy, sentence }: VisibleReport['families'][number]['ways'][number]): Markup {
  const { visible: texts } = getWorkshopTexts(visitor.language)
  const isRule = remedy === 'smaller-minimum' || remedy === 'rounded'
  return markup`<li class="card"><p>${sentence}</p>
${isRule
  ? when(may(accountOf(visitor), 'configure', atlas), () => form(visitor, at(workshop, `${atlas}/sichtbar`), markup`${hidden('way', key)}
${when(remedy === 'smaller-minimum', () => markup`<div class="kern-form-check"><input class="kern-form-check__checkbox" type="checkbox" id="agreed-${key}" name="agreed" value="yes" required><label class="kern-label" for="agreed-${key}">${texts.agreed}</label></div>`)}
${submitButton(texts.apply, 'secondary')}`))
  : markup`<p class="small">${texts.byHand}</p>`}</li>
`
}
