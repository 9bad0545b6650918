import { localise, type Language } from '../../core/edition.ts'
import { formatDate } from '../../core/text.ts'
import type { FactsBlock } from '../../render/blocks.ts'
import { getWorkshopTexts } from '../texts.ts'
import { listAccepted } from './accepted.ts'
import { newsBlocks } from './news-blocks.ts'
import { peopleBlocks } from './people-blocks.ts'
import { protectionBlocks } from './protection-blocks.ts'
import type { Sheet } from './read-sheet.ts'
import { sourceBlocks } from './source-blocks.ts'
import { table, whole, type SheetBlock } from './sheet-block.ts'
import { countFindings, sheetState } from './sheet-state.ts'

/** All of the sheet but its title: first what is asked, then what one has to know to answer. */
export function sheetBlocks (sheet: Sheet, language: Language): SheetBlock[] {
  return [
    { kind: 'text', parts: [leadOf(sheet, language)] },
    keyFigures(sheet, language),
    ...newsBlocks(sheet, language),
    ...noteBlocks(sheet, language),
    ...protectionBlocks(sheet, language),
    ...acceptedBlocks(sheet, language),
    ...sourceBlocks(sheet, language),
    ...peopleBlocks(sheet, language),
  ]
}

export function sheetTitle (sheet: Sheet, language: Language): string {
  return getWorkshopTexts(language).sheet.titles[sheetState(sheet)](sheet.edition.id)
}

function leadOf (sheet: Sheet, language: Language): string {
  const { sheet: texts, overview } = getWorkshopTexts(language)
  return `${texts.leads[sheetState(sheet)](overview.audiences[sheet.summary.audience])} ${sheet.before === null ? texts.first : texts.replaces(sheet.before)}`
}

function keyFigures (sheet: Sheet, language: Language): FactsBlock {
  const { sheet: texts, overview } = getWorkshopTexts(language)
  const { comparison } = sheet
  const findings = countFindings(sheet)
  const sum = (count: (indicator: NonNullable<typeof comparison>['indicators'][number]) => number) =>
    comparison ? whole(comparison.indicators.reduce((total, indicator) => total + count(indicator), 0), language) : '–'
  const facts: ReadonlyArray<readonly [string, string]> = [
    [texts.keys.audience, overview.audiences[sheet.summary.audience]],
    [texts.keys.newPeriods, comparison ? whole(new Set(comparison.indicators.flatMap(({ newPeriods }) => newPeriods)).size, language) : '–'],
    [texts.keys.changed, sum(({ changed, appeared, vanished }) => changed + appeared + vanished)],
    [texts.keys.findings, findings === null ? texts.unknown : whole(findings, language)],
  ]
  return { kind: 'facts', role: 'figures', facts: facts.map(([term, value]) => ({ term, details: [[value]] })) }
}

/** What readers are told beside the edition: as published, as asked for, or not written yet. */
function noteBlocks ({ summary, publishing, publications }: Sheet, language: Language): SheetBlock[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const published = publications.findLast(({ note }) => note !== null)?.note
  const wanted = publishing.findLast(({ state, facts }) => (state === 'waiting' || state === 'running') && facts.note !== undefined)?.facts.note
  const note = published ? localise(published, language) : wanted ?? (summary.state === 'draft' ? texts.notePending : texts.noNote)
  return [{ kind: 'heading', level: 2, text: texts.note }, { kind: 'text', parts: [note] }]
}

function acceptedBlocks (sheet: Sheet, language: Language): SheetBlock[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const lines = listAccepted(sheet, language)
  return [
    { kind: 'heading', level: 2, text: texts.accepted },
    lines.length === 0
      ? { kind: 'text', parts: [texts.noAccepted] }
      : table(texts.acceptedCaption, texts.acceptedHeads, [2, 3, 1.5], lines.map(({ about, because, by, on }) => [
        { content: about === '' ? texts.wholeEdition : about },
        { content: because },
        { content: by ?? texts.unknown, ...on !== null && { detail: formatDate(on, language) } },
      ])),
    { kind: 'text', role: 'small', parts: [texts.acceptedElsewhere] },
  ]
}
