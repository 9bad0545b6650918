import { problem, type Problem, type ProblemCode } from '../../core/problem.ts'
import { decodeText } from '../read/encoding.ts'
import { fileProblem } from '../read/file.ts'
import type { Box } from '../ring.ts'
import { readGridHead, type GridField, type GridHead } from './grid-head.ts'
import { EndlessGridError, InflationError, LongLineError, maxRatio, mostBytes, readLines } from './grid-lines.ts'

/** Cells of a census grid. Values are numbers, `secret` or `uninhabited`, one array per field asked for. */
export interface Grid {
  /** Centres of the cells, metres of the grid's own system. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly sizeMetres: number
  readonly values: readonly Float64Array[]
  /** Lines below the head. */
  readonly rows: number
  /** Around the centres of all cells of the file, those left out included. */
  readonly extent: Box
}

/** A cell whose value the source keeps to itself. */
export const secret = -Infinity
/** A cell in which nobody lives, or of which the line does not speak. */
export const uninhabited = Infinity

export interface GridInput {
  readonly displayName: string
  readonly x?: string | undefined
  readonly y?: string | undefined
  readonly size?: number | undefined
  readonly fields: readonly GridField[]
  /** How the source writes them, `-9`, `–`; defaults as in `defaultSigns`. */
  readonly secret?: ReadonlyArray<string | number> | undefined
  readonly uninhabited?: ReadonlyArray<string | number> | undefined
  readonly delimiter?: string | undefined
  readonly decimal?: ',' | '.' | undefined
  /** Cells with a centre beyond it are read, checked and left out. */
  readonly within?: Box
  /** More cells in it, or lines of cells in the long form, are refused; left out where the machine sets the limit. */
  readonly mostCells?: number
  /** A gzipped file that unpacks to more is refused; left out where the largest published grid sets the limit. */
  readonly mostBytes?: number
}

export const defaultSigns = { secret: ['-9', '–'], uninhabited: ['-1'] } as const

/** Reads the cells of a grid file in a stream, byte by byte: no line and no number ever becomes text. */
export async function readGrid (filePath: string, input: GridInput): Promise<{ grid?: Grid, problems: Problem[] }> {
  const place = { file: input.displayName }
  const state: { reader?: GridReader, problems: Problem[] } = { problems: [] }
  try {
    await readLines(filePath, (bytes, start, end, line) => {
      if (state.reader) {
        state.reader.addLine(bytes, start, end, line)
        return !state.reader.isFull
      }
      const { head, problems } = readGridHead(bytes.subarray(start, end), input, input.displayName)
      state.problems.push(...problems)
      if (!head) return false
      state.reader = new GridReader(head, input)
    }, input.mostBytes)
  } catch (error) {
    if (error instanceof LongLineError) return { problems: [problem('grid-long-line', { ...place, line: error.line })] }
    if (error instanceof EndlessGridError) return { problems: [problem('grid-endless', place, { limit: (input.mostBytes ?? mostBytes) / 1024 ** 3 })] }
    if (error instanceof InflationError) return { problems: [problem('grid-inflates', place, { ratio: maxRatio })] }
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) return { problems: [problem('grid-damaged-archive', place, { reason: error.message })] }
    return { problems: [fileProblem(error, input.displayName)] }
  }
  if (!state.reader) return { problems: state.problems.length > 0 ? state.problems : [problem('read-empty-file', place)] }
  return state.reader.finish()
}

/** Bytes of a sign or text, in both encodings a grid file can have. */
function encodings (text: string): Buffer[] {
  const bytes = [Buffer.from(text, 'utf8')]
  if (text === '–') bytes.push(Buffer.from([0x96]))
  else if (/[\u0080-\u00ff]/.test(text)) bytes.push(Buffer.from(text, 'latin1'))
  return bytes
}

interface Sign { readonly bytes: Buffer, readonly means: number }

