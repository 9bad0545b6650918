import type { Judge } from './judge.ts'
import type { ViewFacts } from './facts.ts'
import { isSamePair, takeBetween } from './between.ts'
import { judgeClaim, judgeText, report } from './judge.ts'

/** The sentence names counts, extremes and the town; no other number, and none behind the name of a suppressed area. */
export function judgeSentence (judge: Judge, sentence: string, view: ViewFacts): void {
  const { rest: text, between } = takeBetween(sentence, view.language)
  if (!isSamePair(between, view.spokenBetween)) report(judge, 'A1', 'other-between', sentence)
  judgeText(judge, text, view.sentenceWords)
  const { known: { level, series }, row } = view
  for (const [column, { id, name }] of level.areas.entries()) {
    const status = series.statuses[row]![column]!
    if (status === 'o' || !text.includes(name)) continue
    const end = text.indexOf(name) + name.length
    const rest = text.slice(end)
    // "Nord" is suppressed, "Alt Nord (12,5 %)" is not.
    const isPart = () => level.areas.some((other, i) => series.statuses[row]![i] === 'o' && other.name.endsWith(name) && text.slice(0, end).endsWith(other.name))
    if (/^(:| \()[^;.]*\d/.test(rest) && !isPart()) {
      judgeClaim(judge, { level: level.id, area: id, indicator: series.indicator, period: series.periods[row]!, sink: 'sentence', text: rest.slice(0, 40) })
    }
  }
}
