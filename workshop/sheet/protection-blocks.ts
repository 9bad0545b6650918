import type { Language } from '../../core/edition.ts'
import { getTexts } from '../../core/text.ts'
import { getWorkshopTexts } from '../texts.ts'
import { countCells } from './cell-counts.ts'
import type { Sheet } from './read-sheet.ts'
import { whole, type SheetBlock } from './sheet-block.ts'
import { countFindings } from './sheet-state.ts'

/**
 * How small numbers are kept secret, and that somebody tried to find them. Suppressed figures are one number: how many of them are
 * small themselves would tell about each.
 */
export function protectionBlocks (sheet: Sheet, language: Language): SheetBlock[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const findings = countFindings(sheet)
  return [
    { kind: 'heading', level: 2, text: texts.protection },
    findings === null
      ? { kind: 'note', tone: 'warning', parts: [texts.notHere] }
      : { kind: 'note', tone: findings === 0 ? 'info' : 'warning', parts: [findings === 0 ? texts.clean : texts.notClean] },
    { kind: 'facts', facts: [...cellFacts(sheet, language), ...auditFacts(sheet, language)].map(([term, value]) => ({ term, details: [[value]] })) },
  ]
}

type Fact = readonly [term: string, value: string]

function cellFacts ({ edition }: Sheet, language: Language): Fact[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const { observed, suppressed, missing } = countCells(edition)
  const others = missing.map(([reason, count]) => `${whole(count, language)} ${getTexts(language).reasons[reason]}`)
  return [[texts.cells, [texts.printed(whole(observed, language)), texts.suppressed(whole(suppressed, language)), ...others].join(', ')]]
}

function auditFacts ({ report, hash }: Sheet, language: Language): Fact[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const content: Fact = [texts.content, hash]
  if (!report) return [content]
  const { audit: { exact, narrow, insiders, badCertificates, exposed }, withheld, artefacts, counts } = report
  const say = (cells: number) => whole(cells, language)
  return [
    [texts.verdict, texts.verdictParts(say(exact), say(narrow), say(insiders), say(badCertificates))],
    ...exposed > 0 ? [[texts.exposed, say(exposed)] as const] : [],
    ...withheld > 0 ? [[texts.withheld, texts.families(withheld)] as const] : [],
    [texts.bytes, artefacts ? texts.bytesRead(say(artefacts.artefacts), say(artefacts.claims), say(artefacts.findings)) : texts.bytesPending],
    content,
    [texts.checksum, counts],
  ]
}
