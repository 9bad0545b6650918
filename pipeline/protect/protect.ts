import type { Geometry, Level } from '../../core/area.ts'
import { suppressed } from '../../core/cell.ts'
import type { Pattern } from '../../core/certificate.ts'
import type { Audience } from '../../core/edition.ts'
import type { Place, Problem } from '../../core/problem.ts'
import { hasErrors, problem } from '../../core/problem.ts'
import { attainableRanges, cellId, cellState, type Block, type Bounds } from '../../core/release.ts'
import { mayBeUnrevised } from '../../core/ledger.ts'
import type { Quotient } from '../derive.ts'
import { quoteList } from '../facts.ts'
import { addColumn, type FigureColumn, type Figures } from '../figures.ts'
import type { OnProgress } from '../progress.ts'
import type { Locate } from '../project-file/parse.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import type { Visibility } from '../report/visibility.ts'
import { draftBlocks, widenNarrowed, widenRounded, type FigureBlock, type LedgerFacts } from './blocks.ts'
import { closeQuotients, removeColumns } from './close.ts'
import { copyCounts, listDecisions, type Decision } from './decisions.ts'
import { findExternal, listUndelivered } from './external.ts'
import { writeIntervals } from './intervals.ts'
import { findOffers, type FamilyOffers } from './ladder.ts'
import { findPrimaries, type Primaries } from './primary.ts'
import { applyQuality } from './quality.ts'
import { countColumns, findRelations, isSuppressible, type Relation } from './relations.ts'
import { roundFigures } from './round.ts'
import { listContributors, listUnpublished } from './rules.ts'
import { suppress } from './suppress.ts'
import { copyColumn } from './trial.ts'
import { weigh } from './weights.ts'
import { loadWholeNumbers } from './whole-numbers.ts'

export interface ProtectInput extends Partial<LedgerFacts> {
  /** Changed in place: afterwards no number is left in them that is not printed. */
  readonly figures: Figures
  readonly quotients: readonly Quotient[]
  readonly levels: readonly Level[]
  readonly geometries: readonly Geometry[]
  readonly file: ProjectFile
  /** For whom; the rules of the columns are those for it already. */
  readonly audience: Audience
  /** Of the vault; decides between equally good patterns. */
  readonly secret: string | Uint8Array
  readonly locate?: Locate
  /** Suppresses and attacks; where not given, blocks are suppressed in this process and nobody attacks. */
  readonly clearBlocks?: ClearBlocks
  readonly onProgress?: OnProgress
  /** `primary-only` leaves what subtraction undoes; only for tests, to see that the intruder breaks it. */
  readonly protection?: 'full' | 'primary-only'
  /** Tries what would help families that lose much (`ladder.ts`); takes up to some seconds. */
  readonly withOffers?: boolean
}

/** Answers in the order of the blocks. */
export type ClearBlocks = (blocks: Iterable<Block>, options?: ClearOptions) => AsyncIterable<ClearedBlock>

export interface ClearOptions {
  /** Decides in place of the suppressor. */
  readonly patternOf?: (block: Block) => Pattern
  /** Also find out what can be deduced about every cell that is not printed. */
  readonly intervals?: boolean
}

export interface ClearedBlock {
  readonly pattern: Pattern
  /** What the intruder found; absent where nobody attacked. */
  readonly verdict?: Verdict
}

/** As of `audit/verdict.ts`, which this side must not import. */
export interface Verdict {
  readonly protectedCells: number
  readonly exact: readonly Finding[]
  readonly narrow: readonly Finding[]
  readonly exposed: readonly Finding[]
  readonly insiders: readonly Finding[]
  readonly badCertificates: number
  readonly lps: number
  /** Of every cell; only where asked for. */
  readonly intervals?: Bounds
}

export interface Finding {
  readonly cell: string
  readonly lower: number
  readonly upper: number
  readonly required: readonly [lower: number, upper: number]
  readonly arithmetic: string
}

/** As secret as the vault: it holds the true counts. */
export interface Protection {
  readonly problems: readonly Problem[]
  /** What was decided about every count that is not rounded. */
  readonly decisions: readonly Decision[]
  readonly blocks: readonly ProtectedBlock[]
  /** Per indicator and level, over all periods; quotients among them. */
  readonly counts: readonly Visibility[]
  /** What would help the families that are withheld or lose much; empty unless asked for. */
  readonly offers: readonly FamilyOffers[]
  /** Those whose operands are all offered. */
  readonly quotients: readonly Quotient[]
}

