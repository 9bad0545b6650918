import type { Classes, ClassMethod } from './edition.ts'

/** Classes shown when nobody chose otherwise (viewer reference: five, no ramp carries more safely). */
const defaultClassCount = 5

/**
 * Index of the class a value falls into, -1 outside all of them. Classes are [lower, upper), the
 * last one closed.
 *
 * @param breaks one bound more than classes, ascending
 */
export function classIndex (value: number, breaks: readonly number[]): number {
  const last = breaks.length - 2
  if (last < 0 || value < breaks[0]! || value > breaks[last + 1]!) return -1
  let [low, high] = [0, last]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (value >= breaks[middle]!) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * The classes stored in an edition: from printed values only, over all periods, so that the legend
 * stays while the years change. Natural classes, their bounds rounded to numbers people can read;
 * fewer than eight distinct values stand for themselves; signed values part around zero.
 *
 * @param values printed values in the indicator's own unit, any order, may be empty
 */
export function defaultClasses (values: readonly number[], signed: boolean): Classes {
  const ascending = Float64Array.from(values).sort()
  if (ascending.length === 0) return { method: 'pretty', breaks: [] }
  const distinct = distinctValues(ascending, 8)
  if (distinct.length < 8) return { method: 'unique', breaks: [...distinct, distinct.at(-1)!] }
  return { method: 'pretty', breaks: signed ? balancedBreaks(ascending) : prettyBreaks(ascending, defaultClassCount) }
}

/**
 * Bounds of the classes a reader chose. Ties can merge classes, so there may be fewer than asked for.
 *
 * @param values printed values, any order, may be empty
 * @throws RangeError if `classCount` is not a positive integer
 */
export function classBreaks (values: readonly number[], method: Exclude<ClassMethod, 'manual' | 'unique'>, classCount: number): number[] {
  if (!Number.isInteger(classCount) || classCount < 1) throw new RangeError(`class count must be a positive integer, got ${classCount}`)
  const ascending = Float64Array.from(values).sort()
  if (ascending.length === 0) return []
  switch (method) {
    case 'quantile': return strictlyAscending(quantiles(ascending, classCount))
    case 'equal': return strictlyAscending(equalSteps(ascending, classCount))
    case 'natural': return strictlyAscending(naturalBreaks(ascending, classCount))
    case 'pretty': return prettyBreaks(ascending, classCount)
  }
}

/** How many values fall into each class. */
export function classCounts (values: Iterable<number>, breaks: readonly number[]): number[] {
  const counts = new Array<number>(Math.max(0, breaks.length - 1)).fill(0)
  for (const value of values) {
    const index = classIndex(value, breaks)
    if (index !== -1) counts[index]!++
  }
  return counts
}

function distinctValues (ascending: Float64Array, limit: number): number[] {
  const distinct: number[] = []
  for (const value of ascending) {
    if (value !== distinct.at(-1)) distinct.push(value)
    if (distinct.length === limit) break
  }
  return distinct
}

/** Bounds are observed values; the value at a bound opens the upper class. */
function quantiles (ascending: Float64Array, classCount: number): number[] {
  const bounds = Array.from({ length: classCount }, (_, i) => ascending[Math.floor((i * ascending.length) / classCount)]!)
  return [...bounds, ascending.at(-1)!]
}

function equalSteps (ascending: Float64Array, classCount: number): number[] {
  const [low, high] = [ascending[0]!, ascending.at(-1)!]
  return Array.from({ length: classCount + 1 }, (_, i) => i === classCount ? high : low + (i * (high - low)) / classCount)
}

/** Lower bounds without repeats, then the upper end; a last class of one value is [value, value]. */
function strictlyAscending (bounds: readonly number[]): number[] {
  const lowers = bounds.slice(0, -1)
  return [...lowers.filter((bound, i) => i === 0 || bound > lowers[i - 1]!), bounds.at(-1)!]
}

/** Above this many values classes are found on as many evenly spaced order statistics. */
const sampleSize = 1000

/**
 * Natural breaks: the classes with the least squared deviation from their means, exact by dynamic
 * programming in one dimension (Wang & Song 2011), in O(k n log n) because optimal splits only move right.
 */
function naturalBreaks (ascending: Float64Array, classCount: number): number[] {
  const values = ascending.length <= sampleSize
    ? ascending
    : Float64Array.from({ length: sampleSize }, (_, i) => ascending[Math.round((i * (ascending.length - 1)) / (sampleSize - 1))]!)
  const n = values.length
  const k = Math.min(classCount, n)
  const shift = values[n >> 1]! // keeps the squares small, so that the differences below stay exact enough
  const sums = new Float64Array(n + 1)
  const squares = new Float64Array(n + 1)
  for (let i = 0; i < n; i++) {
    const value = values[i]! - shift
    sums[i + 1] = sums[i]! + value
    squares[i + 1] = squares[i]! + value * value
  }
  const cost = (from: number, to: number) => {
    const sum = sums[to + 1]! - sums[from]!
    return Math.max(0, squares[to + 1]! - squares[from]! - (sum * sum) / (to - from + 1))
  }

  let best = Float64Array.from({ length: n }, (_, to) => cost(0, to))
  const starts: Int32Array[] = [new Int32Array(n)]
  for (let row = 1; row < k; row++) {
    const next = new Float64Array(n).fill(Infinity)
    const start = new Int32Array(n)
    const fill = (low: number, high: number, startLow: number, startHigh: number): void => {
      if (low > high) return
      const middle = (low + high) >> 1
      for (let from = Math.max(row, startLow); from <= Math.min(middle, startHigh); from++) {
        const total = best[from - 1]! + cost(from, middle)
        if (total < next[middle]!) {
          next[middle] = total
          start[middle] = from
        }
      }
      fill(low, middle - 1, startLow, start[middle]!)
      fill(middle + 1, high, start[middle]!, startHigh)
    }
    fill(row, n - 1, row, n - 1)
    starts.push(start)
    best = next
  }

  const bounds = [values[n - 1]!]
  for (let row = k - 1, to = n - 1; row >= 0; row--) {
    const from = starts[row]![to]!
    bounds.unshift(values[from]!)
    to = from - 1
  }
  bounds[0] = ascending[0]!
  return bounds
}

/** Share of a class's members that rounding a bound may move to its neighbour. */
const tolerance = 0.2

/** Natural breaks, each rounded as far as it keeps the classes; the ends rounded outwards. */
function prettyBreaks (ascending: Float64Array, classCount: number): number[] {
  const natural = strictlyAscending(naturalBreaks(ascending, classCount))
  if (natural.length <= 2) return roundOutwards(natural)
  const rankOf = (bound: number) => lowerIndex(ascending, bound)
  const steps = roundSteps(natural.at(-1)! - natural[0]!)
  const rounded = natural.map((bound, i) => {
    if (i === 0 || i === natural.length - 1) return bound
    const smaller = Math.min(rankOf(bound) - rankOf(natural[i - 1]!), rankOf(natural[i + 1]!) - rankOf(bound))
    for (const step of steps) {
      const candidate = roundTo(bound, step)
      if (candidate > natural[i - 1]! && candidate < natural[i + 1]! &&
        Math.abs(rankOf(candidate) - rankOf(bound)) <= tolerance * smaller) return candidate
    }
    return bound
  })
  return roundOutwards(strictlyAscending(rounded))
}

/** Five classes mirrored at zero, the middle one around it: a sign is never hidden in a class. */
function balancedBreaks (ascending: Float64Array): number[] {
  const sizes = Float64Array.from(ascending, Math.abs).sort()
  const [inner, outer, most] = [0.3, 0.75, 1].map(share => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))]!) as [number, number, number]
  const near = roundNice(inner)
  const far = Math.max(roundNice(outer), 2 * near)
  const end = Math.max(ceilTo(most, niceStep(most / 10)), 1.5 * far)
  return strictlyAscending([-end, -far, -near, near, far, end])
}