/** Collects cells; what is wrong with lines is said once per kind, with their number. */
class GridReader {
  readonly #head: GridHead
  readonly #file: string
  readonly #within: Box
  readonly #decimal: number
  readonly #delimiter: number
  readonly #signs: readonly Sign[]
  readonly #where: ReadonlyArray<ReadonlyArray<{ readonly index: number, readonly texts: readonly Buffer[] }>>
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  readonly #seen = new Set<number>()
  readonly #mostCells: number
  /** There are more cells than can be told apart: reading on makes no sense. */
  isFull = false
  readonly #faults = new Map<ProblemCode, { readonly line: number, readonly facts: Record<string, string | number>, count: number }>()
  readonly #extent = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  #x = new Float64Array(4096)
  #y = new Float64Array(4096)
  #values: Float64Array[]
  #count = 0
  #rows = 0

  constructor (head: GridHead, input: GridInput) {
    this.#head = head
    this.#mostCells = input.mostCells ?? mostCells
    this.#file = input.displayName
    this.#within = input.within ?? { minX: -Infinity, minY: -Infinity, maxX: Infinity, maxY: Infinity }
    this.#decimal = (input.decimal ?? ',').charCodeAt(0)
    this.#delimiter = head.delimiter.charCodeAt(0)
    const sign = (means: number) => (text: string | number) => encodings(String(text)).map(bytes => ({ bytes, means }))
    this.#signs = [...(input.secret ?? defaultSigns.secret).flatMap(sign(secret)), ...(input.uninhabited ?? defaultSigns.uninhabited).flatMap(sign(uninhabited))]
    this.#where = head.fields.map(({ where }) => where.map(({ index, text }) => ({ index, texts: encodings(text) })))
    const last = Math.max(head.x, head.y, ...head.fields.flatMap(({ index, where }) => [index, ...where.map(other => other.index)]))
    this.#starts = new Int32Array(last + 1)
    this.#ends = new Int32Array(last + 1)
    this.#values = head.fields.map(() => new Float64Array(4096))
  }

