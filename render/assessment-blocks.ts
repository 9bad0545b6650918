import type { Area, Level } from '../core/area.ts'
import type { Assessment, Edition, Language } from '../core/edition.ts'
import { localise } from '../core/edition.ts'
import { formatDate, getTexts } from '../core/text.ts'
import type { Addresses } from './address.ts'
import type { Block, Inline } from './blocks.ts'

export function findAssessment ({ assessments = [] }: Edition, { id: level }: Level, { id: area }: Area): Assessment | undefined {
  return assessments.find(one => one.level === level && one.area === area)
}

/** What the town says about an area, before the figures; nothing where it says nothing. */
export function assessmentBlocks (edition: Edition, level: Level, area: Area, addresses: Addresses, language: Language): Block[] {
  const found = findAssessment(edition, level, area)
  if (!found) return []
  const { profile: texts } = getTexts(language)
  const part = (heading: string, text: string): Block[] => text === ''
    ? []
    : [{ kind: 'heading', level: 2, text: heading }, ...text.split(/\n{2,}/).map((paragraph): Block => ({ kind: 'text', parts: [paragraph.replaceAll('\n', ' ')] }))]
  return [
    ...(found.isDraft ? [{ kind: 'note', tone: 'info', parts: [texts.draft] } as const] : []),
    ...part(texts.assessment, found.assessment),
    ...part(texts.measure, found.measure),
    ...statedFacts(edition, found, level, addresses, language),
    { kind: 'text', role: 'small', parts: [texts.writtenBy(found.author, formatDate(found.date, language))] },
  ]
}

function statedFacts (edition: Edition, { goal, indicator }: Assessment, level: Level, addresses: Addresses, language: Language): Block[] {
  const { profile: texts } = getTexts(language)
  const watched = edition.indicators.find(({ id }) => id === indicator)
  const latest = watched && edition.series.find(series => series.level === level.id && series.indicator === watched.id)?.periods.at(-1)
  const name: Inline | undefined = watched && (latest === undefined ? localise(watched.label, language) : { text: localise(watched.label, language), href: addresses.map(watched.id, latest, level.id) })
  const facts = [...goal === '' ? [] : [{ term: texts.goal, details: [[goal]] }], ...name === undefined ? [] : [{ term: texts.watched, details: [[name]] }]]
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }]
}
