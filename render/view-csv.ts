import type { Cell } from '../core/cell.ts'
import type { Edition, Language } from '../core/edition.ts'
import type { View } from '../core/view.ts'
import type { Site } from './site.ts'
import { csvText, guardFormula } from '../core/csv.ts'
import { localise } from '../core/edition.ts'
import { formatPlainNumber } from '../core/number.ts'
import { cellRemark, cellSign, formatDate, getTexts } from '../core/text.ts'
import { permalink } from './address.ts'
import { citeView } from './citation.ts'
import { generalNotes, markedNotes } from './reading-notes.ts'
import { findReferences, referenceRemark } from './references.ts'
import { getView } from './view-data.ts'
import { tableCell, viewTitle } from './view-parts.ts'

/**
 * A view as a table that a double click opens rightly in a German Excel: UTF-8 with byte order
 * mark, semicolons, decimal comma, CR LF, the official signs instead of numbers. The head lines
 * say what it is and where it comes from; after a blank line comes one row per area, then the town.
 */
export function viewCsv (edition: Edition, view: View, site: Site): string {
  const data = getView(edition, view)
  const { language, indicator, areas, cells, town, areaLevel } = data
  const texts = getTexts(language)
  const { asOf, sources, licences, isSynthetic } = citeView(data)
  const unit = localise(indicator.unit, language)
  const hasBetween = [...cells, ...(town ? [town.cell] : [])].some(cell => cell.status === 'suppressed' && cell.between !== undefined)
  const marked = markedNotes(edition, { indicator, level: areaLevel, period: view.period }, language)
  const row = (id: string, name: string, cell: typeof cells[number], notes: readonly string[] = []): string[] => {
    const { classNumber } = tableCell(cell, data)
    const value = cell.status === 'observed' && (cell.value !== 0 || cell.flag === 'estimated') ? formatPlainNumber(cell.value, language) : cellSign(cell, texts, String)
    return [id, guardFormula(name), value, classNumber === null ? '' : String(classNumber), guardFormula([cellRemark(cell, texts), ...notes].filter(text => text !== '').join('; ')), ...(hasBetween ? betweenFields(cell, language) : [])]
  }
  const head: string[][] = [
    [viewTitle(data)],
    ...(site.draft ? [[texts.frame.draft(site.draft.edition)]] : []),
    ...(edition.audience === 'internal' ? [[texts.frame.internal]] : []),
    ...(isSynthetic ? [[texts.frame.synthetic, texts.frame.syntheticHint]] : []),
    [texts.indicator.definition, localise(indicator.definition, language)],
    [texts.indicator.unit, unit],
    [texts.controls.level, localise(areaLevel.label, language)],
    [texts.frame.asOf, asOf],
    ...sources.map(source => [texts.frame.source, source]),
    ...licences.map(({ name, url }) => [texts.frame.licence, name, url]),
    [texts.frame.edition, edition.id],
    [texts.frame.permalink, permalink(edition, view, site)],
    ...generalNotes(edition, { indicator, level: areaLevel, period: view.period }, language).map(note => [texts.reading.heading, note]),
    ...findReferences(edition, { indicator, period: view.period }).map(({ area, figure }) => [
      texts.reading.references, localise(area.name, language), formatPlainNumber(figure.value, language), unit, formatDate(figure.referenceDate, language), figure.source, figure.licence.name,
      referenceRemark({ area, figure, indicator, period: view.period }, language),
    ]),
    [texts.indicator.signs, texts.signLegend.map(([sign, meaning]) => `${sign} ${meaning}`).join('; ')],
  ]
  const lines = [
    ...head.map(fields => fields.map(guardFormula)),
    [],
    [texts.table.key, texts.table.area, unit === '' ? texts.table.value : `${texts.table.value} (${unit})`, texts.table.class, texts.table.remark,
      ...(hasBetween ? [texts.table.atLeast, texts.table.atMost] : [])],
    ...areas.map(({ id, name }, i) => row(guardFormula(id), name, cells[i]!, marked.filter(({ areas }) => areas.includes(id)).map(({ ownText }) => ownText))),
    ...(town ? [row('', `${town.name} (${town.label})`, town.cell)] : []),
  ]
  return csvText(lines)
}

/** The two numbers that a suppressed value lies between, in columns of their own, so that nobody sums them by mistake. */
function betweenFields (cell: Cell, language: Language): string[] {
  return cell.status === 'suppressed' && cell.between ? cell.between.map(value => formatPlainNumber(value, language)) : ['', '']
}
