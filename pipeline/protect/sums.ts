/** A column of counts that is the sum of others in every row: `total = Σ coefficient · part`. */
export interface FoundSum {
  readonly total: number
  readonly parts: readonly number[]
  /** 1 or −1, in the order of the parts. */
  readonly coefficients: readonly number[]
}

/**
 * Finds sums that nobody declared. Whoever has the printed tables can find them too.
 *
 * Gaussian elimination modulo a prime, columns by ascending sum, so that a total comes out as the
 * combination of its parts. A relation counts if all its coefficients are 1 or −1, if it holds
 * exactly in every row, and if so many rows speak for it that it is no coincidence. Where there are
 * few rows, short sums are looked for one by one.
 *
 * @param columns whole numbers, one list per column, all of the same length (rows)
 */
export function findSums (columns: ReadonlyArray<readonly number[]>): FoundSum[] {
  const rows = columns[0]?.length ?? 0
  if (rows < columns.length + extraRows) return findShortSums(columns)
  const sums = columns.map(column => column.reduce((all, value) => all + value, 0))
  const order = columns.map((_, index) => index).filter(index => sums[index] !== 0).toSorted((a, b) => sums[a]! - sums[b]! || a - b)
  const basis: BasisVector[] = []
  return order.flatMap((column): FoundSum[] => {
    const { rest, combination } = reduce(columns[column]!, basis)
    const pivot = rest.findIndex(value => value !== 0)
    if (pivot >= 0) {
      basis.push({ pivot, values: scale(rest, inverse(rest[pivot]!)), combination: combine(column, combination, inverse(rest[pivot]!)) })
      return []
    }
    const found = toSum(column, combination)
    return found && isSupported(found, columns) ? [found] : []
  })
}

/** So many rows more than columns must agree. */
const extraRows = 10

/**
 * A town with few areas and many columns has too few rows for that. Sums of two or three terms need
 * none beyond their own: whoever reads `women` and `men` above the columns tries no others.
 */
function findShortSums (columns: ReadonlyArray<readonly number[]>): FoundSum[] {
  const totals = new Map(columns.map((column, index) => [column.join(), index]))
  const add = (parts: readonly number[]) => columns[0]!.map((_, row) => parts.reduce((sum, part) => sum + columns[part]![row]!, 0)).join()
  const isTold = (parts: readonly number[]) =>
    columns[0]!.filter((_, row) => parts.filter(part => columns[part]![row]! > 0).length > 1).length >= agreeingRows
  const found: FoundSum[] = []
  const tryParts = (...parts: number[]) => {
    const total = totals.get(add(parts))
    if (total !== undefined && !parts.includes(total) && isTold(parts)) found.push({ total, parts, coefficients: parts.map(() => 1) })
  }
  const each = (from: number, visit: (column: number) => void) => { for (let column = from; column < columns.length; column++) visit(column) }
  each(0, a => each(a + 1, b => tryParts(a, b)))
  // What is a sum of sums follows from these.
  const known = new Set(found.map(({ parts }) => parts.join()))
  const isNew = (...parts: number[]) => !known.has(parts.join())
  if (columns.length > mostColumns) return found
  each(0, a => each(a + 1, b => each(b + 1, c => { if (isNew(a, b) && isNew(a, c) && isNew(b, c)) tryParts(a, b, c) })))
  return found
}

/** So many rows with two terms above zero: by chance they agree in one of a million tables of single digits. */
const agreeingRows = 8

/** Three of sixty columns are tried in a moment. */
const mostColumns = 60

/** Largest prime below 2^26: products of two remainders stay exact. */
const prime = 67_108_859

/** A vector with 1 at its pivot, and of which columns it is made. */
interface BasisVector {
  readonly pivot: number
  readonly values: readonly number[]
  readonly combination: ReadonlyMap<number, number>
}

/** What is left of a column after all multiples of the basis are taken from it, and which columns these were. */
function reduce (column: readonly number[], basis: readonly BasisVector[]): { rest: number[], combination: Map<number, number> } {
  const rest = column.map(value => value % prime)
  const combination = new Map<number, number>()
  for (const { pivot, values, combination: made } of basis) {
    const factor = rest[pivot]!
    if (factor === 0) continue
    for (let row = 0; row < rest.length; row++) rest[row] = (rest[row]! + (prime - factor) * values[row]!) % prime
    for (const [index, multiple] of made) combination.set(index, ((combination.get(index) ?? 0) + factor * multiple) % prime)
  }
  return { rest, combination }
}

/** `factor · (column − Σ combination)` as a combination of columns. */
function combine (column: number, combination: ReadonlyMap<number, number>, factor: number): Map<number, number> {
  return new Map([[column, factor], ...[...combination].map(([index, multiple]): [number, number] => [index, (prime - multiple) * factor % prime])])
}

function scale (values: readonly number[], factor: number): number[] {
  return values.map(value => value * factor % prime)
}

/** By Fermat: value^(prime − 2). */
function inverse (value: number): number {
  let [result, square] = [1, value]
  for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = result * square % prime
    square = square * square % prime
  }
  return result
}

function toSum (total: number, combination: ReadonlyMap<number, number>): FoundSum | undefined {
  const terms = [...combination].filter(([, multiple]) => multiple !== 0).toSorted(([a], [b]) => a - b)
  if (!terms.every(([, multiple]) => multiple === 1 || multiple === prime - 1)) return undefined
  return { total, parts: terms.map(([index]) => index), coefficients: terms.map(([, multiple]) => multiple === 1 ? 1 : -1) }
}

/** The remainders could agree without the numbers; and rows of zeros prove nothing. */
function isSupported ({ total, parts, coefficients }: FoundSum, columns: ReadonlyArray<readonly number[]>): boolean {
  const totals = columns[total]!
  const holds = totals.every((value, row) => value === parts.reduce((sum, part, index) => sum + coefficients[index]! * columns[part]![row]!, 0))
  return holds && totals.filter(value => value !== 0).length >= parts.length + 1 + extraRows
}
