import type { Edition, Language } from '../core/edition.ts'
import type { Indicator } from '../core/indicator.ts'
import type { Addresses } from './address.ts'
import type { Block, Inline } from './blocks.ts'
import type { Site } from './site.ts'
import { findIndicator, findSeries, localise } from '../core/edition.ts'
import { formatNumber } from '../core/number.ts'
import { formatDate, formatPeriod, getTexts } from '../core/text.ts'
import { makeAddresses, pageAddress, pageLanguages, pagePermalink } from './address.ts'
import { citeDeliveries, indicatorDeliveries } from './citation.ts'
import { blockHtml } from './html/block.ts'
import { markup } from './markup.ts'
import { page } from './page.ts'
import { generalNotes, statedDate } from './reading-notes.ts'
import { findReferences, referenceTable } from './references.ts'
import { listLevels } from './view-data.ts'

/** What an indicator means, how it is computed, from what, for when, and what its signs say. */
export function indicatorPage (edition: Edition, indicator: Indicator, site: Site, language: Language = edition.atlas.language): string {
  const texts = getTexts(language)
  const addresses = makeAddresses(edition, site, language)
  const path = `/${edition.atlas.id}/kennzahl/${indicator.id}`
  const label = localise(indicator.label, language)
  const newest = indicator.periods.at(-1)
  const date = newest ? statedDate(edition, { indicator, period: newest.period }, language) : null
  return page({
    language,
    title: `${label} – ${edition.atlas.title}`,
    description: localise(indicator.definition, language),
    path: addresses.path(path),
    languages: pageLanguages(edition.atlas.language, language => pageAddress(path, site.isCurrent ? null : edition.id, language)),
    trail: [
      { text: texts.frame.start, href: addresses.start },
      { text: localise(edition.themes.find(({ id }) => id === indicator.theme)?.label ?? indicator.label, language), href: `${addresses.start}#${indicator.theme}` },
      { text: label, href: null },
    ],
    layout: 'text',
    content: markup`<h1>${label}</h1>
<p class="lead">${localise(indicator.definition, language)}</p>
${date && blockHtml({ kind: 'date', ...date })}
${newest === undefined ? null : markup`<p><a class="kern-btn kern-btn--primary" href="${addresses.map(indicator.id, newest.period)}"><span class="kern-label">${texts.indicator.toMap}</span></a></p>`}
${indicatorBlocks(edition, indicator, addresses, language).map(blockHtml)}`,
    bootstrap: null,
    atlas: { facts: edition.atlas, start: addresses.start, edition, currentPath: pageAddress(path, null, language === edition.atlas.language ? null : language) },
    footer: {
      citation: {
        edition: edition.id,
        asOf: newest === undefined ? texts.noAnswer : formatPeriod(newest.period, language),
        ...citeDeliveries(edition, indicatorDeliveries(edition, indicator), language),
      },
      permalink: pagePermalink(edition, path, site),
    },
  }, site)
}

function indicatorBlocks (edition: Edition, indicator: Indicator, addresses: Addresses, language: Language): Block[] {
  const texts = getTexts(language)
  const unit = localise(indicator.unit, language)
  const notes = [...indicator.notes.map(note => localise(note, language)), ...generalNotes(edition, { indicator }, language)]
  return [
    { kind: 'heading', level: 2, text: texts.indicator.formula },
    {
      kind: 'facts',
      facts: [
        { term: texts.indicator.kind, details: [[texts.indicator.kinds[indicator.kind]]] },
        { term: texts.indicator.formula, details: [[formulaText(edition, indicator, language)]] },
        ...partFacts(edition, indicator, addresses, language),
        ...(unit === '' ? [] : [{ term: texts.indicator.unit, details: [[unit]] }]),
        { term: texts.indicator.levels, details: [[levelNames(edition, indicator, language)]] },
      ],
    },
    ...(notes.length === 0 ? [] : [{ kind: 'heading', level: 2, text: texts.indicator.notes } as const, ...notes.map((note): Block => ({ kind: 'text', parts: [note] }))]),
    ...(indicator.periods.length === 0 ? [] : [{ kind: 'heading', level: 2, text: texts.indicator.periods } as const, periodTable(edition, indicator, addresses, language)]),
    ...referenceBlocks(edition, indicator, language),
    { kind: 'heading', level: 2, text: texts.frame.sources },
    sourceFacts(edition, indicator, language),
    { kind: 'heading', level: 2, text: texts.indicator.signs },
    { kind: 'facts', facts: texts.signLegend.map(([sign, meaning]) => ({ term: sign, details: [[meaning]] })) },
  ]
}

