import type { FormField, FormSection, TypedField } from '../worker/forms/field.ts'

/** A question that several deliveries ask alike, to be answered once. */
export interface SharedQuestion {
  /** The question as such: its name has `*` where that of a delivery has the id. */
  readonly field: FormField
  /** The same question of each delivery, with the section it stands in. */
  readonly asked: ReadonlyArray<{ readonly section: FormSection, readonly field: FormField }>
}

/** What one office decides about all it delivers; a title or a column is a matter of one delivery alone. */
const shareable: ReadonlySet<string> = new Set(['publisher', 'licence', 'attribution', 'minimumCount', 'because', 'legalBasis', 'retention', 'mayBePassedOn', 'legend'])

/** Sections without what more than one delivery asks and nobody has answered yet, and that for itself. */
export function splitShared (sections: readonly FormSection[]): { readonly own: readonly FormSection[], readonly shared: readonly SharedQuestion[] } {
  const groups = new Map<string, Array<SharedQuestion['asked'][number]>>()
  for (const section of sections) {
    for (const field of section.fields) {
      const name = field.value === '' && field.control !== 'several' ? sharedName(field.name) : undefined
      if (name !== undefined) groups.set(name, [...groups.get(name) ?? [], { section, field }])
    }
  }
  const shared = [...groups].filter(([, asked]) => asked.length > 1).map(([name, asked]): SharedQuestion => ({ field: { ...asked[0]!.field, name }, asked }))
  const taken = new Set(shared.flatMap(({ asked }) => asked.map(({ field }) => field)))
  return { own: sections.map(section => ({ ...section, fields: section.fields.filter(field => !taken.has(field)) })).filter(({ fields }) => fields.length > 0), shared }
}

/** The name for all of `deliveries/register/minimumCount`; no id can be a star. */
function sharedName (name: string): string | undefined {
  const [list, id, ...rest] = name.split('/')
  return list === 'deliveries' && id !== '*' && shareable.has(rest[0] ?? '') ? [list, '*', ...rest].join('/') : undefined
}

export interface SpreadField extends TypedField {
  /** Name of the field that it was typed into: its own, or the shared one. */
  readonly from: string
}

/** What each delivery is told: its own answer, or where that stayed empty, the one for all. */
export function spreadShared (sent: readonly TypedField[]): SpreadField[] {
  const common = new Map(sent.filter(({ name, value }) => isShared(name) && value !== '').map(({ name, value }) => [name, value]))
  return sent.filter(({ name }) => !isShared(name)).map((field): SpreadField => {
    const name = field.value === '' && field.was === '' ? sharedName(field.name) : undefined
    const value = name === undefined ? undefined : common.get(name)
    return value === undefined ? { ...field, from: field.name } : { ...field, value, from: name! }
  })
}

function isShared (name: string): boolean {
  return name.startsWith('deliveries/*/')
}
