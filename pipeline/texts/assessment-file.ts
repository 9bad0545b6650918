import { isMap, parseDocument } from 'yaml'
import type { Assessment } from '../../core/edition.ts'
import { idPattern } from '../../core/id.ts'
import { isDate } from '../../core/period.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { yamlText } from '../scaffold/yaml-text.ts'

/** What a file of `texts/gebiet/` says. Plain texts; an empty line begins a new paragraph. */
export interface AssessmentText extends Omit<Assessment, 'level' | 'area' | 'isDraft'> {
  readonly state: 'draft' | 'released'
}

const headings = { assessment: /^#+\s*(einschätzung|assessment)\s*$/i, measure: /^#+\s*(maßnahmen?|measures?)\s*$/i }

/**
 * Reads front matter and the two parts of the text. What stands before the first heading belongs to the assessment.
 *
 * @param file how messages name it
 */
export function parseAssessment (text: string, file: string): { readonly entry?: AssessmentText, readonly problems: readonly Problem[] } {
  const [, head, body] = /^---\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(text.replace(/^\uFEFF/, '')) ?? []
  if (body === undefined) return { problems: [headProblem(file, { line: 1 }, '')] }
  const document = parseDocument(head ?? '')
  const fields = document.errors.length === 0 && isMap(document.contents) ? document.toJS() as Readonly<Record<string, unknown>> : undefined
  if (!fields) return { problems: [headProblem(file, { line: 2 }, '')] }
  const wrong = Object.entries(fields).find(([key, value]) => !Object.hasOwn(rules, key) || typeof value !== 'string' || !rules[key as keyof typeof rules](value))
  const missing = ['author', 'date'].find(key => fields[key] === undefined)
  if (wrong) return { problems: [headProblem(file, {}, `${wrong[0]}: ${String(wrong[1])}`)] }
  if (missing !== undefined) return { problems: [problem('texts-missing-entry', { file }, { name: missing })] }
  const { author = '', date = '', goal = '', indicator = null, state = 'draft' } = fields as unknown as Partial<AssessmentText>
  return { entry: { ...partsOf(body), author, date, goal, indicator, state }, problems: [] }
}

const rules = {
  author: (value: string) => value.trim() !== '',
  date: (value: string) => isDate(value),
  goal: () => true,
  indicator: (value: string) => new RegExp(idPattern).test(value),
  state: (value: string) => value === 'draft' || value === 'released',
}

function headProblem (file: string, place: Partial<Place>, found: string): Problem {
  return problem('texts-bad-head', { file, ...place }, { found })
}

function partsOf (body: string): Pick<AssessmentText, 'assessment' | 'measure'> {
  const parts = { assessment: [] as string[], measure: [] as string[] }
  let part: keyof typeof parts = 'assessment'
  for (const line of body.split(/\r?\n/)) {
    const next = (['assessment', 'measure'] as const).find(name => headings[name].test(line))
    if (next) part = next
    else parts[part].push(/^\\+#/.test(line) ? line.slice(1) : line)
  }
  return { assessment: tidy(parts.assessment), measure: tidy(parts.measure) }
}

function tidy (lines: readonly string[]): string {
  return lines.map(line => line.trimEnd()).join('\n').replaceAll(/\n{3,}/g, '\n\n').trim()
}

/** The text of the file; what looks like a heading is written so that it is none. */
export function formatAssessment ({ assessment, measure, goal, author, date, indicator, state }: AssessmentText): string {
  const escape = (text: string) => tidy(text.split(/\r?\n/)).replaceAll(/^(\\*#)/gm, '\\$1')
  return [
    '---',
    `author: ${quote(author)}`,
    `date: ${quote(date)}`,
    ...goal === '' ? [] : [`goal: ${quote(goal)}`],
    ...indicator === null ? [] : [`indicator: ${quote(indicator)}`],
    `state: ${state}`,
    '---',
    '## Einschätzung',
    '',
    escape(assessment),
    '',
    '## Maßnahme',
    '',
    escape(measure),
    '',
  ].join('\n')
}

function quote (text: string): string {
  return yamlText(text.replaceAll(/\s+/g, ' ').trim())
}
