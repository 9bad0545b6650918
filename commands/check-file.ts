import path from 'node:path'
import type { Language } from '../core/edition.ts'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { getCommandTexts, type CommandTexts } from '../core/text/commands.ts'
import { visibleText } from '../core/visible-text.ts'
import { readLayer, type SourceLayer } from '../pipeline/read/layer.ts'
import type { DeliveredTable } from '../pipeline/read/table.ts'
import { readTables } from '../pipeline/read/tables.ts'
import { personColumns, type PersonColumn } from '../pipeline/records/person-columns.ts'
import { isPersonalHead } from '../pipeline/facilities/personal-heads.ts'
import { describeColumns } from '../pipeline/records/refuse-persons.ts'
import { reportFindings } from './report.ts'

/** Checks one delivered file without a project: says what was recognised, and what is wrong with the file alone. Writes nothing. */
export async function checkFile (filePath: string, language: Language): Promise<number> {
  const displayName = path.basename(filePath)
  const { lines, problems } = layerEndings.test(filePath) ? await describeLayer(filePath, displayName, language) : await describeTables(filePath, displayName, language)
  reportFindings(problems, language, 'file')
  if (lines.length > 0) console.log(lines.join('\n'))
  return hasErrors(problems) ? 1 : 0
}

interface Described {
  readonly lines: readonly string[]
  readonly problems: readonly Problem[]
}

/** Of these the ending says that they hold boundaries; everything else is read as a table. */
const layerEndings = /\.(?:shp|zip|geojson|json|gpkg)$/i

async function describeLayer (filePath: string, displayName: string, language: Language): Promise<Described> {
  const { layer, problems } = await readLayer(filePath, { displayName })
  if (!layer) return { problems, lines: [] }
  const persons = personColumns({ columns: layer.attributes, rows: layer.features.map(({ record, attributes }) => ({ line: record, fields: layer.attributes.map(name => attributes[name] ?? '') })) })
  return { problems, lines: layerLines(layer, hiddenColumns(layer.attributes, persons), language) }
}

/** @param hidden attributes that may tell about people: their contents are not shown */
function layerLines ({ file, crs, attributes, features }: SourceLayer, hidden: ReadonlySet<number>, language: Language): string[] {
  const words = getCommandTexts(language).file
  const kinds = [...new Set(features.map(({ kind }) => kind))].map(kind => words.shapes[kind]).join(', ')
  return [
    `${file}: ${words.layer(features.length, kinds)}`,
    `${words.crs}: ${crs === null ? words.unknown : /^\w+\["([^"]+)"/.exec(crs)?.[1] ?? crs}`,
    ...columnLines(attributes, hidden, name => features.map(({ attributes: values }) => values[name] ?? ''), words),
  ]
}

async function describeTables (filePath: string, displayName: string, language: Language): Promise<Described> {
  const { tables, problems } = await readTables(filePath, { displayName })
  const described = tables.map(table => ({ table, persons: personColumns(table) }))
  return {
    problems: [...problems, ...described.flatMap(({ table, persons }) => personProblems(table, persons))],
    lines: described.flatMap(({ table, persons }) => tableLines(table, hiddenColumns(table.columns, persons), language)),
  }
}

/** One column may tell about the area (its office, its address); two that leave no doubt tell about people. */
/** Also those of lists of facilities, which name whoever is in charge. */
function hiddenColumns (heads: readonly string[], persons: readonly PersonColumn[]): ReadonlySet<number> {
  return new Set([...persons.map(({ index }) => index), ...heads.flatMap((head, index) => isPersonalHead(head) ? [index] : [])])
}

function personProblems ({ file }: DeliveredTable, persons: readonly PersonColumn[]): Problem[] {
  return persons.filter(({ isCertain }) => isCertain).length < 2 ? [] : [problem('records-persons', { file }, { columns: describeColumns(persons) })]
}

/** @param hidden columns that may tell about people: their contents are not shown */
function tableLines (table: DeliveredTable, hidden: ReadonlySet<number>, language: Language): string[] {
  const words = getCommandTexts(language).file
  const { file, sheet, encoding, delimiter, notation, columns, rows } = table
  const kind = sheet === null ? words.text(encoding, columns.length < 2 ? '' : delimiter === '\t' ? words.tab : words.quote(delimiter ?? '')) : words.sheet(visibleText(sheet))
  return [
    `${file}: ${kind}, ${words.rows(rows.length)}`,
    `${words.numbers}: ${words.notation(notation.decimal, notation.thousands)}`,
    ...columnLines(columns, hidden, (_, index) => rows.map(({ fields }) => fields[index] ?? ''), words),
  ]
}

/** One line per column: its head and the first text below it. */
function columnLines (columns: readonly string[], hidden: ReadonlySet<number>, textsOf: (column: string, index: number) => readonly string[], words: CommandTexts['file']): string[] {
  return [
    `${words.columns}:`,
    ...columns.map((column, index) => {
      const head = `  ${words.quote(visibleText(column))}`
      if (hidden.has(index)) return `${head} ${words.hidden}`
      const example = textsOf(column, index).find(text => text.trim() !== '')
      return `${head}${example === undefined ? ` ${words.blank}` : `, ${words.example} ${words.quote(visibleText(example))}`}`
    }),
  ]
}
