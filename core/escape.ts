/** Text that is safe in the text and the quoted attributes of HTML and XML; characters that XML does not allow are left out. */
export function escapeMarkup (text: string): string {
  // Most texts have nothing to escape, and a page of 542 areas has thousands of them.
  return suspicious.test(text) ? text.replaceAll(replaced, character => entities[character] ?? '') : text
}

/** What must not stand as it is; XML 1.0 (§2.2) has no form at all for control characters but tab and line ends, and for two non-characters. */
const suspicious = /[&<>"']|[^\t\n\r\u0020-\uFFFD]/
const replaced = new RegExp(suspicious, 'g')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
