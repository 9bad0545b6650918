import type { Language } from './edition.ts'
import type { Problem } from './problem.ts'
import { makeCheckReport, reportWords, shownPlaces, type Checked, type Finding, type FindingGroup, type GroupKind, type Paragraph } from './check-report.ts'

/**
 * The findings as a colleague would write them down, for a terminal:
 *
 *     1 Befund hält die Ausgabe auf, 1 bitte ansehen.
 *
 *     Das hält die Ausgabe auf
 *
 *     tables/einwohner.csv
 *       ✗ Zeile 14, Spalte „Einwohner“: Die Fallzahl „-4“ ist negativ. (join-negative-count)
 *         Erwartet: null oder mehr.
 *         → Die Zelle berichtigen; …
 */
export function formatReport (problems: readonly Problem[], language: Language, checked: Checked = 'project'): string {
  const { summary, groups, next } = makeCheckReport(problems, language, checked)
  return [summary, '', ...groups.flatMap(group => groupLines(group, language)), next].join('\n')
}

const marks: Readonly<Record<GroupKind, string>> = { stops: '✗', look: '!', done: '·', accepted: '✓' }

function groupLines ({ kind, title, files }: FindingGroup, language: Language): string[] {
  return [title, '', ...files.flatMap(({ file, paragraphs }) => [
    file ?? reportWords[language].noFile,
    ...paragraphs.flatMap(paragraph => paragraphLines(paragraph, marks[kind], language)),
    '',
  ])]
}

function paragraphLines ({ code, findings, expected, next }: Paragraph, mark: string, language: Language): string[] {
  const words = reportWords[language]
  const [first] = findings as [Finding]
  const shown = findings.slice(0, shownPlaces)
  const others = findings.length - shown.length
  const isOne = findings.length === 1
  if (first.accepted) return [...findings.map(finding => `  ${mark} ${placed(finding)} (${code})`), `    ${words.acceptedBy(first.accepted)}`]
  const own = (finding: Finding) => [
    ...(expected === '' && finding.expected !== '' ? [`      ${finding.expected}`] : []),
    ...(next === '' ? stepLines(finding.next, '      ') : []),
  ]
  return [
    isOne ? `  ${mark} ${placed(first)} (${code})` : `  ${mark} ${words.times(findings.length)} (${code}):`,
    ...(isOne ? [] : shown.flatMap(finding => [`    – ${placed(finding)}`, ...own(finding)])),
    ...(others > 0 ? [`    ${words.more(others)}`] : []),
    ...(expected === '' ? [] : [`    ${expected}`]),
    ...stepLines(next, '    '),
  ]
}

function stepLines (step: string, indent: string): string[] {
  return step === '' ? [] : step.split('\n').map((line, index) => `${indent}${index === 0 ? '→ ' : '  '}${line.trim()}`)
}

function placed ({ where, found }: Finding): string {
  return where === '' ? found : `${where}: ${found}`
}
