import type { Problem } from '../../core/problem.ts'
import { mayReach, rulesOf } from '../protect/rules.ts'
import { listOf } from './list-of.ts'
import type { Locate } from './parse.ts'
import { acceptedProblems } from './references/accepted.ts'
import { checkChanges } from './references/changes.ts'
import { Checks } from './references/checks.ts'
import { checkDelivery, deliveredIds } from './references/deliveries.ts'
import { checkFacilities } from './references/facilities.ts'
import { checkIndicator } from './references/indicators.ts'
import { checkCrosswalks, checkLevel } from './references/levels.ts'
import { checkReferenceAreas } from './references/reference-areas.ts'
import type { ExternalEntry, ManualEntry, ProjectFile } from './schema.ts'

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
    const [first] = carriers
    // The readers inside see both editions, and nothing tells the inner one what the rounded figures of the other say.
    if (first && check.audiences.includes('public') && rulesOf(first.delivery, 'public').method === 'round5' && check.audiences.some(audience => rulesOf(first.delivery, audience).method === 'suppress')) {
      check.report('project-file-rounded-outside', ['deliveries', first.index, 'rules', 'internal'], { indicator: id, delivery: first.delivery.id })
    }
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
