import type { Language } from '../core/edition.ts'
import type { Problem } from '../core/problem.ts'
import { makeCheckReport, reportWords, shownPlaces, type CheckReport, type Finding, type FindingGroup, type Paragraph } from '../core/check-report.ts'
import { markup, trusted, when, type Markup } from './markup.ts'

/** What the head of a check report says about its origin. */
export interface CheckedProject {
  readonly title: string
  /** As the command line named it. */
  readonly name: string
}

/**
 * The findings of a check as one page without any other file and without script: for the desk, the
 * phone and the printer, in light and dark. It quotes raw figures and says so on top.
 */
export function checkReportPage (problems: readonly Problem[], project: CheckedProject, language: Language): string {
  const report = makeCheckReport(problems, language)
  const words = reportWords[language]
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${words.heading}: ${project.title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<header>
<p class="secret"><strong>${words.secret}</strong></p>
<h1>${words.heading}: ${project.title}</h1>
<p class="project">${project.name}</p>
<p class="summary">${report.summary}</p>
${when(report.groups.length > 1, () => contents(report))}
</header>
<main>
${report.groups.map(group => groupHtml(group, language))}
<p class="next">${report.next}</p>
</main>
</body>
</html>
`.markup
}

/** The same for programs. */
export function checkReportJson (problems: readonly Problem[], project: CheckedProject, language: Language): string {
  const { summary, next, groups } = makeCheckReport(problems, language)
  const findings = groups.flatMap(({ files }) => files.flatMap(({ paragraphs }) => paragraphs.flatMap(paragraph => paragraph.findings)))
  return `${JSON.stringify({
    format: 1,
    notice: reportWords[language].secret,
    title: project.title,
    project: project.name,
    language,
    summary,
    next,
    findings: findings.map(({ code, severity, place, where, found, expected, next, repair, accepted }) => ({
      code, severity, place, where, found, expected, next, ...(repair && { repair }), ...(accepted && { accepted }),
    })),
  }, null, 2)}\n`
}

function contents ({ groups, language }: CheckReport): Markup {
  const label = language === 'de' ? 'Inhalt' : 'Contents'
  return markup`<nav aria-label="${label}"><ul>${groups.map(({ kind, title, files }) =>
    markup`<li><a href="#${kind}">${title}</a> (${countFindings(files)})</li>`)}</ul></nav>`
}

function countFindings (files: FindingGroup['files']): number {
  return files.reduce((sum, { paragraphs }) => sum + paragraphs.reduce((all, { findings }) => all + findings.length, 0), 0)
}

function groupHtml ({ kind, title, files }: FindingGroup, language: Language): Markup {
  return markup`<section id="${kind}" class="${kind}" aria-labelledby="${kind}-title">
<h2 id="${kind}-title">${title}</h2>
${files.map(({ file, paragraphs }) => markup`<h3>${file ?? reportWords[language].noFile}</h3>
${paragraphs.map(paragraph => paragraphHtml(paragraph, language))}`)}</section>
`
}

function paragraphHtml ({ code, findings, expected, next }: Paragraph, language: Language): Markup {
  const words = reportWords[language]
  const [first] = findings as [Finding]
  const others = findings.length - shownPlaces
  const shown = findings.slice(0, shownPlaces).map(finding => findingHtml(finding, { own: expected === '' && !first.accepted, ownNext: next === '' && !first.accepted }))
  return markup`<article>
${findings.length === 1 ? shown : markup`<ul class="places">${shown.map(one => markup`<li>${one}</li>`)}</ul>`}${when(others > 0, () => markup`<p class="more">${words.more(others)}</p>`)}
${first.accepted
  ? markup`<p class="reason">${words.acceptedBy(first.accepted)}</p>`
  : markup`${when(expected !== '', () => markup`<p>${expected}</p>`)}${when(next !== '', () => markup`<p class="step"><span aria-hidden="true">→ </span>${next}</p>`)}`}
<p class="code">${words.code} <code>${code}</code></p>
</article>
`
}

function findingHtml ({ where, found, expected, next }: Finding, { own, ownNext }: { readonly own: boolean, readonly ownNext: boolean }): Markup {
  return markup`<p class="found">${when(where !== '', () => markup`<span class="where">${where}:</span> `)}${found}</p>${when(own && expected !== '', () =>
    markup`<p>${expected}</p>`)}${when(ownNext && next !== '', () => markup`<p class="step"><span aria-hidden="true">→ </span>${next}</p>`)}`
}

/* Contrast of every pair of colours is at least 4.5 : 1. */
const style = `
:root { --ground: #fff; --ink: #1b1f24; --soft: #56606b; --line: #c9d0d7; --stops: #a3111b; --look: #7a4b00; --done: #1f5f8b; --accepted: #22663b }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14181c; --ink: #e8ecf0; --soft: #a5b0bb; --line: #3c464f; --stops: #ff9a9a; --look: #f0bd6a; --done: #8cc8f2; --accepted: #8fd6a6 }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 48rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 "Fira Sans", system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0 }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; border-bottom: 2px solid currentColor }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem }
p { margin: 0 0 .4rem }
ul { margin: 0 0 .4rem; padding-left: 1.25rem }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem }
a { color: inherit }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px }
.secret { border: 2px solid var(--stops); color: var(--stops); padding: .25rem .75rem; width: fit-content }
.project, .code, .more { color: var(--soft); font-size: .875rem }
.summary, .next { font-weight: 600 }
.next { margin-top: 2rem }
.where { font-weight: 600 }
.step { white-space: pre-line }
article { border-left: 4px solid var(--line); padding: .25rem 0 .25rem .75rem; margin: 0 0 1rem; break-inside: avoid }
.stops h2 { color: var(--stops) } .stops article { border-color: var(--stops) }
.look h2 { color: var(--look) } .look article { border-color: var(--look) }
.done h2 { color: var(--done) } .done article { border-color: var(--done) }
.accepted h2 { color: var(--accepted) } .accepted article { border-color: var(--accepted) }
@page { size: A4; margin: 16mm }
@media print { :root { --ground: #fff; --ink: #000; --soft: #444; --line: #888; --stops: #8a0e17; --look: #5e3a00; --done: #184b6e; --accepted: #1a4f2d } body { max-width: none; padding: 0; font-size: 10pt } nav { display: none } }
`
