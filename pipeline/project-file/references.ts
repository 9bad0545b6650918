import type { Audience } from '../../core/edition.ts'
import type { Problem } from '../../core/problem.ts'
import type { DeliveryEntry, ExternalEntry, IndicatorEntry, LevelEntry, ManualEntry, ProjectFile } from './schema.ts'
import { isDate, parsePeriod } from '../../core/period.ts'
import { problem } from '../../core/problem.ts'
import { mayReach, rulesOf } from '../protect/rules.ts'
import { acceptedProblems } from './accepted-references.ts'
import { checkChanges } from './change-references.ts'
import { checkFacilities, listFacilityCounts } from './facilities-references.ts'
import { checkCrosswalks, checkLevel } from './level-references.ts'
import { checkGrid, listGridIndicators } from './grid-references.ts'
import { guess, type Locate, type YamlPath } from './parse.ts'
import { checkLayout } from './layout-references.ts'
import { checkRecords } from './records-references.ts'
import { checkReferenceAreas } from './reference-area-references.ts'

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
  checkStart(check, file)
  if (file.referenceLevel !== undefined) check.known(['referenceLevel'], file.referenceLevel, check.levelIds)
  file.levels.forEach((level, index) => checkLevel(check, level, index))
  file.deliveries.forEach((delivery, index) => checkDelivery(check, delivery, index))
  file.indicators.forEach((indicator, index) => checkIndicator(check, indicator, index))
  checkPopulation(check, file)
  checkMethods(check, file)
  checkCrosswalks(check, file)
  checkFacilities(check, file)
  checkChanges(check)
  checkReferenceAreas(check)
  file.external?.forEach((entry, index) => checkExternal(check, entry, index))
  file.manual?.forEach((entry, index) => checkManual(check, entry, index))
  check.problems.push(...acceptedProblems(file, locate))
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

function checkDelivery (check: Checks, delivery: DeliveryEntry, index: number): void {
  const path = ['deliveries', index]
  check.date([...path, 'extractedOn'], delivery.extractedOn)
  check.either(path, delivery, 'system', 'level')
  if (delivery.grid === undefined) checkColumns(check, delivery, path)
  else checkGrid(check, delivery, path)
  if (delivery.level !== undefined) check.known([...path, 'level'], delivery.level, check.levelIds)
  if (delivery.system !== undefined) {
    check.known([...path, 'system'], delivery.system, check.file.levels.map(level => level.system ?? level.id))
  }
  checkTerms(check, delivery, path)
  checkRules(check, delivery, path)

  if (delivery.indicator !== undefined && delivery.value === undefined) {
    check.report('project-file-missing-key', path, { key: 'value', what: { de: 'Spalte mit dem Wert', en: 'column with the value' } })
  }
  checkPeriods(check, delivery, path)
  checkLayout(check, delivery, path)

  const deliverable = check.ids('count', 'measure')
  for (const id of Object.keys(delivery.columns ?? {})) check.known([...path, 'columns', id], id, deliverable)
  for (const [text, id] of Object.entries(delivery.indicator?.lookUp ?? {})) {
    check.known([...path, 'indicator', 'lookUp', text], String(id), deliverable)
  }
}

/** Where a table says which area a row is of, and what its values are. */
function checkColumns (check: Checks, delivery: DeliveryEntry, path: YamlPath): void {
  checkRecords(check, delivery, path)
  if (delivery.einzeldaten === undefined) check.either(path, delivery, 'columns', 'indicator')
  if (delivery.area === undefined) return check.report('project-file-missing-key', path, { key: 'area', what: { de: 'Spalte mit dem Gebietsschlüssel oder ein festes Gebiet', en: 'column with the area key, or one fixed area' } })
  if (delivery.area.streets === undefined) check.either([...path, 'area'], delivery.area, 'column', 'value')
  check.expression([...path, 'area'], delivery.area)
}

