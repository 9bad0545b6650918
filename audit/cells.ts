import type { Pattern } from '../core/certificate.ts'
import { attainableRanges, cellState, propagateBounds, type Block, type Bounds } from '../core/release.ts'
import { createExplainer, formatPlain, type Explain } from './arithmetic.ts'
import { countBadCertificates } from './certificates.ts'
import { connectInitially, locate, splitComponents } from './component.ts'
import { findIntegerOptimum } from './integer-optimum.ts'
import { findInsiders } from './insiders.ts'
import { Interrogation, type Effort } from './intervals.ts'
import type { BlockVerdict, Finding } from './verdict.ts'

export interface AuditOptions {
  /** Also say what can be deduced about every cell; needs many more linear programs. Defaults to false. */
  readonly intervals?: boolean
  /** Also check the certificates. Defaults to true. */
  readonly certificates?: boolean
  /** Also explain findings; without, `arithmetic` only states the result. Defaults to true. */
  readonly explanations?: boolean
}

/**
 * Attacks a pattern with nothing but what is printed or known: can it still be deduced what
 * protected cells hold, or that they do not hold what must stay possible?
 *
 * Of the true values it uses only where to start its search, which no result depends on.
 *
 * @throws RangeError for a pattern of another block
 */
export async function auditBlock (block: Block, pattern: Pattern, { intervals = false, certificates = true, explanations = true }: AuditOptions = {}): Promise<BlockVerdict> {
  const count = block.cells.length
  if (pattern.printed.length !== count || pattern.proofs.length !== 2 * count) throw new RangeError(`${block.id}: the pattern has ${pattern.printed.length} cells, the block ${count}`)
  const isKnown = Uint8Array.from(block.states, (state, cell) => state === cellState.known || pattern.printed[cell] !== 0 ? 1 : 0)
  const effort: Effort = { lps: 0, integerChecks: 0 }
  const required = attainableRanges(block)
  const deduced = propagateBounds(block, cell => isKnown[cell] === 1)
  const isPrinted = (cell: number) => pattern.printed[cell] !== 0 && block.states[cell] !== cellState.known
  const interrogations = splitComponents(block, isKnown, deduced).map(component => new Interrogation(component, effort))

  for (const interrogation of interrogations) {
    if (intervals) await deduceAll(interrogation, deduced, block)
    else await deduceProtected(interrogation, deduced, block, required)
  }

  const exposed = new Set(required.exposed)
  const leaks = [...block.cells.keys()].filter(cell => {
    if (exposed.has(cell)) return false
    // Closed cells without a rule of their own were suppressed earlier or by others: they stay so.
    return isPrinted(cell) ? block.rules[cell] !== 0 || block.states[cell] !== cellState.open : block.rules[cell] !== 0 && isLeak(deduced, required, cell)
  })
  const hopeless = await findHopeless(block, leaks.filter(cell => !isPrinted(cell) && pattern.unprotected.includes(cell)), deduced, required, effort)
  const insiders = await findInsiders(block, pattern, interrogations, new Set([...exposed, ...leaks]), effort)

  const createExplain = (isGiven: Uint8Array): Explain => explanations ? createExplainer(block, isGiven) : async (_, lower, upper) => formatPlain(lower, upper)
  const explain = createExplain(isKnown)
  const explainInitial = createExplain(block.states.map(state => state === cellState.known ? 1 : 0))
  const toFinding = async (cell: number, explainer: Explain): Promise<Finding> => {
    const [lower, upper] = [deduced.lower[cell]!, deduced.upper[cell]!]
    return { cell: block.cells[cell]!, lower, upper, required: [required.lower[cell]!, required.upper[cell]!], ...await explainer(cell, lower, upper) }
  }
  const verdict: { [kind in 'exact' | 'narrow' | 'exposed' | 'insiders']: Finding[] } = { exact: [], narrow: [], exposed: [], insiders: [] }
  for (const cell of [...exposed, ...hopeless]) verdict.exposed.push(await toFinding(cell, explainInitial))
  for (const cell of leaks) {
    if (!hopeless.has(cell)) verdict[deduced.lower[cell] === deduced.upper[cell] ? 'exact' : 'narrow'].push(await toFinding(cell, explain))
  }
  for (const { cell, insider } of insiders) {
    const value = block.values[cell]!
    const explainer = createExplain(isKnown.with(insider, 1))
    verdict.insiders.push({ cell: block.cells[cell]!, lower: value, upper: value, required: [required.lower[cell]!, required.upper[cell]!], ...await explainer(cell, value, value) })
  }
  return {
    protectedCells: listProtected(block).length,
    ...verdict,
    badCertificates: certificates ? countBadCertificates(block, pattern, withoutRequirement(required, hopeless, block)) : 0,
    ...effort,
    ...(intervals ? { intervals: deduced } : {}),
  }
}

