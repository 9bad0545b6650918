import type { Localised } from '../../core/area.ts'
import type { Problem } from '../../core/problem.ts'

/** A form of the Werkstatt as the worker describes it: what of the project file it shows, in the words of planners. */
export interface FormState {
  readonly title: Localised
  readonly sections: readonly FormSection[]
}

export interface FormSection {
  readonly title: Localised | null
  readonly fields: readonly FormField[]
}

/** `line` and `text` are typed, of `choice` one is taken, of `several` any number. */
export type FieldControl = 'line' | 'text' | 'choice' | 'several'

export interface FormField {
  /** Its place in the project file, `deliveries/register/rules/remainder`; parts are encoded as in an address. */
  readonly name: string
  readonly control: FieldControl
  readonly label: Localised
  readonly help: Localised | null
  /** As it stands in the file or comes from the catalogue; empty where nothing does. Of `several` the chosen ones, with blanks between. */
  readonly value: string
  /** Of `choice` and `several`; of what is typed, suggestions. */
  readonly choices: readonly FieldChoice[]
  readonly isRequired: boolean
  /** So many other places take this value over. */
  readonly sharedBy: number
}

export interface FieldChoice {
  readonly value: string
  readonly label: Localised
}

/** One field as it came back. */
export interface TypedField {
  readonly name: string
  /** What stood in it when the form was opened. */
  readonly was: string
  readonly value: string
}

export type FormSaved =
  /** The places that were changed; none where nothing was. */
  | { readonly kind: 'written', readonly paths: readonly string[], readonly sha256: string }
  /** What is wrong with fields, and with what stands elsewhere. Nothing was changed. */
  | { readonly kind: 'refused', readonly faults: readonly FieldFault[], readonly problems: readonly Problem[] }
  /** Somebody else changed the same fields; `now` is what stands there, null where the field is gone. Nothing was changed. */
  | { readonly kind: 'changed', readonly conflicts: ReadonlyArray<{ readonly name: string, readonly now: string | null }> }

export interface FieldFault { readonly name: string, readonly problem: Problem }
