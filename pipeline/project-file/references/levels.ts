import type { Checks } from './checks.ts'
import type { LevelEntry, ProjectFile } from '../schema.ts'
import { isProtected, rulesOf } from '../../protect/rules.ts'

/** The ways in which a level gets its areas, and what each of them needs. */
const sources = {
  file: ['key', 'name'],
  dissolve: ['id', 'areaName'],
  of: ['areas'],
  keys: [],
} as const

export function checkLevel (check: Checks, level: LevelEntry, index: number): void {
  const path = ['levels', index]
  check.date([...path, 'validFrom'], level.validFrom)
  check.date([...path, 'validTo'], level.validTo)
  if (level.parent !== undefined) check.known([...path, 'parent'], level.parent, check.levelIds.filter(id => id !== level.id))
  if (level.validTo !== undefined && level.validTo < level.validFrom) {
    check.invalid([...path, 'validTo'], level.validTo, { de: 'ein Tag nach validFrom', en: 'a day after validFrom' })
  }
  check.endless([...path, 'parent'], level, ({ parent }) => parent)
  check.endless([...path, 'boundaries'], level, ({ boundaries: { dissolve, of } }) => dissolve ?? of)
  checkBoundaries(check, level, [...path, 'boundaries'])
}

function checkBoundaries (check: Checks, level: LevelEntry, path: ReadonlyArray<string | number>): void {
  const { boundaries } = level
  for (const key of ['key', 'name', 'parentKey'] as const) check.expression([...path, key], boundaries[key] ?? {})
  const given = (Object.keys(sources) as Array<keyof typeof sources>).filter(source => boundaries[source] !== undefined)
  const [source] = given
  if (source === undefined || given.length > 1) {
    return check.invalid(path, given.join(', '), { de: 'genau eine Herkunft der Grenzen: file, dissolve, of oder keys', en: 'exactly one source of the boundaries: file, dissolve, of or keys' })
  }
  for (const key of ['dissolve', 'of'] as const) {
    const other = boundaries[key]
    const usable = check.file.levels.filter(({ id, boundaries }) => id !== level.id && boundaries.keys === undefined).map(({ id }) => id)
    if (other !== undefined) check.known([...path, key], other, usable)
  }
  // A union need not cover what contains it: its sum would pass for the whole.
  if ((source === 'of' || source === 'keys') && level.parent !== undefined) {
    check.invalid([...path.slice(0, -1), 'parent'], level.parent, { de: `keine Ebene, die diese enthält: mit ${source} ergibt sich keine Summe`, en: `no level that contains this one: with ${source} there is no sum` })
  }
  for (const key of sources[source]) {
    // An assignment list names the areas.
    if (boundaries[key] === undefined && !(key === 'name' && boundaries.assign !== undefined)) {
      check.report('project-file-missing-key', path, { key, what: { de: 'gehört zu den Grenzen dieser Ebene', en: 'belongs to the boundaries of this level' } })
    }
  }
}

/** Crosswalks lead from one level to another, in one way; a level without boundaries only passes on what need not be protected. */
export function checkCrosswalks (check: Checks, { crosswalks = [], levels, deliveries }: ProjectFile): void {
  const retired = levels.filter(({ boundaries }) => boundaries.keys !== undefined)
  crosswalks.forEach((entry, index) => {
    const path = ['crosswalks', index]
    check.known([...path, 'from'], entry.from, check.levelIds)
    check.known([...path, 'to'], entry.to, check.levelIds.filter(id => id !== entry.from && !retired.some(level => level.id === id)))
    entry.indicators?.forEach((id, position) => check.known([...path, 'indicators', position], id, check.ids('count')))
    const ways = (['table', 'areal', 'grid'] as const).filter(way => entry[way] !== undefined)
    if (ways.length !== 1) check.invalid(path, ways.join(', '), { de: 'genau eine Art der Gewichte: table, areal oder grid', en: 'exactly one kind of weights: table, areal or grid' })
    if (ways[0] !== 'table' && retired.some(({ id }) => id === entry.from)) {
      check.invalid([...path, ways[0] ?? 'from'], true, { de: 'table: von dieser Ebene gibt es keine Grenzen', en: 'table: this level has no boundaries' })
    }
  })
  const isRetired = (id: string | undefined) => retired.some(level => level.id === id)
  deliveries.forEach((delivery, index) => {
    const level = retired.find(({ id, system }) => id === delivery.level || (delivery.system !== undefined && (system ?? id) === delivery.system))
    const isMeasured = check.audiences.some(audience => isProtected(rulesOf(delivery, audience)))
    if (level && isMeasured) check.report('crosswalk-keys-protected', ['deliveries', index], { delivery: delivery.id, level: level.id })
  })
  if (isRetired(check.file.referenceLevel)) check.known(['referenceLevel'], check.file.referenceLevel!, check.levelIds.filter(id => !isRetired(id)))
}