export interface ProtectedBlock {
  readonly id: string
  readonly block: Block
  readonly pattern: Pattern
  /** Absent where nobody attacked, or where the block is withheld. */
  readonly verdict?: Verdict
  /** Not offered, because some cell could not be protected. */
  readonly withheld: boolean
}

/**
 * Decides what is printed: what the rules say, what has to be suppressed so that nobody can compute
 * it, what cannot be protected and is therefore withheld; then lets the intruder try, and takes all
 * the rest out of the figures. After an error nothing is left in them at all.
 */
export async function protect (input: ProtectInput): Promise<Protection> {
  const { figures, quotients, file, levels, locate = () => ({}) } = input
  const { primaries, problems: ruleProblems } = findPrimaries(figures, quotients, file, levels, locate)
  const problems = [...ruleProblems]
  const { drafted, relations } = hasErrors(problems) ? { drafted: [], relations: [] } : await draft(input, primaries, problems)
  if (hasErrors(problems)) return refuse(figures, problems, [])

  const blocks = await clearAll(input, drafted)
  blocks.forEach((block, index) => problems.push(...describeBlock(block, drafted[index]!, placeOf(input))))
  if (hasErrors(problems)) return refuse(figures, problems, blocks)

  const before = [...figures.columns.values()]
  const wantsOffers = input.withOffers === true || blocks.some(({ withheld }) => withheld)
  const raw = wantsOffers ? before.map(copyColumn) : []
  const isCount = new Set(file.indicators.filter(({ kind }) => kind === 'count').map(({ id }) => id))
  // Public ones too: a later edition may put them under a rule, and readers have them.
  const counts = copyCounts(before.filter(column => isCount.has(column.indicator) && column.rules.method === 'suppress'))
  writeStatuses(input, primaries, drafted, blocks)
  const left = clear(input, drafted, blocks, problems)
  const { offers, problems: remedies } = wantsOffers ? await findOffers({ input, raw, relations, drafted, blocks }, protect, placeOf(input)) : { offers: [], problems: [] }
  return {
    problems: [...problems, ...remedies, summary(figures)],
    blocks,
    offers,
    quotients: left,
    counts: listVisibility(before, figures, file),
    decisions: listDecisions(counts, figures, levels, drafted, blocks, id => ledgerOf(input).findLedgerCells(id).length > 0),
  }
}

function refuse (figures: Figures, problems: readonly Problem[], blocks: readonly ProtectedBlock[]): Protection {
  figures.columns.clear()
  return { problems, blocks, offers: [], counts: [], quotients: [], decisions: [] }
}

async function draft (input: ProtectInput, primaries: Primaries, problems: Problem[]): Promise<{ drafted: FigureBlock[], relations: readonly Relation[] }> {
  const { quotients, file, levels, geometries, secret } = input
  const figures: Figures = { columns: new Map(input.figures.columns) }
  for (const column of listUndelivered(figures, file, levels)) addColumn(figures, column)
  const contributors = listContributors(file)
  const indicators = file.indicators.filter(({ id }) => !contributors.has(id))
  const place = placeOf(input)
  const columns = countColumns({ figures, levels, indicators })
  const { relations, problems: found } = findRelations({ figures, quotients, levels, geometries, indicators, primaries, place })
  problems.push(...found)
  const ledger = ledgerOf(input)
  const weightsOf = weigh({ columns, relations, levels, secret, wasSuppressed: id => ledger.findLedgerCells(id).at(-1)?.status === 'suppressed' })
  const blocks: FigureBlock[] = []
  for (const { drafted, problems: said } of draftBlocks({
    columns,
    relations,
    quotients,
    levels,
    primaries,
    ledger,
    weightsOf,
    place,
    external: findExternal(figures, file, levels),
    unpublished: listUnpublished(file),
    findWholeNumbers: await loadWholeNumbers(),
  })) {
    problems.push(...said)
    if (drafted) blocks.push(drafted)
  }
  return { drafted: blocks, relations }
}

function placeOf ({ locate }: ProtectInput): Place {
  return locate?.([]) ?? {}
}

function ledgerOf ({ findLedgerCells = () => [], hashValue = () => '' }: ProtectInput): LedgerFacts {
  return { findLedgerCells, hashValue }
}

