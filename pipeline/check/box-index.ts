import type { Box } from '../ring.ts'
import { boxesMeet, joinBoxes } from '../ring.ts'

/** Numbers of the indexed boxes that meet or touch a box, ascending. */
export type FindBoxes = (box: Box) => number[]

/** A grid with about one box per cell; enough for areas, which are of similar size. */
export function indexBoxes (boxes: readonly Box[]): FindBoxes {
  const all = joinBoxes(boxes.filter(box => box.minX <= box.maxX))
  const side = Math.max(1, Math.ceil(Math.sqrt(boxes.length)))
  const cells: number[][] = Array.from({ length: side * side }, () => [])
  const clamp = (cell: number): number => Math.min(side - 1, Math.max(0, cell || 0))
  const column = (x: number): number => clamp(Math.floor((x - all.minX) / (all.maxX - all.minX) * side))
  const row = (y: number): number => clamp(Math.floor((y - all.minY) / (all.maxY - all.minY) * side))

  function * cellsOf (box: Box): Generator<number[]> {
    for (let y = row(box.minY); y <= row(box.maxY); y++) {
      for (let x = column(box.minX); x <= column(box.maxX); x++) yield cells[y * side + x]!
    }
  }
  boxes.forEach((box, i) => {
    if (box.minX <= box.maxX) for (const cell of cellsOf(box)) cell.push(i)
  })

  return box => {
    const found = new Set<number>()
    for (const cell of cellsOf(box)) {
      for (const i of cell) if (boxesMeet(boxes[i]!, box)) found.add(i)
    }
    return [...found].toSorted((a, b) => a - b)
  }
}
