import type { Address } from './address.ts'
import type { Between } from '../../core/cell.ts'
import type { Language } from '../../core/edition.ts'
import type { KnownSeries } from './facts.ts'
import type { Judge } from './judge.ts'
import { findReference } from '../../core/edition.ts'
import { getTexts } from '../../core/text.ts'
import { betweenAt, isSamePair, noPair, takeBetween } from './between.ts'
import { viewFacts } from './facts.ts'
import { judgeClaim, judgeText, report } from './judge.ts'
import { judgeNoticeLines } from './notice.ts'
import { judgeReferenceLine } from './references.ts'

/** A view as CSV: lines that say what it is, a blank line, the head of the table, one row per area, perhaps the town. */
export function judgeCsv (judge: Judge, source: string, address: Address): void {
  if (address.kind !== 'view') {
    report(judge, 'A1', 'unreadable', 'a table that the audit does not know')
    return
  }
  const { known, row, language, view } = address
  const { level, series, indicator, columns } = known
  const facts = viewFacts(judge.facts, known, row, language, view.classes)
  const lines = parseCsv(source.replace(/^\uFEFF/, ''))
  const blank = lines.findIndex(fields => fields.length === 1 && fields[0] === '')
  const allowed = new Set(facts.classes.breaks.map(String))
  judgeNoticeLines(judge, lines.slice(0, blank).map(fields => fields.join(';')), language)
  for (const fields of lines.slice(0, blank)) {
    const known = judgeReferenceLine(judge, fields, indicator.id, language)
    fields.forEach((field, i) => { if (i !== known) judgeText(judge, field, allowed) })
  }
  const header = lines[blank + 1] ?? []
  const { table } = getTexts(language)
  const hasBetween = tellsBetween(known, row) || facts.town?.between != null
  const names = [table.key, table.area, null, table.class, table.remark, ...hasBetween ? [table.atLeast, table.atMost] : []]
  header.forEach((field, i) => {
    const isKnown = i < names.length && (names[i] === null ? field.startsWith(table.value) : field === names[i])
    if (!isKnown) report(judge, 'A1', 'unknown-attribute', `column ${i + 1}: ${field}`)
    judgeText(judge, field, null)
  })
  const place = { indicator: indicator.id, period: series.periods[row]!, language, digits: 'all' as const, breaks: facts.classes.breaks }
  let order = -1
  for (const [id = '', name = '', text = '', group = '', remarkText = '', ...more] of lines.slice(blank + 2)) {
    if (id === '' && name === '' && text === '') continue
    const columnsOfBetween = hasBetween ? more.splice(0, 2) : []
    if (more.length > 0) report(judge, 'A1', 'unknown-attribute', `column ${names.length + 1}: ${more.join(' ')}`)
    const { rest: remark, between: said } = takeBetween(remarkText, language)
    const between = !hasBetween || isSamePair(said, readPair(columnsOfBetween, language)) ? said : noPair
    const classIndex = group === '' ? null : Number(group) - 1
    const look = [group, remark, ...more].join('|')
    judgeText(judge, remark, null)
    if (id === '') {
      const town = findReference(judge.facts.edition)
      if (town) judgeClaim(judge, { ...place, level: town.level.id, area: town.area.id, sink: 'csv', text, classIndex, between, look })
      continue
    }
    const area = id.replace(/^'/, '')
    const column = columns.get(area) ?? -1
    if (column <= order) report(judge, 'A2', 'other-order', area)
    order = column
    judgeClaim(judge, { ...place, level: level.id, area, sink: 'csv', text, classIndex, between, look })
  }
}

function tellsBetween (known: KnownSeries, row: number): boolean {
  return known.level.areas.some((_, column) => betweenAt(known, row, column) !== null)
}

/** Two columns with all digits and no grouping; both empty where nothing is told. */
function readPair ([least = '', greatest = '']: readonly string[], language: Language): Between | null {
  if (least === '' && greatest === '') return null
  const read = (text: string) => /^-?\d+([.,]\d+)?(e[-+]?\d+)?$/.test(text) && !text.includes(language === 'de' ? '.' : ',') ? Number(text.replace(',', '.')) : Number.NaN
  return [read(least), read(greatest)]
}

/** RFC 4180 with semicolons; quoted fields may hold line ends. */
export function parseCsv (text: string): string[][] {
  const lines: string[][] = []
  let fields: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^;\r\n]*))(;|\r\n|\r|\n|$)/y
  while (field.lastIndex < text.length) {
    const match = field.exec(text)
    if (!match) break
    fields.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'))
    if (match[3] === ';') continue
    lines.push(fields)
    fields = []
  }
  if (fields.length > 0) lines.push(fields)
  return lines
}
