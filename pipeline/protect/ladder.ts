import type { Localised } from '../../core/area.ts'
import { formatNumber } from '../../core/number.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { remedyTexts } from '../../core/problems/ladder.ts'
import { findLosers, type Family, type Outcome } from './families.ts'
import { listRemedies, remedyNames, type Remedy, type RemedyName } from './remedies.ts'
import { countCells, runTrial, type Protect, type Shown } from './trial.ts'

/** A remedy that was tried on a family, with what would be shown then. Numbers of cells and names only. */
export interface Offer extends Shown {
  readonly remedy: RemedyName
  readonly facts: Remedy['facts']
}

/** What would help a family that is withheld or loses much. */
export interface FamilyOffers {
  readonly indicators: readonly string[]
  /** Ids of its blocks that are withheld; empty where all of it is offered. */
  readonly withheld: readonly string[]
  /** Of the periods that were measured. */
  readonly now: Shown
  readonly periods: Family['periods']
  /** The largest gain first; only what shows more than is shown now. */
  readonly offers: readonly Offer[]
  /** Whether every remedy was tried; else the figures were too many. */
  readonly isComplete: boolean
}

/** Below this printed share of its counts on some level a family is said to lose too much. */
const littleShown = 0.6

/** So many families, the worst, so that `check` stays quick. */
const mostFamilies = 5

/** Newest periods of one family; more than enough to rank remedies. */
const cellsPerFamily = 400

/** Of all trials together: one to two seconds in a town, four where nearly all is small. Counted, not timed, so that every machine offers the same. */
const cellsInAll = 14_000

/**
 * Tries the ladder of remedies on the families that lose most: each on a copy of their raw figures,
 * with the same rules, the same secret and the same ledger. Nothing is left of the copies.
 *
 * What is counted are the figures that are offered now: those of a level that is left out are lost,
 * those that are put together are visible if the one that stands for them is.
 */
export async function findOffers (outcome: Outcome, protect: Protect, place: Place): Promise<{ offers: FamilyOffers[], problems: Problem[] }> {
  const families = findLosers(outcome, littleShown, cellsPerFamily)
  const offers: FamilyOffers[] = []
  const left = families.slice(mostFamilies)
  let budget = cellsInAll
  for (const family of families.slice(0, mostFamilies)) {
    const { indicators, withheld, now, periods } = family
    const measured: Offer[] = []
    let isComplete = true
    for (const { name, facts, trial } of listRemedies(family, outcome.input)) {
      const cost = countCells(trial.columns)
      if (cost > budget) {
        isComplete = false
        continue
      }
      budget -= cost
      measured.push({ remedy: name, facts, printed: await runTrial(trial, outcome.input, protect), cells: now.cells })
    }
    if (!isComplete) left.push(family)
    offers.push({ indicators, withheld, now, periods, offers: chooseOffers(measured, now), isComplete })
  }
  return { offers, problems: describeOffers(offers, left, place) }
}

/** Of each remedy the one that shows most, if that is more than now. */
function chooseOffers (measured: readonly Offer[], now: Shown): Offer[] {
  const byGain = measured.filter(({ printed }) => printed > now.printed)
    .toSorted((a, b) => b.printed - a.printed || remedyNames.indexOf(a.remedy) - remedyNames.indexOf(b.remedy))
  return byGain.filter(({ remedy }, index) => byGain.findIndex(other => other.remedy === remedy) === index)
}

/** One note per family: its offers belong together. */
function describeOffers (offers: readonly FamilyOffers[], left: readonly Family[], place: Place): Problem[] {
  return [
    ...offers.flatMap(({ indicators, withheld, now, periods, offers, isComplete }) => {
      const facts = { indicators: indicators.join(', '), periods: periods.measured, allPeriods: periods.all, ...shownFacts(now) }
      if (offers.length === 0) return withheld.length > 0 && isComplete ? [problem('ladder-no-remedy', place, facts)] : []
      const sentences = offers.map(offer => localiseWith(language => sentenceOf(offer, now, language)))
      return [problem('ladder-offers', place, { ...facts, offers: { de: sentences.map(({ de }) => de).join('\n    '), en: sentences.map(({ en }) => en).join('\n    ') } })]
    }),
    ...left.length === 0 ? [] : [problem('ladder-limited', place, { families: left.map(({ indicators }) => indicators.join(', ')).join('; '), most: mostFamilies })],
  ]
}

function shownFacts ({ printed, cells }: Shown): { printed: Localised, cells: Localised } {
  return { printed: localiseWith(language => whole(printed, language)), cells: localiseWith(language => whole(cells, language)) }
}

function localiseWith (say: (language: 'de' | 'en') => string): { readonly de: string, readonly en: string } {
  return { de: say('de'), en: say('en') }
}

/** What a way would show, in one sentence. */
export function sentenceOf ({ remedy, facts, printed, cells }: Offer, now: Shown, language: 'de' | 'en'): string {
  const values: Readonly<Record<string, string | number>> = { ...facts, printed: whole(printed, language), cells: whole(cells, language), now: whole(now.printed, language) }
  return remedyTexts[remedy][language].replaceAll(/\{(\w+)\}/g, (text, name: string) => String(values[name] ?? text))
}

function whole (count: number, language: 'de' | 'en'): string {
  return formatNumber(count, { decimals: 0, language })
}
