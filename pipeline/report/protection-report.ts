import type { Audience } from '../../core/edition.ts'
import type { Acceptance, Place } from '../../core/problem.ts'
import type { RuleName } from '../../core/release.ts'

/**
 * What was done to keep small numbers secret in one edition, and what the auditor found:
 * `geheimhaltung.json` in the vault. Counts, names and hashes only; no figure and no cell of it can
 * be worked out from the report, but the list of withheld blocks is for the town, not for the public.
 */
export interface ProtectionReport {
  readonly format: 1
  readonly atlas: string
  readonly edition: string
  readonly audience: Audience
  readonly dataStatus: string
  readonly title: string
  readonly contact: string
  readonly deliveries: readonly DeliveryReport[]
  readonly cells: CellReport
  readonly audit: AuditReport
  /** Blocks that could not be protected and are not offered in this edition. */
  readonly withheld: readonly WithheldReport[]
  /** Findings of the check that somebody accepted, and who; the public learns the reason only. Left out where there is none. */
  readonly accepted?: readonly AcceptedReport[]
  /** The audit of the finished bytes; null before it ran. */
  readonly artefacts: ArtefactReport | null
  /** First 16 hex of SHA-256 (of an HMAC with the secret where figures go in). */
  readonly hashes: { readonly counts: string, readonly policy: string, readonly secret: string }
}

export interface DeliveryReport {
  readonly id: string
  readonly title: string
  readonly publisher: string
  /** null where none is needed; `because` says why. */
  readonly minimumCount: number | null
  readonly because: string | null
  readonly preset: string | null
  readonly method: 'suppress' | 'round5'
  readonly legalBasis: string
  readonly retention: string | null
  readonly isPassedOn: boolean
}

/** Numbers of cells of counts; shares follow them. */
export interface CellReport {
  readonly printed: number
  readonly suppressed: number
  /** Of the suppressed: per rule of primary suppression, and those suppressed only to protect others. */
  readonly byRule: Readonly<Partial<Record<RuleName, number>>>
  readonly complementary: number
  readonly withheld: number
}

export interface AuditReport {
  readonly blocks: number
  /** Cells with a rule. */
  readonly protectedCells: number
  /** Each must be 0. */
  readonly exact: number
  readonly narrow: number
  readonly insiders: number
  readonly badCertificates: number
  /** Cells that follow from what others publish; no suppression can help them. */
  readonly exposed: number
  readonly linearPrograms: number
}

export interface WithheldReport {
  readonly block: string
  readonly cells: number
  readonly offers: readonly OfferReport[]
}

/** A remedy that was tried on the indicators of the block: how many of all their counts could then be printed. */
export interface OfferReport {
  readonly remedy: string
  /** Names and rules, `{ level: 'sozialraum', first: '03', second: '04' }`. */
  readonly what: Readonly<Record<string, string | number>>
  readonly printed: number
  readonly cells: number
}

/** What was found stands with its raw figures in the check report (`pruefbericht.html`) only. */
export interface AcceptedReport extends Acceptance {
  readonly code: string
  readonly place: Place
  /** Names of what the finding is about, as far as it says: indicator, level, area, period. */
  readonly about: Readonly<Partial<Record<'indicator' | 'level' | 'area' | 'period', string>>>
}

export interface ArtefactReport {
  /** Pages, files and tiles that were read. */
  readonly artefacts: number
  /** Statements about cells found in them. */
  readonly claims: number
  /** Must be 0. */
  readonly findings: number
  /** First 16 hex of SHA-256 over paths and bytes. */
  readonly hash: string
}

/** Whether the auditor found nothing that speaks against publishing. */
export function isClean ({ audit, artefacts }: ProtectionReport): boolean {
  const { exact, narrow, insiders, badCertificates } = audit
  return exact + narrow + insiders + badCertificates + (artefacts?.findings ?? 0) === 0
}

/** As it is written to the vault, for people and programs. */
export function formatReport (report: ProtectionReport): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
