import type { Language } from '../../core/edition.ts'
import { formatNumber } from '../../core/number.ts'
import type { FactsBlock, HeadingBlock, Inline, NoteBlock, TableBlock, TextBlock } from '../../render/blocks.ts'

/** What a Freigabeblatt is made of, on the page and on paper. */
export type SheetBlock = HeadingBlock | TextBlock | FactsBlock | TableBlock | NoteBlock

/** @param rooms as of `TableColumn`, by position; `numeric` for numbers, null for what takes the room it needs */
export function table (caption: string, heads: readonly string[], rooms: ReadonlyArray<number | 'numeric' | null>, rows: ReadonlyArray<ReadonlyArray<{ readonly content: Inline, readonly detail?: string }>>): TableBlock {
  return {
    kind: 'table',
    caption,
    columns: heads.map((label, i) => {
      const room = rooms[i]
      return { id: `c${i}`, label, isNumeric: room === 'numeric', sortLabel: null, ...typeof room === 'number' && { room } }
    }),
    rows: rows.map(cells => ({ area: null, isChosen: false, cells })),
    footer: [],
  }
}

export function whole (count: number, language: Language): string {
  return formatNumber(count, { decimals: 0, language })
}
