import type { Localised } from '../area.ts'
import type { Edition } from '../edition.ts'

/** A sentence for readers that only one of two editions has. */
export interface TextChange {
  readonly change: 'new' | 'vanished'
  /** Id of what it stands at; null for the whole atlas. */
  readonly indicator: string | null
  readonly level: string | null
  readonly text: Localised
}

/** Notes of the atlas, of its levels and of its indicators, in this order; what vanished behind what is new. A changed sentence is both. */
export function listTextChanges (before: Edition, after: Edition): TextChange[] {
  const [old, now] = [listTexts(before), listTexts(after)]
  return [
    ...without(now, old).map(text => ({ ...text, change: 'new' as const })),
    ...without(old, now).map(text => ({ ...text, change: 'vanished' as const })),
  ]
}

type PlacedText = Omit<TextChange, 'change'>

function listTexts ({ notes, levels, indicators }: Edition): PlacedText[] {
  return [
    ...notes.map(text => ({ indicator: null, level: null, text })),
    ...levels.flatMap(({ id, recut }) => recut ? [{ indicator: null, level: id, text: recut }] : []),
    ...indicators.flatMap(({ id, notes, changes = [] }) => [...notes, ...changes.map(({ note }) => note)].map(text => ({ indicator: id, level: null, text }))),
  ]
}

function without (texts: readonly PlacedText[], others: readonly PlacedText[]): PlacedText[] {
  const known = new Set(others.map(keyOf))
  return texts.filter(text => !known.has(keyOf(text)))
}

function keyOf ({ indicator, level, text }: PlacedText): string {
  return JSON.stringify([indicator, level, text.de, text.en])
}
