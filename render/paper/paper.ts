import type { Language } from '../../core/edition.ts'
import type { FactsBlock, HeadingBlock, NoteBlock, TableBlock, TextBlock } from '../blocks.ts'

/**
 * A document to print: blocks, and what stands around them on every sheet. Plain data, because a process of its own sets it; what
 * somebody typed stands in it as text and is never read as anything else.
 */
export interface Paper {
  readonly language: Language
  /** Also the title of the file. */
  readonly title: string
  /** Above the title: what kind of paper this is, and whose. */
  readonly kicker: string
  readonly author: string
  /** For lists of files and search. */
  readonly description: string
  /** On every sheet, before the number of the page. */
  readonly footer: string
  /** Leads from the sheet to its page. Null where there is none. */
  readonly code: PaperCode | null
  /** Headings begin with level 2. */
  readonly blocks: readonly PaperBlock[]
  /** Moment that the paper describes, seconds since 1970; never the clock, so that the same state gives the same bytes. */
  readonly statedAt: number
  readonly texts: PaperTexts
}

/** Blocks that can be printed so far. */
export type PaperBlock = HeadingBlock | TextBlock | FactsBlock | TableBlock | NoteBlock | SignaturesBlock

/** Lines on which people sign. */
export interface SignaturesBlock {
  readonly kind: 'signatures'
  readonly fields: ReadonlyArray<{ readonly label: string, readonly lines: readonly string[] }>
}

export interface PaperCode {
  readonly svg: string
  readonly alternative: string
  readonly href: string
  readonly caption: string
}

export interface PaperTexts {
  /** `Seite 1 von 2`, as the words before each number. */
  readonly page: string
  readonly of: string
  /** Under the last block, where signs were replaced that the font does not have. */
  readonly replaced: string
  /** Likewise, where a text was too long. */
  readonly shortened: string
}
