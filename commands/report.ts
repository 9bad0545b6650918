import type { Language } from '../core/edition.ts'
import type { Checked } from '../core/check-report.ts'
import { formatReport } from '../core/report-text.ts'
import { formatProblem, hasErrors, type Problem } from '../core/problem.ts'
import type { ProgressStep } from '../pipeline/progress.ts'
import { tellFindings, tellProgress } from './parent.ts'

/** Station of the progress line on the screen. */
let shownStation: string | undefined

/** Prints problems, the stopping ones last where the eye rests; says whether there are any of those. */
export function report (problems: readonly Problem[], language: Language): boolean {
  endProgress()
  tellFindings(problems)
  const order = { note: 0, warning: 1, error: 2 } as const
  const marks = { note: 'ℹ', warning: '⚠', error: '✗' } as const
  for (const found of problems.toSorted((a, b) => order[a.severity] - order[b.severity])) {
    console.error(`${marks[found.severity]} ${formatProblem(found, language)}`)
  }
  return hasErrors(problems)
}

/** Prints the findings about a project or a file as a report; says whether one of them stops the build. */
export function reportFindings (problems: readonly Problem[], language: Language, checked: Checked = 'project'): boolean {
  endProgress()
  tellFindings(problems)
  console.error(formatReport(problems, language, checked))
  return hasErrors(problems)
}

/** One line that overwrites itself where somebody watches; else one line per station. */
export function showProgress (step: ProgressStep): void {
  const { station, done, total, label } = step
  tellProgress(step)
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\x1b[2K${station} ${done}/${total} ${label}`)
  } else if (station !== shownStation) {
    console.error(`${station} …`)
  }
  shownStation = station
}

export function endProgress (): void {
  if (process.stderr.isTTY && shownStation !== undefined) process.stderr.write('\r\x1b[2K')
  shownStation = undefined
}
