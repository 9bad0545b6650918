/**
 * Text of a delivered file as a report quotes it, so that what cannot be seen is seen:
 *
 *     "Nordertor "       Nordertor␣     blanks at the ends, and several in a row
 *     "Norder\u00a0tor"  Norder⍽tor     a no-break blank of any width
 *     "Norder\ttor"      Norder⇥tor     a tab; ↵ for a line break
 *     "Norder\u200btor"  Norder‹U+200B›tor  whatever has no width, or turns the direction of writing
 *
 * Text that holds straight quotes is a list of quoted texts: each is shown for itself.
 */
export function visibleText (text: string): string {
  const isList = text.includes('"')
  return showMarks(isList ? shorten(text, longestList).replaceAll(/"([^"]*)"/g, (_, quoted: string) => `"${showBlanks(quoted)}"`) : showBlanks(text))
}

function showBlanks (text: string): string {
  return shorten(text, longest).replaceAll(/^ +| +$| {2,}/g, blanks => '␣'.repeat(blanks.length))
}

function showMarks (text: string): string {
  return text
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, '⍽')
    .replaceAll('\t', '⇥')
    .replaceAll(/\r\n|[\n\r\u2028\u2029]/g, '↵')
    .replaceAll(invisible, mark => `‹U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`)
}

/** Control characters, soft hyphens, marks without width, marks of direction, byte order marks. */
const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g // eslint-disable-line no-control-regex

const longest = 600
const longestList = 6000

function shorten (text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} …` : text
}

/** Text for a terminal or a log: a delivered file must not move the cursor or turn the direction of writing. Line ends and tabs stay. */
export function withoutControls (text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd') // eslint-disable-line no-control-regex
}

/** Without what cannot be seen: blanks at the ends, all but one of several in a row, marks without width. Composed letters (NFC). */
export function cleanText (text: string): string {
  return text.normalize('NFC').replaceAll(invisibleMarks, '').replaceAll(/[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g, ' ').trim()
}

/** As `invisible`, but not the tab and the line ends, which are blanks. */
const invisibleMarks = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g
