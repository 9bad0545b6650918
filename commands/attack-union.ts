import { existsSync } from 'node:fs'
import { auditBlock } from '../audit/cells.ts'
import type { Finding } from '../audit/verdict.ts'
import type { LedgerView } from '../core/ledger.ts'
import { cellState, compileBlock, ruleNames, type Block, type DraftCell, type DraftEquation, type RuleName } from '../core/release.ts'
import { problem, type Problem } from '../core/problem.ts'
import type { Protection } from '../pipeline/protect/protect.ts'
import { readBlocks, type ProtectedBlock } from '../pipeline/vault/blocks-file.ts'
import { listDeletions } from '../pipeline/vault/deletions.ts'
import { readReport, reportFile } from '../pipeline/vault/reports.ts'
import type { Vault } from '../pipeline/vault/vault.ts'

/** A block, and which edition said it. */
interface ToldBlock extends ProtectedBlock {
  /** Position of the edition; two of the same have their hidden cells in common. */
  readonly edition: number
}

/**
 * Lays a new edition over all earlier ones, as somebody does who kept them. Where no figure changed,
 * the audit of the edition has done that already, because what was printed earlier is known in it.
 * Where a figure was rounded and is not any more, the ledger does not know what was to be read. Where a figure was revised it is two figures here, and the equations of every edition hold for
 * their own; where one is gone, nobody can say what it has to do with the new ones.
 */
export async function attackUnion (vault: Vault, { editions }: LedgerView, { blocks, decisions }: Protection): Promise<Problem[]> {
  const earlier = await readEarlier(vault, editions)
  const now = new Map(decisions.map(({ id, value }) => [id, value]))
  const told: ToldBlock[] = [...earlier, ...blocks.filter(({ withheld }) => !withheld).map(one => ({ ...one, edition: editions.length }))]
  const problems = [...findForgotten(earlier, decisions, now), ...await findDeleted(vault, editions)]
  const changed = earlier.filter(({ block }) => block.cells.some((id, cell) => isFigure(id) && now.has(id) && now.get(id) !== null && (now.get(id) !== block.values[cell] || block.states[cell] === cellState.rounded)))
  for (const group of groupConnected(told, changed)) {
    const found = await attack(group)
    if (found.length === 0) continue
    // What earlier editions give away together is no fault of the new one.
    const before = new Set((await attack(group.filter(({ edition }) => edition < editions.length))).map(({ cell }) => cell))
    for (const { cell, arithmetic } of found) if (!before.has(cell)) problems.push(problem('audit-union', {}, { cell: cell.replace(/=.*/, ''), arithmetic }))
  }
  return problems
}

/** Blocks of earlier editions that `atlas forget` took away cannot be laid over. */
async function findDeleted (vault: Vault, editions: readonly string[]): Promise<Problem[]> {
  const deletions = (await listDeletions(vault.folder)).filter(deletion => deletion.editions.some(edition => editions.includes(edition)))
  if (deletions.length === 0) return []
  const gone = new Set(deletions.flatMap(deletion => deletion.editions))
  const indicators = new Set(deletions.flatMap(deletion => deletion.indicators))
  return [problem('vault-union-forgotten', {}, { editions: editions.filter(edition => gone.has(edition)).join(', '), indicators: [...indicators].join(', ') })]
}

async function readEarlier (vault: Vault, editions: readonly string[]): Promise<ToldBlock[]> {
  const told: ToldBlock[] = []
  for (const [edition, id] of editions.entries()) {
    if (!existsSync(reportFile(vault, id, blocksName))) continue
    for (const one of readBlocks(await readReport(vault, id, blocksName))) told.push({ ...one, edition })
  }
  return told
}

const blocksName = 'blocks.json.gz'

/** What lies between figures has a name with a tilde. */
function isFigure (id: string): boolean {
  return !id.includes('~')
}

/** Suppressed figures that the project does not deliver any more, while new ones of the same period appear. */
function findForgotten (earlier: readonly ToldBlock[], decisions: Protection['decisions'], now: ReadonlyMap<string, number | null>): Problem[] {
  const columnOf = (id: string) => id.split('/').toSpliced(1, 1).join('/')
  const periodOf = (id: string) => id.split('/')[3]!
  const kept = new Set([...now.keys()].map(columnOf))
  const before = new Set(earlier.flatMap(({ block }) => block.cells.filter(isFigure).map(columnOf)))
  const added = new Set(decisions.filter(({ id, status }) => (status === 'P' || status === 'Z') && !before.has(columnOf(id))).map(({ id }) => periodOf(id)))
  const gone = new Set<string>()
  for (const { block, pattern } of earlier) {
    block.cells.forEach((id, cell) => {
      if (isFigure(id) && pattern.printed[cell] === 0 && added.has(periodOf(id)) && !kept.has(columnOf(id))) gone.add(columnOf(id))
    })
  }
  return [...gone].map(column => {
    const [level, indicator, period] = column.split('/') as [string, string, string]
    return problem('audit-forgotten', {}, { level, indicator, period })
  })
}

