import { createHash, createHmac } from 'node:crypto'
import type { Audience, Edition } from '../../core/edition.ts'
import type { Problem } from '../../core/problem.ts'
import { canonicalText } from '../../core/edition.ts'
import { ruleNames, type RuleName } from '../../core/release.ts'
import type { Protection } from '../protect/protect.ts'
import { mayReach, rulesOf } from '../protect/rules.ts'
import type { DeliveryEntry, ProjectFile } from '../project-file/schema.ts'
import type { Vault } from '../vault/vault.ts'
import type { AcceptedReport, AuditReport, CellReport, DeliveryReport, ProtectionReport, WithheldReport } from './protection-report.ts'

/** The report of a build, before its bytes were audited. */
export function makeReport (edition: Edition, file: ProjectFile, vault: Vault, protection: Protection, problems: readonly Problem[] = []): ProtectionReport {
  const { audience, atlas } = edition
  const accepted = listAccepted(problems)
  return {
    format: 1,
    atlas: atlas.id,
    edition: edition.id,
    audience,
    dataStatus: atlas.dataStatus,
    title: atlas.title,
    contact: atlas.contact.name,
    deliveries: file.deliveries.filter(delivery => mayReach(delivery, audience)).map(delivery => describeDelivery(delivery, audience)),
    cells: countCells(protection),
    audit: sumVerdicts(protection),
    withheld: listWithheld(protection),
    ...(accepted.length > 0 && { accepted }),
    artefacts: null,
    hashes: { counts: hashCounts(protection, vault), policy: fingerprintPolicy(file, audience), secret: vault.secretId },
  }
}

/** Which rules an edition was cleared by: the same as long as nobody changes one. */
export function fingerprintPolicy (file: ProjectFile, audience: Audience): string {
  const rules = file.deliveries.map(delivery => [delivery.id, rulesOf(delivery, audience)])
  return shorten(createHash('sha256').update(canonicalText([audience, rules, file.external ?? [], file.manual ?? []])))
}

function listAccepted (problems: readonly Problem[]): AcceptedReport[] {
  return problems.flatMap(({ code, place, facts, accepted }) => {
    if (!accepted) return []
    const named = (['indicator', 'level', 'area', 'period'] as const).flatMap(name => typeof facts[name] === 'string' ? [[name, facts[name]]] : [])
    return [{ code, place, about: Object.fromEntries(named) as AcceptedReport['about'], ...accepted }]
  })
}

function describeDelivery (delivery: DeliveryEntry, audience: Audience): DeliveryReport {
  const { minimumCount, method } = rulesOf(delivery, audience)
  return {
    id: delivery.id,
    title: delivery.title,
    publisher: delivery.publisher,
    minimumCount: minimumCount === 0 ? null : minimumCount,
    because: delivery.because ?? null,
    preset: delivery.preset ?? null,
    method,
    legalBasis: delivery.legalBasis,
    retention: delivery.retention ?? null,
    isPassedOn: delivery.mayBePassedOn,
  }
}

function countCells ({ decisions }: Protection): CellReport {
  const countOf = (isIt: (decision: Protection['decisions'][number]) => boolean) => decisions.filter(isIt).length
  const byRule: Partial<Record<RuleName, number>> = {}
  for (const name of ruleNames) {
    const count = countOf(({ status, rule }) => status === 'S' && rule === name)
    if (count > 0) byRule[name] = count
  }
  return {
    printed: countOf(({ status }) => status === 'P' || status === 'Z'),
    suppressed: countOf(({ status }) => status === 'S'),
    byRule,
    complementary: countOf(({ status, rule }) => status === 'S' && rule === 'complementary'),
    withheld: countOf(({ status }) => status === 'Q'),
  }
}

function listWithheld ({ blocks, offers }: Protection): WithheldReport[] {
  return blocks.filter(({ withheld }) => withheld).map(({ id, block }) => ({
    block: id,
    cells: block.cells.length,
    offers: (offers.find(({ withheld }) => withheld.includes(id))?.offers ?? []).map(({ remedy, facts, printed, cells }) => ({ remedy, what: facts, printed, cells })),
  }))
}

function sumVerdicts ({ blocks }: Protection): AuditReport {
  const verdicts = blocks.flatMap(({ verdict }) => verdict ?? [])
  const sum = (count: (verdict: typeof verdicts[number]) => number) => verdicts.reduce((total, verdict) => total + count(verdict), 0)
  return {
    blocks: verdicts.length,
    protectedCells: sum(({ protectedCells }) => protectedCells),
    exact: sum(({ exact }) => exact.length),
    narrow: sum(({ narrow }) => narrow.length),
    insiders: sum(({ insiders }) => insiders.length),
    badCertificates: sum(({ badCertificates }) => badCertificates),
    exposed: sum(({ exposed }) => exposed.length),
    linearPrograms: sum(({ lps }) => lps),
  }
}

/** Of what is printed only: with the secret a suppressed count could be found from it by trying. */
function hashCounts ({ decisions }: Protection, { secret }: Vault): string {
  const hash = createHmac('sha256', secret)
  for (const { id, value, status } of decisions) hash.update(`${id}=${status === 'P' || status === 'Z' ? value : '*'}\n`)
  return shorten(hash)
}

function shorten (hash: { digest (encoding: 'hex'): string }): string {
  return hash.digest('hex').slice(0, 16)
}
