import type { Block, FactsBlock, Inline, KeyBlock, LinksBlock, MapBlock, NotesBlock, PictureBlock, StatedDate, TableBlock, TableColumn, TableField, TableLine } from '../blocks.ts'
import type { Markup } from '../markup.ts'
import type { KeyEntry } from '../view-parts.ts'
import { missingColour } from '../../core/palette.ts'
import { markup, trusted, when } from '../markup.ts'
import { hatch } from '../svg/map.ts'

/** A block as HTML. Nothing here has a style attribute or a script: the page's rules forbid both. */
export function blockHtml (block: Block): Markup {
  switch (block.kind) {
    case 'heading': return headingHtml(block.level, block.text, block.id)
    case 'text': return textHtml(block.parts, block.role, block.id)
    case 'map': return mapHtml(block)
    case 'picture': return pictureHtml(block)
    case 'key': return keyHtml(block)
    case 'table': return tableHtml(block)
    case 'note': return markup`<p class="note note-${block.tone}">${inlineHtml(block.parts)}</p>`
    case 'notes': return notesHtml(block)
    case 'date': return markup`<p>${dateHtml(block)}</p>`
    case 'facts': return factsHtml(block)
    case 'links': return linksHtml(block)
  }
}

function inlineHtml (parts: readonly Inline[]): Markup {
  return markup`${parts.map(part => typeof part === 'string' ? part : linkHtml(part.text, part.href))}`
}

export function linkHtml (text: string, href: string): Markup {
  return markup`<a href="${href}">${text}</a>`
}

function headingHtml (level: 1 | 2 | 3, text: string, id: string | undefined): Markup {
  const tag = trusted(`h${level}`)
  return markup`<${tag}${idAttribute(id)}>${text}</${tag}>`
}

function textHtml (parts: readonly Inline[], role: 'lead' | 'small' | undefined, id: string | undefined): Markup {
  return role === 'lead'
    ? markup`<p${idAttribute(id)} class="lead" role="status" aria-live="polite">${inlineHtml(parts)}</p>`
    : markup`<p${idAttribute(id)}${role === undefined ? null : markup` class="${role}"`}>${inlineHtml(parts)}</p>`
}

function mapHtml ({ svg, caption, date }: MapBlock): Markup {
  return markup`<figure id="map">
<div id="map-frame">${trusted(svg)}</div>
<figcaption>${date ? dateHtml(date) : null}${inlineHtml(caption)}</figcaption>
</figure>`
}

function pictureHtml ({ src, width, height, alternative, openText, caption, date }: PictureBlock): Markup {
  return markup`<figure id="map">
<div id="map-frame"><img src="${src}" width="${width}" height="${height}" alt="${alternative}"></div>
<figcaption>${date ? dateHtml(date) : null}${linkHtml(openText, src)}. ${inlineHtml(caption)}</figcaption>
</figure>`
}

function keyHtml ({ heading, subject, entries, town, countTexts, notes }: KeyBlock): Markup {
  const most = Math.max(1, ...entries.map(({ count }) => count))
  return markup`<aside id="legend" aria-labelledby="legend-heading">
<h2 id="legend-heading">${heading}</h2>
<p class="subject">${subject}</p>
<ol>${entries.map((entry, i) => markup`
<li data-look="${entry.look}"${when(entry.hasTown, () => markup` class="has-town"`)}>${swatch(entry)}<span class="label">${entry.label}</span><span class="count"><span aria-hidden="true">${entry.count}</span><span class="visually-hidden">: ${countTexts[i]!}</span></span>${bar(entry, most)}${when(entry.hasTown, () => markup`<span class="town">${town}</span>`)}</li>`)}
</ol>
${entries.some(({ hasTown }) => hasTown) || town === null ? null : markup`<p class="town">${town}</p>`}
${notes.map(note => markup`<p class="small">${note}</p>`)}
</aside>`
}

