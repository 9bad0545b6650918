import { auditBlock } from '../../audit/cells.ts'
import type { Pattern } from '../../core/certificate.ts'
import { cellState, type Block } from '../../core/release.ts'
import { suppress } from '../../pipeline/protect/suppress.ts'

/** What was counted and measured over some blocks; adds up, but for the peaks. */
export interface Tally {
  readonly blocks: number
  /** Without hidden pieces. */
  readonly cells: number
  readonly primaries: number
  readonly secondaries: number
  /** Of the secondaries, those above the leaves and of the second area system. */
  readonly upperSecondaries: number
  readonly cost: number
  readonly unprotected: number
  readonly exact: number
  readonly narrow: number
  readonly exposed: number
  readonly insiders: number
  readonly badCertificates: number
  readonly certificates: number
  readonly lps: number
  readonly integerChecks: number
  /** Primaries known exactly where only they are suppressed; 0 where not asked for. */
  readonly naiveExact: number
  /** User and system CPU of all threads. */
  readonly suppressSeconds: number
  readonly auditSeconds: number
  readonly naiveSeconds: number
  readonly largestBlockSeconds: number
  /** Of one process. */
  readonly peakMegabytes: number
}

export const emptyTally: Tally = {
  blocks: 0,
  cells: 0,
  primaries: 0,
  secondaries: 0,
  upperSecondaries: 0,
  cost: 0,
  unprotected: 0,
  exact: 0,
  narrow: 0,
  exposed: 0,
  insiders: 0,
  badCertificates: 0,
  certificates: 0,
  lps: 0,
  integerChecks: 0,
  naiveExact: 0,
  suppressSeconds: 0,
  auditSeconds: 0,
  naiveSeconds: 0,
  largestBlockSeconds: 0,
  peakMegabytes: 0,
}

export function addTallies (a: Tally, b: Tally): Tally {
  const sums = Object.fromEntries(Object.keys(emptyTally).map(key => [key, a[key as keyof Tally] + b[key as keyof Tally]])) as unknown as Tally
  return {
    ...sums,
    largestBlockSeconds: Math.max(a.largestBlockSeconds, b.largestBlockSeconds),
    peakMegabytes: Math.max(a.peakMegabytes, b.peakMegabytes),
  }
}

/** Suppresses and attacks one block. `naive`: also attacks the pattern in which only the primaries are suppressed. */
export async function tallyBlock (block: Block, { naive = false }: { readonly naive?: boolean } = {}): Promise<Tally> {
  const started = cpuSeconds()
  const pattern = await suppress(block)
  const suppressed = cpuSeconds()
  const verdict = await auditBlock(block, pattern)
  const audited = cpuSeconds()
  const naiveExact = naive ? (await auditBlock(block, closedOnly(block), { certificates: false })).exact.length : 0
  const ended = cpuSeconds()

  const secondaries = listSecondaries(block, pattern)
  return {
    blocks: 1,
    cells: block.cells.reduce((count, id) => count + (id.startsWith('piece/') ? 0 : 1), 0),
    primaries: block.rules.reduce((count, rule, cell) => count + (rule === 0 || block.cells[cell]!.startsWith('piece/') ? 0 : 1), 0),
    secondaries: secondaries.length,
    upperSecondaries: secondaries.filter(cell => !block.cells[cell]!.startsWith('leaf/')).length,
    cost: costOf(block, secondaries),
    unprotected: pattern.unprotected.length,
    exact: verdict.exact.length,
    narrow: verdict.narrow.length,
    exposed: verdict.exposed.length,
    insiders: verdict.insiders.length,
    badCertificates: verdict.badCertificates,
    certificates: pattern.certificates.length,
    lps: verdict.lps,
    integerChecks: verdict.integerChecks,
    naiveExact,
    suppressSeconds: suppressed - started,
    auditSeconds: audited - suppressed,
    naiveSeconds: ended - audited,
    largestBlockSeconds: audited - started,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }
}

/** The open cells that a pattern does not print. */
export function listSecondaries ({ states }: Block, { printed }: Pattern): number[] {
  return Array.from(states.keys()).filter(cell => states[cell] === cellState.open && printed[cell] === 0)
}

export function costOf ({ weights }: Block, cells: readonly number[]): number {
  return cells.reduce((sum, cell) => sum + weights[cell]!, 0)
}

/** User and system time of this process since its start. */
export function cpuSeconds (): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Prints whatever is not closed: what a town does that only leaves out small figures. */
function closedOnly ({ states }: Block): Pattern {
  return {
    printed: Uint8Array.from(states, state => state === cellState.closed ? 0 : 1),
    certificates: [],
    proofs: new Int32Array(2 * states.length).fill(-1),
    unprotected: new Int32Array(),
  }
}
