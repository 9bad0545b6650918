import { reportWords } from '../core/check-report.ts'
import type { Language } from '../core/edition.ts'
import { problem, type Problem } from '../core/problem.ts'
import { checkReportJson, checkReportPage, type CheckedProject } from '../render/check-report.ts'
import { writeCheckReport } from '../pipeline/vault/check-report.ts'
import { report } from './report.ts'

/** Writes the report for people and for programs into the vault folder and says where it is. A folder that cannot be written to is a warning: what was found is on the screen. */
export async function keepCheckReport (vaultFolder: string, problems: readonly Problem[], project: CheckedProject, language: Language): Promise<void> {
  const files = { html: checkReportPage(problems, project, language), json: checkReportJson(problems, project, language) }
  try {
    const { html } = await writeCheckReport(vaultFolder, files)
    const { heading, secret } = reportWords[language]
    console.error(`${heading} (${secret}): ${html}`)
  } catch (error) {
    report([problem('plausible-report-not-written', { file: vaultFolder }, { reason: error instanceof Error ? error.message : String(error) })], language)
  }
}
