import { problem, type Problem } from '../../core/problem.ts'
import { findColumn } from '../read/column.ts'
import { decodeText } from '../read/encoding.ts'

/** A figure of the grid file: one column, or those lines of a column whose other fields say certain texts. */
export interface GridField {
  readonly column: string
  readonly where?: Readonly<Record<string, string | number>> | undefined
}

export interface GridHeadInput {
  readonly x?: string | undefined
  readonly y?: string | undefined
  /** Metres. */
  readonly size?: number | undefined
  readonly fields: readonly GridField[]
  readonly delimiter?: string | undefined
}

/** Positions of columns, from 0, and the side of a cell. */
export interface GridHead {
  readonly columns: readonly string[]
  readonly delimiter: string
  readonly x: number
  readonly y: number
  readonly sizeMetres: number
  readonly fields: ReadonlyArray<{ readonly index: number, readonly where: ReadonlyArray<{ readonly index: number, readonly text: string }> }>
}

/**
 * Finds the columns in the first line of a grid file. Centres stand in `x_mp_1km` and `y_mp_1km` unless the project names others;
 * the side of a cell follows from that name.
 *
 * @param bytes the first line without its ending
 */
export function readGridHead (bytes: Uint8Array, input: GridHeadInput, file: string): { head?: GridHead, problems: Problem[] } {
  const { text } = decodeText(bytes)
  const delimiter = input.delimiter ?? [';', ',', '\t'].find(candidate => text.includes(candidate)) ?? ';'
  const columns = text.split(delimiter).map(name => name.trim().replace(/^"(.*)"$/, '$1'))
  const place = { file, line: 1 }
  const problems: Problem[] = []
  const find = (name: string): number => {
    const found = findColumn(columns, columns.find(column => column.toLowerCase() === name.toLowerCase()) ?? name, place)
    if ('index' in found) return found.index
    problems.push(found.problem)
    return -1
  }
  const centre = (axis: 'x' | 'y', stated: string | undefined): number => find(stated ?? columns.find(column => column.toLowerCase().startsWith(`${axis}_mp`)) ?? `${axis}_mp_1km`)

  const [x, y] = [centre('x', input.x), centre('y', input.y)]
  const fields = input.fields.map(({ column, where }) => ({
    index: find(column), where: Object.entries(where ?? {}).map(([name, said]) => ({ index: find(name), text: String(said) })),
  }))
  const sizeMetres = input.size ?? sizeOf(columns[x] ?? '')
  if (sizeMetres === undefined && problems.length === 0) problems.push(problem('grid-unknown-size', place, { column: columns[x] ?? '' }))
  return problems.length > 0 ? { problems } : { head: { columns, delimiter, x, y, sizeMetres: sizeMetres!, fields }, problems }
}

/** 1000 of `x_mp_1km`, 100 of `x_mp_100m`. */
function sizeOf (column: string): number | undefined {
  const size = /(\d+)(k?m)$/i.exec(column)
  return size === null ? undefined : Number(size[1]) * (size[2]!.toLowerCase() === 'km' ? 1000 : 1)
}

/** Columns of the head line, for whoever wants to know what a file holds. */
export function listHeads (line: Uint8Array, delimiter = ';'): string[] {
  return decodeText(line).text.split(delimiter).map(name => name.trim().replace(/^"(.*)"$/, '$1'))
}
