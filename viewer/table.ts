import type { Direction } from './sort.ts'
import { sortRows } from './sort.ts'

/** Makes the heads of the table buttons that sort it; again for a second press the other way round. */
export function enableSorting (language: string): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('#values button[data-sort]')) {
    button.disabled = false
    button.addEventListener('click', () => {
      const head = button.closest('th')!
      const direction: Direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending'
      for (const other of document.querySelectorAll('#values th[aria-sort]')) other.removeAttribute('aria-sort')
      head.setAttribute('aria-sort', direction)
      sortTable(language)
    })
  }
}

/** Puts the rows in the order that the heads say; nothing to do where none says any. */
export function sortTable (language: string): void {
  const table = document.querySelector<HTMLTableElement>('#values')
  const head = table?.querySelector<HTMLTableCellElement>('th[aria-sort]')
  const body = table?.tBodies[0]
  if (!head || !body) return
  const direction = head.getAttribute('aria-sort') as Direction
  const rows = [...body.rows].map(row => {
    const { textContent, dataset: { value } } = row.cells[head.cellIndex]!
    const text = head.cellIndex === 0 ? textContent ?? '' : row.cells[0]!.textContent ?? ''
    return { row, text: text.trim(), value: value === undefined ? undefined : Number(value) }
  })
  body.append(...sortRows(rows, direction, head.classList.contains('numeric'), language))
}
