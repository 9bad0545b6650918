import { createHash } from 'node:crypto'

/**
 * A strong entity tag of exactly these bytes, quotes included. Two encodings of one answer are two
 * different byte sequences and so have two tags, as RFC 9110 (8.8.3.3) wants.
 */
export function entityTag (bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
}

/**
 * Whether `If-None-Match` names this tag: weak comparison (RFC 9110, 13.1.2), lists, and `*`.
 * A cache in between may have turned our tag into `W/"…"`.
 */
export function matchesEntityTag (header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  if (header === tag) return true
  if (header.trim() === '*') return true
  // Commas may stand inside the quotes, so tags are found, not split.
  return (header.match(/(?:W\/)?"[^"]*"/g) ?? []).some(candidate => candidate.replace(/^W\//, '') === tag)
}
