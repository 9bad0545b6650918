import type { Language } from '../../core/edition.ts'
import type { Paper } from '../../render/paper/paper.ts'
import { qrPicture } from '../qr-code.ts'
import { getWorkshopTexts } from '../texts.ts'
import type { Sheet } from './read-sheet.ts'
import { sheetBlocks, sheetTitle } from './sheet-blocks.ts'
import { statedAt } from './sheet-state.ts'

/** The sheet to print and to sign. @param address of its page in the Werkstatt, which shows how things stand when somebody reads the paper */
export function sheetPaper (sheet: Sheet, language: Language, address: string): Paper {
  const { sheet: texts } = getWorkshopTexts(language)
  const { atlas, id } = sheet.edition
  return {
    language,
    title: sheetTitle(sheet, language),
    kicker: `${texts.name} · ${atlas.title}`,
    author: atlas.municipality,
    description: texts.description(atlas.title),
    footer: texts.footer(id, atlas.title),
    code: { svg: qrPicture(address, texts.code).markup, alternative: texts.code, href: address, caption: texts.codeCaption },
    blocks: [...sheetBlocks(sheet, language).map((block, i) => i === 0 && block.kind === 'text' ? { ...block, role: 'lead' as const } : block), {
      kind: 'signatures',
      fields: texts.signatures.map(label => ({ label, lines: texts.signatureLines })),
    }],
    statedAt: statedAt(sheet),
    texts: { page: texts.page, of: texts.of, replaced: texts.replaced, shortened: texts.shortened },
  }
}
