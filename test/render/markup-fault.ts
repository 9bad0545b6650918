/** Elements of HTML that have no end. */
const voidElements = new Set(['meta', 'link', 'img', 'input', 'br'])

/**
 * The first thing that makes a text not well-formed, or `undefined`: elements that do not nest,
 * attributes without quotes or twice, a bare `&` or `<`. Strict enough for XML, lenient only for
 * the elements of HTML that have no end, attributes of HTML without a value, and scripts of JSON.
 */
export function findMarkupFault (text: string): string | undefined {
  const open: string[] = []
  const rest = text.replace(/^<\?xml[^>]*\?>\n|^<!doctype html>\n/, '').replaceAll(/(<script type="application\/json"[^>]*>)[^<]*/g, '$1')
  const piece = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>|[^<&]+|&(?:amp|lt|gt|quot|#39);/gy
  while (piece.lastIndex < rest.length) {
    const at = piece.lastIndex
    const match = piece.exec(rest)
    if (!match) return `cannot read: ${rest.slice(at, at + 80)}`
    const [, slash, name, attributes = '', selfClosing] = match
    if (name === undefined) continue
    const names = [...attributes.matchAll(/([\w:-]+)(?:="[^"]*")?/g)].map(([, attribute]) => attribute)
    if (new Set(names).size !== names.length) return `attribute twice: ${match[0]}`
    if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(attributes)) return `bare & in: ${match[0]}`
    if (slash === '/') {
      const last = open.pop()
      if (last !== name) return `</${name}> closes <${last}>`
    } else if (selfClosing !== '/' && !voidElements.has(name)) open.push(name)
  }
  return open.length === 0 ? undefined : `never closed: ${open.join(', ')}`
}
