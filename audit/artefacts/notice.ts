import type { Language } from '../../core/edition.ts'
import type { Judge } from './judge.ts'
import type { Element } from './markup.ts'
import { getTexts } from '../../core/text.ts'
import { languages } from './facts.ts'
import { report } from './judge.ts'
import { descendants, findElement, hasClass, textOf } from './markup.ts'

/*
 * Whatever an internal edition says must say that it is internal, and nothing else may: who finds the notice on a public
 * page takes public figures for secret, or believes that the notice means nothing.
 */

export function isInternal ({ facts: { edition } }: Judge): boolean {
  return edition.audience === 'internal'
}

/** What an internal edition says of itself. */
function noticeIn (language: Language): string {
  return getTexts(language).frame.internal
}

const notices = languages.map(noticeIn)

/** Of a public edition, the bytes of every format: the notice may stand nowhere. */
export function judgePublicBytes (judge: Judge, bytes: Buffer): void {
  const found = notices.find(notice => bytes.includes(notice))
  if (found !== undefined) report(judge, 'A1', 'other-notice', found)
}

/** The one notice of an answer: each of `found` stands where notices stand. */
export function judgeNotice (judge: Judge, found: readonly unknown[], language: Language): void {
  if (!isInternal(judge)) return
  if (found.length === 0) report(judge, 'A1', 'no-notice', '')
  const other = found.find(text => text !== noticeIn(language))
  if (other !== undefined) report(judge, 'A1', 'other-notice', String(other))
}

/** Texts of a document without a place for it, office files and PDF: it stands alone in some line. */
export function judgeNoticeLines (judge: Judge, lines: Iterable<string>, language: Language): void {
  judgeNotice(judge, [...lines].map(line => line.trim()).filter(line => notices.includes(line)).slice(0, 1), language)
}

/** A page has a ribbon for readers and a word for search engines. */
export function judgePageNotice (judge: Judge, root: Element, language: Language): void {
  const ribbons = [...descendants(root)].filter(element => hasClass(element, 'ribbon-internal'))
  if (!isInternal(judge)) {
    for (const ribbon of ribbons) report(judge, 'A1', 'other-notice', textOf(ribbon))
    return
  }
  judgeNotice(judge, ribbons.map(textOf), language)
  const robots = findElement(root, ({ tag, attributes }) => tag === 'meta' && attributes.get('name') === 'robots')?.attributes.get('content')
  if (robots !== 'noindex, nofollow') report(judge, 'A1', 'no-notice', `robots: ${robots ?? ''}`)
}
