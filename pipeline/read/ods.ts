import type { Merge, Sheet } from './sheet.ts'
import { readOdsStyles, type OdsStyles } from './ods-styles.ts'
import { buildSheet, TooManyCellsError, type CellBudget, type SheetBuilder, type StoredCell } from './sheet-builder.ts'
import { readXml, type Attributes } from './xml.ts'

/** The parts of an OpenDocument table that are read, as text. */
export interface OdsParts {
  readonly content: string
  /** Named styles; `''` where the file has none. */
  readonly styles: string
}

/**
 * The sheets of an OpenDocument table (ODF 1.3, part 3), rows in groups and repeated head rows too. Comments and drawings on
 * cells are no text of the cells; what stands hidden under a merged block is left out.
 *
 * @throws XmlError, TooManyCellsError
 */
export function readOds ({ content, styles }: OdsParts, decimal: ',' | '.', budget: CellBudget): Sheet[] {
  const reader = new OdsReader(readOdsStyles([...(styles === '' ? [] : [styles]), content]), decimal, budget)
  readXml(content, {
    open: (name, attributes) => { reader.open(name, attributes) },
    close: name => { reader.close(name) },
    text: text => { reader.text(text) },
  })
  return reader.sheets
}

/** Excel and LibreOffice have no more; a sheet that says so has a style on blank cells to its end. */
const maxRows = 1_048_576
const maxColumns = 16_384

/** A cell while it is read. */
interface OpenCell {
  readonly attributes: Attributes
  readonly isCovered: boolean
  readonly paragraphs: string[]
}

/** Elements within a cell that are no text of it. */
const asides = ['office:annotation', 'draw:frame', 'draw:custom-shape', 'draw:g', 'draw:line', 'draw:rect', 'table:detective', 'text:note', 'text:ruby-text']

class OdsReader {
  readonly sheets: Sheet[] = []
  readonly #styles: OdsStyles
  readonly #decimal: ',' | '.'
  readonly #budget: CellBudget
  #builder: SheetBuilder | undefined
  #row = 0
  #column = 0
  #rowRepeat = 1
  #rowStyle: string | undefined
  /** Of the current row, to be put as often as it is repeated. */
  #cells: Array<{ readonly column: number, readonly cell: StoredCell, readonly merge: Merge | undefined }> = []
  /** Styles of columns: each from a column on. */
  #columnStyles: Array<{ readonly until: number, readonly style: string | undefined }> = []
  #cell: OpenCell | undefined
  /** How many elements deep we are in something that is no text. */
  #aside = 0
  #inParagraph = false

  constructor (styles: OdsStyles, decimal: ',' | '.', budget: CellBudget) {
    this.#styles = styles
    this.#decimal = decimal
    this.#budget = budget
  }

  open (name: string, attributes: Attributes): void {
    if (this.#aside > 0 || asides.includes(name)) { this.#aside++; return }
    switch (name) {
      case 'table:table': this.#openSheet(attributes); break
      case 'table:table-column': this.#addColumns(attributes); break
      case 'table:table-row': this.#openRow(attributes); break
      case 'table:table-cell': case 'table:covered-table-cell':
        this.#cell = { attributes, isCovered: name === 'table:covered-table-cell', paragraphs: [] }
        break
      case 'text:p': case 'text:h': this.#cell?.paragraphs.push(''); this.#inParagraph = true; break
      case 'text:s': this.#append(' '.repeat(Math.min(count(attributes.get('text:c')), 1000))); break
      case 'text:tab': this.#append('\t'); break
      case 'text:line-break': this.#append('\n'); break
    }
  }

  close (name: string): void {
    if (this.#aside > 0) { this.#aside--; return }
    switch (name) {
      case 'table:table': this.#closeSheet(); break
      case 'table:table-row': this.#closeRow(); break
      case 'table:table-cell': case 'table:covered-table-cell': this.#closeCell(); break
      case 'text:p': case 'text:h': this.#inParagraph = false; break
    }
  }

  /** Blanks stand as they are: LibreOffice writes several in a row, though the standard has an element for them; line breaks are only layout of the file. */
  text (text: string): void {
    if (this.#aside === 0 && this.#inParagraph) this.#append(text.replaceAll(/\s*[\r\n]\s*/g, ' '))
  }

  #append (text: string): void {
    const paragraphs = this.#cell?.paragraphs
    if (paragraphs !== undefined && paragraphs.length > 0) paragraphs[paragraphs.length - 1] += text
  }

  #openSheet (attributes: Attributes): void {
    const name = attributes.get('table:name') ?? `Sheet${this.sheets.length + 1}`
    this.#builder = buildSheet(name, this.#styles.isHidden(attributes.get('table:style-name') ?? ''), this.#decimal, this.#budget)
    this.#row = 0
    this.#columnStyles = []
  }

  #closeSheet (): void {
    if (this.#builder !== undefined) this.sheets.push(this.#builder.finish())
    this.#builder = undefined
  }

  #addColumns (attributes: Attributes): void {
    const until = (this.#columnStyles.at(-1)?.until ?? 0) + count(attributes.get('table:number-columns-repeated'))
    if (until <= maxColumns) this.#columnStyles.push({ until, style: attributes.get('table:default-cell-style-name') })
  }

  #openRow (attributes: Attributes): void {
    this.#column = 0
    this.#cells = []
    this.#rowRepeat = count(attributes.get('table:number-rows-repeated'))
    this.#rowStyle = attributes.get('table:default-cell-style-name')
  }