async function clearAll ({ clearBlocks = suppressInTurn, onProgress, file, protection }: ProtectInput, drafted: readonly FigureBlock[]): Promise<ProtectedBlock[]> {
  const options: ClearOptions = { intervals: file.intervals === true, ...(protection === 'primary-only' && { patternOf: printOpen }) }
  for (const one of drafted) widenNarrowed(one)
  const cleared: ClearedBlock[] = []
  for await (const one of clearBlocks(drafted.map(({ block }) => block), options)) {
    cleared.push(one)
    onProgress?.({ station: 'protect', done: cleared.length, total: drafted.length, label: file.atlas })
  }
  // A rounded neighbour may say too much; then it is not printed either.
  for (const [index, candidate] of drafted.entries()) {
    for (let told = tellingCells(candidate, cleared[index]!); told.length > 0 && widenRounded(candidate, told); told = tellingCells(candidate, cleared[index]!)) {
      for await (const again of clearBlocks([candidate.block], options)) cleared[index] = again
    }
  }
  return drafted.map(({ block }, index): ProtectedBlock => {
    const { pattern, verdict } = cleared[index]!
    const withheld = pattern.unprotected.length > 0
    return { id: block.id, block, pattern, withheld, ...(verdict && !withheld && { verdict }) }
  })
}

/** Cells that could not be protected, or that somebody can compute who is the only case of another. */
function tellingCells ({ block }: FigureBlock, { pattern, verdict }: ClearedBlock): Int32Array {
  const computed = new Set((verdict ? [...verdict.exact, ...verdict.narrow, ...verdict.insiders] : []).map(({ cell }) => cell))
  return Int32Array.from(new Set([...pattern.unprotected, ...block.cells.flatMap((id, cell) => computed.has(id) ? [cell] : [])]))
}

async function * suppressInTurn (blocks: Iterable<Block>, { patternOf }: ClearOptions = {}): AsyncGenerator<ClearedBlock> {
  for (const block of blocks) yield { pattern: patternOf?.(block) ?? await suppress(block) }
}

/** Everything that is not small itself, as if nobody could subtract. */
function printOpen ({ states }: Block): Pattern {
  return {
    printed: states.map(state => state === cellState.closed || state === cellState.rounded ? 0 : 1),
    certificates: [],
    proofs: new Int32Array(2 * states.length).fill(-1),
    unprotected: new Int32Array(),
  }
}

function describeBlock ({ block, pattern, verdict, withheld }: ProtectedBlock, drafted: FigureBlock, place: Place): Problem[] {
  const facts = factsOf(drafted)
  const exposed = verdict ? verdict.exposed.map(({ cell }) => cell) : attainableRanges(block).exposed.map(cell => block.cells[cell]!)
  return [
    ...withheld ? [problem('structure-withheld', place, { ...facts, ...cellFacts(Array.from(pattern.unprotected, cell => block.cells[cell]!)) })] : [],
    ...exposed.length > 0 ? [problem('structure-exposed', place, { ...facts, ...cellFacts(exposed) })] : [],
    ...verdict ? findingProblems(block.id, verdict, place) : [],
  ]
}

function findingProblems (block: string, { exact, insiders, narrow, badCertificates }: Verdict, place: Place): Problem[] {
  return [
    ...[...exact, ...insiders].map(({ cell, arithmetic }) => problem('structure-disclosed', place, { cell, arithmetic })),
    ...narrow.map(({ cell, arithmetic, required }) => problem('structure-narrow', place, { cell, arithmetic, required: `${required[0]} <= x <= ${required[1]}` })),
    ...badCertificates > 0 ? [problem('structure-bad-proof', place, { block, count: badCertificates })] : [],
  ]
}

function factsOf ({ columns }: FigureBlock): { indicators: string, periods: string } {
  const names = (values: readonly string[]) => [...new Set(values)].join(', ')
  return { indicators: names(columns.map(({ indicator }) => indicator)), periods: names(columns.map(({ period }) => period)) }
}

function cellFacts (cells: readonly string[]): { count: number, cells: string } {
  return { count: cells.length, cells: quoteList(cells, 5) }
}