/** What a publisher allows: from which count on, on what ground, to whom. */
function checkTerms (check: Checks, delivery: DeliveryEntry, path: YamlPath): void {
  const { id, minimumCount, preset, rules, because, retention, mayBePassedOn } = delivery
  check.either(path, delivery, 'minimumCount', 'preset')
  if ((minimumCount === 'none' || rules?.internal?.minimumCount === 'none') && because === undefined) {
    check.report('project-file-no-reason', minimumCount === 'none' ? [...path, 'minimumCount'] : [...path, 'rules', 'internal', 'minimumCount'], { delivery: id })
  }
  if (retention !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(retention)) check.date([...path, 'retention'], retention)
  if (!mayBePassedOn && !check.audiences.includes('internal')) check.report('project-file-not-passed-on', [...path, 'mayBePassedOn'], { delivery: id })

  const isMeasured = check.audiences.some(audience => rulesOf(delivery, audience).minimumCount > 0)
  const measure = deliveredIds(delivery).find(carried => check.ids('measure').includes(carried))
  if (measure !== undefined && isMeasured) {
    check.report('project-file-measure-minimum', [...path, preset === undefined ? 'minimumCount' : 'preset'], { delivery: id, indicator: measure })
  }
}

function checkRules (check: Checks, delivery: DeliveryEntry, path: YamlPath): void {
  const counts = check.ids('count')
  const sets = [[delivery.rules, ['rules']], [delivery.rules?.internal, ['rules', 'internal']]] as const
  for (const [rules, at] of sets) {
    if (rules?.units) check.known([...path, ...at, 'units', 'of'], rules.units.of, counts)
    if (rules?.dominance) checkDominance(check, delivery, rules.dominance, [...path, ...at, 'dominance'])
  }
}

function checkDominance (check: Checks, delivery: DeliveryEntry, dominance: { largest: string, second: string }, path: YamlPath): void {
  const { largest, second } = dominance
  for (const key of ['largest', 'second'] as const) {
    check.known([...path, key], dominance[key], check.ids('count'))
    if (check.file.indicators.some(({ id, published }) => id === dominance[key] && published !== false)) {
      check.invalid([...path, key], dominance[key], { de: 'ein Indikator mit published: false, denn ein einzelner Beitrag wird nie gezeigt', en: 'an indicator with published: false, since a single contribution is never printed' })
    }
  }
  const others = deliveredIds(delivery).filter(id => ![largest, second, delivery.rules?.units?.of].includes(id) && check.ids('count').includes(id))
  if (largest === second || others.length !== 1) {
    check.invalid(path, dominance, { de: 'zwei Beiträge zu der einen Fallzahl, die die Lieferung sonst enthält', en: 'two contributions to the one count that the delivery holds beside them' })
  }
}

/** Indicators that a delivery carries. */
function deliveredIds ({ columns, indicator, count, grid }: DeliveryEntry): string[] {
  return [...Object.keys(columns ?? {}), ...Object.keys(count ?? {}), ...Object.values(indicator?.lookUp ?? {}).map(String), ...listGridIndicators(grid)]
}

/** What is shown first must be in every edition that is made. */
function checkStart (check: Checks, file: ProjectFile): void {
  const start = file.indicators.find(({ id }) => id === file.start)
  if (!start) return check.known(['start'], file.start, file.indicators.map(({ id }) => id))
  check.published(['start'], start.id)
  const operands = [start.numerator, start.minus, start.denominator].flatMap(listOf)
  const needed = operands.length === 0 ? [start.id] : operands
  const isHeldBack = (id: string) => {
    const deliveries = file.deliveries.filter(delivery => deliveredIds(delivery).includes(id))
    return deliveries.length > 0 && !deliveries.some(delivery => mayReach(delivery, 'public'))
  }
  if (check.audiences.includes('public') && check.audiences.includes('internal') && needed.some(isHeldBack)) {
    check.invalid(['start'], start.id, { de: 'ein Indikator aus Lieferungen, die weitergegeben werden dürfen (mayBePassedOn: true)', en: 'an indicator of deliveries that may be passed on (mayBePassedOn: true)' })
  }
}

/** An area floor is held against inhabitants, so somebody must say which count these are. */
function checkPopulation (check: Checks, file: ProjectFile): void {
  if (file.population !== undefined) {
    check.known(['population'], file.population, check.ids('count'))
    check.published(['population'], file.population)
    return
  }
  const delivery = file.deliveries.find(delivery => check.audiences.some(audience => rulesOf(delivery, audience).areaFloor > 0))
  if (delivery) {
    check.report('project-file-missing-key', [], {
      key: 'population', what: { de: `die Fallzahl der Einwohnerinnen und Einwohner, für die areaFloor der Lieferung „${delivery.id}“`, en: `the count of inhabitants, for the areaFloor of the delivery "${delivery.id}"` },
    })
  }
}

