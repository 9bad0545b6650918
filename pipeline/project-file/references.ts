import type { Problem } from '../../core/problem.ts'
import type { DeliveryEntry, IndicatorEntry, LevelEntry, ProjectFile } from './schema.ts'
import { isDate, parsePeriod } from '../../core/period.ts'
import { problem } from '../../core/problem.ts'
import { guess, type Locate, type YamlPath } from './parse.ts'

/**
 * What the schema cannot say about a project file: that names point at something, that dates
 * exist, that a delivery states its terms. Every mistake at once.
 */
export function referenceProblems (file: ProjectFile, locate: Locate): Problem[] {
  const check = new Checks(file, locate)
  check.unique('levels', file.levels)
  check.unique('themes', file.themes)
  check.unique('deliveries', file.deliveries)
  check.unique('indicators', file.indicators)
  checkAtlas(check, file)
  check.known(['start'], file.start, file.indicators.map(({ id }) => id))
  if (file.referenceLevel !== undefined) check.known(['referenceLevel'], file.referenceLevel, check.levelIds)
  file.levels.forEach((level, index) => checkLevel(check, level, index))
  file.deliveries.forEach((delivery, index) => checkDelivery(check, delivery, index))
  file.indicators.forEach((indicator, index) => checkIndicator(check, indicator, index))
  return check.problems
}

/** First parts of addresses that mean something else (docs/betrieb). */
const reservedIds = ['assets', 'health', 'metrics', 'oembed', 'werkstatt']

function checkAtlas (check: Checks, { atlas, bounds, tiles }: ProjectFile): void {
  if (reservedIds.includes(atlas)) {
    check.invalid(['atlas'], atlas, { de: `nicht ${reservedIds.join(', ')}: diese Adressen sind vergeben`, en: `not ${reservedIds.join(', ')}: these addresses are taken` })
  }
  const [west, south, east, north] = bounds as [number, number, number, number]
  if (west >= east || south >= north) {
    check.invalid(['bounds'], bounds, { de: 'West, Süd, Ost, Nord: West kleiner als Ost, Süd kleiner als Nord', en: 'west, south, east, north: west below east, south below north' })
  }
  if (tiles && tiles.minZoom > tiles.maxZoom) {
    check.invalid(['tiles', 'minZoom'], tiles.minZoom, { de: 'nicht größer als maxZoom', en: 'not above maxZoom' })
  }
}

/** The problems found so far, and what every check needs to know. */
class Checks {
  readonly problems: Problem[] = []
  readonly levelIds: readonly string[]
  readonly file: ProjectFile
  readonly #locate: Locate

