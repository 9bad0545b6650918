import type { Problem } from '../core/problem.ts'
import type { ProgressStep } from '../pipeline/progress.ts'

/** What a command tells the worker that started it: how far it is, and the codes of what it found; never what it read. */
export type CommandMessage =
  | { readonly type: 'progress', readonly step: ProgressStep }
  | { readonly type: 'findings', readonly codes: readonly string[] }

export function tellProgress (step: ProgressStep): void {
  tell({ type: 'progress', step })
}

export function tellFindings (problems: readonly Problem[]): void {
  tell({ type: 'findings', codes: [...new Set(problems.map(({ code }) => code))] })
}

/** Nothing where nobody listens: a person at a terminal sees it on the screen. */
function tell (message: CommandMessage): void {
  if (process.send && process.connected) process.send(message)
}
