import { gapMark } from '../project-file/gaps.ts'

/** A text as it stands in YAML, in block and in flow: plain where that is safe, else in single quotes. */
export function yamlText (text: string | number): string {
  if (typeof text === 'number') return String(text)
  const isPlain = /^[\p{L}][\p{L}\p{N} ._/()–+-]*$/u.test(text) && !/ $|^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text)
  if (isPlain || isDate) return text
  return quoted(text)
}

/** In quotation marks whatever it is, so that a key of digits stays text; a cell with a line break stays on one line. */
export function quoted (text: string): string {
  return /\p{Cc}/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`
}

/** `{ column: Nr, pad: 2 }`; what is undefined or null is left out. */
export function yamlFlow (fields: Readonly<Record<string, string | number | null | undefined>>): string {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return `{ ${entries.map(([key, value]) => `${yamlText(key)}: ${yamlText(value!)}`).join(', ')} }`
}

/** A remark behind a guess, for whoever reviews the file. */
export function check (evidence: string): string {
  return `  # bitte prüfen: ${onOneLine(evidence)}`
}

/** Text of a comment: a line break in a file name or a cell must not end it. */
export function onOneLine (text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ')
}

export { gapMark }
