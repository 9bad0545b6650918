import type { Problem, ProblemCode } from '../core/problem.ts'
import { formatProblem, problem } from '../core/problem.ts'

/** What the store can refuse; the sentences are in `core/problems/publish.ts`. */
export type StoreErrorCode = Extract<ProblemCode, `publish-${string}`>

/** A failure of the store that a person can do something about. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  readonly problem: Problem

  constructor (code: StoreErrorCode, facts: Problem['facts'] = {}, options: ErrorOptions = {}) {
    const found = problem(code, {}, facts)
    super(formatProblem(found, 'en'), options)
    this.name = 'StoreError'
    this.code = code
    this.problem = found
  }
}

/** Whom a message is about: the database by name, never its password; and the role that is needed. */
export interface ErrorContext { readonly database: string, readonly role: string }

/**
 * The error a person should see for one that came from the database or the network; anything we do
 * not know (a mistake of ours) is returned as it is.
 */
export function toStoreError (error: unknown, { database, role }: ErrorContext): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error
  const code = codeOf(error)
  const message = error.message || code
  const facts = { database, message, role }
  if (code === '53100' || code === 'ENOSPC' || /no space left on device/i.test(message)) return new StoreError('publish-disk-full', facts, { cause: error })
  if (code === '42501') return new StoreError('publish-forbidden', facts, { cause: error })
  if (/^28|^3D/.test(code)) return new StoreError('publish-database-refused', facts, { cause: error })
  if (isConnectionLost(error)) return new StoreError('publish-database-away', facts, { cause: error })
  return error
}

/** Whether the other side is gone, so that a new connection might do better. */
export function isConnectionLost (error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  return networkCodes.has(code) || /^08|^57P0/.test(code) ||
    /connection terminated|connection ended|timeout exceeded when trying to connect|timeout expired|client has encountered a connection error/i.test(error.message)
}

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** SQLSTATE or system code; a failed attempt on several addresses (IPv4 and IPv6) carries the first one's. */
function codeOf (error: Error): string {
  const inner = error instanceof AggregateError ? error.errors[0] as unknown : error
  return inner instanceof Error && 'code' in inner ? String(inner.code) : ''
}
