import { refusalOf } from '../../core/acceptable.ts'
import { may } from '../../core/permission.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { KeptFinding, KeptReport } from '../kept-report.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form, hidden, submitButton, textField } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

interface FindingsPage extends PageCall {
  readonly atlas: string
  readonly report: KeptReport | undefined
  /** Of the project file now; null where there is none. */
  readonly hash: string | null
  readonly notice: Notice | undefined
}

type Group = 'error' | 'warning' | 'note' | 'accepted'

/** The check report with its answers: first what stops the edition, then what to look at. */
export function findingsPage (call: FindingsPage): string {
  const { workshop, visitor, atlas, report, notice } = call
  const { findings: texts, overview } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    notice,
    content: markup`<p><strong class="fault">${texts.secret}</strong></p>
${report ? markup`<p class="lead">${report.summary}</p>` : markup`<p>${texts.none}</p>`}
${when(may(accountOf(visitor), 'build', atlas), () => form(visitor, at(workshop, `${atlas}/pruefen`), submitButton(report ? texts.checkAgain : overview.check, 'secondary')))}
${report ? (['error', 'warning', 'note', 'accepted'] as const).map(group => groupHtml(call, group, report.findings.filter(finding => groupOf(finding) === group))) : null}`,
  })
}

function groupOf ({ severity, accepted }: KeptFinding): Group {
  return accepted ? 'accepted' : severity
}

function groupHtml (call: FindingsPage, group: Group, findings: readonly KeptFinding[]): Markup | null {
  if (findings.length === 0) return null
  const { findings: texts } = getWorkshopTexts(call.visitor.language)
  return markup`<h2>${texts.groups[group]} (${findings.length})</h2>
<ul class="plain-list">${findings.map(finding => findingHtml(call, finding))}</ul>`
}

function findingHtml (call: FindingsPage, finding: KeptFinding): Markup {
  const { code, place, where, found, expected, next, accepted } = finding
  const { findings: texts } = getWorkshopTexts(call.visitor.language)
  // What many files have in common names them itself.
  const spot = place.file === undefined || where.startsWith(place.file) ? where : [place.file, where].filter(part => part !== '').join(', ')
  return markup`<li class="card finding">
<p>${spot === '' ? null : markup`<strong>${spot}:</strong> `}${found}</p>
${when(expected !== '', () => markup`<p>${expected}</p>`)}${accepted ? markup`<p>${accepted.because} (${accepted.by})</p>` : when(next !== '', () => markup`<p class="step">→ ${next}</p>`)}
<p class="small">${texts.code} <code>${code}</code></p>
${answersHtml(call, finding)}</li>
`
}

function answersHtml ({ workshop, visitor, atlas, hash }: FindingsPage, { key, code, repair, accepted }: KeptFinding): Markup | null {
  if (accepted || hash === null || !may(accountOf(visitor), 'accept', atlas)) return null
  const { findings: texts } = getWorkshopTexts(visitor.language)
  const shared = markup`${hidden('finding', key)}${hidden('hash', hash)}`
  return markup`${when(repair !== undefined, () => form(visitor, at(workshop, `${atlas}/pruefbericht/uebernehmen`), markup`${shared}${submitButton(texts.repair, 'secondary')}`))}
${when(refusalOf(code) === undefined, () => markup`<details><summary>${texts.accept}</summary>
<p class="small">${texts.acceptText}</p>
${form(visitor, at(workshop, `${atlas}/pruefbericht/annehmen`), markup`${shared}${textField({ name: 'because', id: `because-${key}`, label: texts.because })}
${submitButton(texts.accept, 'secondary')}`)}</details>`)}`
}
