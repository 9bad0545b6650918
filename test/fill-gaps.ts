/** What a planner would write into a scaffolded project file; blanks of tables count as suppressed, which is the safe reading. */
export function fillGaps (text: string): string {
  const answers: ReadonlyArray<readonly [RegExp, string]> = [
    [/^licence: .*$/m, "licence: &lizenz { name: CC0 1.0, url: 'https://creativecommons.org/publicdomain/zero/1.0/' }"],
    [/^contact: .*$/m, 'contact: { name: Sozialplanung, email: planung@example.org }'],
    [/^dataStatus: .*$/m, 'dataStatus: synthetic'],
    [/ {4}licence: \{ name: BITTE.*$/gm, "    licence: { name: CC0 1.0, url: 'https://creativecommons.org/publicdomain/zero/1.0/' }"],
    [/publisher: (&\w+ )?BITTE AUSFÜLLEN/g, 'publisher: $1Stadt'],
    [/attribution: (&\w+ )?BITTE AUSFÜLLEN/g, 'attribution: $1Stadt'],
    [/minimumCount: BITTE AUSFÜLLEN/g, 'minimumCount: 3'],
    [/because: BITTE AUSFÜLLEN/g, 'because: Vom Amt selbst veröffentlicht.'],
    [/legalBasis: BITTE AUSFÜLLEN/g, 'legalBasis: Satzung über die Kommunalstatistik'],
    [/mayBePassedOn: BITTE AUSFÜLLEN/g, 'mayBePassedOn: true'],
    [/(^ {6}'[^']*'): BITTE AUSFÜLLEN/gm, '$1: suppressed'],
  ]
  return answers.reduce((filled, [gap, answer]) => filled.replaceAll(gap.global ? gap : new RegExp(gap, `${gap.flags}g`), answer), text)
}
