import { acceptableErrors, refusalOf } from '../../../core/acceptable.ts'
import { parsePeriod } from '../../../core/period.ts'
import { problem, problemCatalogue, type Problem, type ProblemCode } from '../../../core/problem.ts'
import { guess, type Locate } from '../parse.ts'
import type { ProjectFile } from '../schema.ts'

/** What is wrong with the entries of `accepted`: codes that do not exist or must not be accepted, names that point at nothing. */
export function acceptedProblems ({ accepted = [], indicators, levels }: ProjectFile, locate: Locate): Problem[] {
  return accepted.flatMap(({ code, indicator, level, period }, index): Problem[] => {
    const path = ['accepted', index]
    const unknown = (key: string, value: string | undefined, known: readonly string[]) => value === undefined || known.includes(value)
      ? []
      : [problem('project-file-unknown-reference', locate([...path, key]), { key, value, known: shorten(known), guess: guess(value, known) })]
    return [
      ...isCode(code) ? refusedProblem(code, locate([...path, 'code'])) : unknown('code', code, Object.keys(problemCatalogue).filter(known => isCode(known) && !refusalOf(known))),
      ...unknown('indicator', indicator, indicators.map(({ id }) => id)),
      ...unknown('level', level, levels.map(({ id }) => id)),
      ...(period === undefined || parsePeriod(String(period))
        ? []
        : [problem('project-file-invalid-value', locate([...path, 'period']), { key: 'period', value: `"${period}"`, expected: '2024-12-31, 2024, 2024-q1, 2024-25, 2022-2024' })]),
    ]
  })
}

function isCode (text: string): text is ProblemCode {
  return Object.hasOwn(problemCatalogue, text)
}

function refusedProblem (code: ProblemCode, place: Problem['place']): Problem[] {
  const why = refusalOf(code)
  return why ? [problem('plausible-not-acceptable', place, { code, why, acceptable: acceptableErrors.join(', ') })] : []
}

function shorten (known: readonly string[]): string {
  return known.length > 12 ? `${known.slice(0, 12).join(', ')} …` : known.join(', ')
}
