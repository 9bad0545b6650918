import { findIndicator, findLevel, localise, type Language, type Remark } from '../../core/edition.ts'
import { listShownRemarks } from '../../core/remark.ts'
import { formatPeriod } from '../../core/text.ts'
import type { Sheet } from './read-sheet.ts'

/** Accepted findings with one reason: what they are about, who accepted them, and when the last of them was. */
export interface AcceptedLine {
  readonly about: string
  readonly because: string
  /** All who gave this reason; null where the edition was built elsewhere. */
  readonly by: string | null
  readonly on: string | null
}

/**
 * Of what was accepted, that which readers of the edition learn too: where a finding was made of a suppressed figure, even its being
 * there would tell about it (docs/decisions/0015). The name comes from the report, found by the reason.
 */
export function listAccepted ({ edition, report }: Sheet, language: Language): AcceptedLine[] {
  const lines = new Map<string, { readonly because: string, readonly about: Set<string> }>()
  for (const remark of listShownRemarks(edition).filter(({ kind }) => kind === 'accepted')) {
    const line = lines.get(remark.text.de) ?? { because: localise(remark.text, language), about: new Set<string>() }
    line.about.add(nameFigure(edition, remark, language))
    lines.set(remark.text.de, line)
  }
  return [...lines].map(([reason, { because, about }]) => {
    const acceptances = report?.accepted.filter(accepted => accepted.because === reason) ?? []
    return {
      about: [...about].slice(0, namedFigures).join('; ') + (about.size > namedFigures ? ' …' : ''),
      because,
      by: acceptances.length === 0 ? null : [...new Set(acceptances.map(({ by }) => by))].join(', '),
      on: acceptances.map(({ on }) => on).filter(on => on !== undefined).toSorted().at(-1) ?? null,
    }
  })
}

/** So many are read; all of them stand in the edition. */
const namedFigures = 6

function nameFigure (edition: Sheet['edition'], { indicator, level, area, period }: Remark, language: Language): string {
  const shownIndicator = indicator === null ? undefined : findIndicator(edition, indicator)
  const shownLevel = level === null ? undefined : findLevel(edition, level)
  const shownArea = shownLevel?.areas.find(({ id }) => id === area)?.name
  return [shownIndicator && localise(shownIndicator.label, language), shownArea ?? (shownLevel && localise(shownLevel.label, language)), period === null ? undefined : formatPeriod(period, language)]
    .filter(part => part !== undefined).join(', ')
}
