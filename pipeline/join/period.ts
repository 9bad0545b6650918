import type { Level } from '../../core/area.ts'
import type { PeriodRule } from '../project-file/schema.ts'
import { getPeriod, parsePeriod, type Period } from '../../core/period.ts'
import { lookUp } from './key.ts'

/** The period a row speaks of; `undefined` where its text is none. */
export function readPeriod (rule: PeriodRule, text: string): Period | undefined {
  const trimmed = text.trim()
  return parsePeriod(lookUp(rule.lookUp, trimmed) ?? (rule.template ?? '{}').replace('{}', trimmed))
}

/** Whether the boundaries of a level hold on the last day of a period. */
export function holdsIn (level: Pick<Level, 'validFrom' | 'validTo'>, period: string): boolean {
  const day = getPeriod(period).to
  return level.validFrom <= day && (level.validTo === null || day <= level.validTo)
}

/** The level of an area system that holds in a period. */
export function findLevelOfSystem<L extends Pick<Level, 'system' | 'validFrom' | 'validTo'>> (levels: readonly L[], system: string, period: string): L | undefined {
  return levels.find(level => level.system === system && holdsIn(level, period))
}
