import type { Address } from './address.ts'
import type { Judge } from './judge.ts'
import { findReference } from '../../core/edition.ts'
import { getTexts } from '../../core/text.ts'
import { viewFacts } from './facts.ts'
import { judgeClaim, judgeText, report } from './judge.ts'

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
  for (const fields of lines.slice(0, blank)) for (const field of fields) judgeText(judge, field, allowed)
  const header = lines[blank + 1] ?? []
  const { table } = getTexts(language)
  const known5 = [table.key, table.area, null, table.class, table.remark]
  header.forEach((field, i) => {
    const isKnown = i < known5.length && (known5[i] === null ? field.startsWith(table.value) : field === known5[i])
    if (!isKnown) report(judge, 'A1', 'unknown-attribute', `column ${i + 1}: ${field}`)
    judgeText(judge, field, null)
  })
  const place = { indicator: indicator.id, period: series.periods[row]!, language, digits: 'all' as const, breaks: facts.classes.breaks }
  let order = -1
  for (const [id = '', name = '', text = '', group = '', remark = '', ...more] of lines.slice(blank + 2)) {
    if (id === '' && name === '' && text === '') continue
    if (more.length > 0) report(judge, 'A1', 'unknown-attribute', `column ${6}: ${more.join(' ')}`)
    const classIndex = group === '' ? null : Number(group) - 1
    const look = [group, remark, ...more].join('|')
    judgeText(judge, remark, null)
    if (id === '') {
      const town = findReference(judge.facts.edition)
      if (town) judgeClaim(judge, { ...place, level: town.level.id, area: town.area.id, sink: 'csv', text, classIndex, look })
      continue
    }
    const area = id.replace(/^'/, '')
    const column = columns.get(area) ?? -1
    if (column <= order) report(judge, 'A2', 'other-order', area)
    order = column
    judgeClaim(judge, { ...place, level: level.id, area, sink: 'csv', text, classIndex, look })
  }
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
