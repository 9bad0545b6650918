/**
 * A table as CSV for any spreadsheet: semicolons, UTF-8 with byte order mark, CRLF, every field quoted. A field that a spreadsheet
 * would take for a formula gets an apostrophe in front, which it shows as nothing.
 */
export function csvText (rows: ReadonlyArray<readonly string[]>): string {
  return `\ufeff${rows.map(row => row.map(quote).join(';')).join('\r\n')}\r\n`
}

function quote (field: string): string {
  const isFormula = /^\s*[=+\-@]/.test(field)
  return `"${isFormula ? "'" : ''}${field.replaceAll('"', '""')}"`
}
