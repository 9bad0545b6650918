import type { Language } from '../core/edition.ts'
import { localise } from '../core/edition.ts'
import { toLocalised, type Project } from '../pipeline/project-file/project.ts'
import { sentenceOf } from '../pipeline/protect/ladder.ts'
import type { Protection } from '../pipeline/protect/protect.ts'
import { writeVisibleReport, type VisibleReport } from '../pipeline/vault/check-report.ts'

/** Writes beside the check report what stays visible under the rules of the project, and what would show more. */
export async function keepVisibleReport (vaultFolder: string, { file }: Project, { counts, offers }: Protection, language: Language): Promise<void> {
  const labels = new Map(file.indicators.map(({ id, label }) => [id, localise(toLocalised(label), language)]))
  const levels = new Map(file.levels.map(({ id, labelPlural }) => [id, localise(toLocalised(labelPlural), language)]))
  const report: VisibleReport = {
    format: 1,
    rows: counts.map(({ indicator, level, printed, suppressed, withheld }) => ({ indicator: labels.get(indicator) ?? indicator, level: levels.get(level) ?? level, printed, suppressed, withheld })),
    families: offers.map(({ indicators, now, offers: ways }) => ({
      indicators,
      labels: indicators.map(id => labels.get(id) ?? id),
      printed: now.printed,
      cells: now.cells,
      ways: ways.map(way => ({ remedy: way.remedy, facts: way.facts, sentence: sentenceOf(way, now, language) })),
    })),
  }
  // The check itself stands without it.
  await writeVisibleReport(vaultFolder, report).catch(() => {})
}
