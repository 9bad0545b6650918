import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { isDate } from '../core/period.ts'
import { joinDeliveries, readPlaces } from '../pipeline/build.ts'
import { quoteList } from '../pipeline/facts.ts'
import type { Figures } from '../pipeline/figures.ts'
import { readProject, toLocalised, type Project } from '../pipeline/project-file/project.ts'
import type { DeliveryEntry } from '../pipeline/project-file/schema.ts'
import { forgetDelivery, planForgetting, type Forgetting, type ForgetPlan } from '../pipeline/vault/forget.ts'
import { listDeletions } from '../pipeline/vault/deletions.ts'
import { listReplaced } from '../pipeline/vault/replaced-files.ts'
import { openVault, type Vault } from '../pipeline/vault/vault.ts'
import { requireArgument, type Call } from './call.ts'
import { report } from './report.ts'
import { vaultFolderOf } from './vault.ts'

/**
 * `atlas forget`: deletes the raw counts of a delivery after the day its retention states, from the project and from the vault. Before
 * that day, or where no day is stated, it asks for a reason and a name. The ledger stays: later editions need to know what was shown.
 */
export async function forget (call: Call): Promise<number> {
  const folder = requireArgument(call, 0, 'PROJECT')
  const id = requireArgument(call, 1, 'DELIVERY')
  const { language, options } = call
  const { project, problems } = await readProject(folder, options.data)
  if (!project) return report(problems, language) ? 1 : 0
  const found = await forgetOf(call, project, id, new Date())
  return report(found, language) ? 1 : 0
}

/** Exported for tests. @returns what was done, or why not */
export async function forgetOf (call: Call, project: Project, id: string, now: Date): Promise<Problem[]> {
  const { file, displayName } = project
  const place = { file: displayName }
  const kept = listForgettable(project)
  const delivery = kept.find(one => one.id === id)
  if (!delivery) return [problem('vault-forget-unknown', place, { delivery: id, known: quoteList(kept.map(one => one.id)) })]
  const refused = refuseEarly(delivery, call, toDay(now), place)
  if (refused) return [refused]

  const vault = await openVault({ folder: vaultFolderOf(call, path.dirname(path.resolve(displayName))), isSynthetic: file.dataStatus === 'synthetic' })
  const plan = await planForgetting(vault, await describeForgetting(project, delivery, vault))
  if (isEmpty(plan)) {
    const before = (await listDeletions(vault.folder)).findLast(one => one.delivery === id)
    return [before ? problem('vault-forgotten-before', place, { delivery: id, day: before.at.slice(0, 10), by: before.by }) : problem('vault-forget-nothing', place, { delivery: id })]
  }
  report(announce(plan, vault.folder), call.language)
  const { hashes } = await forgetDelivery(vault, plan, {
    at: now.toISOString(), by: call.options.by ?? userInfo().username, reason: call.options.reason ?? null, title: delivery.title, retention: delivery.retention ?? null,
  })
  return describeLoss(plan, id, hashes, vault.folder)
}

/** A delivery or a list of facilities, as far as it can be forgotten. */
interface Forgettable {
  readonly id: string
  readonly title: string
  readonly retention: string | undefined
  /** Names of its files, as written in the project file. */
  readonly names: readonly string[]
  readonly indicators: readonly string[]
}

function listForgettable ({ file: { deliveries, facilities = [] } }: Project): Forgettable[] {
  return [
    ...deliveries.map(delivery => ({
      id: delivery.id,
      title: delivery.title,
      retention: delivery.retention,
      names: namesOf(delivery),
      indicators: indicatorsOf(delivery),
    })),
    ...facilities.map(({ id, label, retention, files, counts = {} }) => ({ id, title: toLocalised(label).de, retention, names: [...new Set(files)], indicators: Object.keys(counts) })),
  ]
}

function namesOf ({ files }: DeliveryEntry): string[] {
  return [...new Set(files.map(entry => typeof entry === 'string' ? entry : entry.file))]
}

function refuseEarly ({ id, retention }: Forgettable, { options: { reason, by } }: Call, today: string, place: Problem['place']): Problem | undefined {
  if (reason !== undefined && by !== undefined) return undefined
  if (retention === undefined || !isDate(retention)) return problem('vault-forget-no-day', place, { delivery: id, retention: retention ?? '–' })
  return today > retention ? undefined : problem('vault-forget-early', place, { delivery: id, retention })
}

/** Of this machine: a retention ends with the day where the town is. */
function toDay (now: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}

