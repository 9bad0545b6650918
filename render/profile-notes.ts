import type { Area, Level } from '../core/area.ts'
import type { Edition, Language } from '../core/edition.ts'
import type { ProfileFigure } from './area-data.ts'
import { generalNotes, markedNotes } from './reading-notes.ts'

/** Notes on one figure of a profile; what holds for the boundaries stands at its head. */
export function profileNotes (edition: Edition, level: Level, area: Area, { indicator, period }: Pick<ProfileFigure, 'indicator' | 'period'>, language: Language): string[] {
  const { recut: _, ...plain } = level
  return [
    ...markedNotes(edition, { indicator, level, period, area }, language).map(({ ownText }) => ownText),
    ...generalNotes(edition, { indicator, level: plain, period }, language),
  ]
}
