import { rulesOf } from '../../protect/rules.ts'
import type { YamlPath } from '../parse.ts'
import type { DeliveryEntry } from '../schema.ts'
import type { Checks } from './checks.ts'
import { checkGrid, listGridIndicators } from './grid.ts'
import { checkLayout } from './layout.ts'
import { checkRecords } from './records.ts'

/** What the schema cannot say about a delivery: that what it names exists, that it states its terms. */
export function checkDelivery (check: Checks, delivery: DeliveryEntry, index: number): void {
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

/** Indicators that a delivery carries. */
export function deliveredIds ({ columns, indicator, count, grid }: DeliveryEntry): string[] {
  return [...Object.keys(columns ?? {}), ...Object.keys(count ?? {}), ...Object.values(indicator?.lookUp ?? {}).map(String), ...listGridIndicators(grid)]
}
