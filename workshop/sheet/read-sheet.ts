import type { Edition } from '../../core/edition.ts'
import { rolesThatMay } from '../../core/permission.ts'
import { listApprovals, listStandingApprovals, readApprovedAudiences, type Approval } from '../../sql/approvals.ts'
import { computeEditionHash } from '../../sql/document.ts'
import { listEditionJobs, type Job } from '../../sql/jobs.ts'
import type { EditionSummary } from '../../sql/list.ts'
import { listPublications, type Publication } from '../../sql/publications.ts'
import type { EditionReport } from '../../worker/edition-report.ts'
import { compareWith, type Comparison } from '../comparison.ts'
import type { Workshop } from '../workshop.ts'

/** What somebody answers for who approves an edition. Everything here was cleared, or is about people and rules. */
export interface Sheet {
  readonly atlas: string
  readonly edition: Edition
  readonly summary: EditionSummary
  /** All 64 hex digits; the id begins like it. */
  readonly hash: string
  /** Id of the edition whose place it takes or took; null for the first one. */
  readonly before: string | null
  /** Null where there is nothing to compare with, or that was withdrawn. */
  readonly comparison: Comparison | null
  /** Whether somebody else than its builder must approve it. */
  readonly needsApproval: boolean
  readonly approvals: ReadonlyArray<Approval & { readonly counts: boolean }>
  /** Undefined where it was not built in the Werkstatt. */
  readonly built: Job | undefined
  /** Asked for, whatever became of it. */
  readonly publishing: readonly Job[]
  readonly publications: readonly Publication[]
  /** Null where it was built on another machine. */
  readonly report: EditionReport | null
}

/** Undefined for an edition of another atlas, one that was made up, and one that was withdrawn. */
export async function readSheet (workshop: Workshop, atlas: string, id: string): Promise<Sheet | undefined> {
  const { database, editions, workerOf } = workshop
  const stored = await editions.list(atlas)
  const summary = stored.find(edition => edition.id === id)
  if (!summary) return undefined
  const [jobs, approvals, standing, approvedAudiences, publications, report, edition] = await Promise.all([
    listEditionJobs(database, atlas, id), listApprovals(database, atlas), listStandingApprovals(database, atlas, id, rolesThatMay('approve')),
    readApprovedAudiences(database, atlas), listPublications(database, atlas, id), workerOf(atlas).readEditionReport(id), editions.load(summary),
  ])
  const before = summary.state === 'draft'
    ? stored.find(({ state, audience }) => state === 'current' && audience === summary.audience)?.id ?? null
    : publications[0]?.replaced ?? null
  const earlier = stored.find(edition => edition.id === before)
  return {
    atlas,
    edition,
    summary,
    hash: hashOf(edition),
    before,
    comparison: earlier ? compareWith(await editions.load(earlier), edition) : null,
    needsApproval: approvedAudiences.includes(summary.audience),
    // What was published once was approved then; roles that ended later take nothing back.
    approvals: approvals.filter(({ edition }) => edition === id).map(approval => ({ ...approval, counts: summary.state !== 'draft' || standing.includes(approval.account) })),
    built: jobs.findLast(({ kind, editions }) => kind === 'build' && editions.includes(id)),
    publishing: jobs.filter(({ kind }) => kind === 'publish' || kind === 'receive'),
    publications,
    report,
  }
}

/** An edition never changes, and hashing a large one takes a second. */
const hashes = new WeakMap<Edition, string>()

function hashOf (edition: Edition): string {
  const hash = hashes.get(edition) ?? computeEditionHash(edition)
  hashes.set(edition, hash)
  return hash
}
