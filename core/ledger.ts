import type { Audience } from './edition.ts'

/**
 * The ledger: what was decided about every cell of every published edition. Readers keep what they
 * once saw, so a later edition must not undo by subtraction what an earlier one kept secret. It
 * only ever grows; what counts of it follows by replay, line after line.
 */

/** Raised whenever lines mean something else than before. */
export const ledgerVersion = 1

/** P printed, S suppressed, Z printed as zero, Q not offered for lack of quality. */
export type LedgerStatus = 'P' | 'S' | 'Z' | 'Q'

export const ledgerStatuses: readonly LedgerStatus[] = ['P', 'S', 'Z', 'Q']

export type LedgerLine = LedgerStart | CellLine | IntendedLine | PublishedLine | AbandonedLine | WithdrawnLine | ReleasedLine | ForgottenLine

/** The first line. */
export interface LedgerStart {
  readonly line: 'ledger'
  readonly version: number
  readonly atlas: string
  /** Which secret its hashes need; tells nothing about it. */
  readonly secret: string
  readonly at: string
  /** Editions that were published before there was a ledger, and about which it knows nothing. */
  readonly earlier: readonly string[]
}

/** One per cell and edition, but only where the cell was not decided in the same way before. */
export interface CellLine {
  readonly line: 'cell'
  /** As of `cellId`. */
  readonly id: string
  readonly edition: string
  readonly status: LedgerStatus
  /**
   * 16 hex digits over the id and the true value, so that a revision is noticed under a suppression too. Empty once the value was
   * forgotten: a small count could be found by trying.
   */
  readonly hash: string
  /** Only where it is printed. */
  readonly value?: number
  /** Fingerprint of the rules it was decided by. */
  readonly policy: string
}

/** Somebody is about to publish; the cells follow. */
export interface IntendedLine {
  readonly line: 'intended'
  readonly edition: string
  readonly audience: Audience
  readonly policy: string
  readonly at: string
  /** `indicator|period` of counts that it estimates from old areas without boundaries. */
  readonly carried?: readonly string[]
}

export interface PublishedLine {
  readonly line: 'published'
  readonly edition: string
  readonly at: string
  /** Where nobody could say whether it was published: then it counts as if it were. */
  readonly presumed?: true
}

/** It certainly was not published: its cells do not count. */
export interface AbandonedLine {
  readonly line: 'abandoned'
  readonly edition: string
  readonly at: string
}

/** Withdrawn, not forgotten: readers keep what they saw. */
export interface WithdrawnLine {
  readonly line: 'withdrawn'
  readonly edition: string
  readonly at: string
  readonly reason: string
}

/** Freigabe: from here on nothing written before forbids to print the cell for this audience. */
export interface ReleasedLine {
  readonly line: 'released'
  readonly id: string
  readonly audience: Audience
  readonly at: string
  /** Who answers for it. */
  readonly by: string
  readonly reason: string
}

/** The raw counts of a delivery were deleted, and with them the hashes of what was not printed of them. */
export interface ForgottenLine {
  readonly line: 'forgotten'
  readonly delivery: string
  readonly at: string
  readonly by: string
  /** How many hashes are gone. */
  readonly hashes: number
}

export interface Publication {
  readonly edition: string
  readonly audience: Audience
  readonly policy: string
  /** `intended` until it is known how it ended, and counts like a published one until then. */
  readonly state: 'intended' | 'published' | 'abandoned' | 'withdrawn'
  readonly carried: readonly string[]
}

/** What an earlier edition decided about a cell. */
export interface LedgerCell {
  readonly status: 'printed' | 'suppressed' | 'not-offered'
  /** Where printed. */
  readonly value?: number
  readonly hash: string
  readonly edition: string
}

/**
 * Whether an earlier edition may have decided about the same value. Where the value was forgotten nobody can tell any more, so it may.
 *
 * @param hash of the value now
 */
export function mayBeUnrevised (earlier: Pick<LedgerCell, 'hash'>, hash: string): boolean {
  return earlier.hash === hash || earlier.hash === ''
}

/** What the ledger means for the editions of one audience. */
export interface LedgerView {
  readonly audience: Audience
  /** Editions that its readers may have seen, oldest first; the basis on which a new one is cleared. */
  readonly editions: readonly string[]
  /** The last one has the say; empty for a cell that was never published. */
  readonly findLedgerCells: (cellId: string) => readonly LedgerCell[]
  /** `indicator|period` of counts that its readers saw estimated from old areas without boundaries. */
  readonly listCarried: () => ReadonlySet<string>
  /** All cells with an entry, also such that no delivery holds any more. */
  readonly listCellIds: () => Iterable<string>
  /** `null` for a value that its publisher did not tell us. */
  readonly hashValue: (cellId: string, value: number | null) => string
}

/** The ledger in memory. */
export interface LedgerBook {
  /** Takes the next line up. @throws RangeError for one that cannot stand here */
  readonly add: (line: LedgerLine) => void
  readonly start: () => LedgerStart | undefined
  /** Oldest first. */
  readonly listPublications: () => readonly Publication[]
  readonly listCellIds: () => Iterable<string>
  /** What editions that an audience sees estimate from old areas without boundaries. */
  readonly listCarried: (audience: Audience) => ReadonlySet<string>
  /** What counts for an audience, oldest first. */
  readonly findCells: (audience: Audience, cellId: string) => LedgerCell[]
  /** What editions of the audience itself said last about the cell, unless it was released since. */
  readonly findOwn: (audience: Audience, cellId: string) => { readonly status: LedgerStatus, readonly hash: string } | undefined
}

/**
 * Which editions the readers of an audience see: the internal ones see the public editions too.
 */