/** From patterns back to cells: whatever is not printed becomes `suppressed`, and its number is gone. */
function writeStatuses (input: ProtectInput, primaries: Primaries, drafted: readonly FigureBlock[], blocks: readonly ProtectedBlock[]): void {
  const { figures, file, levels } = input
  const inBlocks = new Set(drafted.flatMap(({ columns }) => columns))
  drafted.forEach(({ block: { states }, columns, columnOf, areaOf }, index) => {
    const { pattern: { printed } } = blocks[index]!
    columnOf.forEach((column, cell) => {
      if (column !== -1 && printed[cell] !== 1 && states[cell] !== cellState.rounded) columns[column]!.cells[areaOf[cell]!] = suppressed
    })
  })
  // Where nothing had to be protected, a dot of an earlier edition stays a dot all the same.
  const ledger = ledgerOf(input)
  for (const column of figures.columns.values()) {
    if (!inBlocks.has(column) && (isSuppressible(column) || column.rules.method === 'round5')) keepSuppressed(column, levels, ledger)
  }
  // What the rules say holds also for cells that are known: we do not print them again.
  for (const [column, areas] of primaries) {
    for (const area of areas.keys()) if (column.cells[area]!.status !== 'suppressed') column.cells[area] = suppressed
  }
  const unpublished = listNeverPrinted(file)
  for (const { indicator, cells, unassigned } of figures.columns.values()) {
    if (unpublished.has(indicator)) cells.fill(suppressed)
    unassigned.fill(suppressed)
  }
  writeIntervals(drafted, blocks, input.quotients, ({ indicator }) => !unpublished.has(indicator))
}

function keepSuppressed ({ level, indicator, period, cells }: FigureColumn, levels: readonly Level[], { findLedgerCells, hashValue }: LedgerFacts): void {
  const { areas } = levels.find(({ id }) => id === level)!
  cells.forEach((cell, area) => {
    if (cell.status !== 'observed') return
    const id = cellId(level, areas[area]!.id, indicator, period)
    const entries = findLedgerCells(id)
    if (entries.length === 0) return
    const hash = hashValue(id, cell.value)
    const same = entries.filter(entry => mayBeUnrevised(entry, hash))
    if (same.at(-1)?.status === 'suppressed' && !same.some(({ status }) => status === 'printed')) cells[area] = suppressed
  })
}

/** Everything that follows from the statuses of the counts; @returns the quotients that are still offered */
function clear ({ figures, quotients, file, locate }: ProtectInput, drafted: readonly FigureBlock[], blocks: readonly ProtectedBlock[], problems: Problem[]): Quotient[] {
  const withheld = new Set(drafted.flatMap(({ columns }, index) => blocks[index]!.withheld ? columns.filter(column => isSuppressible(column) || column.rules.method === 'round5') : []))
  const offered = removeColumns(figures, quotients, column => withheld.has(column))
  const counts = new Set(file.indicators.filter(({ kind }) => kind === 'count').map(({ id }) => id))
  roundFigures(figures, offered, counts)
  closeQuotients(offered)
  problems.push(...applyQuality(figures, offered, file, locate))
  const unpublished = listNeverPrinted(file)
  for (const [key, { indicator }] of figures.columns) if (unpublished.has(indicator)) figures.columns.delete(key)
  const left = new Set(figures.columns.values())
  return offered.filter(({ column }) => left.has(column))
}

function summary ({ columns }: Figures): Problem {
  let [cells, hidden] = [0, 0]
  for (const column of columns.values()) {
    cells += column.cells.length
    hidden += column.cells.filter(({ status }) => status === 'suppressed').length
  }
  return problem('protect-suppressed', {}, { cells, suppressed: hidden })
}

/** What is not there any more, although it is meant to be printed, is withheld. */
function listVisibility (before: readonly FigureColumn[], { columns }: Figures, file: ProjectFile): Visibility[] {
  const left = new Set(columns.values())
  const unpublished = listNeverPrinted(file)
  const rows = new Map<string, Visibility>()
  for (const column of before) {
    const { indicator, level, cells } = column
    if (unpublished.has(indicator)) continue
    const key = `${level}|${indicator}`
    const row = rows.get(key) ?? { indicator, level, printed: 0, suppressed: 0, withheld: 0 }
    const count = (wanted: 'observed' | 'suppressed') => cells.filter(({ status }) => status === wanted).length
    rows.set(key, left.has(column)
      ? { ...row, printed: row.printed + count('observed'), suppressed: row.suppressed + count('suppressed') }
      : { ...row, withheld: row.withheld + count('observed') + count('suppressed') })
  }
  return [...rows.values()]
}

function listNeverPrinted (file: ProjectFile): ReadonlySet<string> {
  return new Set([...listUnpublished(file), ...listContributors(file)])
}
