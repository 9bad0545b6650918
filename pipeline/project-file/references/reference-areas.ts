import type { Checks } from './checks.ts'
import type { ReferenceAreaEntry } from '../schema.ts'

/** What the schema cannot say about reference areas: that their indicators are printed, their periods are some, their dates exist. */
export function checkReferenceAreas (check: Checks): void {
  const { references } = check.file
  if (references === undefined) return
  check.unique('references', references)
  references.forEach((area, index) => checkArea(check, area, index))
}

function checkArea (check: Checks, area: ReferenceAreaEntry, index: number): void {
  const path = ['references', index]
  check.either(path, area, 'values', 'file')
  check.date([...path, 'referenceDate'], area.referenceDate)
  area.values?.forEach(({ indicator, period, referenceDate }, position) => {
    const at = [...path, 'values', position]
    check.known([...at, 'indicator'], indicator, check.file.indicators.map(({ id }) => id))
    check.published([...at, 'indicator'], indicator)
    check.period([...at, 'period'], period)
    check.date([...at, 'referenceDate'], referenceDate)
  })
}
