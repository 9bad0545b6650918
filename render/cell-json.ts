import type { Between, Cell, CellFlag, MissingReason } from '../core/cell.ts'

/** A cell as other programs get it: `value` only when observed; `between` only where the project publishes it. */
export type CellJson =
  | { readonly status: 'observed', readonly value: number, readonly flag?: CellFlag }
  | { readonly status: 'suppressed', readonly between?: Between }
  | { readonly status: 'missing', readonly reason: MissingReason }

/** Field by field, so that nothing a cell might carry besides can get out. */
export function cellJson (cell: Cell): CellJson {
  switch (cell.status) {
    case 'observed': return { status: 'observed', value: cell.value, ...(cell.flag === undefined ? {} : { flag: cell.flag }) }
    case 'suppressed': return { status: 'suppressed', ...(cell.between === undefined ? {} : { between: cell.between }) }
    case 'missing': return { status: 'missing', reason: cell.reason }
  }
}
