import type { Edition, Language } from '../core/edition.ts'
import { cellAt, findIndicator, findSeries, getLevel } from '../core/edition.ts'
import { problem, type Facts, type Problem, type ProblemCode } from '../core/problem.ts'
import { cellId } from '../core/release.ts'
import { getTexts } from '../core/text.ts'
import { findDeletionOf } from '../pipeline/vault/deletions.ts'
import { listDecisions, type Decision } from '../pipeline/vault/edition-cells.ts'
import type { Vault } from '../pipeline/vault/vault.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { getEdition } from './publish.ts'
import { report } from './report.ts'
import { openVaultOf } from './vault.ts'

/**
 * `atlas explain`: says in a sentence why a figure is shown, suppressed or not offered. For the
 * planner; the public never learns which of the suppressed ones are small.
 */
export async function explain (call: Call): Promise<number> {
  const cell = requireArgument(call, 0, 'CELL')
  return withStore(call, 'pipeline', async store => {
    const editions = await store.listEditions()
    const id = call.arguments[1] ?? (editions.find(({ state }) => state === 'current') ?? editions[0])?.id ?? '–'
    const edition = await getEdition(store, id)
    const vault = await openVaultOf(call, edition)
    return report([...await noteDeletion(vault, edition), ...await explainCell(edition, vault, cell)], call.language) ? 1 : 0
  })
}

/** What was decided is still known where the counts are not. */
async function noteDeletion ({ folder }: Vault, { id }: Edition): Promise<Problem[]> {
  const deletion = await findDeletionOf(folder, id)
  return deletion ? [say('vault-edition-forgotten', { delivery: deletion.delivery, day: deletion.at.slice(0, 10), edition: id })] : []
}

/** Exported for tests. */
export async function explainCell (edition: Edition, vault: Vault, cell: string): Promise<Problem[]> {
  const decisions = new Map<string, Decision>()
  for await (const decision of listDecisions(vault, edition.id)) decisions.set(decision.id, decision)
  const decision = decisions.get(cell)
  if (decision) return [say(codeOf(decision), { cell })]

  const found = findCell(edition, cell)
  if (!found) return [say('explain-unknown-cell', { cell, edition: edition.id, example: exampleOf(edition) })]
  if (found.value.status === 'observed' && found.value.flag === 'estimated' && isCarriedOver(edition, decisions, cell)) return [say('explain-estimated', { cell })]
  if (found.value.status === 'observed') return [say(found.operands.length > 0 ? 'explain-computed' : 'explain-public', { cell })]
  if (found.value.status === 'missing') {
    const { reason } = found.value
    const sentence = (language: Language) => getTexts(language).reasons[reason]
    return [say('explain-missing', { cell, reason: { de: sentence('de'), en: sentence('en') } })]
  }
  const operand = found.operands.find(id => decisions.get(id)?.status === 'S')
  if (operand !== undefined) return [say('explain-operand', { cell, operand })]
  return [say(isCarriedOver(edition, decisions, cell) ? 'explain-not-estimated' : 'explain-imported', { cell })]
}

/** Whether no delivery but a crosswalk would give the figure: other periods of the same indicator are delivered. */
function isCarriedOver (edition: Edition, decisions: ReadonlyMap<string, Decision>, cell: string): boolean {
  const [level, , indicatorId, period] = cell.split('/') as [string, string, string, string]
  const isMeant = (edition.remarks ?? []).some(remark => remark.kind === 'estimated' && remark.level === level && remark.indicator === indicatorId)
  if (!isMeant) return false
  const { formula } = findIndicator(edition, indicatorId)!
  const counts = formula ? [...formula.numerator, ...formula.minus, ...formula.denominator] : [indicatorId]
  const decided = new Set([...decisions.keys()].map(columnOf))
  // Nothing is decided about estimates, nor about rounded counts; those are no estimates where they are printed.
  return counts.some(count => !decided.has([level, count, period].join('/')) && isUndelivered(edition, level, count, period))
}

function columnOf (cell: string): string {
  return cell.split('/').toSpliced(1, 1).join('/')
}

function isUndelivered (edition: Edition, level: string, count: string, period: string): boolean {
  const series = findSeries(edition, level, count)
  const row = series?.periods.indexOf(period) ?? -1
  if (!series || row === -1) return false
  const printed = series.flags[row]!.filter((_, area) => cellAt(series, row, area).status === 'observed')
  return printed.length === 0 || printed.includes('estimated')
}

function say (code: ProblemCode, facts: Facts): Problem {
  return problem(code, {}, facts)
}

function codeOf ({ status, rule }: Decision): ProblemCode {
  if (status === 'P' || status === 'Z') return 'explain-printed'
  if (status === 'Q') return 'explain-withheld'
  return explained[rule ?? ''] ?? 'explain-complementary'
}

const explained: Readonly<Record<string, ProblemCode>> = {
  'minimum-count': 'explain-minimum-count',
  remainder: 'explain-remainder',
  units: 'explain-units',
  dominance: 'explain-dominance',
  imported: 'explain-imported',
  manual: 'explain-manual',
  earlier: 'explain-earlier',
  'small-whole': 'explain-small-whole',
}

/** The cell of an edition, and the ids of the counts it is computed from. */
function findCell (edition: Edition, id: string): { value: ReturnType<typeof cellAt>, operands: string[] } | undefined {
  const [levelId, area, indicatorId, period] = id.split('/') as [string, string?, string?, string?]
  const indicator = findIndicator(edition, indicatorId ?? '')
  const series = indicator && findSeries(edition, levelId, indicator.id)
  const row = series?.periods.indexOf(period ?? '') ?? -1
  const column = series ? getLevel(edition, levelId).areas.findIndex(candidate => candidate.id === area) : -1
  if (!indicator || !series || row < 0 || column < 0) return undefined
  const terms = indicator.formula ? [...indicator.formula.numerator, ...indicator.formula.minus, ...indicator.formula.denominator] : []
  // The denominator may be of another period; the numerator tells first.
  const operands = terms.flatMap(term => [period!, ...edition.indicators.find(({ id }) => id === term)?.periods.map(({ period }) => period) ?? []]
    .map(of => cellId(levelId, area!, term, of)))
  return { value: cellAt(series, row, column), operands }
}

function exampleOf ({ series, levels }: Edition): string {
  const [first] = series
  return first ? cellId(first.level, levels.find(({ id }) => id === first.level)!.areas[0]!.id, first.indicator, first.periods[0]!) : '–'
}