  addLine (bytes: Buffer, start: number, end: number, line: number): void {
    if (start === end) return
    this.#rows++
    if (!this.#split(bytes, start, end)) return this.#fault('grid-short-line', line, { text: decodeText(bytes.subarray(start, Math.min(end, start + 60))).text })
    const { x: xIndex, y: yIndex, sizeMetres: size } = this.#head
    const [x, y] = [this.#number(bytes, xIndex), this.#number(bytes, yIndex)]
    if (Number.isNaN(x) || Number.isNaN(y)) return this.#fault('grid-unreadable-centre', line, { text: `${this.#text(bytes, xIndex)}; ${this.#text(bytes, yIndex)}` })
    if ((x - size / 2) % size !== 0 || (y - size / 2) % size !== 0) return this.#fault('grid-off-lattice', line, { x, y, size })
    this.#stretch(x, y)
    const { minX, minY, maxX, maxY } = this.#within
    if (x < minX || x > maxX || y < minY || y > maxY) return
    this.#addCell(bytes, x, y, line)
  }

  finish (): { grid?: Grid, problems: Problem[] } {
    const problems = [...this.#faults].map(([code, { line, facts, count }]) => problem(code, { file: this.#file, line }, { ...facts, count }))
    if (this.isFull) return { problems: [...problems, problem('grid-too-many-cells', { file: this.#file }, { limit: this.#mostCells })] }
    if (this.#rows === 0) problems.push(problem('grid-no-cells', { file: this.#file }))
    if (problems.length > 0) return { problems }
    return {
      problems,
      grid: {
        x: this.#x.subarray(0, this.#count),
        y: this.#y.subarray(0, this.#count),
        sizeMetres: this.#head.sizeMetres,
        values: this.#values.map(values => values.subarray(0, this.#count)),
        rows: this.#rows,
        extent: this.#extent,
      },
    }
  }

  #addCell (bytes: Buffer, x: number, y: number, line: number): void {
    if (this.#count === this.#x.length) this.#grow()
    let first = -1
    for (let field = 0; field < this.#values.length; field++) {
      const isMeant = this.#isMeant(bytes, field)
      const value = isMeant ? this.#value(bytes, field, line) : uninhabited
      if (isMeant && first === -1) first = field
      this.#values[field]![this.#count] = value
    }
    if (first === -1 && this.#values.length > 0) return
    if (this.#isRepeated(x, y, first)) return this.#fault('grid-cell-twice', line, { x, y })
    this.#x[this.#count] = x
    this.#y[this.#count] = y
    this.#count++
  }

  /** Whether the line speaks of a field: in the long form only the lines with its texts do. */
  #isMeant (bytes: Buffer, field: number): boolean {
    return this.#where[field]!.every(({ index, texts }) => texts.some(text => this.#equals(bytes, index, text)))
  }

  #value (bytes: Buffer, field: number, line: number): number {
    const { index } = this.#head.fields[field]!
    const value = this.#number(bytes, index)
    if (value >= 0) return value
    const sign = this.#signs.find(({ bytes: written }) => this.#equals(bytes, index, written))
    if (sign) return sign.means
    this.#fault('grid-unreadable-value', line, { text: this.#text(bytes, index), column: this.#head.columns[index]! })
    return uninhabited
  }

  /** The same cell on two lines would count its people twice; in the long form every field may have a line of its own. */
  #isRepeated (x: number, y: number, field: number): boolean {
    const { sizeMetres: size } = this.#head
    const key = ((y - size / 2) / size * 2 ** 20 + (x - size / 2) / size) * (this.#values.length + 1) + field
    if (this.#seen.has(key)) return true
    if (this.#seen.size >= this.#mostCells) this.isFull = true
    else this.#seen.add(key)
    return false
  }

  /** Finds where the fields begin and end, quotation marks left out; false where there are too few. */
  #split (bytes: Buffer, start: number, end: number): boolean {
    const [starts, ends, delimiter] = [this.#starts, this.#ends, this.#delimiter]
    let position = start
    for (let field = 0; field < starts.length; field++) {
      if (position > end) return false
      if (bytes[position] === quote) {
        const close = bytes.indexOf(quote, position + 1)
        if (close === -1 || close >= end) return false
        starts[field] = position + 1
        ends[field] = close
        position = close + 1
        while (position < end && bytes[position] !== delimiter) position++
      } else {
        starts[field] = position
        while (position < end && bytes[position] !== delimiter) position++
        ends[field] = position
      }
      position++
    }
    return true
  }

  /** Digits with at most one decimal mark and a minus in front; NaN for anything else. Correctly rounded. */
  #number (bytes: Buffer, field: number): number {
    const end = this.#ends[field]!
    let i = this.#starts[field]!
    const isNegative = bytes[i] === minus
    if (isNegative) i++
    if (i === end) return NaN
    let digits = 0
    let scale = 0
    for (; i < end; i++) {
      const digit = bytes[i]! - zero
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit
        scale *= 10
      } else if (bytes[i] === this.#decimal && scale === 0) {
        scale = 1
      } else {
        return NaN
      }
    }
    // Both are whole and below 2^53, so that the division rounds as reading the text would.
    if (digits > Number.MAX_SAFE_INTEGER || scale === 1) return NaN
    const value = scale === 0 ? digits : digits / scale
    return isNegative ? -value : value
  }

  #equals (bytes: Buffer, field: number, text: Buffer): boolean {
    const [start, end] = [this.#starts[field]!, this.#ends[field]!]
    return end - start === text.length && bytes.compare(text, 0, text.length, start, end) === 0
  }

  #text (bytes: Buffer, field: number): string {
    return decodeText(bytes.subarray(this.#starts[field], Math.min(this.#ends[field]!, this.#starts[field]! + 60))).text
  }

  #stretch (x: number, y: number): void {
    const extent = this.#extent
    if (x < extent.minX) extent.minX = x
    if (x > extent.maxX) extent.maxX = x
    if (y < extent.minY) extent.minY = y
    if (y > extent.maxY) extent.maxY = y
  }

  #grow (): void {
    const larger = (array: Float64Array): Float64Array<ArrayBuffer> => {
      const copy = new Float64Array(array.length * 2)
      copy.set(array)
      return copy
    }
    this.#x = larger(this.#x)
    this.#y = larger(this.#y)
    this.#values = this.#values.map(larger)
  }

  #fault (code: ProblemCode, line: number, facts: Record<string, string | number>): void {
    const known = this.#faults.get(code)
    if (known) known.count++
    else this.#faults.set(code, { line, facts, count: 1 })
  }
}

/** A set holds no more than 2^24. A town within its bounds is far below; all of Germany at 100 m is above. */
const mostCells = 16_000_000

const [quote, minus, zero] = [0x22, 0x2d, 0x30]
