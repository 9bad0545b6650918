import type { Sheet } from './read-sheet.ts'

/** What the sheet asks for, or says: `asked` waits for somebody, `approved` and `ready` for publishing. */
export type SheetState = 'asked' | 'approved' | 'ready' | 'current' | 'replaced'

export function sheetState ({ summary, needsApproval, approvals }: Sheet): SheetState {
  if (summary.state === 'current') return 'current'
  if (summary.state !== 'draft') return 'replaced'
  if (approvals.some(({ counts }) => counts)) return 'approved'
  return needsApproval ? 'asked' : 'ready'
}

/** The last thing that happened to the edition, seconds since 1970: the sheet describes that moment, whenever it is printed. */
export function statedAt ({ summary, approvals, built, publishing, publications }: Sheet): number {
  const moments = [summary.savedAt, ...approvals.map(({ at }) => at), ...[built, ...publishing].flatMap(job => job ? [job.askedAt, job.endedAt ?? job.askedAt] : []), ...publications.map(({ at }) => at)]
  return Math.max(...moments.map(moment => Date.parse(moment))) / 1000
}

/** Everything that the auditor found; more than 0 is never stored, let alone published. */
export function countFindings ({ report }: Sheet): number | null {
  if (!report) return null
  const { exact, narrow, insiders, badCertificates } = report.audit
  return exact + narrow + insiders + badCertificates + (report.artefacts?.findings ?? 0)
}
