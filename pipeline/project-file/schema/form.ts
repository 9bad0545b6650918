import { Type, type TSchema } from 'typebox'
import { idPattern } from '../../../core/id.ts'

/** Words that every part of the form is written in. */

/** German stands where editors look for it; the English twin is ours. */
export const says = (german: string, english: string) => ({ description: german, english })
export const id = (german: string, english: string) => Type.String({ pattern: idPattern, ...says(german, english) })
export const text = (german: string, english: string) => Type.String({ minLength: 1, ...says(german, english) })
export const date = (german: string, english: string) => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', ...says(german, english) })
export const closed = <T extends Record<string, TSchema>>(properties: T, description = {}) =>
  Type.Object(properties, { additionalProperties: false, ...description })

/** German text, or German and English side by side. */
export const Localised = Type.Union([
  Type.String({ minLength: 1 }),
  closed({ de: Type.String({ minLength: 1 }), en: Type.Optional(Type.String({ minLength: 1 })) }),
], { ...says('ein deutscher Text oder { de: …, en: … }', 'a German text, or { de: …, en: … }') })

/** Keys and periods may look like numbers; they stay text as they are written. */
export const TextOrNumber = Type.Union([Type.String(), Type.Number()], { ...says('Text; Ziffern bleiben, wie sie geschrieben sind', 'text; digits are kept as written') })

export const Licence = closed({ name: text('Name der Lizenz', 'name of the licence'), url: text('Adresse ihres Textes', 'address of its text') })

export const LookUp = Type.Record(Type.String(), TextOrNumber, { ...says('Text in der Datei: Text, der stattdessen gilt', 'text in the file: text to use instead') })
