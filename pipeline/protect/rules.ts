import type { Audience } from '../../core/edition.ts'
import { defaultRules, noRules, presets, type DominanceRule, type Rules } from '../../core/rules.ts'
import type { FigureColumn } from '../figures.ts'
import type { DeliveryEntry, ProjectFile, RulesEntry } from '../project-file/schema.ts'

/** Whether figures of a delivery may be in an edition for an audience. What may not be passed on stays in the house. */
export function mayReach ({ mayBePassedOn }: Pick<DeliveryEntry, 'mayBePassedOn'>, audience: Audience): boolean {
  return mayBePassedOn || audience === 'internal'
}

/** What a delivery demands for an audience: its preset or minimum count, what its `rules` change of that, and what is different inside the house. */
export function rulesOf (delivery: Pick<DeliveryEntry, 'minimumCount' | 'preset' | 'rules'>, audience: Audience): Rules {
  const { internal, ...everywhere } = delivery.rules ?? {}
  const { minimumCount, ...different } = audience === 'internal' ? internal ?? {} : {}
  return { ...startingFrom(delivery, minimumCount), ...toRules({ ...everywhere, ...different }) }
}

function startingFrom ({ minimumCount, preset }: Pick<DeliveryEntry, 'minimumCount' | 'preset'>, instead: DeliveryEntry['minimumCount']): Rules {
  const base = preset === undefined ? defaultRules : presets[preset]
  const minimum = instead ?? (preset === undefined ? minimumCount ?? 'none' : base.minimumCount)
  return minimum === 'none' ? { ...noRules, rateFloor: base.rateFloor, areaFloor: base.areaFloor } : { ...base, minimumCount: minimum }
}

function toRules ({ units, dominance, ...plain }: Omit<RulesEntry, 'internal'>): Partial<Rules> {
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)) as Partial<Rules>
  return { ...given, ...(units && { units: [units] }), ...(dominance && { dominance: [dominance] }) }
}

/** Whether counts under these rules are protected at all, and must therefore be whole and not negative. */
export function isProtected ({ minimumCount, units, dominance, method }: Rules): boolean {
  return minimumCount > 0 || units !== undefined || dominance !== undefined || method === 'round5'
}

/** The pairs of largest and second largest contributions that some rule of these columns needs. */
export function listDominance (columns: Iterable<FigureColumn>): DominanceRule[] {
  const rules = new Map([...columns].flatMap(({ rules }) => rules.dominance ?? []).map(rule => [`${rule.largest}|${rule.second}`, rule]))
  return [...rules.values()]
}

/**
 * Indicators that are the largest contribution to a count, or the second largest. They are maxima:
 * no equation holds between them and anything else, and none of them is ever printed.
 */
export function listContributors ({ deliveries }: Pick<ProjectFile, 'deliveries'>): ReadonlySet<string> {
  return new Set(deliveries.flatMap(({ rules }) => [rules?.dominance, rules?.internal?.dominance])
    .flatMap(rule => rule ? [rule.largest, rule.second] : []))
}

/** Indicators that are read and used by rules, but never printed: their cells are closed whatever they hold. */
export function listUnpublished ({ indicators }: Pick<ProjectFile, 'indicators'>): ReadonlySet<string> {
  return new Set(indicators.filter(({ published }) => published === false).map(({ id }) => id))
}