export function canSee (reader: Audience, audience: Audience): boolean {
  return reader === 'internal' || audience === 'public'
}

/** Rows; doubled whenever they are full. */
const firstCapacity = 1024

/**
 * An empty ledger in memory. Columns and one map, not objects: a large town has some hundred
 * thousand cells, and every build reads them all.
 */
export function createLedgerBook (): LedgerBook {
  let start: LedgerStart | undefined
  const publications: Array<{ -readonly [Key in keyof Publication]: Publication[Key] }> = []
  /** Position in `publications` of the last one of an edition. */
  const publicationOf = new Map<string, number>()
  /** Last row of a cell; `previous` leads to the ones before, −1 ends. */
  const lastRow = new Map<string, number>()
  let rows = 0
  let previous = new Int32Array(firstCapacity)
  let statuses = new Uint8Array(firstCapacity)
  let owners = new Int32Array(firstCapacity)
  let values = new Float64Array(firstCapacity)
  let hashHeads = new Uint32Array(firstCapacity)
  let hashTails = new Uint32Array(firstCapacity)
  /** Rows before this one no longer forbid anything, by audience and cell. */
  const releases = new Map<string, number>()

  const addCell = ({ id, edition, status, hash, value }: CellLine) => {
    const owner = publicationOf.get(edition)
    if (owner === undefined) throw new RangeError(`cell of edition ${edition}, which nobody intended to publish`)
    if (rows === previous.length) grow()
    const row = rows++
    previous[row] = lastRow.get(id) ?? -1
    statuses[row] = ledgerStatuses.indexOf(status)
    owners[row] = owner
    values[row] = status === 'Z' ? 0 : value ?? NaN
    hashHeads[row] = hash === '' ? 0 : Number.parseInt(hash.slice(0, 8), 16)
    hashTails[row] = hash === '' ? 0 : Number.parseInt(hash.slice(8), 16)
    lastRow.set(id, row)
  }
  const grow = () => {
    const capacity = 2 * rows
    previous = extend(previous, new Int32Array(capacity))
    statuses = extend(statuses, new Uint8Array(capacity))
    owners = extend(owners, new Int32Array(capacity))
    values = extend(values, new Float64Array(capacity))
    hashHeads = extend(hashHeads, new Uint32Array(capacity))
    hashTails = extend(hashTails, new Uint32Array(capacity))
  }
  const settle = (edition: string, state: Publication['state']) => {
    if (!publicationOf.has(edition)) throw new RangeError(`edition ${edition} was never intended to be published`)
    for (const publication of publications) {
      // A publication that was tried twice ends twice.
      if (publication.edition === edition && (publication.state === 'intended' || state === 'withdrawn') && publication.state !== 'abandoned') publication.state = state
    }
  }
  /** No hash is all zeros, but for one in 2^64. */
  const hashOf = (row: number) => hashHeads[row] === 0 && hashTails[row] === 0 ? '' : [hashHeads[row]!, hashTails[row]!].map(half => half.toString(16).padStart(8, '0')).join('')
  const counts = (row: number) => publications[owners[row]!]!.state !== 'abandoned'
  const isReleased = (row: number, audience: Audience, id: string) => row < (releases.get(`${audience} ${id}`) ?? 0)

  return {
    add (line) {
      if ((line.line === 'ledger') !== (start === undefined)) throw new RangeError('a ledger begins with its first line and has only one')
      switch (line.line) {
        case 'ledger': start = line; break
        case 'cell': addCell(line); break
        case 'intended':
          publicationOf.set(line.edition, publications.length)
          publications.push({ edition: line.edition, audience: line.audience, policy: line.policy, state: 'intended', carried: line.carried ?? [] })
          break
        case 'published':
        case 'abandoned':
        case 'withdrawn': settle(line.edition, line.line); break
        case 'forgotten': break // the hashes are gone already; it says why
        case 'released': releases.set(`${line.audience} ${line.id}`, rows); break
        default: throw new RangeError(`unknown line: ${String((line as { line: unknown }).line)}`)
      }
    },
    start: () => start,
    listPublications: () => publications,
    listCellIds: () => lastRow.keys(),
    listCarried: audience => new Set(publications.flatMap(({ audience: own, state, carried }) => state !== 'abandoned' && canSee(audience, own) ? carried : [])),
    findCells (audience, id) {
      const found: LedgerCell[] = []
      for (let row = lastRow.get(id) ?? -1; row !== -1; row = previous[row]!) {
        const { audience: own, edition } = publications[owners[row]!]!
        if (!counts(row) || !canSee(audience, own)) continue
        const status = ledgerStatuses[statuses[row]!]!
        const isPrinted = status === 'P' || status === 'Z'
        // What is kept from the public need not be kept from the others; and nobody learns anything from a dot.
        if (!isPrinted && (own !== audience || isReleased(row, audience, id))) continue
        found.push(isPrinted
          ? { status: 'printed', value: values[row]!, hash: hashOf(row), edition }
          : { status: status === 'S' ? 'suppressed' : 'not-offered', hash: hashOf(row), edition })
      }
      return found.reverse()
    },
    findOwn (audience, id) {
      for (let row = lastRow.get(id) ?? -1; row !== -1; row = previous[row]!) {
        if (!counts(row) || publications[owners[row]!]!.audience !== audience) continue
        return isReleased(row, audience, id) ? undefined : { status: ledgerStatuses[statuses[row]!]!, hash: hashOf(row) }
      }
      return undefined
    },
  }
}

/** The longer column, with the content of the shorter one. */
function extend<Column extends { set (from: Column): void }> (column: Column, longer: Column): Column {
  longer.set(column)
  return longer
}
