import { formatProblem, type Problem } from '../../core/problem.ts'

/**
 * The codes of problems, in order.
 *
 * @throws RangeError where a text in either language has a gap that no fact fills
 */
export function codes (problems: readonly Problem[]): string[] {
  for (const found of problems) {
    for (const language of ['de', 'en'] as const) {
      if (/\{\w+\}/.test(formatProblem(found, language))) throw new RangeError(`unfilled: ${formatProblem(found, language)}`)
    }
  }
  return problems.map(({ code }) => code)
}
