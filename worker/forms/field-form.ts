import type { Localised } from '../../core/area.ts'
import type { EntryPath } from '../set-path.ts'

/** What may be typed into a field, and what becomes of it in the project file. `localised` are two fields, German and English. */
export type FieldKind = 'line' | 'text' | 'localised' | 'number' | 'yes-no' | 'choice' | 'several' | 'minimum'

/** Ids of the project file that a field chooses from. */
export type ChoicesFrom = 'indicators' | 'counts' | 'levels' | 'themes'

/** One field: which place of the project file it writes. What may stand there the schema says; help is its description unless told otherwise. */
export interface FieldForm {
  readonly path: EntryPath
  readonly kind: FieldKind
  readonly label: Localised
  readonly help?: Localised
  /** What the values mean that the schema lists; where one is not named here, it stands for itself. */
  readonly says?: Readonly<Record<string, Localised>>
  readonly from?: ChoicesFrom
  /** Shown only where the entry has this place. */
  readonly where?: EntryPath
}

/** A list of which every entry has the same fields, and one more of which waits at its end. */
export interface RowsForm {
  readonly path: EntryPath
  readonly title: Localised
  readonly fields: readonly FieldForm[]
}

/** A form: of the project file as a whole, or of one entry of a list. */
export interface DescribedForm {
  /** The list that the entry is in. */
  readonly list: 'levels' | 'indicators' | 'deliveries' | null
  readonly title: Localised
  readonly fields: readonly FieldForm[]
  readonly rows: readonly RowsForm[]
}

export const formNames = ['atlas', 'level', 'indicator', 'delivery', 'rules'] as const
export type FormName = typeof formNames[number]
