import type { Checks } from './checks.ts'
import type { YamlPath } from '../parse.ts'
import type { DeliveryEntry } from '../schema.ts'
import type { CalibrationEntry, GridEntry } from '../schema/grid.ts'

/** What the schema cannot say about a delivery that is a census grid. */
export function checkGrid (check: Checks, delivery: DeliveryEntry, path: YamlPath): void {
  const grid = delivery.grid!
  const at = [...path, 'grid']
  for (const key of ['area', 'columns', 'indicator', 'value', 'legend', 'totals', 'unassigned', 'einzeldaten'] as const) {
    if (delivery[key] !== undefined) check.invalid([...path, key], delivery[key], { de: 'nicht neben grid: ein Gitter hat Zellen, keine Zeilen mit Gebieten', en: 'not beside grid: a grid has cells, no lines with areas' })
  }
  if (delivery.period?.column !== undefined) {
    check.invalid([...path, 'period', 'column'], delivery.period.column, { de: 'value mit dem Stichtag; ein Gitter hat nur einen, 2011-05-09 oder 2022-05-15', en: 'value with the reference date; a grid has only one, 2011-05-09 or 2022-05-15' })
  }
  if (listGridIndicators(grid).length === 0) check.report('project-file-missing-key', at, { key: 'columns', what: { de: 'welche Spalte welche Fallzahl ist', en: 'which column is which count' } })
  for (const id of Object.keys(grid.columns ?? {})) check.known([...at, 'columns', id], id, check.ids('count'))
  for (const id of Object.keys(grid.means ?? {})) check.known([...at, 'means', id], id, check.ids('measure'))
  for (const [id, calibration] of Object.entries(grid.calibrate ?? {})) {
    check.known([...at, 'calibrate', id], id, Object.keys(grid.columns ?? {}))
    checkCalibration(check, calibration, [...at, 'calibrate', id])
  }
}

function checkCalibration (check: Checks, calibration: CalibrationEntry, path: YamlPath): void {
  check.either(path, calibration, 'value', 'file')
  if (calibration.file === undefined) return
  for (const key of ['level', 'area', 'column'] as const) {
    if (calibration[key] === undefined) check.report('project-file-missing-key', path, { key, what: { de: 'gehört zu einer Tabelle mit veröffentlichten Werten', en: 'belongs to a table with published values' } })
  }
  if (calibration.level !== undefined) check.known([...path, 'level'], calibration.level, check.levelIds)
  if (calibration.area !== undefined) check.either([...path, 'area'], calibration.area, 'column', 'value')
}

/** Indicators that a grid delivers. */
export function listGridIndicators (grid: GridEntry | undefined): string[] {
  return [...Object.keys(grid?.columns ?? {}), ...Object.keys(grid?.means ?? {})]
}
