import type { Audience } from '../../../core/edition.ts'
import { isDate, parsePeriod } from '../../../core/period.ts'
import { problem, type Problem } from '../../../core/problem.ts'
import { guess, type Locate, type YamlPath } from '../parse.ts'
import type { IndicatorEntry, LevelEntry, ProjectFile } from '../schema.ts'

/** The problems found so far, and what every check needs to know. */
export class Checks {
  readonly problems: Problem[] = []
  readonly levelIds: readonly string[]
  readonly file: ProjectFile
  readonly audiences: readonly Audience[]
  readonly #locate: Locate

  constructor (file: ProjectFile, locate: Locate) {
    this.file = file
    this.audiences = file.audiences ?? ['public']
    this.levelIds = file.levels.map(({ id }) => id)
    this.#locate = locate
  }

  report (code: Problem['code'], path: YamlPath, facts: Problem['facts'] = {}): void {
    this.problems.push(problem(code, this.#locate(path), facts))
  }

  known (path: YamlPath, value: string, known: readonly string[]): void {
    if (known.includes(value)) return
    const key = String(path.findLast(step => typeof step === 'string'))
    this.report('project-file-unknown-reference', path, { key, value, known: known.join(', '), guess: guess(value, known) })
  }

  invalid (path: YamlPath, value: unknown, expected: { readonly de: string, readonly en: string }): void {
    this.report('project-file-invalid-value', path, { key: String(path.findLast(step => typeof step === 'string')), value: JSON.stringify(value), expected })
  }

  /** Ids of the indicators of some kinds. */
  ids (...kinds: ReadonlyArray<IndicatorEntry['kind']>): string[] {
    return this.file.indicators.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
  }

  /** An indicator that nobody prints cannot stand where readers, or others' figures, need it. */
  published (path: YamlPath, id: string): void {
    if (this.file.indicators.some(indicator => indicator.id === id && indicator.published === false)) {
      this.invalid(path, id, { de: 'ein Indikator, der gezeigt wird (nicht published: false)', en: 'an indicator that is printed (not published: false)' })
    }
  }

  period (path: YamlPath, value: string | number): void {
    if (parsePeriod(String(value))) return
    this.report('project-file-invalid-value', path, { key: 'period', value: `"${value}"`, expected: '2024-12-31, 2024, 2024-q1, 2024-25, 2022-2024' })
  }

  /** A chain of levels (`parent`, `dissolve`) must end. */
  endless (path: YamlPath, start: LevelEntry, next: (level: LevelEntry) => string | undefined): void {
    const seen = new Set<string>()
    for (let level: LevelEntry | undefined = start; level; level = this.file.levels.find(({ id }) => id === next(level!))) {
      if (seen.has(level.id)) return this.invalid(path, next(start), { de: 'eine Ebene, die nicht wieder auf diese zurückführt', en: 'a level that does not lead back to this one' })
      seen.add(level.id)
    }
  }

  expression (path: YamlPath, { extract }: { readonly extract?: string | undefined }): void {
    try {
      if (extract !== undefined) RegExp(extract, 'u')
    } catch {
      this.invalid([...path, 'extract'], extract, { de: 'ein regulärer Ausdruck mit einer Gruppe, ^(\\d+)', en: 'a regular expression with one group, ^(\\d+)' })
    }
  }

  unique (list: string, entries: ReadonlyArray<{ readonly id: string }>): void {
    const seen = new Set<string>()
    entries.forEach(({ id }, index) => {
      if (seen.has(id)) this.report('project-file-duplicate-id', [list, index, 'id'], { value: id, list })
      seen.add(id)
    })
  }

  date (path: YamlPath, value: string | undefined): void {
    if (value === undefined || isDate(value)) return
    this.report('project-file-invalid-value', path, {
      key: String(path.at(-1)), value: `"${value}"`, expected: { de: 'ein Tag, den es gibt, 2024-12-31', en: 'a day that exists, 2024-12-31' },
    })
  }

  /** Exactly one of two keys; says so where both or neither stand. */
  either (path: YamlPath, entry: Readonly<Record<string, unknown>>, first: string, second: string): void {
    const given = [first, second].filter(key => entry[key] !== undefined)
    if (given.length === 1) return
    this.report('project-file-either-or', given.length === 0 ? path : [...path, second], {
      given: given.length === 0 ? { de: 'keins von beiden', en: 'neither' } : { de: 'beides', en: 'both' }, first, second,
    })
  }
}
