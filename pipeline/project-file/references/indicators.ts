import { listOf } from '../list-of.ts'
import type { YamlPath } from '../parse.ts'
import type { IndicatorEntry } from '../schema.ts'
import type { Checks } from './checks.ts'
import { deliveredIds } from './deliveries.ts'
import { listFacilityCounts } from './facilities.ts'

/** What the schema cannot say about an indicator: that somebody delivers it, or what it is computed from. */
export function checkIndicator (check: Checks, indicator: IndicatorEntry, index: number): void {
  const path = ['indicators', index]
  check.known([...path, 'theme'], indicator.theme, check.file.themes.map(({ id }) => id))

  for (const key of ['numerator', 'minus', 'denominator'] as const) {
    for (const id of listOf(indicator[key])) {
      check.known([...path, key], id, check.ids('count'))
      // Whoever sees the quotient and the other operand has this one.
      if (indicator.published !== false) check.published([...path, key], id)
    }
  }
  checkParts(check, indicator, path)
  const quotient = indicator.kind === 'share' || indicator.kind === 'ratio'
  for (const key of ['numerator', 'denominator'] as const) {
    if (quotient && indicator[key] === undefined) {
      check.report('project-file-missing-key', path, {
        key, what: { de: 'Indikator der Art count, aus dem gerechnet wird', en: 'indicator of kind count to compute from' },
      })
    }
  }
  if (indicator.kind === 'share' && indicator.minus !== undefined) {
    check.invalid([...path, 'minus'], indicator.minus, { de: 'nur bei kind: ratio; ein Anteil ist ein Teil seines Nenners', en: 'only with kind: ratio; a share is a part of its denominator' })
  }
  const { breaks } = indicator
  if (breaks?.some((bound, position) => position > 0 && bound <= breaks[position - 1]!)) {
    check.report('project-file-invalid-value', [...path, 'breaks'], {
      key: 'breaks', value: JSON.stringify(breaks), expected: { de: 'aufsteigende Klassengrenzen', en: 'class bounds in ascending order' },
    })
  }
  const delivered = check.file.deliveries.some(delivery => deliveredIds(delivery).includes(indicator.id)) || listFacilityCounts(check.file).includes(indicator.id)
  if (!quotient && !delivered) check.report('project-file-undelivered', [...path, 'id'], { indicator: indicator.id })
}

function checkParts (check: Checks, indicator: IndicatorEntry, path: YamlPath): void {
  const { id, kind, parts } = indicator
  if (parts === undefined) return
  if (kind !== 'count') {
    check.invalid([...path, 'parts'], parts, { de: 'nur bei kind: count; nur Fallzahlen haben Summanden', en: 'only with kind: count; only counts have summands' })
  }
  const others = check.ids('count').filter(other => other !== id)
  parts.forEach((part, position) => {
    check.known([...path, 'parts', position], part, others)
    if (parts.indexOf(part) < position) check.report('project-file-duplicate-id', [...path, 'parts', position], { value: part, list: 'parts' })
  })
  if (!parts.includes(id) && allParts(check, parts).has(id)) {
    check.invalid([...path, 'parts'], parts, { de: 'Fallzahlen, die nicht selbst aus dieser zusammengesetzt sind', en: 'counts that are not themselves made up of this one' })
  }
}

/** Parts, their parts, and so on. */
function allParts (check: Checks, parts: readonly string[], seen = new Set<string>()): ReadonlySet<string> {
  for (const part of parts) {
    if (seen.has(part)) continue
    seen.add(part)
    allParts(check, check.file.indicators.find(({ id }) => id === part)?.parts ?? [], seen)
  }
  return seen
}
