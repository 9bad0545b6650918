import { problem, type Problem } from '../../core/problem.ts'
import { groupBy } from '../../core/group-by.ts'
import type { FacilityLayerEntry } from '../project-file/schema.ts'
import { textsOf } from './describe-place.ts'
import { findHiddenPlace, findShelter, type HiddenPlace } from './hidden-places.ts'
import { linesOf } from './locate-places.ts'
import { isPersonalHead } from './personal-heads.ts'
import type { SourcePlace } from './read-places.ts'

/** Rows that the project means: `where` names what stays, `exclude` what goes. */
export function chooseRows (places: readonly SourcePlace[], { where = {}, exclude = {} }: FacilityLayerEntry): SourcePlace[] {
  const says = (fields: SourcePlace['fields'], column: string, texts: string | number | ReadonlyArray<string | number>) =>
    (Array.isArray(texts) ? texts : [texts]).some(text => String(text) === (fields[column] ?? '').trim())
  return places.filter(({ fields }) =>
    Object.entries(where).every(([column, texts]) => says(fields, column, texts)) && !Object.entries(exclude).some(([column, texts]) => says(fields, column, texts)))
}

/** Places that must not be known, and published fields with a person in them: each stops the build. */
export function screenPlaces (places: readonly SourcePlace[], entry: FacilityLayerEntry): Problem[] {
  const hidden = places.flatMap(place => {
    const found = whyHidden(place.fields, entry)
    return found ? [{ place, found }] : []
  })
  const refused = [...groupBy(hidden, ({ found }): HiddenPlace => found)].map(([{ reason }, list]) =>
    problem('facilities-hidden-place', list[0]!.place.place, { count: list.length, lines: linesOf(list.map(({ place }) => place)), reason, layer: entry.id }))
  return [...refused, ...personalProblems(places, entry)]
}

/** Why a line belongs on no map and no screen. */
export function whyHidden (fields: SourcePlace['fields'], entry: FacilityLayerEntry): HiddenPlace | undefined {
  return findHiddenPlace(...textsOf(fields, entry)) ?? findShelter(...otherTexts(fields, entry))
}

/** What else the list says of a place, published or not: its kind may stand in a column that nobody named. A provider runs other places too. */
function otherTexts (fields: SourcePlace['fields'], { attributes }: FacilityLayerEntry): string[] {
  const providers = [attributes?.provider ?? []].flat()
  return Object.entries(fields).filter(([head]) => !providers.includes(head)).map(([, text]) => text)
}

function personalProblems (places: readonly SourcePlace[], { name, attributes = {} }: FacilityLayerEntry): Problem[] {
  const heads = [name, ...Object.values(attributes)].flatMap(heads => heads ?? [])
  return heads.flatMap(column => {
    const personal = places.filter(({ fields }) => isPersonalText(fields[column] ?? ''))
    return personal.length === 0 ? [] : [problem('facilities-personal-text', { ...personal[0]!.place, column }, { column, count: personal.length, lines: linesOf(personal) })]
  })
}

/** A mail address, a phone number, a form of address: nothing that belongs in the name, address or provider of a facility. */
function isPersonalText (text: string): boolean {
  return /\S@\S+\.\w/.test(text) || /(?:^|[^\d])(?:\+49|0)[\d /()-]{7,}\d/.test(text) || /(?:^|[\s,;(])(?:Frau|Herrn?|Fr\.|Hr\.|Familie)\s+\p{Lu}/u.test(text)
}

/** Columns of the file that speak of persons: nothing of them is read further; said once, as a reason to have them left out next time. */
export function listPersonalColumns (columns: readonly string[]): string[] {
  return columns.filter(isPersonalHead)
}
