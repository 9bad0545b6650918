import { createHash } from 'node:crypto'
import type { FacilityRow, FacilityTable, TypedRow } from '../worker/facility-list.ts'

/** A row as the form shows it. */
export interface ShownRow extends TypedRow {
  /** Of the cells as they were shown, to tell what somebody touched; empty for a new row. */
  readonly seal: string
  /** Somebody else added or changed it while this form was open. */
  readonly isForeign?: boolean
}

export interface TypedTable {
  /** Those that stay. */
  readonly rows: readonly ShownRow[]
  /** All that were shown, also what was taken away. */
  readonly tokens: ReadonlySet<string>
}

export function showRow ({ token, cells }: FacilityRow): ShownRow {
  return { token, cells, seal: sealOf(cells) }
}

/** Of the form: `t:3` says which row it was, `c:3:0` is its first cell, `x:3` takes it away. New rows in which nothing stands are none. */
export function readTypedTable (body: unknown, columns: number): TypedTable {
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>
  const read = (name: string) => Object.hasOwn(sent, name) && typeof sent[name] === 'string' ? sent[name] : undefined
  const tokens = new Set<string>()
  const rows = Object.keys(sent).filter(name => /^t:\d{1,5}$/.test(name)).flatMap((name): ShownRow[] => {
    const [row, token] = [name.slice(2), read(name) ?? '']
    if (token !== '') tokens.add(token)
    const isShown = token === '' || read(`c:${row}:0`) !== undefined
    const cells = isShown ? Array.from({ length: columns }, (_, column) => (read(`c:${row}:${column}`) ?? '').trim()) : null
    const isEmpty = token === '' && (cells ?? []).every(cell => cell === '')
    return isEmpty || read(`x:${row}`) !== undefined ? [] : [{ token: token === '' ? null : token, cells, seal: read(`o:${row}`) ?? '' }]
  })
  return { rows, tokens }
}

/**
 * What was typed, over a table that somebody else changed meanwhile: rows that only they touched are theirs, rows that both touched
 * stand there twice, for the second to choose.
 */
export function mergeTables ({ rows, tokens }: TypedTable, now: FacilityTable): ShownRow[] {
  const there = new Set(now.rows.map(({ token }) => token))
  const kept = rows.flatMap((row): ShownRow[] => {
    if (row.token === null || there.has(row.token)) return [row]
    return row.cells === null || sealOf(row.cells) === row.seal ? [] : [{ ...row, token: null, seal: '' }]
  })
  return [...kept, ...now.rows.filter(({ token }) => !tokens.has(token)).map(row => ({ ...showRow(row), isForeign: true }))]
}

function sealOf (cells: readonly string[] | null): string {
  return cells === null ? '' : createHash('sha256').update(JSON.stringify(cells.map(cell => cell.trim()))).digest('hex').slice(0, 12)
}
