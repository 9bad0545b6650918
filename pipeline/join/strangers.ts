import type { Localised } from '../../core/area.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { cleanText } from '../../core/visible-text.ts'
import { periodFact, quoteList } from '../facts.ts'
import { groupBy } from '../../core/group-by.ts'
import { yamlLine } from '../project-file/yaml-line.ts'
import { quotedKeys, type JoinInput, type JoinLevel } from './input.ts'
import { applyKeyRule } from './key.ts'
import { describeValidity } from './period.ts'
import { guessSpelling } from './spelling.ts'

/** A key that no area of the level has. */
export interface Stranger {
  /** As it stands in the table. */
  readonly written: string
  /** As the key rule makes it. */
  readonly key: string
  readonly level: JoinLevel
  readonly period: string
  readonly place: Place
}

/** Why rows found no area, one problem per reason and level: lost zeros, other boundaries, names instead of keys, or a key that nobody knows. */
export function strangerProblems (strangers: readonly Stranger[], usedRows: number, input: JoinInput): Problem[] {
  const reasons = groupBy(strangers, stranger => `${stranger.level.id}|${reasonOf(stranger, input)}`)
  return [...reasons.values()].map(group => explain(group, usedRows, input))
}

function reasonOf (stranger: Stranger, { delivery, levels }: JoinInput): 'zeros' | 'vintage' | 'name' | 'unknown' {
  if (paddedTo(stranger) !== undefined && delivery.area.pad === undefined) return 'zeros'
  if (otherVintage(stranger, levels)) return 'vintage'
  return idOfName(stranger) === undefined ? 'unknown' : 'name'
}

function explain (group: readonly Stranger[], usedRows: number, input: JoinInput): Problem {
  const [first] = group as [Stranger]
  switch (reasonOf(first, input)) {
    case 'zeros': return lostZeros(group, first, input)
    case 'vintage': return elsewhere(group, first, input)
    case 'name': return namesForKeys(group, first, input)
    case 'unknown': return withoutArea(group, first, usedRows, input)
  }
}

/** Length that the key must have to be one of the level, filled up with zeros. */
function paddedTo ({ key, level }: Stranger): number | undefined {
  if (!/^\d+$/.test(key)) return undefined
  return level.areas.find(({ id }) => id.length > key.length && id === key.padStart(id.length, '0'))?.id.length
}

function lostZeros (group: readonly Stranger[], first: Stranger, { delivery, table }: JoinInput): Problem {
  const { area } = delivery
  const pad = paddedTo(first)!
  return problem('join-lost-zeros', first.place, {
    delivery: delivery.id,
    level: first.level.id,
    column: area.column ?? '',
    keys: quoteOf(group),
    count: group.length,
    rows: table.rows.length,
    example: first.key.padStart(pad, '0'),
    yaml: yamlLine('area', { ...area, pad }),
  }, { path: ['deliveries', delivery.id, 'area', 'pad'], value: pad })
}

/** Another level of the same system that has the key, and does not hold in the period. */
function otherVintage ({ key, level }: Stranger, levels: readonly JoinLevel[]): JoinLevel | undefined {
  return levels.find(({ id, system, areas }) => id !== level.id && system === level.system && areas.some(area => area.id === key))
}

function elsewhere (group: readonly Stranger[], first: Stranger, { delivery, levels }: JoinInput): Problem {
  const other = otherVintage(first, levels)!
  const names = group.map(({ key }) => other.areas.find(({ id }) => id === key)?.name ?? '').filter(name => name !== '')
  return problem('join-other-vintage', first.place, {
    delivery: delivery.id, level: first.level.id, period: periodFact(first.period), keys: quoteOf(group), names: quoteList(names, 3), valid: describeValidity(first.level), other: other.id, otherValid: describeValidity(other),
  })
}

/** Id of the only area with this name. */
function idOfName ({ written, level }: Stranger): string | undefined {
  const name = cleanText(written)
  const called = level.areas.filter(area => cleanText(area.name) === name)
  return called.length === 1 ? called[0]!.id : undefined
}

/** More than so many entries nobody copies from a message. */
const longestLookUp = 20

function namesForKeys (group: readonly Stranger[], first: Stranger, { delivery }: JoinInput): Problem {
  const { area } = delivery
  const found = Object.fromEntries(group.map(stranger => [cleanText(stranger.written), idOfName(stranger)!]))
  const lookUp = { ...area.lookUp, ...found }
  const shown = Object.fromEntries(Object.entries(lookUp).slice(0, longestLookUp))
  return problem('join-names-for-keys', first.place, {
    delivery: delivery.id, level: first.level.id, column: area.column ?? '', keys: quoteOf(group), count: group.length, yaml: yamlLine('area', { ...area, lookUp: shown }),
  }, { path: ['deliveries', delivery.id, 'area', 'lookUp'], value: Object.fromEntries(Object.entries(lookUp).map(([name, id]) => [name, String(id)])) })
}

function withoutArea (group: readonly Stranger[], first: Stranger, used: number, { delivery, table }: JoinInput): Problem {
  const { level } = first
  return problem('join-rows-without-area', first.place, {
    delivery: delivery.id, used, rows: table.rows.length, keys: quoteOf(group), level: level.id, examples: quoteList(level.areas.map(({ id }) => id), 3), guess: guessOf(group, delivery),
  })
}

/** What was probably meant, for the first few keys, and what else it could be. */
function guessOf (group: readonly Stranger[], { area }: JoinInput['delivery']): Localised {
  const guesses = group.slice(0, 3).flatMap(({ written, level }) => {
    const text = cleanText(written)
    const meant = guessSpelling(text, [...Object.keys(area.lookUp ?? {}), ...level.areas.map(({ name }) => name)]) ?? guessSpelling(applyKeyRule(area, text), level.areas.map(({ id }) => id))
    return meant === undefined ? [] : [{ text, meant }]
  })
  const also = {
    de: 'Sind es Summenzeilen oder Fälle ohne Zuordnung, gehören ihre Schlüssel in totals oder unassigned der Lieferung.',
    en: 'If these are totals or cases without an area, their keys belong into totals or unassigned of the delivery.',
  }
  if (guesses.length === 0) return also
  const pairs = (say: (text: string, meant: string) => string) => guesses.map(({ text, meant }) => say(text, meant)).join(', ')
  return {
    de: `Gemeint ist vielleicht ${pairs((text, meant) => `„${meant}“ (geschrieben „${text}“)`)}: die Schreibweise angleichen oder in area lookUp eintragen. ${also.de}`,
    en: `Perhaps ${pairs((text, meant) => `"${meant}" (written "${text}")`)} is meant: make the spelling equal, or use lookUp in area. ${also.en}`,
  }
}

function quoteOf (group: readonly Stranger[]): string {
  return quoteList([...new Set(group.map(({ written }) => written))], quotedKeys)
}
