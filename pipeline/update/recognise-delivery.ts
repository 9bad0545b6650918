import type { Localised } from '../../core/area.ts'
import { explainScore, type Score } from './score.ts'

/** Which delivery a file is, or between which it cannot be decided. */
export type Recognition =
  /** The best first; the others are made of the same table. */
  | { readonly kind: 'found', readonly scores: readonly Score[] }
  | { readonly kind: 'several', readonly scores: readonly Score[] }
  | { readonly kind: 'none' }

const leastTotal = 0.6
/** Below this the second best is as good as the best. */
const leastLead = 0.08

/**
 * The delivery that fits clearly best; a file never goes anywhere by a narrow lead.
 *
 * @param isOfSameTable whether two deliveries are made of the same files
 */
export function recogniseDelivery (scores: readonly Score[], isOfSameTable: (a: Score, b: Score) => boolean): Recognition {
  const [best, ...all] = scores.filter(({ total }) => total >= leastTotal).toSorted((a, b) => b.total - a.total)
  if (best === undefined) return { kind: 'none' }
  const twins = all.filter(other => isOfSameTable(best, other))
  const others = all.filter(other => !twins.includes(other))
  // The very name of last year's file decides between tables of one shape.
  const rivals = others.filter(({ total, name }) => best.total - total < leastLead && (best.name < 1 || name === 1))
  return rivals.length === 0 ? { kind: 'found', scores: [best, ...twins] } : { kind: 'several', scores: [best, ...rivals] }
}

/** `register (11 von 11 Spalten, 100 % der Schlüssel)`, a few of them. */
export function listScores (scores: readonly Score[]): Localised {
  const some = scores.slice(0, 4).map(score => ({ id: score.delivery.id, text: explainScore(score) }))
  return { de: some.map(({ id, text }) => `${id} (${text.de})`).join('; ') || '–', en: some.map(({ id, text }) => `${id} (${text.en})`).join('; ') || '–' }
}
