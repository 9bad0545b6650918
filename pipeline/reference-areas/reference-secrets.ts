import type { Localised } from '../../core/area.ts'
import type { ReferenceArea } from '../../core/edition.ts'
import { problem, type Problem } from '../../core/problem.ts'
import type { Figures } from '../figures.ts'
import type { Boundaries } from '../levels/levels.ts'
import type { Project } from '../project-file/project.ts'
import type { Secret } from '../protect/kept-secrets.ts'
import { ownNames, plainName } from './reference-areas.ts'

export interface ReferenceSecretsInput {
  readonly project: Project
  readonly boundaries: Boundaries
  readonly references: readonly ReferenceArea[]
  /** What the edition keeps to itself. */
  readonly secrets: readonly Secret[]
  /** After `protect`. */
  readonly figures: Figures
}

/**
 * Reference areas that together are the town: a Kreis and the Kreis without the town, or one that is the town under another name.
 * Where the town's own figure is printed they say nothing new; where it is not they are refused. No number is repeated.
 */
export function findTellingReferences (input: ReferenceSecretsInput): Problem[] {
  const { references, secrets } = input
  const told = new Map<string, Problem>()
  for (const { indicator, period, value, area } of secrets) {
    if (area !== null) continue
    for (const areas of sumsOf(valuesOf(references, indicator, period), value)) tell(told, input, indicator, period, areas)
  }
  for (const { indicator, period } of listSecretTowns(input)) {
    const stated = valuesOf(references, indicator, period).map(({ area }) => area)
    const rest = stated.find(area => isRestAroundTown(area, input))
    if (rest && stated.length > 1) tell(told, input, indicator, period, [...stated.filter(area => area !== rest), rest])
  }
  return [...told.values()]
}

function tell (told: Map<string, Problem>, { project, references }: ReferenceSecretsInput, indicator: string, period: string, areas: readonly ReferenceArea[]): void {
  const names = (language: 'de' | 'en') => areas.map(({ name }) => name[language] ?? name.de).join(' − ')
  const place = project.locate(['references', references.indexOf(areas.at(-1)!)])
  const key = `${indicator} ${period}`
  if (!told.has(key)) told.set(key, problem('catalogue-reference-tells-town', place, { indicator, period, areas: { de: names('de'), en: names('en') } }))
}

interface Stated { readonly area: ReferenceArea, readonly value: number }

function valuesOf (references: readonly ReferenceArea[], indicator: string, period: string): Stated[] {
  return references.flatMap(area => area.values.filter(value => value.indicator === indicator && value.period === period).map(({ value }) => ({ area, value })))
}

/** Which areas come to the wanted number: one alone, one less another, or one less two others. */
function sumsOf (stated: readonly Stated[], wanted: number): ReferenceArea[][] {
  return stated.flatMap(first => {
    if (first.value === wanted) return [[first.area]]
    const others = stated.filter(other => other !== first)
    return others.flatMap((second, index) => {
      if (first.value - second.value === wanted) return [[first.area, second.area]]
      return others.slice(index + 1).filter(third => first.value - second.value - third.value === wanted).map(third => [first.area, second.area, third.area])
    })
  })
}

/** Counts that are kept, and suppressed shares of the town: with public inhabitants two shares are two counts. */
function listSecretTowns ({ boundaries: { levels }, secrets, figures }: ReferenceSecretsInput): Array<{ indicator: string, period: string }> {
  const isTown = (level: string) => levels.some(({ id, areas, madeOf }) => id === level && areas.length === 1 && madeOf === undefined)
  const suppressed = [...figures.columns.values()].filter(({ level, cells }) => isTown(level) && cells[0]!.status === 'suppressed')
  return [...secrets.filter(({ area }) => area === null), ...suppressed]
}

/** `Kreis ohne Stadt`, `Landkreis Nienburg außer Nienburg/Weser`; figures of such an area are those of the town, even where they differ a little. */
function isRestAroundTown ({ id, name }: ReferenceArea, { project, boundaries }: ReferenceSecretsInput): boolean {
  const own = ownNames(project, boundaries)
  return [name.de, (name as Localised).en ?? name.de, id].some(text => {
    const [before, without] = text.normalize('NFC').toLowerCase().split(/(?<![\p{L}\p{N}])(?:ohne|außer|ausser|without|excluding|except)(?![\p{L}\p{N}])/u)
    if (before === undefined || without === undefined) return false
    const plain = plainName(without.replace(/(?<![\p{L}])(?:die|der|das|the)(?![\p{L}])/gu, ''))
    return plain === '' || own.has(plain)
  })
}
