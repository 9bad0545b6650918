import type { KeyRule } from '../project-file/schema.ts'

/**
 * A key as the project wants it: blanks at both ends removed, looked up, or else stripped of its
 * prefix, extracted and padded. Text all the way: "01" is not 1.
 */
export function applyKeyRule (rule: Omit<KeyRule, 'column'>, text: string): string {
  const trimmed = text.trim()
  const found = lookUp(rule.lookUp, trimmed)
  if (found !== undefined) return found
  const bare = rule.prefix !== undefined && trimmed.startsWith(rule.prefix) ? trimmed.slice(rule.prefix.length) : trimmed
  const extracted = rule.extract === undefined ? bare : new RegExp(rule.extract, 'u').exec(bare)?.[1] ?? ''
  // A blank stays blank: padding it would make an area "00" of it.
  return rule.pad === undefined || extracted === '' ? extracted : extracted.padStart(rule.pad, '0')
}

/** What a look-up table says for a text. Own entries only: a cell may say "constructor". */
export function lookUp (table: Readonly<Record<string, string | number>> | undefined, text: string): string | undefined {
  return table !== undefined && Object.hasOwn(table, text) ? String(table[text]) : undefined
}
