/**
 * A table as a spreadsheet opens it rightly with a double click, also a German one: UTF-8 with byte order mark, semicolons,
 * CR LF, fields quoted where they must be (RFC 4180).
 */
export function csvText (rows: ReadonlyArray<readonly string[]>): string {
  return `\uFEFF${rows.map(row => row.map(quote).join(';')).join('\r\n')}\r\n`
}

/** A text that a spreadsheet would run as a formula is led by an apostrophe (OWASP: CSV injection). */
export function guardFormula (text: string): string {
  return /^(?:\s*[=+\-@]|[\t\r])/.test(text) ? `'${text}` : text
}

function quote (field: string): string {
  return /[;"\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
