import iconv from 'iconv-lite'
import { isUtf8 } from 'node:buffer'

/** Bytes of a text file, read as text. */
export interface DecodedText {
  readonly text: string
  /** `utf-8`, `windows-1252`, `cp850`, … */
  readonly encoding: string
  /** First undecodable place of each line that has one; in `text` it stands as U+FFFD. */
  readonly faults: readonly UndecodableBytes[]
}

export interface UndecodableBytes {
  /** From 1. */
  readonly line: number
  /** Hexadecimal, `FC 62`. */
  readonly bytes: string
}

/**
 * The text without its byte order mark.
 *
 * A byte order mark wins over what was stated, because it stands in the file itself; without either,
 * valid UTF-8 is UTF-8 (other German text practically never is) and the rest windows-1252.
 *
 * @param stated a name that `findEncoding` returned
 */
export function decodeText (bytes: Uint8Array, stated?: string): DecodedText {
  const encoding = markedEncoding(bytes) ?? stated ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252')
  const text = decodeAs(bytes, encoding)
  return { text, encoding, faults: encoding === 'utf-8' ? listInvalidUtf8(bytes) : listReplaced(text, encoding) }
}

/** Bytes without byte order mark, in an encoding that `findEncoding` knows; what cannot be read becomes U+FFFD. */
export function decodeAs (bytes: Uint8Array, encoding: string): string {
  return encoding === 'utf-8' ? new TextDecoder('utf-8').decode(bytes) : iconv.decode(bytes, encoding as 'cp1252')
}

/**
 * The encoding a person or a `.cpg` file means by `UTF8`, `ANSI 1252`, `OEM 850`, `ISO 8859-1`, `1252`, `65001`;
 * undefined for a name nobody knows. ISO 8859-1 is read as windows-1252, as browsers do: the
 * difference are control characters that no table contains.
 */
export function findEncoding (name: string): string | undefined {
  const key = name.trim().toLowerCase().replaceAll(/[\s_-]/g, '').replace(/^(ansi|oem|codepage)(?=\d)/, '')
  const known = names.get(key)
  if (known !== undefined) return known
  const codePage = /^(?:cp|windows|ibm|dos)?(\d{3,4})$/.exec(key)?.[1]
  return codePage !== undefined && iconv.encodingExists(`cp${codePage}`) ? `cp${codePage}` : undefined
}

const names: ReadonlyMap<string, string> = new Map([
  ['utf-8', ['utf8', '65001', 'cp65001']],
  ['utf-16le', ['utf16', 'utf16le', 'unicode']],
  ['utf-16be', ['utf16be']],
  ['windows-1252', ['1252', 'cp1252', 'windows1252', 'ansi', 'latin1', 'iso88591', '88591', '8859', 'ascii', 'usascii']],
  ['iso-8859-15', ['iso885915', '885915', 'latin9']],
  ['macroman', ['macroman', 'macintosh']],
].flatMap(([encoding, keys]) => (keys as string[]).map(key => [key, encoding as string])))

function markedEncoding (bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
}

function listInvalidUtf8 (bytes: Uint8Array): UndecodableBytes[] {
  if (isUtf8(bytes)) return []
  const faults: UndecodableBytes[] = []
  let line = 1
  for (let start = 0; start <= bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline === -1 ? bytes.length : newline
    const content = bytes.subarray(start, end)
    if (!isUtf8(content)) faults.push({ line, bytes: formatBytes(content, invalidAt(content)) })
    start = end + 1
  }
  return faults
}

/** Index of the first byte that cannot be part of UTF-8: the shortest prefix that no continuation can save. */
function invalidAt (bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i]!
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    if (!isUtf8(bytes.subarray(i, i + length))) return i
    i += length
  }
  return 0
}

function formatBytes (bytes: Uint8Array, start: number): string {
  const shown = [...bytes.subarray(start, start + 3)]
  return shown.map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}

/** Places the decoder had to replace; iconv-lite answers U+FFFD for bytes that a code page leaves undefined. */
function listReplaced (text: string, encoding: string): UndecodableBytes[] {
  if (!text.includes('\ufffd')) return []
  const undefinedBytes = listUndefinedBytes(encoding)
  return text.split('\n').flatMap((content, i) => content.includes('\ufffd') ? [{ line: i + 1, bytes: undefinedBytes }] : [])
}

/** Which bytes the code page leaves undefined, `81 8D 8F 90 9D` for windows-1252. */
function listUndefinedBytes (encoding: string): string {
  if (encoding.startsWith('utf-16')) return 'D8–DF'
  const all = Uint8Array.from({ length: 128 }, (_, i) => 128 + i)
  const faulty = all.filter(byte => decodeAs(Uint8Array.of(byte), encoding) === '\ufffd')
  return formatBytes(faulty, 0)
}
