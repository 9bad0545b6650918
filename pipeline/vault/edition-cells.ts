import { createReadStream, createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Audience } from '../../core/edition.ts'
import type { LedgerStatus } from '../../core/ledger.ts'
import { VaultError } from './error.ts'
import type { LedgerEntry } from './ledger.ts'
import { readLines } from './read-lines.ts'
import { isMissing, reportFile } from './reports.ts'
import { hashValue } from './secret.ts'
import type { Vault } from './vault.ts'
import { makeVaultFolder, writeVaultFile } from './write-file.ts'

/*
 * `reports/<edition>/cells.jsonl.gz`: what was decided about each cell of a build. The build may be
 * another process than the publication, and only the build knows the true values of which the
 * ledger wants the hashes.
 */

const fileName = 'cells.jsonl.gz'

/** A cell as the build knows it. */
export interface DecidedCell {
  readonly id: string
  /** True value, or null where the publisher did not tell it; it is written only where it is printed. */
  readonly value: number | null
  readonly status: LedgerStatus
  /** Name of the rule that decided, for `explain`: a `RuleName`, `complementary`, `ledger`, … */
  readonly rule?: string
}

/** What a person may learn about a decision: the rule, not the value behind it. */
export interface Decision {
  readonly id: string
  readonly status: LedgerStatus
  readonly value?: number
  readonly rule?: string
}

export interface EditionCellsHead {
  readonly atlas: string
  readonly edition: string
  readonly audience: Audience
  /** Fingerprint of the rules. */
  readonly policy: string
  /** Editions that the clearance took into account. */
  readonly basis: readonly string[]
  /** Counts that it estimates from old areas without boundaries, as of `IntendedLine`; left out where there are none. */
  readonly carried?: readonly string[]
}

interface Head extends EditionCellsHead {
  /** Of which the hashes are. */
  readonly secret: string
}

type StoredCell = LedgerEntry & Decision

export async function writeEditionCells (vault: Vault, head: EditionCellsHead, cells: Iterable<DecidedCell>): Promise<void> {
  await writeLines(vault, head.edition, toLines(vault, head, cells))
}

async function writeLines (vault: Vault, edition: string, lines: Iterable<string>): Promise<void> {
  const file = reportFile(vault, edition, fileName)
  await makeVaultFolder(path.dirname(file))
  await writeVaultFile(file, async unfinished => {
    await pipeline(toParts(lines), createGzip(), createWriteStream(unfinished, { mode: 0o600 }))
  })
}

function * toLines (vault: Vault, head: EditionCellsHead, cells: Iterable<DecidedCell>): Generator<string> {
  yield JSON.stringify({ ...head, secret: vault.secretId } satisfies Head)
  for (const { id, value, status, rule } of cells) {
    if (status === 'P' && value === null) throw new RangeError(`${id} is printed and has no value`)
    yield JSON.stringify({
      id,
      status,
      hash: hashValue(vault.secret, id, value),
      ...(status === 'P' ? { value } : {}),
      ...(rule === undefined ? {} : { rule }),
    })
  }
}

/**
 * Takes the hashes of forgotten cells that were not printed out of what a build decided.
 * @returns how many; 0 leaves the file as it is
 */
export async function forgetCellHashes (vault: Vault, edition: string, isForgotten: (cellId: string) => boolean): Promise<number> {
  const lines: string[] = []
  let hashes = 0
  for await (const stored of readStored(vault, edition)) {
    const isVoided = 'hash' in stored && (stored.status === 'S' || stored.status === 'Q') && stored.hash !== '' && isForgotten(stored.id)
    if (isVoided) hashes++
    lines.push(JSON.stringify(isVoided ? { ...stored, hash: '' } : stored))
  }
  if (hashes > 0) await writeLines(vault, edition, lines)
  return hashes
}

/** Lines as text of about this many characters: a stream is slow with many small parts. */
const partCharacters = 1 << 16

function * toParts (lines: Iterable<string>): Generator<string> {
  let part = ''
  for (const line of lines) {
    part += `${line}\n`
    if (part.length < partCharacters) continue
    yield part
    part = ''
  }
  yield part
}

/**
 * The entries for the ledger, as they were decided when the edition was built. The stream must be
 * read to its end or left alone.
 *
 * @throws VaultError vault-report-missing, or vault-cells-other-secret where the vault got another secret since
 */
export async function readEditionCells (vault: Vault, edition: string): Promise<{ head: EditionCellsHead, cells: AsyncGenerator<LedgerEntry> }> {
  const stored = readStored(vault, edition)
  const { value: first } = await stored.next() as { value: Head }
  const { secret, ...head } = first
  if (secret !== vault.secretId) {
    await stored.return(undefined)
    throw new VaultError('vault-cells-other-secret', { file: reportFile(vault, edition, fileName) }, { edition })
  }
  return { head, cells: stored as AsyncGenerator<LedgerEntry> }
}

/**
 * What was decided about the cells of an edition, in the order of the build.
 *
 * @throws VaultError vault-report-missing
 */
export async function * listDecisions (vault: Vault, edition: string): AsyncGenerator<Decision> {
  const stored = readStored(vault, edition)
  await stored.next()
  for await (const cell of stored as AsyncGenerator<StoredCell>) {
    const { hash: _, ...decision } = cell
    yield decision
  }
}

async function * readStored (vault: Vault, edition: string): AsyncGenerator<Head | StoredCell, undefined> {
  const file = reportFile(vault, edition, fileName)
  try {
    // The pipe ends with an error of either side, which a plain `pipe` would lose.
    const unpacked = createGunzip()
    const flow = pipeline(createReadStream(file), unpacked)
    flow.catch(() => {}) // the loop meets the same error
    for await (const { lines } of readLines(unpacked)) {
      for (const line of lines) yield JSON.parse(line) as Head | StoredCell
    }
    await flow
    return undefined
  } catch (error) {
    throw isMissing(error) ? new VaultError('vault-report-missing', { file }, { edition }) : error
  }
}
