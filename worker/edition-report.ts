import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { isEditionId } from '../core/id.ts'
import { reportName } from '../pipeline/publish.ts'
import type { ArtefactReport, AuditReport, DeliveryReport, ProtectionReport } from '../pipeline/report/protection-report.ts'
import { findFolder } from './answer.ts'

/**
 * What the report on the protection of an edition may say to everybody who may see the edition. Left out is what would tell the two
 * kinds of suppressed figures apart: how many of them a rule suppressed, and how many were attacked, because with both numbers one
 * knows how many are not small. Left out, too, are the findings behind an acceptance: that something is odd about a figure tells
 * about the figure (docs/decisions/0015). And the checksum of the rules, which has no key: by trying, it would give away how exactly
 * figures are protected.
 */
export interface EditionReport {
  readonly deliveries: ReadonlyArray<Pick<DeliveryReport, 'id' | 'preset' | 'method' | 'retention' | 'isPassedOn'>>
  readonly audit: Pick<AuditReport, 'blocks' | 'exact' | 'narrow' | 'insiders' | 'badCertificates' | 'exposed'>
  /** Families of counts that are not offered, because they cannot be protected. */
  readonly withheld: number
  readonly accepted: ReadonlyArray<{ readonly because: string, readonly by: string, readonly on?: string }>
  readonly artefacts: ArtefactReport | null
  /** Of the printed counts, keyed by the vault: two machines can tell whether they hold the same. */
  readonly counts: ProtectionReport['hashes']['counts']
}

/** The report that a build left in the vault; null where it left none, as for an edition of another machine. */
export function addEditionReportRoute (app: FastifyInstance, projectsDir: string): void {
  app.get<{ Params: { readonly atlas: string, readonly edition: string } }>('/atlases/:atlas/editions/:edition/report', async ({ params: { atlas, edition } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    const text = isEditionId(edition) ? await readFile(path.join(folder, 'vault', 'reports', edition, reportName), 'utf8').catch(() => undefined) : undefined
    return await reply.header('cache-control', 'no-store').send({ report: text === undefined ? null : toEditionReport(JSON.parse(text) as ProtectionReport, atlas, edition) })
  })
}

/** Null for the report of something else, which only a mistake could have put there. */
export function toEditionReport (report: ProtectionReport, atlas: string, edition: string): EditionReport | null {
  if (report.format !== 1 || report.atlas !== atlas || report.edition !== edition) return null
  const { deliveries, audit: { blocks, exact, narrow, insiders, badCertificates, exposed }, withheld, accepted = [], artefacts, hashes: { counts } } = report
  return {
    deliveries: deliveries.map(({ id, preset, method, retention, isPassedOn }) => ({ id, preset, method, retention, isPassedOn })),
    audit: { blocks, exact, narrow, insiders, badCertificates, exposed },
    withheld: withheld.length,
    accepted: accepted.map(({ because, by, on }) => ({ because, by, ...on !== undefined && { on } })),
    artefacts,
    counts,
  }
}
