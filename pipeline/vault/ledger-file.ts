import { createHmac, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat, truncate } from 'node:fs/promises'
import path from 'node:path'
import { createLedgerBook, ledgerVersion, type LedgerBook, type LedgerLine, type LedgerStart } from '../../core/ledger.ts'
import { VaultError } from './error.ts'
import { readLines } from './read-lines.ts'
import { isMissing } from './reports.ts'
import type { Secret } from './secret.ts'
import type { Vault } from './vault.ts'
import { writeVaultBytes } from './write-file.ts'

/*
 * `ledger.jsonl` is one JSON object per line. Each ends with a piece of the hash of itself and all
 * lines before it, so that an edited line is noticed; how far the file must reach at least stands in
 * `ledger.head`, so that a cut end is noticed. Only the piece is written: whoever has no secret
 * cannot continue the chain.
 */

/** Where the ledger ends. */
export interface LedgerEnd {
  readonly lines: number
  readonly bytes: number
  /** The whole hash of everything up to here. */
  readonly chain: string
}

/** What `ledger.head` says. */
interface Head {
  readonly lines: number
  readonly chain: string
  /** While hashes are being taken out: how far the ledger reached that is being replaced. */
  readonly before?: { readonly lines: number, readonly chain: string }
}

export interface LedgerContent {
  readonly book: LedgerBook
  readonly end: LedgerEnd
}

/** Digits of the chain that are written. */
const chainDigits = 12
const chainTail = ',"chain":"'.length + chainDigits + '"}'.length
/** Lines are read and written in parts of about this size; more is no faster and takes more memory. */
const readBytes = 1 << 18
const partCharacters = 1 << 18

export function ledgerFile (folder: string): string {
  return path.join(folder, 'ledger.jsonl')
}

function headFile (folder: string): string {
  return path.join(folder, 'ledger.head')
}

/** Cheap: whether somebody appended since. `undefined` where there is no ledger. */
export async function findLedgerBytes (folder: string): Promise<number | undefined> {
  return await stat(ledgerFile(folder)).then(({ size }) => size, () => undefined)
}

export async function hasHead (folder: string): Promise<boolean> {
  return await readHead(folder) !== undefined
}

/**
 * Reads and checks the whole ledger. What a power cut left of an unfinished write is behind the
 * head; `end` does not count half a line, and the next write begins there.
 *
 * @throws VaultError vault-ledger-other-atlas, -version, -other-secret, -edited, -truncated
 */
export async function loadLedger ({ folder, secret, secretId }: Vault, atlas: string): Promise<LedgerContent> {
  const file = ledgerFile(folder)
  const head = await readHead(folder)
  const book = createLedgerBook()
  let [lines, bytes, chain] = [0, 0, chainSeed(secret)]
  const ends = head === undefined ? [] : [head, ...head.before ? [head.before] : []]
  let isHeadMet = head === undefined
  for await (const { lines: texts, rest } of readLines(createReadStream(file, { highWaterMark: readBytes }))) {
    for (const text of texts) {
      lines++
      const body = `${text.slice(0, -chainTail)}}`
      const line = parseLine(body, file, lines)
      if (lines === 1) checkStart(line, { file, atlas, secretId })
      chain = nextChain(chain, body)
      if (text !== chained(body, chain)) throw new VaultError('vault-ledger-edited', { file, line: lines })
      addLine(book, line, file, lines)
      bytes += Buffer.byteLength(text) + 1
      const met = ends.filter(end => end.lines === lines)
      if (met.some(end => chain.startsWith(end.chain))) isHeadMet = true
      else if (met.length === ends.length && met.length > 0) throw new VaultError('vault-ledger-edited', { file: headFile(folder) })
    }
    if (texts.length === 0 && lines === 0 && rest.length > 0) checkStart(undefined, { file, atlas, secretId })
  }
  // Only while a ledger is made is there a first line and no head yet.
  if (head === undefined && lines > 1) throw new VaultError('vault-ledger-head-missing', { file: headFile(folder) })
  if (!isHeadMet || lines === 0) throw new VaultError('vault-ledger-truncated', { file }, { lines, expected: head?.lines ?? 1 })
  return { book, end: { lines, bytes, chain } }
}

/**
 * Writes the ledger anew without the hashes of some cells, and says so in a last line: the only time that lines change. A power cut
 * leaves the old ledger or the new one, and a head that knows both.
 *
 * @param isForgotten whether the value behind a cell is to be forgotten; asked for cells that were not printed
 * @param say the last line, given how many hashes are gone; nothing is written where there are none
 * @throws as `loadLedger`
 */
export async function rewriteLedger (vault: Vault, atlas: string, isForgotten: (cellId: string) => boolean, say: (hashes: number) => LedgerLine): Promise<number> {
  const { end } = await loadLedger(vault, atlas)
  const lines: LedgerLine[] = []
  let hashes = 0
  for await (const { lines: texts } of readLines(createReadStream(ledgerFile(vault.folder), { highWaterMark: readBytes, end: end.bytes - 1 }))) {
    for (const text of texts) {
      const line = JSON.parse(`${text.slice(0, -chainTail)}}`) as LedgerLine
      const isVoided = line.line === 'cell' && (line.status === 'S' || line.status === 'Q') && line.hash !== '' && isForgotten(line.id)
      if (isVoided) hashes++
      lines.push(isVoided ? { ...line, hash: '' } : line)
    }
  }
  if (hashes === 0) return 0
  const { text, reached } = chainUp(vault.secret, [...lines, say(hashes)])
  await writeVaultBytes(headFile(vault.folder), `${JSON.stringify({ ...headOf(reached), before: headOf(end) } satisfies Head)}\n`)
  await writeVaultBytes(ledgerFile(vault.folder), text)
  await writeHead(vault.folder, reached)
  return hashes
}

