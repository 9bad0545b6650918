import { blockHtml } from '../../render/html/block.ts'
import { markup, when } from '../../render/markup.ts'
import type { Sheet } from '../sheet/read-sheet.ts'
import { sheetBlocks, sheetTitle } from '../sheet/sheet-blocks.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

interface SheetPage extends PageCall {
  readonly sheet: Sheet
  readonly notice?: Notice | undefined
}

/** The Freigabeblatt to read; the paper says the same. */
export function sheetPage ({ workshop, visitor, sheet, notice }: SheetPage): string {
  const { language } = visitor
  const { sheet: texts } = getWorkshopTexts(language)
  const { atlas, edition: { id }, summary, comparison } = sheet
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: sheetTitle(sheet, language),
    notice,
    content: markup`<ul class="actions plain-actions">
<li><a href="${at(workshop, `${atlas}/freigabeblatt/${id}.pdf`)}">${texts.download}</a></li>
${when(summary.state === 'draft', () => markup`<li><a href="${at(workshop, `${atlas}/entwurf/${id}/${atlas}`)}">${texts.lookAt}</a></li>`)}
${when(summary.state === 'draft' && comparison !== null, () => markup`<li><a href="${at(workshop, `${atlas}/vergleich`)}?entwurf=${id}">${texts.toComparison}</a></li>`)}
</ul>
${sheetBlocks(sheet, language).map(block => blockHtml(block))}`,
  })
}
