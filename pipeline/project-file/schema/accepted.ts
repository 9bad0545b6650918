import { Type, type Static } from 'typebox'
import { TextOrNumber, closed, date, id, says, text } from './form.ts'

/** A finding of the check that somebody looked at. What is left out is not asked: the fewer words, the more it accepts. */
export const Accepted = closed({
  code: text('Kennung des Befunds, wie der Prüfbericht sie nennt', 'code of the finding as the check report gives it'),
  file: Type.Optional(text('Datei des Befunds', 'file of the finding')),
  indicator: Type.Optional(id('Kennung des Indikators', 'id of the indicator')),
  level: Type.Optional(id('Kennung der Ebene', 'id of the level')),
  area: Type.Optional(TextOrNumber),
  period: Type.Optional(TextOrNumber),
  because: text('warum die Zahlen trotzdem stimmen; steht öffentlich an der Zahl', 'why the figures are right all the same; printed with them'),
  by: text('wer das geprüft hat', 'who looked at it'),
  on: Type.Optional(date('Tag der Prüfung, 2025-03-01', 'day on which it was looked at, 2025-03-01')),
}, says('ein Befund, den jemand geprüft hat', 'a finding that somebody looked at'))

export type AcceptedEntry = Static<typeof Accepted>