  constructor (file: ProjectFile, locate: Locate) {
    this.file = file
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

function checkLevel (check: Checks, level: LevelEntry, index: number): void {
  const path = ['levels', index]
  check.date([...path, 'validFrom'], level.validFrom)
  check.date([...path, 'validTo'], level.validTo)
  if (level.parent !== undefined) check.known([...path, 'parent'], level.parent, check.levelIds.filter(id => id !== level.id))

  const { boundaries } = level
  if (level.validTo !== undefined && level.validTo < level.validFrom) {
    check.invalid([...path, 'validTo'], level.validTo, { de: 'ein Tag nach validFrom', en: 'a day after validFrom' })
  }
  check.endless([...path, 'parent'], level, ({ parent }) => parent)
  check.endless([...path, 'boundaries', 'dissolve'], level, ({ boundaries: { dissolve } }) => dissolve)
  for (const key of ['key', 'name', 'parentKey'] as const) check.expression([...path, 'boundaries', key], boundaries[key] ?? {})
  check.either([...path, 'boundaries'], boundaries, 'file', 'dissolve')
  if (boundaries.dissolve !== undefined) {
    check.known([...path, 'boundaries', 'dissolve'], boundaries.dissolve, check.levelIds.filter(id => id !== level.id))
  }
  const needed = boundaries.dissolve === undefined ? ['key', 'name'] as const : ['id', 'areaName'] as const
  for (const key of needed) {
    if (boundaries[key] === undefined) {
      check.report('project-file-missing-key', [...path, 'boundaries'], {
        key, what: { de: 'gehört zu den Grenzen dieser Ebene', en: 'belongs to the boundaries of this level' },
      })
    }
  }
}

function checkDelivery (check: Checks, delivery: DeliveryEntry, index: number): void {
  const path = ['deliveries', index]
  check.date([...path, 'extractedOn'], delivery.extractedOn)
  check.either(path, delivery, 'system', 'level')
  check.either(path, delivery, 'columns', 'indicator')
  check.either([...path, 'area'], delivery.area, 'column', 'value')
  check.expression([...path, 'area'], delivery.area)
  if (delivery.level !== undefined) check.known([...path, 'level'], delivery.level, check.levelIds)
  if (delivery.system !== undefined) {
    check.known([...path, 'system'], delivery.system, check.file.levels.map(level => level.system ?? level.id))
  }
  if (delivery.minimumCount === 'none' && delivery.because === undefined) {
    check.report('project-file-no-reason', [...path, 'minimumCount'], { delivery: delivery.id })
  }
  if (!delivery.mayBePassedOn) check.report('project-file-not-passed-on', [...path, 'mayBePassedOn'], { delivery: delivery.id })

  if (delivery.indicator !== undefined && delivery.value === undefined) {
    check.report('project-file-missing-key', path, { key: 'value', what: { de: 'Spalte mit dem Wert', en: 'column with the value' } })
  }
  checkPeriods(check, delivery, path)

  const deliverable = check.file.indicators.filter(({ kind }) => kind === 'count' || kind === 'measure').map(({ id }) => id)
  for (const id of Object.keys(delivery.columns ?? {})) check.known([...path, 'columns', id], id, deliverable)
  for (const [text, id] of Object.entries(delivery.indicator?.lookUp ?? {})) {
    check.known([...path, 'indicator', 'lookUp', text], String(id), deliverable)
  }
}

function checkPeriods (check: Checks, delivery: DeliveryEntry, path: YamlPath): void {
  const validPeriod = (where: YamlPath, value: string | number) => {
    if (parsePeriod(String(value))) return
    check.report('project-file-invalid-value', where, {
      key: 'period', value: `"${value}"`, expected: '2024-12-31, 2024, 2024-q1, 2024-25, 2022-2024',
    })
  }
  delivery.files.forEach((file, position) => {
    if (typeof file === 'object') return validPeriod([...path, 'files', position, 'period'], file.period)
    if (delivery.period === undefined) {
      check.report('project-file-missing-key', path, {
        key: 'period', what: { de: 'Spalte mit dem Zeitraum, oder ein fester Zeitraum', en: 'column with the period, or one fixed period' },
      })
    }
  })
  if (delivery.period === undefined) return
  check.either([...path, 'period'], delivery.period, 'column', 'value')
  if (delivery.period.value !== undefined) validPeriod([...path, 'period', 'value'], delivery.period.value)
}

function checkIndicator (check: Checks, indicator: IndicatorEntry, index: number): void {
  const path = ['indicators', index]
  check.known([...path, 'theme'], indicator.theme, check.file.themes.map(({ id }) => id))

  const counts = check.file.indicators.filter(({ kind }) => kind === 'count').map(({ id }) => id)
  for (const key of ['numerator', 'minus', 'denominator'] as const) {
    for (const id of listOf(indicator[key])) check.known([...path, key], id, counts)
  }
  const quotient = indicator.kind === 'share' || indicator.kind === 'ratio'
  for (const key of ['numerator', 'denominator'] as const) {
    if (quotient && indicator[key] === undefined) {
      check.report('project-file-missing-key', path, {
        key, what: { de: 'Indikator der Art count, aus dem gerechnet wird', en: 'indicator of kind count to compute from' },
      })
    }
  }
  if (indicator.kind === 'share' && indicator.minus !== undefined) {
    check.invalid([...path, 'minus'], indicator.minus, { de: 'nur bei kind: ratio; ein Anteil ist ein Teil seines Nenners', en: 'only with kind: ratio; a share is a part of its denominator' })
  }
  const { breaks } = indicator
  if (breaks?.some((bound, position) => position > 0 && bound <= breaks[position - 1]!)) {
    check.report('project-file-invalid-value', [...path, 'breaks'], {
      key: 'breaks', value: JSON.stringify(breaks), expected: { de: 'aufsteigende Klassengrenzen', en: 'class bounds in ascending order' },
    })
  }
  const delivered = check.file.deliveries.some(({ columns, indicator: long }) =>
    columns?.[indicator.id] !== undefined || Object.values(long?.lookUp ?? {}).includes(indicator.id))
  if (!quotient && !delivered) check.report('project-file-undelivered', [...path, 'id'], { indicator: indicator.id })
}

/** One id or a list of them, as a list. */
export function listOf (ids: string | readonly string[] | undefined): readonly string[] {
  return ids === undefined ? [] : typeof ids === 'string' ? [ids] : ids
}
