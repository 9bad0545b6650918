import type { Language } from '../../core/edition.ts'
import { formatMoment } from '../moment.ts'
import { getWorkshopTexts } from '../texts.ts'
import type { Sheet } from './read-sheet.ts'
import type { SheetBlock } from './sheet-block.ts'

/** Who built, who approved and who published, and when. */
export function peopleBlocks (sheet: Sheet, language: Language): SheetBlock[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const facts: ReadonlyArray<readonly [string, readonly string[]]> = [
    [texts.built, [builtText(sheet, language)]],
    [texts.approval, approvalTexts(sheet, language)],
    [texts.publication, publicationTexts(sheet, language)],
  ]
  return [
    { kind: 'heading', level: 2, text: texts.people },
    { kind: 'facts', facts: facts.map(([term, lines]) => ({ term, details: lines.map(line => [line]) })) },
  ]
}

function builtText ({ built, summary }: Sheet, language: Language): string {
  return built ? byAt(built.name, built.endedAt ?? summary.savedAt, language) : getWorkshopTexts(language).sheet.notBuiltHere(formatMoment(summary.savedAt, language))
}

function approvalTexts ({ approvals, needsApproval }: Sheet, language: Language): string[] {
  const { sheet: texts } = getWorkshopTexts(language)
  if (approvals.length === 0) return [texts.noApproval[needsApproval ? 'needed' : 'free']]
  return approvals.map(({ name, at, counts }) => `${byAt(name, at, language)}${counts ? '' : ` (${texts.doesNotCount})`}`)
}

/** Whoever asked for the job that published; what the command line published has nobody's name. */
function publicationTexts ({ publications, publishing }: Sheet, language: Language): string[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const open = publishing.filter(({ state }) => state === 'waiting' || state === 'running').map(({ name, askedAt }) => texts.waiting(name, formatMoment(askedAt, language)))
  if (publications.length === 0) return open.length > 0 ? open : [texts.notPublished]
  return [...publications.map(({ at }) => {
    const job = publishing.find(({ state, askedAt, endedAt }) => state === 'done' && askedAt <= at && at <= (endedAt ?? at))
    return job ? byAt(job.name, at, language) : texts.publishedElsewhere(formatMoment(at, language))
  }), ...open]
}

function byAt (name: string, moment: string, language: Language): string {
  return getWorkshopTexts(language).sheet.by(name, formatMoment(moment, language))
}