  #closeRow (): void {
    const repeat = this.#cells.length === 0 ? 1 : this.#rowRepeat
    if (this.#cells.length > 0 && this.#row + repeat > maxRows) throw new TooManyCellsError()
    this.#budget.spend(this.#cells.length * (repeat - 1))
    for (let i = 0; i < repeat; i++) {
      for (const { column, cell, merge } of this.#cells) {
        this.#builder?.put(this.#row + i, column, cell)
        if (merge !== undefined) this.#builder?.merge({ ...merge, top: this.#row + i, bottom: this.#row + i + merge.bottom })
      }
    }
    this.#row += this.#rowRepeat
    this.#cells = []
  }

  #closeCell (): void {
    const open = this.#cell
    this.#cell = undefined
    if (open === undefined) return
    const repeat = count(open.attributes.get('table:number-columns-repeated'))
    const isFilled = !open.isCovered && (open.paragraphs.length > 0 || open.attributes.has('office:value-type') || open.attributes.has('table:formula'))
    const merge = mergeOf(open.attributes)
    if (isFilled || merge !== undefined) {
      if (this.#column + repeat > maxColumns) throw new TooManyCellsError()
      this.#budget.spend(repeat)
      for (let i = 0; i < repeat; i++) {
        const column = this.#column + i
        this.#cells.push({ column, cell: this.#toCell(open, column), merge: merge && { ...merge, left: column, right: column + merge.right } })
      }
    }
    this.#column += repeat
  }

  #toCell ({ attributes, paragraphs }: OpenCell, column: number): StoredCell {
    const style = attributes.get('table:style-name') ?? this.#rowStyle ?? this.#columnStyles.find(({ until }) => column < until)?.style ?? ''
    const text = paragraphs.join('\n')
    const isError = attributes.get('calcext:value-type') === 'error'
    const isUncalculated = attributes.has('table:formula') && !attributes.has('office:value-type') && text === ''
    return {
      ...valueOf(attributes, text, this.#styles.formatOf(style)),
      indent: this.#styles.indentOf(style),
      fault: isError ? 'error' : isUncalculated ? 'uncalculated' : undefined,
    }
  }
}

function valueOf (attributes: Attributes, text: string, format: string): StoredCell {
  const number = Number(attributes.get('office:value'))
  switch (attributes.get('office:value-type')) {
    case 'float': case 'currency': return { value: number, format }
    case 'percentage': return { value: number, format: '0%' }
    case 'boolean': return { value: attributes.get('office:boolean-value') === 'true' }
    case 'date': return { value: (attributes.get('office:date-value') ?? text).replace(/T00:00:00(?:\.0+)?$/, '').replace(/(T\d\d:\d\d:\d\d)\.\d+$/, '$1') }
    default: return { value: text === '' ? attributes.get('office:string-value') ?? '' : text }
  }
}

/** With `bottom` and `right` as what is added to the place of the cell. */
function mergeOf (attributes: Attributes): Merge | undefined {
  const [rows, columns] = [count(attributes.get('table:number-rows-spanned')), count(attributes.get('table:number-columns-spanned'))]
  return rows === 1 && columns === 1 ? undefined : { top: 0, left: 0, bottom: Math.min(rows, maxRows) - 1, right: Math.min(columns, maxColumns) - 1 }
}

/** A repetition; whatever is no number from 1 on counts once. */
function count (text: string | undefined): number {
  const value = Number(text ?? 1)
  return Number.isInteger(value) && value >= 1 ? value : 1
}
