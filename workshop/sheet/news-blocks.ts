import type { Language } from '../../core/edition.ts'
import { comparePeriods } from '../../core/period.ts'
import { formatPeriod } from '../../core/text.ts'
import type { FactsBlock } from '../../render/blocks.ts'
import { nameIndicator, nameLevel, type Comparison } from '../comparison.ts'
import { getWorkshopTexts } from '../texts.ts'
import type { Sheet } from './read-sheet.ts'
import { table, whole, type SheetBlock } from './sheet-block.ts'

/** So many fit on one sheet beside all the rest; the page of the comparison has all of them. */
const shownIndicators = 16

/** What is new for readers: figures by indicator, then what else differs. */
export function newsBlocks ({ edition, before, comparison }: Sheet, language: Language): SheetBlock[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const heading = { kind: 'heading', level: 2, text: texts.new } as const
  if (!comparison) {
    const areas = edition.levels.reduce((sum, level) => sum + level.areas.length, 0)
    return [heading, { kind: 'text', parts: [before === null ? texts.firstText(whole(edition.indicators.length, language), whole(areas, language)) : texts.notComparable] }]
  }
  const hidden = comparison.indicators.length - shownIndicators
  const others = otherFacts(comparison, language)
  return [
    heading,
    comparison.indicators.length === 0 ? { kind: 'text', parts: [texts.same] } : figuresTable(comparison, language),
    ...hidden > 0 ? [{ kind: 'text', role: 'small', parts: [texts.moreIndicators(hidden)] } as const] : [],
    ...others.length > 0 ? [{ kind: 'facts', facts: others } as const] : [],
  ]
}

/** Indicators whose printed figures change come first: that is what readers may have quoted. */
function figuresTable (comparison: Comparison, language: Language): SheetBlock {
  const { sheet: texts } = getWorkshopTexts(language)
  const weigh = ({ changed, appeared, vanished, signs }: Comparison['indicators'][number]) => changed + appeared + vanished + signs
  const periods = (list: readonly string[]) => list.length === 0 ? '–' : list.toSorted(comparePeriods).map(period => formatPeriod(period, language)).join(', ')
  const count = (cells: number) => cells === 0 ? '–' : whole(cells, language)
  return table(texts.figures, texts.figureHeads, [3, 2, 2, 'numeric', 'numeric', 'numeric', 'numeric'], comparison.indicators.toSorted((a, b) => weigh(b) - weigh(a)).slice(0, shownIndicators).map(counts => [
    { content: nameIndicator(comparison, counts.indicator, language) },
    { content: periods(counts.newPeriods) },
    { content: periods(counts.restated) },
    ...[counts.changed, counts.appeared, counts.vanished, counts.signs].map(cells => ({ content: count(cells) })),
  ]))
}

function otherFacts (comparison: Comparison, language: Language): FactsBlock['facts'] {
  const { sheet: texts } = getWorkshopTexts(language)
  const { differences } = comparison
  const indicators = (change: 'new' | 'vanished') => differences.flatMap(difference => difference.kind === 'indicator' && difference.change === change ? [nameIndicator(comparison, difference.indicator, language)] : [])
  const definitions = differences.flatMap(difference => difference.kind === 'definition' ? [nameIndicator(comparison, difference.indicator, language)] : [])
  const areas = differences.flatMap(difference => {
    if (difference.kind === 'level') return [texts[difference.change === 'new' ? 'newLevel' : 'vanishedLevel'](nameLevel(comparison, difference.level, language))]
    return difference.kind === 'recut' ? [nameLevel(comparison, difference.level, language)] : []
  })
  return ([[texts.newIndicators, indicators('new')], [texts.vanishedIndicators, indicators('vanished')], [texts.otherDefinitions, definitions], [texts.otherAreas, areas]] as const)
    .flatMap(([term, names]) => names.length === 0 ? [] : [{ term, details: [[[...new Set(names)].join('; ')]] }])
}