function chainUp (secret: Secret, lines: readonly LedgerLine[]): { readonly text: string, readonly reached: LedgerEnd } {
  let chain = chainSeed(secret)
  let text = ''
  for (const line of lines) {
    const body = JSON.stringify(line)
    chain = nextChain(chain, body)
    text += `${chained(body, chain)}\n`
  }
  return { text, reached: { lines: lines.length, bytes: Buffer.byteLength(text), chain } }
}

/** Begins a ledger; there must be none. */
export async function createLedger ({ folder, secret }: Vault, start: LedgerStart): Promise<LedgerContent> {
  const { book, end, text } = beginLedger(secret, start)
  await writeVaultBytes(ledgerFile(folder), text)
  await writeHead(folder, end)
  return { book, end }
}

/** A ledger that is nowhere but in memory. */
export function beginLedger (secret: Secret, start: LedgerStart): LedgerContent & { readonly text: string } {
  const book = createLedgerBook()
  book.add(start)
  const { text, reached } = chainUp(secret, [start])
  return { book, text, end: reached }
}

/**
 * Writes lines and waits until they are on the disk; then moves the head. If that fails the ledger
 * is as before.
 *
 * @returns the new end
 */
export async function appendLines (folder: string, { book, end }: LedgerContent, lines: Iterable<LedgerLine> | AsyncIterable<LedgerLine>): Promise<LedgerEnd> {
  const file = ledgerFile(folder)
  // What an unfinished write left behind.
  if (await findLedgerBytes(folder) !== end.bytes) await truncate(file, end.bytes)
  let { chain, lines: count, bytes } = end
  const handle = await open(file, 'a', 0o600)
  try {
    let part = ''
    const flush = async () => {
      const buffer = Buffer.from(part)
      await handle.writeFile(buffer)
      bytes += buffer.length
      part = ''
    }
    for await (const line of lines) {
      const body = JSON.stringify(line)
      chain = nextChain(chain, body)
      part += `${chained(body, chain)}\n`
      count++
      book.add(line)
      if (part.length > partCharacters) await flush()
    }
    await flush()
    await handle.sync()
  } catch (error) {
    await handle.truncate(end.bytes).catch(() => {})
    throw error
  } finally {
    await handle.close()
  }
  const reached = { lines: count, bytes, chain }
  await writeHead(folder, reached)
  return reached
}

async function writeHead (folder: string, end: LedgerEnd): Promise<void> {
  await writeVaultBytes(headFile(folder), `${JSON.stringify(headOf(end))}\n`)
}

function headOf ({ lines, chain }: LedgerEnd): Head {
  return { lines, chain: chain.slice(0, chainDigits) }
}

function chainSeed (secret: Secret): string {
  return createHmac('sha256', secret).update('sozialraum-atlas ledger').digest('hex')
}

function nextChain (chain: string, body: string): string {
  return hash('sha256', `${chain}\n${body}`)
}

function chained (body: string, chain: string): string {
  return `${body.slice(0, -1)},"chain":"${chain.slice(0, chainDigits)}"}`
}

function parseLine (body: string, file: string, line: number): LedgerLine {
  try {
    return JSON.parse(body) as LedgerLine
  } catch {
    throw new VaultError('vault-ledger-edited', { file, line })
  }
}

/** Tells first what a person can mix up; whether the line is genuine the chain tells. */
function checkStart (line: LedgerLine | undefined, { file, atlas, secretId }: { file: string, atlas: string, secretId: string }): void {
  const place = { file, line: 1 }
  if (line?.line !== 'ledger') throw new VaultError('vault-ledger-edited', place)
  if (line.version !== ledgerVersion) throw new VaultError('vault-ledger-version', place, { version: String(line.version), wanted: ledgerVersion })
  if (line.atlas !== atlas) throw new VaultError('vault-ledger-other-atlas', place, { found: line.atlas, atlas })
  if (line.secret !== secretId) throw new VaultError('vault-ledger-other-secret', place, { found: line.secret, secret: secretId })
}

function addLine (book: LedgerBook, line: LedgerLine, file: string, number: number): void {
  try {
    book.add(line)
  } catch (error) {
    if (error instanceof RangeError) throw new VaultError('vault-ledger-edited', { file, line: number }, {}, { cause: error })
    throw error
  }
}

async function readHead (folder: string): Promise<Head | undefined> {
  const file = headFile(folder)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  try {
    const { before, ...head } = JSON.parse(text) as Head
    if ([head, ...before ? [before] : []].every(isEnd)) return before ? { ...head, before } : head
  } catch {} // said below
  throw new VaultError('vault-ledger-edited', { file })
}

function isEnd ({ lines, chain }: Head): boolean {
  return Number.isInteger(lines) && lines > 0 && /^[0-9a-f]+$/.test(chain) && chain.length === chainDigits
}