/** What others publish for the newest period. */
function referenceBlocks (edition: Edition, indicator: Indicator, language: Language): Block[] {
  const { reading } = getTexts(language)
  const period = indicator.periods.at(-1)?.period
  const references = period === undefined ? [] : findReferences(edition, { indicator, period }).map(reference => ({ ...reference, indicator, period }))
  return references.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: reading.references },
        referenceTable(references, reading.referencesCaption(localise(indicator.label, language)), language),
        { kind: 'text', role: 'small', parts: [reading.referencesHint] },
      ]
}

/** The formula in words, `100 × Leistungsberechtigte ÷ Einwohner`. */
export function formulaText (edition: Edition, { formula, kind }: Indicator, language: Language): string {
  const texts = getTexts(language)
  if (formula === null) return kind === 'count' ? texts.indicator.countText : texts.indicator.measureText
  const sum = (ids: readonly string[]) => {
    const names = ids.map(id => indicatorName(edition, id, language)).join(' + ')
    return ids.length > 1 ? `(${names})` : names
  }
  return texts.indicator.formulaText({
    factor: formatNumber(formula.factor, { decimals: Number.isInteger(formula.factor) ? 0 : 3, language }),
    numerator: sum(formula.numerator),
    minus: formula.minus.length === 0 ? null : sum(formula.minus),
    denominator: sum(formula.denominator),
  })
}

function indicatorName (edition: Edition, id: string, language: Language): string {
  const indicator = findIndicator(edition, id)
  return indicator ? localise(indicator.label, language) : id
}

function partFacts (edition: Edition, { formula }: Indicator, addresses: Addresses, language: Language) {
  if (formula === null) return []
  const texts = getTexts(language)
  const parts = [[texts.indicator.numerator, formula.numerator], [texts.indicator.minus, formula.minus], [texts.indicator.denominator, formula.denominator]] as const
  return parts.filter(([, ids]) => ids.length > 0).map(([term, ids]) => ({
    term,
    details: ids.map((id): Inline[] => {
      const text = indicatorName(edition, id, language)
      return [findIndicator(edition, id) ? { text, href: addresses.indicator(id) } : text]
    }),
  }))
}

function levelNames (edition: Edition, indicator: Indicator, language: Language): string {
  const names = listLevels(edition, indicator.id).map(({ labelPlural, label, areas }) => localise(areas.length === 1 ? label : labelPlural, language))
  return names.length === 0 ? getTexts(language).noAnswer : names.join(', ')
}

function periodTable (edition: Edition, indicator: Indicator, addresses: Addresses, language: Language): Block {
  const texts = getTexts(language)
  const column = (id: string, label: string) => ({ id, label, isNumeric: false, sortLabel: null })
  return {
    kind: 'table',
    caption: texts.indicator.periods,
    columns: [
      column('period', texts.table.period), column('date', texts.indicator.referenceDate),
      ...(indicator.formula === null ? [] : [column('denominator', texts.indicator.denominatorDate)]),
      column('levels', texts.indicator.levels),
    ],
    rows: indicator.periods.toReversed().map(({ period, referenceDate, denominatorDate }) => {
      const levels = listLevels(edition, indicator.id).filter(({ id }) => findSeries(edition, id, indicator.id)!.periods.includes(period))
      return {
        area: null,
        isChosen: false,
        cells: [
          { content: { text: formatPeriod(period, language), href: addresses.map(indicator.id, period) } },
          { content: formatDate(referenceDate, language) },
          ...(indicator.formula === null ? [] : [{ content: denominatorDate === null ? texts.indicator.sameDate : formatDate(denominatorDate, language) }]),
          { content: levels.map(({ label }) => localise(label, language)).join(', ') },
        ],
      }
    }),
    footer: [],
  }
}

function sourceFacts (edition: Edition, indicator: Indicator, language: Language): Block {
  const texts = getTexts(language)
  const sayMinimum = indicator.kind === 'measure' ? texts.indicator.minimumCountOfMeasure : texts.indicator.minimumCount
  return {
    kind: 'facts',
    facts: indicatorDeliveries(edition, indicator).map(({ title, publisher, attribution, licence, extractedOn, legalBasis, minimumCount, minimumCountReason }) => ({
      term: title,
      details: [
        [attribution === publisher ? publisher : `${attribution} (${publisher})`],
        ...(extractedOn === null ? [] : [[`${texts.frame.extractedOn} ${formatDate(extractedOn, language)}`]]),
        [`${texts.frame.licence}: `, { text: licence.name, href: licence.url }],
        ...(legalBasis === '' ? [] : [[`${texts.indicator.legalBasis}: ${legalBasis}`]]),
        [minimumCount === null
          ? texts.indicator.noMinimumCount(minimumCountReason ?? texts.noAnswer)
          : sayMinimum(formatNumber(minimumCount, { decimals: 0, language }))],
      ],
    })),
  }
}