/** A count of two deliveries is either rounded or suppressed. */
function checkMethods (check: Checks, { deliveries, indicators }: ProjectFile): void {
  for (const { id } of indicators) {
    const carriers = deliveries.map((delivery, index) => ({ delivery, index })).filter(({ delivery }) => deliveredIds(delivery).includes(id))
    const other = carriers.find(({ delivery }) => check.audiences.some(audience => rulesOf(delivery, audience).method !== rulesOf(carriers[0]!.delivery, audience).method))
    if (other) {
      check.report('project-file-mixed-methods', ['deliveries', other.index, 'rules', 'method'], { indicator: id, first: carriers[0]!.delivery.id, second: other.delivery.id })
    }
  }
}

function checkExternal (check: Checks, { level, indicators, periods, values }: ExternalEntry, index: number): void {
  const path = ['external', index]
  check.known([...path, 'level'], level, check.levelIds)
  indicators?.forEach((id, position) => check.known([...path, 'indicators', position], id, check.ids('count')))
  periods?.forEach((period, position) => check.period([...path, 'periods', position], period))
  if (values !== undefined && (indicators?.length !== 1 || periods?.length !== 1)) {
    check.report('project-file-ambiguous-values', [...path, 'values'])
  }
}

function checkManual (check: Checks, { indicator, level, period }: ManualEntry, index: number): void {
  const path = ['manual', index]
  check.known([...path, 'indicator'], indicator, check.ids('count', 'measure'))
  check.known([...path, 'level'], level, check.levelIds)
  check.period([...path, 'period'], period)
}

function checkPeriods (check: Checks, delivery: DeliveryEntry, path: YamlPath): void {
  delivery.files.forEach((file, position) => {
    if (typeof file === 'object') return check.period([...path, 'files', position, 'period'], file.period)
    if (delivery.period === undefined) {
      check.report('project-file-missing-key', path, {
        key: 'period', what: { de: 'Spalte mit dem Zeitraum, oder ein fester Zeitraum', en: 'column with the period, or one fixed period' },
      })
    }
  })
  if (delivery.period === undefined) return
  if (delivery.period.value !== undefined) check.period([...path, 'period', 'value'], delivery.period.value)
}

function checkIndicator (check: Checks, indicator: IndicatorEntry, index: number): void {
  const path = ['indicators', index]
  check.known([...path, 'theme'], indicator.theme, check.file.themes.map(({ id }) => id))

  for (const key of ['numerator', 'minus', 'denominator'] as const) {
    for (const id of listOf(indicator[key])) {
      check.known([...path, key], id, check.ids('count'))
      // Whoever sees the quotient and the other operand has this one.
      if (indicator.published !== false) check.published([...path, key], id)
    }
  }
  checkParts(check, indicator, path)
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
  const delivered = check.file.deliveries.some(delivery => deliveredIds(delivery).includes(indicator.id)) || listFacilityCounts(check.file).includes(indicator.id)
  if (!quotient && !delivered) check.report('project-file-undelivered', [...path, 'id'], { indicator: indicator.id })
}

function checkParts (check: Checks, indicator: IndicatorEntry, path: YamlPath): void {
  const { id, kind, parts } = indicator
  if (parts === undefined) return
  if (kind !== 'count') {
    check.invalid([...path, 'parts'], parts, { de: 'nur bei kind: count; nur Fallzahlen haben Summanden', en: 'only with kind: count; only counts have summands' })
  }
  const others = check.ids('count').filter(other => other !== id)
  parts.forEach((part, position) => {
    check.known([...path, 'parts', position], part, others)
    if (parts.indexOf(part) < position) check.report('project-file-duplicate-id', [...path, 'parts', position], { value: part, list: 'parts' })
  })
  if (!parts.includes(id) && allParts(check, parts).has(id)) {
    check.invalid([...path, 'parts'], parts, { de: 'Fallzahlen, die nicht selbst aus dieser zusammengesetzt sind', en: 'counts that are not themselves made up of this one' })
  }
}

/** Parts, their parts, and so on. */
function allParts (check: Checks, parts: readonly string[], seen = new Set<string>()): ReadonlySet<string> {
  for (const part of parts) {
    if (seen.has(part)) continue
    seen.add(part)
    allParts(check, check.file.indicators.find(({ id }) => id === part)?.parts ?? [], seen)
  }
  return seen
}

/** One id or a list of them, as a list. */
export function listOf (ids: string | readonly string[] | undefined): readonly string[] {
  return ids === undefined ? [] : typeof ids === 'string' ? [ids] : ids
}
