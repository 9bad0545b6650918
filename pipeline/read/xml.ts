/** Why a text is not read as XML; `doctype` is one that declares entities or points to other files. */
export class XmlError extends Error {
  override name = 'XmlError'
  readonly kind: 'doctype' | 'malformed'

  constructor (kind: XmlError['kind'], reason: string) {
    super(reason)
    this.kind = kind
  }
}

/** Called for what stands in the text, in its order. Names keep their prefix. */
export interface XmlHandler {
  readonly open: (name: string, attributes: Attributes) => void
  readonly close: (name: string) => void
  readonly text: (text: string) => void
}

/** Attributes of a tag; read only when asked for, because most tags of a large sheet are asked nothing. */
export interface Attributes {
  readonly get: (name: string) => string | undefined
  readonly has: (name: string) => boolean
}

/** The deepest office documents have some thirty. */
const maxDepth = 200

/** One tag with all its attributes, in characters. */
const maxTagLength = 65_536

/**
 * Reads XML without a document type: entities are only the five that need no declaration and characters by number, so that nothing
 * can grow while it is read and nothing is ever fetched.
 *
 * @throws XmlError
 */
export function readXml (text: string, handler: XmlHandler): void {
  const open: string[] = []
  let position = 0
  while (position < text.length) {
    const start = text.indexOf('<', position)
    if (start !== position && open.length > 0) handler.text(decodeEntities(text.slice(position, start === -1 ? text.length : start)))
    if (start === -1) break
    position = readMarkup(text, start, open, handler)
  }
  if (open.length > 0) throw new XmlError('malformed', `<${open.at(-1)}> not closed`)
}

/** Reads what begins with `<` at `start`; returns where it ends. */
function readMarkup (text: string, start: number, open: string[], handler: XmlHandler): number {
  const sign = text[start + 1]
  if (sign === '?') return endOf(text, '?>', start)
  if (sign === '!') return readDeclaration(text, start, handler)
  const end = endOf(text, '>', start)
  if (sign === '/') {
    const name = text.slice(start + 2, end - 1).trimEnd()
    if (open.pop() !== name) throw new XmlError('malformed', `</${name.slice(0, 40)}>`)
    handler.close(name)
    return end
  }
  return readTag(text, start, open, handler)
}

function readDeclaration (text: string, start: number, handler: XmlHandler): number {
  if (text.startsWith('<!--', start)) return endOf(text, '-->', start)
  if (!text.startsWith('<![CDATA[', start)) throw new XmlError('doctype', text.slice(start, start + 20))
  const end = endOf(text, ']]>', start)
  handler.text(text.slice(start + 9, end - 3))
  return end
}

function readTag (text: string, start: number, open: string[], handler: XmlHandler): number {
  const end = endOfTag(text, start)
  const tag = text.slice(start + 1, end - 1)
  const name = /^[^\s/]+/.exec(tag)?.[0]
  if (name === undefined) throw new XmlError('malformed', text.slice(start, start + 20))
  if (open.length >= maxDepth) throw new XmlError('malformed', `more than ${maxDepth} levels`)
  handler.open(name, lazyAttributes(tag, name.length))
  if (tag.endsWith('/')) handler.close(name)
  else open.push(name)
  return end
}

/** `c` of `x:c`: some programs give every element a prefix. */
export function localName (tag: string): string {
  const colon = tag.indexOf(':')
  return colon === -1 ? tag : tag.slice(colon + 1)
}

function lazyAttributes (tag: string, start: number): Attributes {
  // A Map, so that no name is special.
  let known: Map<string, string> | undefined
  const read = (): Map<string, string> => {
    known = new Map()
    for (const [, key, double, single] of tag.slice(start).matchAll(/([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      known.set(key!, decodeEntities(double ?? single ?? ''))
    }
    return known
  }
  return { get: name => (known ?? read()).get(name), has: name => (known ?? read()).has(name) }
}

/** Behind the `>` of a tag; one inside of quotes does not end it. */
function endOfTag (text: string, start: number): number {
  const sign = text.indexOf('>', start)
  const tag = sign === -1 || sign - start > maxTagLength ? '"' : text.slice(start, sign)
  return /^[^"']*(?:"[^"]*"[^"']*|'[^']*'[^"']*)*$/.test(tag) ? sign + 1 : endOfQuotedTag(text, start)
}

function endOfQuotedTag (text: string, start: number): number {
  let quote = ''
  for (let i = start + 1; i < text.length && i - start <= maxTagLength; i++) {
    const sign = text[i]!
    if (quote !== '') {
      if (sign === quote) quote = ''
    } else if (sign === '"' || sign === "'") {
      quote = sign
    } else if (sign === '>') {
      return i + 1
    }
  }
  throw new XmlError('malformed', `<${text.slice(start + 1, start + 20)} … does not end`)
}

function endOf (text: string, mark: string, start: number): number {
  const end = text.indexOf(mark, start)
  if (end === -1) throw new XmlError('malformed', `${text.slice(start, start + 20)} … does not end`)
  return end + mark.length
}

function decodeEntities (text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return entities.get(name) ?? whole
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const entities: ReadonlyMap<string, string> = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]])
