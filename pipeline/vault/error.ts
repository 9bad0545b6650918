import type { Facts, Place, Problem, ProblemCode } from '../../core/problem.ts'
import { formatProblem, problem } from '../../core/problem.ts'

/** What the vault, its backup and an edition as a file can refuse; the sentences are in `core/problems/`. */
export type VaultErrorCode = Extract<ProblemCode, `vault-${string}` | `backup-${string}` | `package-${string}` | 'worker-socket-open'>

/** A refusal that a person can do something about. */
export class VaultError extends Error {
  readonly code: VaultErrorCode
  readonly problem: Problem

  constructor (code: VaultErrorCode, place: Place = {}, facts: Facts = {}, options: ErrorOptions = {}) {
    const found = problem(code, place, facts)
    super(formatProblem(found, 'en'), options)
    this.name = 'VaultError'
    this.code = code
    this.problem = found
  }
}
