import type { Level } from '../../core/area.ts'
import { cellId, cellState, ruleNames } from '../../core/release.ts'
import type { LedgerStatus } from '../../core/ledger.ts'
import type { FigureColumn, Figures } from '../figures.ts'
import type { FigureBlock } from './blocks.ts'
import type { ProtectedBlock } from './protect.ts'

/** What was decided about a count, for the ledger and for whoever asks why. Values are true ones: as secret as the vault. */
export interface Decision {
  readonly id: string
  /** null where the publisher did not tell it. */
  readonly value: number | null
  readonly status: LedgerStatus
  /** A `RuleName`, `complementary`, `earlier` where an earlier edition decided, `small-whole` for a part of what is too small; absent where it is printed. */
  readonly rule?: string
}

/** The true counts of the columns that rules protect, before anything is taken out of them. */
export type Counts = ReadonlyMap<FigureColumn, ReadonlyArray<number | null | undefined>>

/** null for what was delivered suppressed, `undefined` for what is missing. */
export function copyCounts (columns: Iterable<FigureColumn>): Counts {
  return new Map([...columns].map(column =>
    [column, column.cells.map(cell => cell.status === 'observed' ? cell.value : cell.status === 'suppressed' ? null : undefined)]))
}

/** What became of each count, after statuses were written. */
export function listDecisions (
  counts: Counts, figures: Figures, levels: readonly Level[], drafted: readonly FigureBlock[], blocks: readonly ProtectedBlock[], wasTold: (id: string) => boolean,
): Decision[] {
  const left = new Set(figures.columns.values())
  const rules = listRules(drafted, blocks)
  const decisions: Decision[] = []
  for (const [column, values] of counts) {
    const { areas } = levels.find(({ id }) => id === column.level)!
    values.forEach((value, area) => {
      if (value === undefined) return
      const id = cellId(column.level, areas[area]!.id, column.indicator, column.period)
      const cell = column.cells[area]!
      const isPrinted = left.has(column) && cell.status === 'observed'
      const status = !left.has(column) ? 'Q' : !isPrinted ? 'S' : value === 0 ? 'Z' : 'P'
      // A rounded count is printed as what it was rounded to.
      const shown = isPrinted ? cell.value : value
      decisions.push({ id, value: shown, status, ...(status === 'S' ? { rule: value === null ? 'imported' : rules.get(id) ?? (wasTold(id) ? 'earlier' : 'small-whole') } : {}) })
    })
  }
  return decisions
}

function listRules (drafted: readonly FigureBlock[], blocks: readonly ProtectedBlock[]): ReadonlyMap<string, string> {
  const rules = new Map<string, string>()
  drafted.forEach(({ columnOf }, index) => {
    const { block, pattern } = blocks[index]!
    columnOf.forEach((column, cell) => {
      if (column === -1 || pattern.printed[cell] === 1) return
      const rule = ruleNames[block.rules[cell]!]!
      if (rule !== 'none') rules.set(block.cells[cell]!, rule)
      else if (block.states[cell] === cellState.open) rules.set(block.cells[cell]!, 'complementary')
    })
  })
  return rules
}
