import type { DeliveryFacts, Language } from '../../core/edition.ts'
import { groupBy } from '../../core/group-by.ts'
import { formatDate } from '../../core/text.ts'
import { getWorkshopTexts } from '../texts.ts'
import type { Sheet } from './read-sheet.ts'
import { table, type SheetBlock } from './sheet-block.ts'

/** Deliveries with what somebody answers for. Those that differ in their titles only share a row, so that two sheets are enough. */
export function sourceBlocks (sheet: Sheet, language: Language): SheetBlock[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const rows = sheet.edition.deliveries.map(delivery => ({ delivery, rule: ruleOf(sheet, delivery, language), isPassedOn: passedOn(sheet, delivery.id, language) }))
  const alike = groupBy(rows, ({ delivery: { publisher, extractedOn, licence, legalBasis }, rule, isPassedOn }) => JSON.stringify([publisher, extractedOn, licence, legalBasis, rule, isPassedOn]))
  return [
    { kind: 'heading', level: 2, text: texts.sources },
    table(texts.sourcesCaption, texts.sourceHeads, [5, null, null, 5, null], [...alike.values()].map(group => {
      const [{ delivery: { publisher, extractedOn, licence: { name, url }, legalBasis }, rule, isPassedOn }] = group as [typeof group[number]]
      return [
        { content: group.map(({ delivery }) => delivery.title).join('; '), detail: publisher },
        { content: extractedOn === null ? texts.noDate : formatDate(extractedOn, language) },
        { content: { text: name, href: url } },
        { content: rule, detail: legalBasis },
        { content: isPassedOn },
      ]
    })),
  ]
}

function ruleOf ({ report }: Sheet, { id, minimumCount, minimumCountReason }: DeliveryFacts, language: Language): string {
  const { sheet: texts } = getWorkshopTexts(language)
  const more = report?.deliveries.find(delivery => delivery.id === id)
  return [
    minimumCount === null ? texts.noMinimum((minimumCountReason ?? '').replace(/\.$/, '')) : texts.minimum(minimumCount),
    ...more?.preset ? [texts.preset(more.preset)] : [],
    ...more?.method === 'round5' ? [texts.rounded] : [],
    ...more?.retention ? [texts.retention(formatDate(more.retention, language))] : [],
  ].join(', ')
}

/** A public edition holds nothing else than what may be passed on. */
function passedOn ({ summary, report }: Sheet, delivery: string, language: Language): string {
  const { sheet: texts } = getWorkshopTexts(language)
  if (summary.audience === 'public') return texts.passedOn.yes
  const found = report?.deliveries.find(({ id }) => id === delivery)
  return found ? texts.passedOn[found.isPassedOn ? 'yes' : 'no'] : texts.unknown
}
