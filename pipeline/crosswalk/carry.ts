import { missing, suppressed, type Cell } from '../../core/cell.ts'
import { apportion } from '../../core/apportion.ts'

/** To which new areas an old one gave what part of itself. */
export interface Part {
  /** Index of the new area. */
  readonly to: number
  /** Of the old area, 0 to 1; those of one old area add up to 1. */
  readonly weight: number
}

/** By index of the old area; every old area has at least one part. */
export type Weights = ReadonlyArray<readonly Part[]>

/**
 * Counts of old areas as counts of new ones, flagged estimated. Each old count is given out whole, by largest remainder, so that
 * sums stay as they were to the last person; extents with decimals are given out by plain weights.
 *
 * Where an old area is not printed, no new area that got a part of it is: the sum would tell what is missing.
 */
export function carryCells (cells: readonly Cell[], weights: Weights, newAreas: number): Cell[] {
  const sums = new Array<number>(newAreas).fill(0)
  const worst = new Array<Cell | undefined>(newAreas)
  const isReached = new Array<boolean>(newAreas).fill(false)
  for (const [old, parts] of weights.entries()) {
    const cell = cells[old]!
    const shares = cell.status === 'observed' ? giveOut(cell.value, parts) : []
    for (const [index, { to }] of parts.entries()) {
      isReached[to] = true
      if (cell.status === 'observed') sums[to]! += shares[index]!
      else if (worst[to]?.status !== 'suppressed') worst[to] = cell.status === 'suppressed' ? suppressed : cell
    }
  }
  return sums.map((value, to): Cell => !isReached[to] ? missing('not-delivered') : worst[to] ?? { status: 'observed', value: tidy(value), flag: 'estimated' })
}

function giveOut (count: number, parts: readonly Part[]): number[] {
  const weights = parts.map(({ weight }) => weight)
  return Number.isInteger(count) && count >= 0 ? apportion(weights, count) : weights.map(weight => count * weight)
}

/** Without the noise of adding binary fractions. */
function tidy (value: number): number {
  return Number(value.toPrecision(12))
}
