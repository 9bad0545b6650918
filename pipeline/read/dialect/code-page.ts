import { isUtf8 } from 'node:buffer'

/** The code page in which the words of a text make sense, or two with a word of each. */
export type CodePageGuess = { readonly encoding: string } | { readonly either: readonly [CodePageWord, CodePageWord] } | undefined

export interface CodePageWord {
  readonly encoding: string
  /** As bytes of ISO 8859-1: what stands around the letter. */
  readonly bytes: string
  /** From 1. */
  readonly line: number
}

/**
 * The code page of a text that is neither marked nor UTF-8, by where German letters stand within words: in `S\x81dfeld` the byte is
 * an ü only for programs of the time before Windows. Undefined where no word tells, and for UTF-8.
 */
export function detectCodePage (bytes: Uint8Array): CodePageGuess {
  const wide = detectUtf16(bytes)
  if (wide !== undefined) return { encoding: wide }
  if (isMarked(bytes) || isUtf8(bytes)) return undefined
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const [first, second] = pages.flatMap(({ encoding, letters }) => findWord(text, encoding, letters))
  if (first === undefined) return findWord(text, 'cp850', rarerLetters).map(({ encoding }) => ({ encoding }))[0]
  return second === undefined ? { encoding: first.encoding } : { either: [first, second] }
}

/** Bytes that are `ä ö ü` (windows-1252 also `ß Ä Ö Ü`) within words of one code page, and in no word of another. */
const pages = [
  { encoding: 'windows-1252', letters: /[A-Za-z][\xe4\xf6\xfc\xdf](?=[a-z;,"\s])|(?<![A-Za-z\x80-\xff])[\xc4\xd6\xdc](?=[a-z])/ },
  { encoding: 'cp850', letters: /[A-Za-z][\x84\x94\x81](?=[a-z])/ },
  { encoding: 'macroman', letters: /[a-z][\x8a\x9f\xa7](?=[a-z])/ },
] as const

/** `ß Ä Ö Ü` of DOS are `á Ž ™ š` of Windows, which stand in foreign names: they only count where no other word tells. */
const rarerLetters = /[a-z]\xe1(?=[a-z])|(?<![A-Za-z\x80-\xff])[\x8e\x99\x9a](?=[a-z])/

function findWord (text: string, encoding: string, letters: RegExp): CodePageWord[] {
  const found = letters.exec(text)
  if (found === null) return []
  const line = text.slice(0, found.index).split('\n').length
  const start = found.index - /[^\s;,"]*$/.exec(text.slice(Math.max(0, found.index - 20), found.index))![0].length
  return [{ encoding, bytes: /^[^\s;,"]*/.exec(text.slice(start, start + 40))![0], line }]
}

function isMarked (bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}

/** UTF-16 without a mark: nearly every second byte of a German text is zero. */
export function detectUtf16 (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const start = bytes.subarray(0, 512)
  if (start.length < 4 || start.length % 2 !== 0 || isMarked(bytes)) return undefined
  const zeros = (parity: number) => start.filter((byte, index) => byte === 0 && index % 2 === parity).length
  const [even, odd] = [zeros(0), zeros(1)]
  if (even === 0 && odd > start.length * 0.4) return 'utf-16le'
  return odd === 0 && even > start.length * 0.4 ? 'utf-16be' : undefined
}
