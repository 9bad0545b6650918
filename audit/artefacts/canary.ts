import type { ArtefactFormat } from './artefact.ts'
import type { Facts } from './facts.ts'
import type { Judge } from './judge.ts'
import { gunzipSync } from 'node:zlib'
import { unzipSync, strFromU8 } from 'fflate'
import { drawingAttributes } from './drawing.ts'
import { report } from './judge.ts'
import { descendants, parseMarkup } from './markup.ts'
import { copyText, decodePercent, hasDigit } from './number-text.ts'
import { readPdfLines, streamsOf } from './pdf.ts'
import { readTile } from './tile.ts'

/** True values of unprinted cells by `cellId`, from the memory of a build. Never written anywhere. */
export type SecretCells = ReadonlyMap<string, number>

/** What a search looks for, and what it has looked through. */
export interface Canary {
  /** Cell by the number that would give it away. */
  readonly numbers: ReadonlyMap<number, string>
  /** Secrets that cannot be searched for: too short, or equal to something printed. */
  readonly unsearchable: number
  /** Texts that were searched; pages repeat most of what they say. */
  readonly searched: Set<string>
}

/** A number of fewer digits stands somewhere by chance; such cells are guarded where they are named. */
const distinctiveDigits = 4
const searchedLimit = 200_000

/** Prepares the search: every distinctive secret with the digits it may be rounded to, minus what is printed anyway. */
export function makeCanary (secrets: SecretCells, { edition, words }: Facts): Canary {
  const numbers = new Map<number, string>()
  for (const [cell, value] of secrets) for (const form of formsOf(value)) if (!numbers.has(form)) numbers.set(form, cell)
  const forget = (value: number) => { for (const form of formsOf(value)) numbers.delete(form) }
  for (const { values, classes, between = [] } of edition.series) {
    for (const row of values) for (const value of row) if (value !== null) forget(value)
    classes.breaks.forEach(forget)
    for (const row of between) for (const pair of row) pair?.forEach(forget)
  }
  for (const { value } of (edition.references ?? []).flatMap(({ values }) => values)) forget(value)
  // Years and round numbers stand in labels and definitions anyway; any other number there is no accident.
  for (const word of words) for (const number of readNumbers(word)) if ((number >= 1900 && number <= 2100) || number % 100 === 0) numbers.delete(number)
  const searchable = new Set(numbers.values())
  return { numbers, unsearchable: [...secrets.keys()].filter(cell => !searchable.has(cell)).length, searched: new Set() }
}

function formsOf (value: number): number[] {
  const size = Math.abs(value)
  const forms = Number.isInteger(size) ? [size] : [size, ...[1, 2, 3, 4, 5, 6].map(digits => Number(size.toFixed(digits)))]
  return forms.filter(form => String(form).replaceAll(/\D/g, '').replace(/^0+/, '').length >= distinctiveDigits)
}

/** Looks through everything an artefact says, shown or not. */
export function searchArtefact (judge: Judge, canary: Canary, format: ArtefactFormat, bytes: Uint8Array): void {
  if (canary.numbers.size === 0) return
  for (const piece of piecesOf(format, bytes)) {
    if (typeof piece === 'number') searchNumber(judge, canary, Math.abs(piece), String(piece))
    else if (hasDigit(piece) && !canary.searched.has(piece) && !isAssetLink(judge.toPath(piece))) {
      const before = judge.findingCount
      searchText(judge, canary, piece)
      // A text with a finding is searched again on the next page: each place counts.
      if (judge.findingCount === before && canary.searched.size < searchedLimit) canary.searched.add(copyText(piece))
    }
  }
}

/** Scripts and styles lie under the hash of their content, which is no figure. */
function isAssetLink (path: string): boolean {
  return /^\/assets\/[a-z0-9]+\/[a-z0-9.-]+$/.test(path)
}

function searchText (judge: Judge, canary: Canary, text: string): void {
  for (const form of new Set([text, decodePercent(text), ...dataOf(text)])) {
    for (const number of readNumbers(form)) searchNumber(judge, canary, number, form)
  }
}

