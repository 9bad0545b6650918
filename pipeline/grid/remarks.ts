import type { Localised } from '../../core/area.ts'
import type { Language, Remark } from '../../core/edition.ts'
import { formatNumber } from '../../core/number.ts'
import { getPeriod } from '../../core/period.ts'
import { formatDate } from '../../core/text.ts'

/** What a reader must know about figures that were summed from cells. */
export interface GridFacts {
  readonly indicator: string
  readonly level: string
  readonly period: string
  readonly sizeMetres: number
  readonly assign: 'centre' | 'area'
  /** Inhabited cells on areas of the level, and how many of them are secret. */
  readonly inhabitedCells: number
  readonly secretCells: number
  /** Of a mean: the column it is weighed by, and which share of the weight lies in secret cells; without where the delivery is protected, as it is no printed figure. */
  readonly weight?: { readonly column: string, readonly secretShare?: number }
  /** Of a count in long form: cells that are not in the file can be empty or secret. */
  readonly isSparse: boolean
  /** How much the sums were changed to fit published values; empty where they were not. */
  readonly factors: readonly number[]
  /** Whether nothing may be said that follows from sums before the protection: a factor tells the sum of the cells. */
  readonly isProtected: boolean
}

/** The remark on all figures of an indicator, level and period. */
export function gridRemark (facts: GridFacts): Remark {
  return { kind: 'census', indicator: facts.indicator, level: facts.level, area: null, period: facts.period, text: bilingual(language => levelText(facts, language)) }
}

/** The remark on one area, for whoever looks at that alone. */
export function areaRemark (facts: Pick<GridFacts, 'indicator' | 'level' | 'period'>, area: string, secretCells: number, inhabitedCells: number): Remark {
  const { indicator, level, period } = facts
  return { kind: 'census', indicator, level, area, period, text: bilingual(language => `${secretText(secretCells, inhabitedCells, language, 'here')}`) }
}

function bilingual (write: (language: Language) => string): Localised {
  return { de: write('de'), en: write('en') }
}

function levelText (facts: GridFacts, language: Language): string {
  const { period, sizeMetres, weight, assign, isSparse, factors, secretCells, inhabitedCells, isProtected } = facts
  const day = formatDate(getPeriod(period).to, language)
  const size = sizeMetres % 1000 === 0 ? `${sizeMetres / 1000}${language === 'de' ? '-km' : ' km'}` : `${sizeMetres}${language === 'de' ? '-m' : ' m'}`
  const isGerman = language === 'de'
  const sentences = isGerman
    ? [
        `Stichtag ${day}.`,
        weight ? `Mittel der Zellen des ${size}-Gitters, gewichtet mit „${weight.column}“.` : `Summe der Zellen des ${size}-Gitters.`,
        secretText(secretCells, inhabitedCells, language, 'level'),
        weight?.secretShare !== undefined && secretCells > 0 && `Auf die geheimen Zellen entfallen ${percent(weight.secretShare, language)} des Gewichts.`,
        isSparse && 'Die Datei nennt nur Zellen mit Angaben; wo sie schweigt, kann niemand oder können wenige wohnen.',
        assign === 'area' ? 'Zellen auf einer Grenze sind nach ihrer Fläche aufgeteilt.' : 'Eine Zelle zählt ganz zu dem Gebiet, in dem ihre Mitte liegt.',
        factors.length > 0 && `Auf ${factors.length === 1 ? 'den veröffentlichten Wert' : 'veröffentlichte Werte'} gebracht${isProtected ? '' : ` (${formatFactors(factors, language)})`}.`,
      ]
    : [
        `Reference date ${day}.`,
        weight ? `Mean of the cells of the ${size} grid, weighted by "${weight.column}".` : `Sum of the cells of the ${size} grid.`,
        secretText(secretCells, inhabitedCells, language, 'level'),
        weight?.secretShare !== undefined && secretCells > 0 && `The secret cells hold ${percent(weight.secretShare, language)} of the weight.`,
        isSparse && 'The file lists cells with figures only; where it is silent, nobody or few may live.',
        assign === 'area' ? 'Cells on a border are divided by their land.' : 'A cell counts wholly for the area its centre lies in.',
        factors.length > 0 && `Brought to ${factors.length === 1 ? 'the published value' : 'published values'}${isProtected ? '' : ` (${formatFactors(factors, language)})`}.`,
      ]
  return sentences.filter(sentence => typeof sentence === 'string').join(' ')
}

function secretText (secretCells: number, inhabitedCells: number, language: Language, where: 'level' | 'here'): string {
  const number = (value: number) => formatNumber(value, { decimals: 0, language })
  if (secretCells === 0) return language === 'de' ? 'Keine bewohnte Zelle ist geheim.' : 'No inhabited cell is secret.'
  const [some, all, share] = [number(secretCells), number(inhabitedCells), percent(secretCells / inhabitedCells, language)]
  return language === 'de'
    ? `${some} von ${all} bewohnten Zellen ${secretCells === 1 ? 'ist' : 'sind'} ${where === 'here' ? 'hier ' : ''}geheim (${share}).`
    : `${some} of ${all} inhabited cells ${secretCells === 1 ? 'is' : 'are'} secret${where === 'here' ? ' here' : ''} (${share}).`
}

function percent (share: number, language: Language): string {
  return `${formatNumber(share * 100, { decimals: 1, language })}\u00a0%`
}

function formatFactors (factors: readonly number[], language: Language): string {
  const format = (value: number) => formatNumber(value, { decimals: 4, language })
  const [least, most] = [Math.min(...factors), Math.max(...factors)]
  if (factors.length === 1) return `${language === 'de' ? 'Faktor' : 'factor'} ${format(least)}`
  return language === 'de' ? `Faktoren ${format(least)} bis ${format(most)}` : `factors ${format(least)} to ${format(most)}`
}
