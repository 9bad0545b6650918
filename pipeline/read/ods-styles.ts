import { readXml, type Attributes } from './xml.ts'

/** What the styles of an OpenDocument table say about the meaning of its cells. */
export interface OdsStyles {
  /** Of a cell style, through the styles it is derived from; `''` for a plain number. */
  readonly formatOf: (style: string) => string
  /** Steps by which text of a cell style is indented. */
  readonly indentOf: (style: string) => number
  /** Whether a table style hides its sheet. */
  readonly isHidden: (style: string) => boolean
}

/** A step of indentation, 10 points, in millimetres: what spreadsheets make of the steps of Excel. */
const stepMillimetres = 3.53

interface StyleEntry {
  readonly parent: string | undefined
  readonly dataStyle: string | undefined
  indent?: number
}

/** Reads the styles of `styles.xml` and `content.xml`; those of the latter win. @throws XmlError */
export function readOdsStyles (texts: readonly string[]): OdsStyles {
  const styles = new Map<string, StyleEntry>()
  const formats = new Map<string, string>()
  const hidden = new Set<string>()
  for (const text of texts) readXml(text, styleHandler(styles, formats, hidden))

  const find = <Found>(name: string, pick: (entry: StyleEntry) => Found | undefined): Found | undefined => {
    let entry = styles.get(name)
    // Derived styles are a few levels deep; a circle must not hold us.
    for (let level = 0; entry !== undefined && level < 10; level++) {
      const found = pick(entry)
      if (found !== undefined) return found
      entry = entry.parent === undefined ? undefined : styles.get(entry.parent)
    }
    return undefined
  }
  return {
    formatOf: name => formats.get(find(name, ({ dataStyle }) => dataStyle) ?? '') ?? '',
    indentOf: name => find(name, ({ indent }) => indent) ?? 0,
    isHidden: name => hidden.has(name),
  }
}

function styleHandler (styles: Map<string, StyleEntry>, formats: Map<string, string>, hidden: Set<string>): Parameters<typeof readXml>[1] {
  let current: { readonly name: string, readonly entry: StyleEntry } | undefined
  let dataStyle: string | undefined
  return {
    open (tag, attributes) {
      const name = attributes.get('style:name')
      if (tag === 'style:style' && name !== undefined) {
        current = { name, entry: { parent: attributes.get('style:parent-style-name'), dataStyle: attributes.get('style:data-style-name') } }
        styles.set(name, current.entry)
      }
      if (tag === 'number:number-style') dataStyle = name
      if (tag === 'number:number' && dataStyle !== undefined) formats.set(dataStyle, formatOf(attributes))
      if (tag === 'style:paragraph-properties' && current !== undefined) {
        const indent = stepsOf(attributes.get('fo:margin-left'))
        if (indent !== undefined) current.entry.indent = indent
      }
      if (tag === 'style:table-properties' && current !== undefined && attributes.get('table:display') === 'false') hidden.add(current.name)
    },
    close (tag) {
      if (tag === 'style:style') current = undefined
      if (tag === 'number:number-style') dataStyle = undefined
    },
    text () {},
  }
}

/** `0000` for whole numbers with leading zeros, else `''`: nothing else of a number style changes the meaning. */
function formatOf (attributes: Attributes): string {
  const digits = Number(attributes.get('number:min-integer-digits') ?? 0)
  const decimals = Number(attributes.get('number:decimal-places') ?? 0)
  return decimals === 0 && digits >= 2 && digits <= 30 && attributes.get('number:grouping') !== 'true' ? '0'.repeat(digits) : ''
}

function stepsOf (length: string | undefined): number | undefined {
  const [, digits, unit] = /^([\d.]+)(mm|cm|in|pt)$/.exec(length ?? '') ?? []
  if (digits === undefined || unit === undefined) return undefined
  const millimetres = Number(digits) * { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72 }[unit as 'mm']
  return Math.round(millimetres / stepMillimetres)
}