function roundOutwards (bounds: readonly number[]): number[] {
  if (bounds[0] === bounds.at(-1)) return [...bounds]
  const step = niceStep((bounds.at(-1)! - bounds[0]!) / 50)
  const low = floorTo(bounds[0]!, step)
  // Zero is the honest lower end of what cannot be negative, where it is near.
  const first = low > 0 && low < bounds[1]! / 3 ? 0 : low
  return [first, ...bounds.slice(1, -1), ceilTo(bounds.at(-1)!, step)]
}

/** Steps from coarse to fine that people read without effort. */
function roundSteps (range: number): number[] {
  const top = Math.floor(Math.log10(range))
  return [0, -1, -2, -3, -4].flatMap(power => [5, 2, 1].map(digit => digit * 10 ** (top + power)))
}

function niceStep (about: number): number {
  if (about <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(about))
  return [1, 2, 5, 10].find(digit => digit * power >= about * 0.999)! * power
}

function roundNice (value: number): number {
  return value === 0 ? 0.5 : roundTo(value, niceStep(value / 10))
}

// Dividing by the reciprocal keeps decimal steps exact: 3 * 0.1 is 0.30000000000000004, 3 / 10 is not.
function roundTo (value: number, step: number): number {
  return step >= 1 ? Math.round(value / step) * step : Math.round(value / step) / Math.round(1 / step)
}

function floorTo (value: number, step: number): number {
  const rounded = roundTo(value, step)
  return rounded <= value ? rounded : roundTo(value - step, step)
}

function ceilTo (value: number, step: number): number {
  const rounded = roundTo(value, step)
  return rounded >= value ? rounded : roundTo(value + step, step)
}

/** Number of values below `bound`. */
function lowerIndex (ascending: Float64Array, bound: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < bound) low = middle + 1
    else high = middle
  }
  return low
}
