/** An element of HTML or XML, read without judgement of its grammar. */
export interface Element {
  /** In lower case. */
  readonly tag: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: ReadonlyArray<Element | string>
}

/** A document as one element without a name. `comments` are what a browser does not show. */
export interface Markup { readonly root: Element, readonly comments: readonly string[] }

interface OpenElement { readonly tag: string, readonly attributes: Map<string, string>, readonly children: Array<Element | string> }

/** HTML elements that have no end tag. */
const voidTags = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'])

const piece = /<!--([\s\S]*?)-->|<(?:!|\?)[^>]*>|<(\/?)([a-zA-Z][\w:.-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>|([^<]+|<)/g
const attribute = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g

/** Reads HTML and XML alike. An end tag without its start is ignored; what is left open ends with the text. */
export function parseMarkup (text: string): Markup {
  const root: OpenElement = { tag: '', attributes: new Map(), children: [] }
  const open = [root]
  const comments: string[] = []
  piece.lastIndex = 0
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    const [, comment, end, name, attributes, characters] = match
    if (characters !== undefined) {
      if (characters.trim() !== '') open.at(-1)!.children.push(decodeEntities(characters))
    } else if (comment !== undefined) {
      comments.push(comment)
    } else if (name !== undefined) {
      const tag = name.toLowerCase()
      if (end === '/') close(open, tag)
      else {
        const element: OpenElement = { tag, attributes: parseAttributes(attributes!), children: [] }
        open.at(-1)!.children.push(element)
        if (tag === 'script' || tag === 'style') {
          // Text up to the end tag, whatever is in it.
          const ending = text.indexOf(`</${name}`, piece.lastIndex)
          const until = ending === -1 ? text.length : ending
          element.children.push(text.slice(piece.lastIndex, until))
          piece.lastIndex = Math.min(text.length, text.indexOf('>', until) + 1 || text.length)
        } else if (!attributes!.endsWith('/') && !voidTags.has(tag)) open.push(element)
      }
    }
  }
  return { root, comments }
}

function close (open: OpenElement[], tag: string): void {
  const index = open.findLastIndex(element => element.tag === tag)
  if (index > 0) open.length = index
}

function parseAttributes (text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  if (text.trim() === '') return attributes
  attribute.lastIndex = 0
  for (let match = attribute.exec(text); match; match = attribute.exec(text)) {
    attributes.set(match[1]!, decodeEntities(match[2] ?? match[3] ?? match[4] ?? ''))
  }
  return attributes
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' }

export function decodeEntities (text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole
    const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal)
    return code <= 0x10FFFF ? String.fromCodePoint(code) : whole
  })
}

/** All text inside, in order, with a space between elements that would otherwise run together. */
export function textOf (element: Element | string): string {
  if (typeof element === 'string') return element
  return element.children.map(textOf).join(' ').replaceAll(/[ \t\r\n]+/g, ' ').trim()
}

/** Elements inside, in document order, without the element itself. */
export function * descendants (element: Element): Generator<Element> {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    yield child
    yield * descendants(child)
  }
}

export function findElement (element: Element, isIt: (candidate: Element) => boolean): Element | undefined {
  for (const candidate of descendants(element)) if (isIt(candidate)) return candidate
  return undefined
}

export function childrenNamed (element: Element, ...tags: readonly string[]): Element[] {
  return element.children.filter((child): child is Element => typeof child !== 'string' && tags.includes(child.tag))
}

export function hasClass ({ attributes }: Element, name: string): boolean {
  return (attributes.get('class') ?? '').split(' ').includes(name)
}
