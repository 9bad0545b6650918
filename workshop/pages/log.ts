import { markup, when, type Markup } from '../../render/markup.ts'
import type { LogEntry, LoggedAction } from '../../sql/audit-log.ts'
import { formatMoment } from '../moment.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { workshopPage, type PageCall } from './frame.ts'

interface LogPage extends PageCall {
  readonly atlas: string | null
  readonly entries: readonly LogEntry[]
  readonly hasOlder: boolean
}

/** Who did what, the newest first. */
export function logPage (call: LogPage): string {
  const { workshop, visitor, atlas, entries, hasOlder } = call
  const { log: texts } = getWorkshopTexts(visitor.language)
  const own = atlas === null ? 'protokoll' : `${atlas}/protokoll`
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    content: markup`<p class="lead">${texts.text}</p>
${when(atlas !== null, () => markup`<p><a href="${at(workshop, `${own}.csv`)}">${texts.export}</a></p>`)}
${entries.length === 0 ? markup`<p>${texts.none}</p>` : tableHtml(call)}
${when(hasOlder, () => markup`<p><a href="${at(workshop, own)}?vor=${entries.at(-1)!.entry}">${texts.older}</a></p>`)}`,
  })
}

/** After which one can read what was approved. */
const withSheet: readonly LoggedAction[] = ['approved', 'published', 'received']

function tableHtml ({ workshop, visitor: { language }, atlas, entries }: LogPage): Markup {
  const { log: texts, sheet } = getWorkshopTexts(language)
  const sheetLink = ({ action, toEdition }: LogEntry) => atlas === null || toEdition === null || !withSheet.includes(action)
    ? null
    : markup` <a href="${at(workshop, `${atlas}/freigabeblatt/${toEdition}`)}" aria-label="${sheet.ofEdition(toEdition)}">${sheet.open}</a>`
  const editions = ({ fromEdition, toEdition }: LogEntry) => [fromEdition, toEdition].filter(id => id !== null).join(' → ')
  return markup`<div class="table-frame"><table>
<caption>${texts.title}</caption>
<thead><tr><th scope="col">${texts.at}</th><th scope="col">${texts.who}</th><th scope="col">${texts.what}</th><th scope="col">${texts.editions}</th><th scope="col">${texts.details}</th></tr></thead>
<tbody>${entries.map(entry => markup`<tr><td>${formatMoment(entry.at, language)}</td><th scope="row">${entry.name}</th><td>${texts.actions[entry.action]}</td><td>${editions(entry)}${sheetLink(entry)}</td><td>${Object.values(entry.details).join(', ')}</td></tr>
`)}</tbody>
</table></div>`
}
