import type { Audience } from '../../core/edition.ts'
import { canSee, ledgerVersion, type CellLine, type LedgerBook, type LedgerLine, type LedgerStatus, type LedgerView } from '../../core/ledger.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { VaultError } from './error.ts'
import { appendLines, beginLedger, createLedger, findLedgerBytes, hasHead, ledgerFile, loadLedger, type LedgerContent } from './ledger-file.ts'
import { withLock } from './lock.ts'
import { hashValue } from './secret.ts'
import type { Vault } from './vault.ts'

/** An open ledger. Other processes may append to it meanwhile; whoever writes reads that first. */
export interface Ledger {
  readonly vault: Vault
  readonly atlas: string
  /** What the person at the terminal should know about opening it. */
  readonly problems: readonly Problem[]
  /** What was read last, or `undefined` after a failed write. */
  content: LedgerContent | undefined
}

export interface LedgerOptions {
  readonly vault: Vault
  readonly atlas: string
  /** The person says that nothing was published before, or nothing that this ledger must know. */
  readonly firstEdition: boolean
  /** Whether a missing ledger is refused unless `firstEdition`. */
  readonly isRequired: boolean
  /** Ids of the atlas's editions that the store has published: a ledger that does not know them was replaced by an older one. */
  readonly publishedEditions: readonly string[]
  /** Writes nothing, and begins a missing ledger in memory only. */
  readonly isReadOnly?: boolean
}

/** What is written about a cell when it is published; the value only where it is printed. */
export interface LedgerEntry {
  readonly id: string
  readonly status: LedgerStatus
  readonly hash: string
  readonly value?: number
}

export interface PublicationEntry {
  readonly edition: string
  readonly audience: Audience
  /** Fingerprint of the rules. */
  readonly policy: string
  /** The editions that the clearance knew, as of `LedgerView.editions`. */
  readonly basis: readonly string[]
  /** As of `IntendedLine`. */
  readonly carried?: readonly string[]
  readonly cells: Iterable<LedgerEntry> | AsyncIterable<LedgerEntry>
}

/** What the store does and knows. */
export interface PublicationStore {
  readonly publish: () => Promise<unknown>
  /** `draft` is the one answer that says it was never published; `undefined` where the edition is not known at all. */
  readonly findState: (edition: string) => Promise<string | undefined>
}

/**
 * Opens and checks the ledger of an atlas, or begins one where that is allowed.
 *
 * @throws VaultError vault-ledger-…, vault-locked
 */
export async function openLedger (options: LedgerOptions): Promise<Ledger> {
  const { vault, atlas, firstEdition, publishedEditions, isReadOnly = false } = options
  const read = async (): Promise<Ledger> => {
    const isThere = await findLedgerBytes(vault.folder) !== undefined
    if (!isThere) return await startLedger(options)
    const content = await loadLedger(vault, atlas)
    checkKnows(content, publishedEditions, vault)
    const problems = firstEdition && !isReadOnly ? [problem('vault-ledger-exists', { file: ledgerFile(vault.folder) })] : []
    return { vault, atlas, problems, content }
  }
  // Whoever only reads needs no lock: half a write lies behind the head.
  return isReadOnly ? await read() : await withLock(vault.folder, read)
}

async function startLedger ({ vault, atlas, firstEdition, isRequired, publishedEditions, isReadOnly }: LedgerOptions): Promise<Ledger> {
  const place = { file: ledgerFile(vault.folder) }
  // The head outlives no ledger by chance, and the flag is typed too easily.
  if (await hasHead(vault.folder)) throw new VaultError('vault-ledger-lost', place)
  if (isRequired && !firstEdition) throw new VaultError('vault-ledger-missing', place, { atlas })
  const start = { line: 'ledger', version: ledgerVersion, atlas, secret: vault.secretId, at: now(), earlier: [...publishedEditions] } as const
  const content = isReadOnly ? beginLedger(vault.secret, start) : await createLedger(vault, start)
  return { vault, atlas, problems: isReadOnly ? [] : [problem('vault-ledger-started', place, { atlas })], content }
}

