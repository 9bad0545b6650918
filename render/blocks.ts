import type { KeyEntry } from './view-parts.ts'

/**
 * What a page, a document or a slide is made of, without saying how it looks. Plain data: a child
 * process that sets a document gets blocks and fonts, never an edition.
 */
export type Block = HeadingBlock | TextBlock | MapBlock | PictureBlock | KeyBlock | TableBlock | NoteBlock | NotesBlock | DateBlock | FactsBlock | LinksBlock

export interface HeadingBlock { readonly kind: 'heading', readonly level: 1 | 2 | 3, readonly text: string, readonly id?: string }

/** A paragraph. `lead` is the sentence that says what a view shows; it changes with the view. */
export interface TextBlock { readonly kind: 'text', readonly parts: readonly Inline[], readonly role?: 'lead' | 'small', readonly id?: string }

/** Text, or text that leads somewhere. */
export type Inline = string | { readonly text: string, readonly href: string }

/** A map as SVG, with what must be read with it. */
export interface MapBlock { readonly kind: 'map', readonly svg: string, readonly caption: readonly Inline[], readonly date?: StatedDate }

/** A map too large to stand in the page. */
export interface PictureBlock {
  readonly kind: 'picture'
  readonly src: string
  readonly width: number
  readonly height: number
  readonly alternative: string
  readonly openText: string
  readonly caption: readonly Inline[]
  readonly date?: StatedDate
}

/** The map key. */
export interface KeyBlock {
  readonly kind: 'key'
  readonly heading: string
  /** What the numbers are: label and unit. */
  readonly subject: string
  readonly entries: readonly KeyEntry[]
  /** `Stadt 10,3 %`, or null where the town has no printed value. */
  readonly town: string | null
  /** How an entry's count is read aloud, `3 Gebiete`. */
  readonly countTexts: readonly string[]
  readonly notes: readonly string[]
}

export interface TableBlock {
  readonly kind: 'table'
  readonly id?: string
  readonly caption: string
  /** The first column heads the rows. */
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableLine[]
  /** Rows that are no areas of the table, such as the town. */
  readonly footer: readonly TableLine[]
}

export interface TableColumn {
  readonly id: string
  readonly label: string
  readonly isNumeric: boolean
  /** On paper: how it shares the room with the other texts; left out, it takes what it needs. */
  readonly room?: number
  /** Says what pressing the column's head does; null where it cannot be sorted. */
  readonly sortLabel: string | null
}

export interface TableLine {
  /** Area id, where the row is one. */
  readonly area: string | null
  readonly isChosen: boolean
  readonly cells: readonly TableField[]
}

export interface TableField {
  readonly content: Inline
  /** To sort by; never there for a cell without a printed value. */
  readonly value?: number
  /** A second, smaller line. */
  readonly detail?: string
  /** Links behind the content, such as the marks of notes. */
  readonly more?: ReadonlyArray<Exclude<Inline, string>>
  /** To be seen before anything else of the row. */
  readonly isStrong?: boolean
}

export interface NoteBlock { readonly kind: 'note', readonly tone: 'info' | 'warning', readonly parts: readonly Inline[] }

/** Sentences that must be read with figures; the marked ones belong to rows of a table. */
export interface NotesBlock { readonly kind: 'notes', readonly items: readonly NoteItem[] }

export interface NoteItem { readonly mark: string | null, readonly text: string }

/** The day that figures describe, where it must not be overlooked. */
export interface StatedDate { readonly label: string, readonly date: string, readonly hint: string }

export interface DateBlock extends StatedDate { readonly kind: 'date' }

/** Terms and what they stand for. `figures` are few, short, and to be seen first. */
export interface FactsBlock { readonly kind: 'facts', readonly role?: 'figures', readonly facts: ReadonlyArray<{ readonly term: string, readonly details: ReadonlyArray<readonly Inline[]> }> }

export interface LinksBlock {
  readonly kind: 'links'
  readonly id?: string
  readonly links: ReadonlyArray<{ readonly text: string, readonly href: string, readonly detail?: string, readonly isCurrent?: boolean }>
}
