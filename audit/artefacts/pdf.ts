import { inflateSync } from 'node:zlib'

/**
 * Lines of text of a PDF, as far as they can be read without its fonts: streams are inflated, text operators are
 * followed, glyph codes go through `ToUnicode` maps. Text whose codes cannot be resolved comes out as it stands.
 * What is drawn as pictures or outlines is not found here.
 */
export function readPdfLines (bytes: Uint8Array): string[] {
  const streams = [...streamsOf(bytes)]
  const glyphs = new Map<string, string>()
  for (const stream of streams) for (const [code, text] of glyphsOf(stream)) glyphs.set(code, text)
  return streams.filter(stream => /\bBT\b/.test(stream)).flatMap(stream => linesOf(stream, glyphs))
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

/** Text that is shown without a move to another line in between. */
function linesOf (stream: string, glyphs: ReadonlyMap<string, string>): string[] {
  const lines: string[] = []
  let line = ''
  const flush = () => {
    if (line.trim() !== '') lines.push(line.trim())
    line = ''
  }
  for (const [token] of stream.matchAll(/\((?:[^()\\]|\\[\s\S])*\)|<[0-9a-fA-F\s]*>|\[|\]|[-+.\d]+(?=[\s\]([<])|[A-Za-z'"*]+/g)) {
    if (token.startsWith('(')) line += fromLiteral(token.slice(1, -1))
    else if (token.startsWith('<')) line += fromHex(token.slice(1, -1).replaceAll(/\s/g, '').toLowerCase(), glyphs)
    else if (['Td', 'TD', 'T*', 'Tm', "'", '"', 'BT', 'ET'].includes(token)) flush()
  }
  flush()
  return lines
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function fromLiteral (text: string): string {
  return text.replaceAll(/\\(?:([0-7]{1,3})|(\r?\n)|([\s\S]))/g, (_, octal?: string, lineEnd?: string, character?: string) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8))
    return lineEnd !== undefined ? '' : escapes[character!] ?? character!
  })
}

/** Two bytes per glyph where the font has such codes, else one. */
function fromHex (hex: string, glyphs: ReadonlyMap<string, string>): string {
  const wide = hex.match(/.{4}/g) ?? []
  if (hex.length % 4 === 0 && wide.every(code => glyphs.has(code))) return wide.map(code => glyphs.get(code)!).join('')
  return (hex.match(/.{2}/g) ?? []).map(code => glyphs.get(code) ?? String.fromCharCode(parseInt(code, 16))).join('')
}
