/*
 * How settings stand in the cells of a workbook. Lists are separated by `;`, texts of several lines by line breaks; a backslash keeps
 * either as a part of the text. A text that begins like a formula is led by an apostrophe, so that nobody runs it by opening the cell.
 */

/** The sign is doubled up by whoever writes a text that begins with an apostrophe and a formula sign itself. */
export function guardCell (text: string): string {
  return /^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}

export function unguardCell (text: string): string {
  return /^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text
}

/** `['a', 'b;c']` as `a; b\;c`. */
export function joinList (items: readonly string[]): string {
  return items.map(item => item.replaceAll(/[\\;]/g, sign => `\\${sign}`)).join('; ')
}

export function splitList (text: string): string[] {
  return splitAt(text, ';').map(part => unescapeText(part.trim())).filter(part => part !== '')
}

/** Texts as lines of one cell; blank lines are kept, because a second column may go with them. */
export function joinLines (items: readonly string[]): string {
  return items.map(item => item.replaceAll('\\', '\\\\').replaceAll(/\r\n?|\n/g, '\\n')).join('\n')
}

export function splitLines (text: string): string[] {
  return text === '' ? [] : text.split(/\r\n?|\n/).map(line => unescapeText(line.trim()))
}

function unescapeText (text: string): string {
  return text.replaceAll(/\\([\s\S])/g, (_, sign: string) => sign === 'n' ? '\n' : sign)
}

/** At every separator that no backslash keeps. */
function splitAt (text: string, separator: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i)
    if (sign === separator) {
      parts.push(part)
      part = ''
    } else part += sign === '\\' ? text.slice(i, i++ + 2) : sign
  }
  return [...parts, part]
}
