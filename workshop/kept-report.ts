import { createHash } from 'node:crypto'
import type { Place, ProblemCode, Severity } from '../core/problem.ts'

/** What the last check found, as `atlas check` wrote it down in the language of whoever asked; quotes raw counts. */
export interface KeptReport {
  readonly summary: string
  readonly next: string
  readonly findings: readonly KeptFinding[]
}

export interface KeptFinding {
  /** Names a finding in a form; another finding has another one. */
  readonly key: string
  readonly code: ProblemCode
  readonly severity: Severity
  readonly place: Place
  /** In words. */
  readonly where: string
  readonly found: string
  readonly expected: string
  readonly next: string
  readonly repair?: { readonly path: readonly unknown[], readonly value: unknown }
  readonly accepted?: { readonly because: string, readonly by: string }
}

/** Undefined where nothing was checked, or by a program whose report had another form. */
export function readKeptReport (report: unknown): KeptReport | undefined {
  const { format, summary, next, findings } = (report ?? {}) as { format?: unknown, summary?: string, next?: string, findings?: ReadonlyArray<Omit<KeptFinding, 'key'>> }
  if (format !== 1 || summary === undefined || next === undefined || !Array.isArray(findings)) return undefined
  return { summary, next, findings: (findings as ReadonlyArray<Omit<KeptFinding, 'key'>>).map(finding => ({ ...finding, key: keyOf(finding) })) }
}

function keyOf ({ code, place, found }: Omit<KeptFinding, 'key'>): string {
  return createHash('sha256').update(JSON.stringify([code, place, found])).digest('hex').slice(0, 16)
}
