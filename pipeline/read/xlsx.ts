import type { Sheet } from './sheet.ts'
import { buildSheet, TooManyCellsError, type CellBudget, type SheetBuilder, type StoredCell } from './sheet-builder.ts'
import { builtInFormats, dateOfSerial, isDateFormat } from './workbook-value.ts'
import { decodeEscapes, readSharedStrings, readXlsxParts, readXlsxStyles, type ReadPart, type XlsxLook } from './xlsx-parts.ts'
import { localName, readXml, XmlError, type Attributes } from './xml.ts'

/**
 * The sheets of an `.xlsx` workbook (ECMA-376, part 1, chapter 18), with the results of formulas that the spreadsheet stored.
 * The cells of a merged block but the first are blank, as in the file. Charts are no sheets.
 *
 * Sheets are read tag by tag into fields: a tree of the cells would take ten times the memory.
 *
 * @throws XmlError, TooManyCellsError
 */
export function readXlsx (readPart: ReadPart, decimal: ',' | '.', budget: CellBudget): Sheet[] {
  const parts = readXlsxParts(readPart)
  const strings = readSharedStrings(readPart(parts.strings) ?? '')
  const looks = readXlsxStyles(readPart(parts.styles) ?? '', new Map(builtInFormats)).map(({ format, indent }) => ({ format, indent, isDate: isDateFormat(format) }))
  return parts.sheets.map(({ name, hidden, path }) => {
    const text = readPart(path)
    if (text === undefined) throw new XmlError('malformed', `${path} ?`)
    const builder = buildSheet(name, hidden, decimal, budget)
    readSheet(text, builder, { strings, looks, is1904: parts.is1904 })
    return builder.finish()
  })
}

interface Shared {
  readonly strings: readonly string[]
  readonly looks: ReadonlyArray<XlsxLook & { readonly isDate: boolean }>
  readonly is1904: boolean
}

/** A cell while it is read. */
interface OpenCell {
  readonly row: number
  readonly column: number
  readonly type: string
  readonly look: number
  value: string | undefined
  hasFormula: boolean
}

const maxRows = 1_048_576
const maxColumns = 16_384

function readSheet (text: string, builder: SheetBuilder, shared: Shared): void {
  let cell: OpenCell | undefined
  let [row, column] = [-1, -1]
  let collects = false
  // Reading aids for Asian scripts stand within the text of a cell.
  let aside = 0
  readXml(text, {
    open (tag, attributes) {
      switch (localName(tag)) {
        case 'row': row = placeNumber(attributes.get('r'), row, maxRows); column = -1; break
        case 'c':
          [row, column] = placeOf(attributes.get('r'), row, column)
          cell = { row, column, type: attributes.get('t') ?? 'n', look: Number(attributes.get('s') ?? -1), value: undefined, hasFormula: false }
          break
        case 'v': collects = cell !== undefined; if (cell) cell.value ??= ''; break
        case 't': collects = cell?.type === 'inlineStr' && aside === 0; break
        case 'f': if (cell) cell.hasFormula = true; break
        case 'rPh': aside++; break
        case 'mergeCell': putMerge(builder, attributes); break
      }
    },
    close (tag) {
      switch (localName(tag)) {
        case 'v': case 't': collects = false; break
        case 'rPh': aside--; break
        case 'c': if (cell) builder.put(cell.row, cell.column, toCell(cell, shared)); cell = undefined; break
      }
    },
    text (content) {
      if (collects && cell) cell.value = (cell.value ?? '') + content
    },
  })
}

function toCell ({ type, value, look: index, hasFormula }: OpenCell, { strings, looks, is1904 }: Shared): StoredCell {
  if (value === undefined) return { value: null, fault: hasFormula ? 'uncalculated' : undefined }
  const look = looks[index]
  const shown = { format: look?.format, indent: look?.indent }
  switch (type) {
    case 's': return { value: strings[Number(value)] ?? '', ...shown }
    case 'b': return { value: value.trim() === '1' || value.trim() === 'true' }
    case 'e': return { value, fault: 'error' }
    case 'd': return { value: value.replace(/T00:00:00(?:\.0+)?Z?$/, '') }
    case 'n': {
      const number = value.trim() === '' ? null : Number(value)
      if (number === null || Number.isNaN(number)) return { value }
      return { value: (look?.isDate === true ? dateOfSerial(number, is1904) : undefined) ?? number, ...shown }
    }
    default: return { value: decodeEscapes(value), ...shown }
  }
}

/** From 0; what is not stated comes after what came before. */
function placeNumber (text: string | undefined, before: number, limit: number): number {
  const place = text === undefined ? before + 1 : Number(text) - 1
  if (!(Number.isInteger(place) && place >= 0)) throw new XmlError('malformed', `r="${text}"`)
  if (place >= limit) throw new TooManyCellsError()
  return place
}

function placeOf (reference: string | undefined, row: number, column: number): [row: number, column: number] {
  if (reference === undefined) return [Math.max(0, row), placeNumber(undefined, column, maxColumns)]
  const [, letters, digits] = /^([A-Za-z]{1,3})(\d{1,7})$/.exec(reference) ?? []
  if (letters === undefined) throw new XmlError('malformed', `r="${reference.slice(0, 20)}"`)
  let number = 0
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64
  return [placeNumber(digits, row, maxRows), placeNumber(String(number), column, maxColumns)]
}

function putMerge (builder: SheetBuilder, attributes: Attributes): void {
  const [from, to] = (attributes.get('ref') ?? '').split(':')
  if (from === undefined || to === undefined) return
  const [top, left] = placeOf(from, 0, 0)
  const [bottom, right] = placeOf(to, 0, 0)
  builder.merge({ top, left, bottom, right })
}
