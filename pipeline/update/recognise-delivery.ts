import type { Localised } from '../../core/area.ts'
import { explainScore, type Score } from './score.ts'

/** Which delivery a file is, or between which it cannot be decided. */
export type Recognition =
  | { readonly kind: 'one', readonly score: Score }
  | { readonly kind: 'several', readonly scores: readonly Score[] }
  | { readonly kind: 'none' }

const leastTotal = 0.6
/** Below this the second best is as good as the best. */
const leastLead = 0.08

/** The delivery that fits clearly best; a file never goes anywhere by a narrow lead. */
export function recogniseDelivery (scores: readonly Score[]): Recognition {
  const [best, ...others] = scores.filter(({ total }) => total >= leastTotal).toSorted((a, b) => b.total - a.total)
  if (best === undefined) return { kind: 'none' }
  // The very name of last year's file decides between tables of one shape.
  const rivals = others.filter(({ total, name }) => best.total - total < leastLead && (best.name < 1 || name === 1))
  return rivals.length === 0 ? { kind: 'one', score: best } : { kind: 'several', scores: [best, ...rivals] }
}

/** `register (11 von 11 Spalten, 100 % der Schlüssel)`, a few of them. */
export function listScores (scores: readonly Score[]): Localised {
  const some = scores.slice(0, 4).map(score => ({ id: score.delivery.id, text: explainScore(score) }))
  return { de: some.map(({ id, text }) => `${id} (${text.de})`).join('; ') || '–', en: some.map(({ id, text }) => `${id} (${text.en})`).join('; ') || '–' }
}