function listProtected ({ rules }: Block): number[] {
  return Array.from(rules.keys()).filter(cell => rules[cell] !== 0)
}

function isLeak ({ lower, upper }: Bounds, required: Bounds, cell: number): boolean {
  return lower[cell] === upper[cell] || lower[cell]! > required.lower[cell]! || upper[cell]! < required.upper[cell]!
}

/** Writes what can be deduced about all cells of the component into `deduced`. */
async function deduceAll (interrogation: Interrogation, deduced: Bounds, { values }: Block): Promise<void> {
  const { cells, lower, upper } = interrogation.component
  for (const [column, cell] of cells.entries()) {
    deduced.upper[cell] = values[cell]! + await interrogation.ask(column, 1, upper[column]!)
    deduced.lower[cell] = values[cell]! + await interrogation.ask(column, -1, lower[column]!)
  }
}

/** Asks only whether the required ends can be reached; what lies beyond is asked where one cannot. */
async function deduceProtected (interrogation: Interrogation, deduced: Bounds, { values, rules }: Block, required: Bounds): Promise<void> {
  const { cells, lower, upper } = interrogation.component
  for (const [column, cell] of cells.entries()) {
    if (rules[cell] === 0) continue
    const value = values[cell]!
    const needs = [required.lower[cell]! - value, required.upper[cell]! - value] as const
    // A cell without a range of its own must at least not be known.
    const high = needs[0] < 0 ? Math.max(0, needs[1]) : Math.max(1, needs[1])
    const highest = await interrogation.ask(column, 1, high)
    const isDone = highest >= needs[1] && (highest > 0 || needs[0] < 0)
    const lowest = await interrogation.ask(column, -1, isDone ? Math.min(0, needs[0]) : Math.min(-1, needs[0]))
    if (highest >= needs[1] && lowest <= needs[0] && highest > lowest) continue
    deduced.upper[cell] = value + await interrogation.ask(column, 1, upper[column]!)
    deduced.lower[cell] = value + await interrogation.ask(column, -1, lower[column]!)
  }
}

/**
 * Of the cells that the suppressor gave up, those that known cells alone bring into the same
 * straits. Single equations, which `attainableRanges` looks at, do not always show that.
 */
async function findHopeless (block: Block, cells: readonly number[], deduced: Bounds, required: Bounds, effort: Effort): Promise<Set<number>> {
  const hopeless = new Set<number>()
  if (cells.length === 0) return hopeless
  const components = connectInitially(block)
  for (const cell of cells) {
    const found = locate(components, cell)
    if (!found) continue
    const value = block.values[cell]!
    effort.integerChecks += 2
    const lowest = await findIntegerOptimum(found.component, found.column, -1)
    const highest = await findIntegerOptimum(found.component, found.column, 1)
    if (lowest === undefined || highest === undefined) continue
    const isMet = deduced.lower[cell]! <= Math.max(required.lower[cell]!, value + lowest) && deduced.upper[cell]! >= Math.min(required.upper[cell]!, value + highest)
    if (isMet && (lowest === highest || deduced.lower[cell]! < deduced.upper[cell]!)) hopeless.add(cell)
  }
  return hopeless
}

/** The required ranges, with nothing required of `cells`. */
function withoutRequirement (required: Bounds, cells: ReadonlySet<number>, { values }: Block): Bounds {
  if (cells.size === 0) return required
  const pick = (ends: Float64Array) => ends.map((end, cell) => cells.has(cell) ? values[cell]! : end)
  return { lower: pick(required.lower), upper: pick(required.upper) }
}