/** The store and the ledger may not be of different days. */
function checkKnows ({ book }: LedgerContent, publishedEditions: readonly string[], { folder }: Vault): void {
  const known = new Set(book.start()!.earlier)
  for (const { edition, state } of book.listPublications()) if (state !== 'abandoned') known.add(edition)
  const unknown = publishedEditions.filter(edition => !known.has(edition))
  if (unknown.length > 0) throw new VaultError('vault-ledger-behind', { file: ledgerFile(folder) }, { editions: unknown.join(', ') })
}

/** What the ledger says for editions of an audience, as it was when it was opened or written last. */
export function ledgerView (ledger: Ledger, audience: Audience): LedgerView {
  const { book } = contentOf(ledger)
  return {
    audience,
    editions: listSeen(ledger, audience),
    findLedgerCells: id => book.findCells(audience, id),
    listCellIds: () => book.listCellIds(),
    listCarried: () => book.listCarried(audience),
    hashValue: (id, value) => hashValue(ledger.vault.secret, id, value),
  }
}

/** What was withdrawn was seen, and what is uncertain may have been. */
function listSeen (ledger: Ledger, audience: Audience): string[] {
  const seen = contentOf(ledger).book.listPublications().filter(({ audience: own, state }) => state !== 'abandoned' && canSee(audience, own))
  return [...new Set(seen.map(({ edition }) => edition))]
}

/**
 * Publishes an edition between two lines of the ledger: its cells are on the disk before anybody
 * can see them. A power cut in between leaves an intention, which counts until `reconcile` asked
 * the store. Where `publish` fails the store is asked at once: a failure may be of the answer only.
 *
 * @throws VaultError vault-ledger-moved if others published since the edition was cleared
 * @throws whatever `publish` throws
 */
export async function recordPublication (ledger: Ledger, publication: PublicationEntry, store: PublicationStore): Promise<void> {
  await withLock(ledger.vault.folder, async () => {
    await refresh(ledger)
    const { edition, audience, policy, carried = [] } = publication
    if (isSettled(ledger, edition)) {
      await store.publish()
      return
    }
    checkBasis(ledger, publication)
    await append(ledger, [{ line: 'intended', edition, audience, policy, at: now(), ...carried.length > 0 && { carried } }], newCells(contentOf(ledger).book, publication))
    try {
      await store.publish()
    } catch (error) {
      const state = await store.findState(edition).catch(() => undefined)
      if (state !== undefined) await settle(ledger, edition, state)
      throw error
    }
    await append(ledger, [{ line: 'published', edition, at: now() }])
  })
}

/** Published before: its cells are in the ledger, and a rollback or another publication adds nothing. */
function isSettled (ledger: Ledger, edition: string): boolean {
  return contentOf(ledger).book.listPublications().some(one => one.edition === edition && (one.state === 'published' || one.state === 'withdrawn'))
}

/** Two editions, each safe alone, may give away together what neither does. */
function checkBasis (ledger: Ledger, { edition, audience, basis }: PublicationEntry): void {
  const since = listSeen(ledger, audience).filter(seen => seen !== edition && !basis.includes(seen))
  if (since.length > 0) throw new VaultError('vault-ledger-moved', { file: ledgerFile(ledger.vault.folder) }, { edition, since: since.join(', ') })
}

/** Only what this audience's editions did not decide in the same way before. */
async function * newCells (book: LedgerBook, { edition, audience, policy, cells }: PublicationEntry): AsyncGenerator<CellLine> {
  for await (const { id, status, hash, value } of cells) {
    const own = book.findOwn(audience, id)
    if (own?.status === status && own.hash === hash) continue
    yield { line: 'cell', id, edition, status, hash, ...(status === 'P' && value !== undefined ? { value } : {}), policy }
  }
}

