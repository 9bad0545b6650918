import { inflateSync } from 'node:zlib'

/**
 * Lines of text of a PDF, as far as they can be read without the outlines of its fonts: streams are inflated, text operators are
 * followed, glyph codes go through the `ToUnicode` map of the font they are set in. Text whose codes cannot be resolved comes out
 * as it stands. What is drawn as pictures or outlines is not found here.
 */
export function readPdfLines (bytes: Uint8Array): string[] {
  const streams = [...streamsOf(bytes)]
  const fonts = fontsOf(bytes)
  const all: Glyphs = new Map(streams.flatMap(stream => [...glyphsOf(stream)]))
  return streams.filter(stream => /\bBT\b/.test(stream)).flatMap(stream => linesOf(stream, fonts, all))
}

/** Characters by hex code. */
type Glyphs = ReadonlyMap<string, string>

/** Glyph maps by the name under which pages use a font. */
function fontsOf (bytes: Uint8Array): ReadonlyMap<string, Glyphs> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const objects = new Map([...text.matchAll(/(?:^|\s)(\d+) \d+ obj\b/g)].map(match => [match[1]!, match.index]))
  const objectOf = (number: string) => text.slice(objects.get(number) ?? text.length, text.indexOf('endobj', objects.get(number) ?? text.length))
  const fonts = new Map<string, Glyphs>()
  for (const [, list] of text.matchAll(/\/Font\s*<<([^>]*)>>/g)) {
    for (const [, name, font] of list!.matchAll(/\/(\S+)\s+(\d+)\s+\d+\s+R/g)) {
      const map = /\/ToUnicode\s+(\d+)\s+\d+\s+R/.exec(objectOf(font!))?.[1]
      if (map === undefined) continue
      const [stream = ''] = streamsOf(Buffer.from(`${objectOf(map)}`, 'latin1'))
      fonts.set(name!, new Map([...fonts.get(name!) ?? [], ...glyphsOf(stream)]))
    }
  }
  return fonts
}

/** Every stream, inflated where it is deflated, one character per byte. */
export function * streamsOf (bytes: Uint8Array): Generator<string> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  for (const match of text.matchAll(/stream\r?\n/g)) {
    if (text.slice(match.index - 3, match.index) === 'end') continue
    const start = match.index + match[0].length
    const end = text.indexOf('endstream', start)
    if (end === -1) continue
    const raw = bytes.subarray(start, end)
    try {
      yield inflateSync(raw, { finishFlush: 2 }).toString('latin1')
    } catch {
      yield text.slice(start, end)
    }
  }
}

/** Codes of a font and their characters, from the `bfchar` and `bfrange` lists of a ToUnicode map. */
function * glyphsOf (stream: string): Generator<[code: string, text: string]> {
  for (const [, list] of stream.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code, text] of list!.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g)) yield [code!.toLowerCase(), fromUtf16(text!)]
  }
  for (const [, list] of stream.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, text] of list!.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g)) {
      const [first, last, start] = [parseInt(from!, 16), parseInt(to!, 16), parseInt(text!, 16)]
      for (let code = first; code <= Math.min(last, first + 0xFFFF); code++) {
        yield [code.toString(16).padStart(from!.length, '0'), fromUtf16((start + code - first).toString(16).padStart(text!.length, '0'))]
      }
    }
  }
}

function fromUtf16 (hex: string): string {
  return String.fromCharCode(...(hex.match(/.{1,4}/g) ?? []).map(unit => parseInt(unit, 16)))
}

/** Text that is shown without a move to another line in between; last what screen readers are told instead of glyphs. */
function linesOf (stream: string, fonts: ReadonlyMap<string, Glyphs>, all: Glyphs): string[] {
  const [lines, spoken]: [string[], string[]] = [[], []]
  let [line, name, glyphs] = ['', '', all]
  const flush = () => {
    if (line.trim() !== '') lines.push(line.trim())
    line = ''
  }
  for (const [token] of stream.matchAll(tokens)) {
    if (token.startsWith('/')) name = token.slice(1)
    else if (token === 'Tf') glyphs = fonts.get(name) ?? all
    else if (name === 'ActualText' && /^[(<]/.test(token)) {
      spoken.push(fromText(token))
      name = ''
    } else if (token.startsWith('(')) line += fromShown(fromLiteral(token.slice(1, -1)), glyphs)
    else if (token.startsWith('<')) line += fromHex(hexOf(token), glyphs)
    else if (['Td', 'TD', 'T*', 'Tm', "'", '"', 'BT', 'ET'].includes(token)) flush()
  }
  flush()
  return [...lines, ...spoken.filter(text => text.trim() !== '')]
}

/** Brackets stand in a literal string as they are where each has its other one, so they nest. */
const plain = String.raw`[^()\\]|\\[\s\S]`
const literal = [1, 2, 3].reduce(inner => String.raw`${plain}|\((?:${inner})*\)`, plain)

const tokens = new RegExp(String.raw`\((?:${literal})*\)|<[0-9a-fA-F\s]*>|/[^\s/<>[\]()]+|\[|\]|[-+.\d]+(?=[\s\]([<])|[A-Za-z'"*]+`, 'g')

function hexOf (token: string): string {
  return token.slice(1, -1).replaceAll(/\s/g, '').toLowerCase()
}

/** Bytes of a literal string: glyph codes of two bytes where the font has such, else characters. */
function fromShown (text: string, glyphs: Glyphs): string {
  const hex = Buffer.from(text, 'latin1').toString('hex')
  const wide = hex.match(/.{4}/g) ?? []
  return hex.length % 4 === 0 && wide.length > 0 && wide.every(code => glyphs.has(code)) ? fromHex(hex, glyphs) : text
}

/** A text string, which is UTF-16 where it begins with a byte order mark. */
function fromText (token: string): string {
  const hex = token.startsWith('<') ? hexOf(token) : Buffer.from(fromLiteral(token.slice(1, -1)), 'latin1').toString('hex')
  return hex.startsWith('feff') ? fromUtf16(hex.slice(4)) : Buffer.from(hex, 'hex').toString('latin1')
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function fromLiteral (text: string): string {
  return text.replaceAll(/\\(?:([0-7]{1,3})|(\r?\n)|([\s\S]))/g, (_, octal?: string, lineEnd?: string, character?: string) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8))
    return lineEnd !== undefined ? '' : escapes[character!] ?? character!
  })
}

/** Two bytes per glyph where the font has such codes, else one. */
function fromHex (hex: string, glyphs: Glyphs): string {
  const wide = hex.match(/.{4}/g) ?? []
  if (hex.length % 4 === 0 && wide.every(code => glyphs.has(code))) return wide.map(code => glyphs.get(code)!).join('')
  return (hex.match(/.{2}/g) ?? []).map(code => glyphs.get(code) ?? String.fromCharCode(parseInt(code, 16))).join('')
}