function searchNumber (judge: Judge, { numbers }: Canary, number: number, text: string): void {
  const cell = numbers.get(number)
  if (cell !== undefined) report(judge, 'A1', 'secret-found', text, cell)
}

/** Numbers that a text may mean, in every notation: 1234, 1.234, 1,234, 1 234, 12,34; also as parts of a list. */
export function readNumbers (text: string): number[] {
  const found = new Set<number>()
  for (const [run] of text.matchAll(/\d[\d.,'\u2019\u00A0\u202F ]*/g)) {
    if (run.length < distinctiveDigits) continue
    const whole = run.replaceAll(/['\u2019\u00A0\u202F ]/g, '').replace(/[.,]+$/, '')
    const readings = [whole, whole.replaceAll('.', ''), whole.replaceAll(',', ''), whole.replaceAll(/[.,]/g, ''), whole.replaceAll('.', '').replace(',', '.'), whole.replaceAll(',', '.')]
    const parts = run.split(/[\s,\u00A0\u202F]+/).flatMap(part => [part, part.replace(/\.$/, '')])
    for (const reading of [...readings, ...parts]) {
      const number = Number(reading)
      if (reading !== '' && Number.isFinite(number)) found.add(number)
    }
  }
  return [...found]
}

/** Contents of `data:` addresses. */
function dataOf (text: string): string[] {
  return [...text.matchAll(/data:[^,;"']*(;base64)?,([\w+/=%.~-]+)/g)].map(([, isBase64, content]) =>
    isBase64 ? Buffer.from(content!, 'base64').toString('latin1') : decodePercent(content!))
}

function * piecesOf (format: ArtefactFormat, bytes: Uint8Array): Generator<string | number> {
  if (bytes[0] === 0x1F && bytes[1] === 0x8B) {
    yield * piecesOf(format, gunzipSync(bytes))
    return
  }
  switch (format) {
    case 'html':
    case 'svg': yield * markupPieces(toText(bytes)); break
    case 'json': yield * jsonPieces(toText(bytes)); break
    case 'csv': for (const field of toText(bytes).split(/[;\r\n]/)) yield field; break
    case 'mvt': yield * tilePieces(bytes); break
    case 'sheet':
    case 'text-document': yield * archivePieces(bytes); break
    case 'pdf':
      yield * readPdfLines(bytes)
      for (const stream of streamsOf(bytes)) for (const [text] of stream.matchAll(/\((?:[^()\\]|\\[\s\S])*\)/g)) yield text
      break
    case 'asset': break // the same for every atlas
    case 'unreadable': yield toText(bytes)
  }
}

function * markupPieces (text: string): Generator<string | number> {
  const { root, comments } = parseMarkup(text)
  yield * comments
  for (const element of descendants(root)) {
    for (const [name, value] of element.attributes) if (!drawingAttributes.has(name)) yield value
    for (const child of element.children) {
      if (typeof child !== 'string') continue
      if (element.tag === 'script') yield * jsonPieces(child)
      else yield child
    }
  }
}

/** Keys, texts and numbers; places on the map are no figures. */
function * jsonPieces (text: string): Generator<string | number> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    yield text
    return
  }
  yield * valuePieces(value)
}

const places = new Set(['coordinates', 'arcs', 'bbox', 'bounds', 'transform', 'r'])

function * valuePieces (value: unknown): Generator<string | number> {
  if (typeof value === 'string' || typeof value === 'number') yield value
  else if (Array.isArray(value)) for (const part of value) yield * valuePieces(part)
  else if (value !== null && typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) {
      yield key
      if (!places.has(key)) yield * valuePieces(part)
    }
  }
}

function * tilePieces (bytes: Uint8Array): Generator<string | number> {
  for (const { keys, features, unused } of readTile(bytes)) {
    yield * keys
    for (const value of unused) if (typeof value !== 'boolean') yield value
    for (const { tags } of features) for (const [key, value] of tags) if (typeof value !== 'boolean' && key !== 'r') yield value
  }
}

function * archivePieces (bytes: Uint8Array): Generator<string | number> {
  for (const [name, content] of Object.entries(unzipSync(bytes))) if (/\.(xml|rels)$/.test(name)) yield * markupPieces(strFromU8(content))
}

function toText (bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