async function describeForgetting (project: Project, { id, names, indicators: own }: Forgettable, vault: Vault): Promise<Forgetting> {
  const kept = listForgettable(project)
  const shared = new Set(kept.filter(other => other.id !== id).flatMap(other => other.names))
  const indicators = withWholes(own, project)
  return {
    atlas: project.file.atlas,
    delivery: id,
    files: [...names, ...await listReplaced(vault, { id, own: names, others: shared, resolve: project.resolve })].map(name => ({ name, path: project.resolve(name) })),
    sharedNames: new Set(names.filter(name => shared.has(name))),
    knownNames: new Set(kept.flatMap(one => one.names)),
    indicators,
    retained: await listRetained(project, id, indicators),
  }
}

/** Whoever knows the parts knows the sum of them, which the atlas may have computed where nobody delivered it. */
function withWholes (own: readonly string[], { file }: Project): ReadonlySet<string> {
  const all = new Set(own)
  for (let known = 0; known < all.size;) {
    known = all.size
    for (const { id, parts = [] } of file.indicators) if (parts.some(part => all.has(part))) all.add(id)
  }
  return all
}

function indicatorsOf ({ columns, count, indicator, grid }: DeliveryEntry): string[] {
  const gridded = Object.keys((grid as { columns?: object } | undefined)?.columns ?? {})
  return [...Object.keys(columns ?? {}), ...Object.keys(count ?? {}), ...Object.values(indicator?.lookUp ?? {}).map(String), ...gridded]
}

/**
 * Figures of the same indicators that other deliveries hold for other periods; none of those whose files are gone, forgotten themselves
 * perhaps. Where the others cannot be read, none at all: then more is deleted.
 */
async function listRetained (project: Project, id: string, indicators: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const isHeld = (one: DeliveryEntry) => one.id === id || namesOf(one).every(name => existsSync(project.resolve(name)))
  const alike = project.file.deliveries.filter(one => indicatorsOf(one).some(id => indicators.has(id)) && isHeld(one))
  if (alike.every(one => one.id === id)) return new Set()
  const { boundaries } = await readPlaces(project)
  const figures: Figures = { columns: new Map() }
  const { problems } = await joinDeliveries({ ...project, file: { ...project.file, deliveries: alike } }, boundaries, figures, 'internal', () => {})
  if (hasErrors(problems)) return new Set()
  const columns = [...figures.columns.values()]
  const own = new Set(columns.filter(({ deliveries }) => deliveries.has(id)).map(({ indicator, period }) => `${indicator}|${period}`))
  return new Set(columns.map(({ indicator, period }) => `${indicator}|${period}`).filter(key => !own.has(key)))
}

function isEmpty ({ files, copies, editions, listed }: ForgetPlan): boolean {
  return files.length + copies.length + editions.length + listed.length === 0
}

/** What is about to go, before it goes. */
function announce ({ files, copies, editions, checkReports }: ForgetPlan, folder: string): Problem[] {
  const notes = files.map(({ name, bytes }) => problem('vault-forget-file', { file: name }, { bytes }))
  return [...notes, problem('vault-forget-vault', { file: folder }, { copies: copies.length, editions: editions.filter(({ blocks }) => blocks > 0).length, reports: checkReports.length })]
}

function describeLoss ({ files, copies, sharedFiles, sharedCopies, unclaimed, editions }: ForgetPlan, id: string, hashes: number, folder: string): Problem[] {
  const place = { file: folder }
  const shared = [...new Set([...sharedFiles, ...sharedCopies])]
  const incomplete = editions.filter(one => one.copies > 0)
  const unproven = editions.filter(one => one.blocks > 0)
  return [
    problem('vault-forgotten', place, { delivery: id, files: files.length, copies: copies.length }),
    ...incomplete.length === 0 ? [] : [problem('vault-forgotten-rebuild', place, { editions: incomplete.map(({ edition }) => edition).join(', ') })],
    ...unproven.length === 0 ? [] : [problem('vault-forgotten-attack', place, { editions: unproven.map(({ edition, blocks, blocksLeft }) => `${edition} (${blocks}/${blocks + blocksLeft})`).join(', ') })],
    ...hashes === 0 ? [] : [problem('vault-forgotten-hashes', place, { hashes })],
    ...shared.length === 0 ? [] : [problem('vault-forget-shared', place, { names: quoteList(shared, 8) })],
    ...unclaimed.length === 0 ? [] : [problem('vault-forget-unclaimed', place, { names: quoteList(unclaimed, 8) })],
    problem('vault-forgotten-remains', place, { delivery: id }),
  ]
}