/** The look of a class, drawn as the map draws it; the hatch is its own, because a large map is in another file. */
export function swatch ({ look, colour }: KeyEntry): Markup {
  const fill = colour ?? (look === 'suppressed' ? 'url(#key-hatch)' : missingColour)
  return markup`<svg class="swatch" viewBox="0 0 36 28" aria-hidden="true">${look === 'suppressed' ? hatch('key-hatch') : null}<rect x="1" y="1" width="34" height="26" fill="${fill}"/></svg>`
}

/** How many areas, as a length. */
function bar ({ count, colour }: KeyEntry, most: number): Markup {
  return markup`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.round(100 * count / most)}" height="8" fill="${colour ?? '#8a8a8a'}"/></svg>`
}

function tableHtml ({ id, caption, columns, rows, footer }: TableBlock): Markup {
  return markup`<div class="table-frame" role="region" aria-label="${caption}" tabindex="0">
<table${idAttribute(id)} class="kern-table kern-table--small">
<caption>${caption}</caption>
<thead><tr>${columns.map(columnHtml)}</tr></thead>
<tbody>${rows.map(row => rowHtml(row, columns))}
</tbody>${footer.length === 0
? null
: markup`
<tfoot>${footer.map(row => rowHtml(row, columns))}
</tfoot>`}
</table>
</div>`
}

/** The button is disabled until the viewer sorts: without script it could do nothing. */
function columnHtml ({ id, label, isNumeric, sortLabel }: TableColumn): Markup {
  const name = isNumeric ? markup` class="numeric"` : null
  return sortLabel === null
    ? markup`<th scope="col"${name}>${label}</th>`
    : markup`<th scope="col"${name}><button type="button" disabled data-sort="${id}" title="${sortLabel}">${label}</button></th>`
}

function rowHtml ({ area, isChosen, cells: [head, ...cells] }: TableLine, columns: readonly TableColumn[]): Markup {
  const row = markup`${area === null ? null : markup` data-area="${area}"`}${isChosen ? markup` class="chosen"` : null}`
  return markup`
<tr${row}><th scope="row">${fieldHtml(head!)}</th>${cells.map((field, i) =>
  markup`<td${columns[i + 1]!.isNumeric ? markup` class="numeric"` : null}${field.value === undefined ? null : markup` data-value="${field.value}"`}>${fieldHtml(field)}</td>`)}</tr>`
}

function fieldHtml ({ content, detail, more, isStrong }: TableField): Markup {
  const main = isStrong === true ? markup`<strong>${inlineHtml([content])}</strong>` : inlineHtml([content])
  const links = more?.map(({ text, href }, i) => markup`${i === 0 && content === '' ? '' : ' '}${linkHtml(text, href)}`)
  return markup`${main}${links ?? null}${detail === undefined ? null : markup` <span class="detail">${detail}</span>`}`
}

function notesHtml ({ items }: NotesBlock): Markup {
  return markup`<ul class="notes">${items.map(({ mark, text }) => mark === null
    ? markup`
<li>${text}</li>`
    : markup`
<li id="${noteId(mark)}"><span class="mark">${mark}</span> ${text}</li>`)}
</ul>`
}

/** Where the mark of a row leads. */
export function noteId (mark: string): string {
  return `hinweis-${mark}`
}

function dateHtml ({ label, date, hint }: StatedDate): Markup {
  return markup`<span class="stated-date"><span>${label}</span> <strong>${date}</strong> <span>${hint}</span></span>`
}

function factsHtml ({ role, facts }: FactsBlock): Markup {
  return markup`<dl class="facts${role === undefined ? '' : ` ${role}`}">${facts.map(({ term, details }) => markup`
<div><dt>${term}</dt>${details.map(parts => markup`<dd>${inlineHtml(parts)}</dd>`)}</div>`)}
</dl>`
}

function linksHtml ({ id, links }: LinksBlock): Markup {
  return markup`<ul class="links"${idAttribute(id)}>${links.map(({ text, href, detail, isCurrent }) => markup`
<li><a href="${href}"${isCurrent === true ? markup` aria-current="page"` : null}>${text}</a>${detail === undefined ? null : markup` <span class="detail">${detail}</span>`}</li>`)}
</ul>`
}

function idAttribute (id: string | undefined): Markup | null {
  return id === undefined ? null : markup` id="${id}"`
}
