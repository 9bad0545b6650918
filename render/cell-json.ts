import type { Cell, CellFlag, MissingReason } from '../core/cell.ts'

/** A cell as other programs get it: `value` only when observed. */
export type CellJson =
  | { readonly status: 'observed', readonly value: number, readonly flag?: CellFlag }
  | { readonly status: 'suppressed' }
  | { readonly status: 'missing', readonly reason: MissingReason }

/** Field by field, so that nothing a cell might carry besides can get out. */
export function cellJson (cell: Cell): CellJson {
  switch (cell.status) {
    case 'observed': return { status: 'observed', value: cell.value, ...(cell.flag === undefined ? {} : { flag: cell.flag }) }
    case 'suppressed': return { status: 'suppressed' }
    case 'missing': return { status: 'missing', reason: cell.reason }
  }
}
