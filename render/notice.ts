import type { Edition, Language } from '../core/edition.ts'
import { getTexts } from '../core/text.ts'

/** What an answer for programs says when it is not for everybody; absent in a public one. */
export interface Notice {
  readonly notice?: string
}

/** To be spread into the head of an answer. */
export function noticeOf ({ audience, atlas }: Pick<Edition, 'audience' | 'atlas'>, language: Language = atlas.language): Notice {
  return audience === 'internal' ? { notice: getTexts(language).frame.internal } : {}
}