/** The blocks that have to do with a changed one: those that share a figure with it, or with one that does. */
function groupConnected (told: readonly ToldBlock[], changed: readonly ToldBlock[]): ToldBlock[][] {
  const byFigure = new Map<string, ToldBlock[]>()
  for (const one of told) {
    for (const id of one.block.cells) {
      if (!isFigure(id)) continue
      const holders = byFigure.get(id)
      if (holders) holders.push(one)
      else byFigure.set(id, [one])
    }
  }
  const seen = new Set<ToldBlock>()
  const groups: ToldBlock[][] = []
  for (const start of changed) {
    if (seen.has(start)) continue
    const group = [start]
    seen.add(start)
    for (const one of group) {
      for (const id of one.block.cells) {
        for (const other of byFigure.get(id) ?? []) {
          if (seen.has(other)) continue
          seen.add(other)
          group.push(other)
        }
      }
    }
    groups.push(group)
  }
  return groups
}

async function attack (group: readonly ToldBlock[]): Promise<Finding[]> {
  const { block, printed } = layOver(group)
  const pattern = { printed, certificates: [], proofs: new Int32Array(2 * printed.length).fill(-1), unprotected: new Int32Array() }
  const { exact, narrow, insiders } = await auditBlock(block, pattern, { certificates: false })
  return [...exact, ...narrow, ...insiders]
}

/** One block of all: a figure with another number is another cell, and so is what one edition alone leaves between its figures. */
function layOver (group: readonly ToldBlock[]): { block: Block, printed: Uint8Array } {
  const positions = new Map<string, number>()
  const cells: Array<{ -readonly [Field in keyof DraftCell]: DraftCell[Field] }> = []
  const printed: number[] = []
  const equations = new Map<string, DraftEquation>()
  for (const { block, pattern, edition } of group) {
    const places = block.cells.map((id, cell) => {
      const name = isFigure(id) ? `${id}=${block.values[cell]}` : `${id}@${edition}`
      const place = positions.get(name) ?? cells.length
      if (place === cells.length) {
        positions.set(name, place)
        cells.push({ id: name, value: block.values[cell]!, state: cellState.known })
        printed.push(0)
      }
      addKnowledge(cells[place]!, block, cell)
      printed[place]! |= pattern.printed[cell]!
      return place
    })
    for (const equation of equationsOf(block)) {
      const moved = { ...equation, cells: equation.cells.map(cell => places[cell]!) }
      equations.set(moved.cells.join(), moved)
    }
  }
  return { block: compileBlock({ id: 'all editions', cells: cells.map((cell, place) => printed[place] === 1 ? withoutRule(cell) : cell), equations: [...equations.values()] }), printed: Uint8Array.from(printed) }
}

/** Bounds hold together; what was decided freely in some edition is printed or not, and never known beforehand. */
function addKnowledge (target: { -readonly [Field in keyof DraftCell]: DraftCell[Field] }, block: Block, cell: number): void {
  target.lower = Math.max(target.lower ?? 0, block.lower[cell]!)
  target.upper = Math.min(target.upper ?? Infinity, block.upper[cell]!)
  const state = block.states[cell]!
  if (target.state === cellState.known || state === cellState.rounded) target.state = state
  const rule = ruleNames[block.rules[cell]!]!
  if (rule === 'none') return
  target.rule ??= rule satisfies RuleName
  const [least, most] = target.required ?? [block.values[cell]!, block.values[cell]!]
  target.required = [Math.min(least, block.requiredLower[cell]!), Math.max(most, block.requiredUpper[cell]!)]
}

/** What some edition printed is no secret any more. */
function withoutRule ({ rule: _rule, required: _required, ...cell }: DraftCell): DraftCell {
  return cell.state === cellState.rounded ? { ...cell, state: cellState.open } : cell
}

function equationsOf ({ equations: { starts, columns, coefficients } }: Block): DraftEquation[] {
  return Array.from({ length: starts.length - 1 }, (_, row) => {
    const [start, end] = [starts[row]!, starts[row + 1]!]
    return { cells: [...columns.subarray(start, end)], coefficients: [...coefficients.subarray(start, end)] }
  })
}
