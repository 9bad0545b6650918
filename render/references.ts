import type { Edition, Language, ReferenceArea, ReferenceValue } from '../core/edition.ts'
import type { Indicator } from '../core/indicator.ts'
import type { TableBlock, TableLine } from './blocks.ts'
import { localise } from '../core/edition.ts'
import { formatNumber, formatValue } from '../core/number.ts'
import { comparePeriods, getPeriod } from '../core/period.ts'
import { formatDate, formatPeriod, getTexts } from '../core/text.ts'

/** A figure of a reference area that can be held against ours. */
export interface ReferenceFigure {
  readonly area: ReferenceArea
  readonly figure: ReferenceValue
}

/** Per reference area the figure of the same period, else the newest one before it; a later one would compare with the future. */
export function findReferences ({ references = [] }: Edition, { indicator, period }: { readonly indicator: Indicator, readonly period: string }): ReferenceFigure[] {
  return references.flatMap(area => {
    const known = area.values.filter(value => value.indicator === indicator.id && comparePeriods(value.period, period) <= 0)
      .toSorted((a, b) => comparePeriods(a.period, b.period))
    const figure = known.find(value => value.period === period) ?? known.at(-1)
    return figure ? [{ area, figure }] : []
  })
}

/** A figure beside the period of ours that it is held against. */
export interface ComparedFigure extends ReferenceFigure {
  readonly indicator: Indicator
  readonly period: string
}

/** A row per figure; with a column for the indicator where the page is not about one alone. */
export function referenceTable (figures: readonly ComparedFigure[], caption: string, language: Language, hasIndicator = false): TableBlock {
  const { reading, table, frame, profile } = getTexts(language)
  const unit = hasIndicator ? '' : localise(figures[0]!.indicator.unit, language)
  const column = (id: string, label: string, isNumeric = false) => ({ id, label, isNumeric, sortLabel: null })
  return {
    kind: 'table',
    id: 'references',
    caption,
    columns: [
      ...(hasIndicator ? [column('indicator', profile.indicator)] : []),
      column('name', reading.referenceArea), column('value', unit === '' ? table.value : `${table.value} (${unit})`, true),
      column('date', frame.asOf), column('source', frame.source), column('remark', table.remark),
    ],
    rows: figures.map(figure => referenceLine(figure, hasIndicator, language)),
    footer: [],
  }
}

function referenceLine (compared: ComparedFigure, hasIndicator: boolean, language: Language): TableLine {
  const { area, indicator, figure: { value, source, licence } } = compared
  const { reading } = getTexts(language)
  return {
    area: null,
    isChosen: false,
    cells: [
      ...(hasIndicator ? [{ content: localise(indicator.label, language) }] : []),
      { content: localise(area.name, language), detail: reading.kinds[area.kind] },
      { content: hasIndicator ? formatValue(value, indicator, language) : formatNumber(value, { decimals: indicator.decimals, language, signed: indicator.signed }) },
      { content: asOf(compared, language) },
      { content: source, more: [{ text: licence.name, href: licence.url }] },
      { content: referenceRemark(compared, language) },
    ],
  }
}

/** The period as ours are written, or the day where it is another one. */
function asOf ({ figure: { period, referenceDate } }: ComparedFigure, language: Language): string {
  return referenceDate === getPeriod(period).to ? formatPeriod(period, language) : formatDate(referenceDate, language)
}

/** What keeps a figure from being held against ours without a second thought; empty where nothing does. */
export function referenceRemark ({ figure: { differs, referenceDate }, period }: ComparedFigure, language: Language): string {
  const { reading } = getTexts(language)
  return [
    ...(referenceDate === getPeriod(period).to ? [] : [reading.otherDate]),
    ...(differs === null ? [] : [reading.differs(localise(differs, language))]),
  ].join('; ')
}

/** A reference figure for programs. */
export interface ReferenceJson {
  readonly name: string
  readonly kind: ReferenceArea['kind']
  readonly value: number
  readonly period: string
  readonly referenceDate: string
  readonly source: string
  readonly licence: ReferenceValue['licence']
  readonly differs: string | null
}

export function referenceJson ({ area, figure: { value, period, referenceDate, source, licence, differs } }: ReferenceFigure, language: Language): ReferenceJson {
  return { name: localise(area.name, language), kind: area.kind, value, period, referenceDate, source, licence, differs: differs && localise(differs, language) }
}
