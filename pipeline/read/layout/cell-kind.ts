import { trimBlanks } from '../number-text.ts'

/** What a field looks like: `year` also for days, since both stand in heads; `sign` for what stands in the place of a number. */
export type CellKind = 'blank' | 'text' | 'number' | 'year' | 'sign'

export function kindOf (field: string): CellKind {
  const text = trimBlanks(field)
  if (text === '') return 'blank'
  if (/^(?:19|20)\d\d$/.test(text) || /^\d{1,2}\.\d{1,2}\.\d{4}$/.test(text) || /^\d{4}-\d\d-\d\d$/.test(text)) return 'year'
  if (text.length <= 5 && /^(?:[-–—.*/x•…]|\.\.\.|k\. ?A\.)$/.test(text)) return 'sign'
  return isNumeric(text) ? 'number' : 'text'
}

/** Digits with separators, maybe bracketed, flagged, in percent or with a footnote mark. */
function isNumeric (text: string): boolean {
  const first = text.charCodeAt(0)
  if (first > 0x39 && first !== 0x2212) return false
  return /^\(?[-+\u2212]?(?:\d[\d., '\u2019\u00a0\u2007\u2009\u202f]*|,\d+)\)?(?:E[+-]\d+)?(?:[\s\u00a0\u2009\u202f]*(?:%|[prs]|[a-z\d]?[)\u207e]|[\u00b9\u00b2\u00b3\u2070-\u207e]+\)?))*$/.test(text)
}
