import type { KeyRule } from '../project-file/schema.ts'

const validKey = /^[A-Za-z0-9_-]{1,60}$/

/**
 * A key as the project wants it: blanks at both ends removed, looked up, or else stripped of its
 * prefix, extracted and padded. Text all the way: "01" is not 1.
 */
export function applyKeyRule (rule: Omit<KeyRule, 'column'>, text: string): string {
  const trimmed = text.trim()
  const found = rule.lookUp?.[trimmed]
  if (found !== undefined) return String(found)
  const bare = rule.prefix !== undefined && trimmed.startsWith(rule.prefix) ? trimmed.slice(rule.prefix.length) : trimmed
  const extracted = rule.extract === undefined ? bare : new RegExp(rule.extract, 'u').exec(bare)?.[1] ?? ''
  // A blank stays blank: padding it would make an area "00" of it.
  return rule.pad === undefined || extracted === '' ? extracted : extracted.padStart(rule.pad, '0')
}

/** Whether the text can stand in an address. */
export function isAreaId (text: string): boolean {
  return validKey.test(text)
}

/** Up to `limit` keys in quotation marks, so that blanks are seen; then how many more there are. */
export function quoteKeys (keys: readonly string[], limit = 8): string {
  const shown = keys.slice(0, limit).map(key => `"${key}"`).join(', ')
  return keys.length > limit ? `${shown} … (+${keys.length - limit})` : shown
}