/**
 * Finishes what a power cut left open: the store knows whether an edition was published. Where it
 * does not know the edition at all it counts as published, for somebody may have seen it.
 *
 * @returns a note per edition
 * @throws whatever `findState` throws; the ledger then stays as it is, and the intention counts
 */
export async function reconcile (ledger: Ledger, findState: PublicationStore['findState']): Promise<Problem[]> {
  if (listOpen(ledger).length === 0) return []
  return await withLock(ledger.vault.folder, async () => {
    await refresh(ledger)
    const problems: Problem[] = []
    for (const edition of listOpen(ledger)) {
      const outcome = await settle(ledger, edition, await findState(edition))
      problems.push(problem(outcome, { file: ledgerFile(ledger.vault.folder) }, { edition }))
    }
    return problems
  })
}

function listOpen (ledger: Ledger): string[] {
  return [...new Set(contentOf(ledger).book.listPublications().filter(({ state }) => state === 'intended').map(({ edition }) => edition))]
}

async function settle (ledger: Ledger, edition: string, state: string | undefined): Promise<'vault-abandoned' | 'vault-presumed' | 'vault-completed'> {
  if (state === 'draft') {
    await append(ledger, [{ line: 'abandoned', edition, at: now() }])
    return 'vault-abandoned'
  }
  await append(ledger, [{ line: 'published', edition, at: now(), ...(state === undefined ? { presumed: true } : {}) }])
  return state === undefined ? 'vault-presumed' : 'vault-completed'
}

/** Notes that an edition was withdrawn. Its cells stay known: readers keep what they saw. */
export async function recordWithdrawal (ledger: Ledger, edition: string, reason: string): Promise<void> {
  await withLock(ledger.vault.folder, async () => {
    await refresh(ledger)
    // Published before there was a ledger: nothing is known of it that could be noted.
    if (!contentOf(ledger).book.listPublications().some(one => one.edition === edition)) return
    await append(ledger, [{ line: 'withdrawn', edition, at: now(), reason }])
  })
}

/** Freigabe: lets later editions print cells that earlier ones suppressed, if their audit allows it. */
export async function recordRelease (
  ledger: Ledger, release: { readonly cells: readonly string[], readonly audience: Audience, readonly by: string, readonly reason: string },
): Promise<void> {
  const { cells, audience, by, reason } = release
  await withLock(ledger.vault.folder, async () => {
    await refresh(ledger)
    await append(ledger, cells.map(id => ({ line: 'released', id, audience, at: now(), by, reason })))
  })
}

/** Editions that somebody published or tried to; abandoned ones are as good as drafts. */
export function listLedgerEditions (ledger: Ledger): string[] {
  return contentOf(ledger).book.listPublications().filter(({ state }) => state !== 'abandoned').map(({ edition }) => edition)
}

/** Takes up what other processes appended; to be called under the lock. */
async function refresh (ledger: Ledger): Promise<void> {
  const { vault, atlas } = ledger
  if (ledger.content && await findLedgerBytes(vault.folder) === ledger.content.end.bytes) return
  ledger.content = await loadLedger(vault, atlas)
}

async function append (ledger: Ledger, lines: readonly LedgerLine[], more: AsyncIterable<LedgerLine> = none()): Promise<void> {
  const content = contentOf(ledger)
  // Until it is on the disk, what is in memory is worth nothing.
  ledger.content = undefined
  const end = await appendLines(ledger.vault.folder, content, chain(lines, more))
  ledger.content = { book: content.book, end }
}

async function * chain (lines: readonly LedgerLine[], more: AsyncIterable<LedgerLine>): AsyncGenerator<LedgerLine> {
  yield * lines
  yield * more
}

async function * none (): AsyncGenerator<LedgerLine> {}

function contentOf ({ content }: Ledger): LedgerContent {
  if (!content) throw new Error('the ledger must be read again after a failed write')
  return content
}

function now (): string {
  return new Date().toISOString()
}
