import type { Geometry } from '../../core/area.ts'
import { landArea } from '../ring.ts'
import { findShared as computeShared, type Shared } from './overlap.ts'

/*
 * The same boundaries are asked about many times, once per audience and once per trial run
 * (`ladder.ts`). Boundaries never change, so an answer is kept as long as they are.
 */

const known = new WeakMap<Geometry, WeakMap<Geometry, readonly Shared[]>>()
const merged = new WeakMap<Geometry, Merger>()

/** Of the geometry `from`, area `gone` has become part of area `kept`. */
interface Merger {
  readonly from: Geometry
  readonly kept: number
  readonly gone: number
}

/** As `findShared` of overlap.ts, from memory where it can. */
export function findShared (first: Geometry, second: Geometry): readonly Shared[] {
  const answers = known.get(first) ?? new WeakMap<Geometry, readonly Shared[]>()
  known.set(first, answers)
  const answer = answers.get(second) ?? answerMerged(first, second) ?? computeShared(first, second)
  answers.set(second, answer)
  return answer
}

/** Two areas as one; `gone` disappears from the order of the shapes. */
export function mergeShapes (geometry: Geometry, kept: number, gone: number): Geometry {
  const shapes = geometry.shapes
    .map((shape, area) => area === kept ? [...shape, ...geometry.shapes[gone]!] : shape)
    .filter((_, area) => area !== gone)
  const result = { ...geometry, id: `${geometry.id}+${kept}+${gone}`, shapes }
  merged.set(result, { from: geometry, kept, gone })
  return result
}

/** What merged areas share follows from what their parts share. */
function answerMerged (first: Geometry, second: Geometry): Shared[] | undefined {
  const merger = merged.get(first)
  if (merger) return joinFirst(findShared(merger.from, second), merger)
  const other = merged.get(second)
  return other && joinFirst(findShared(first, other.from).map(turn), other).map(turn).toSorted((a, b) => a.first - b.first || a.second - b.second)
}

function turn ({ first, second, ofFirst, ofSecond }: Shared): Shared {
  return { first: second, second: first, ofFirst: ofSecond, ofSecond: ofFirst }
}

function joinFirst (pairs: readonly Shared[], { from, kept, gone }: Merger): Shared[] {
  const [land, other] = [landArea(from.shapes[kept]!), landArea(from.shapes[gone]!)]
  const place = (first: number) => {
    const area = first === gone ? kept : first
    return area > gone ? area - 1 : area
  }
  const joined = new Map<string, Shared>()
  for (const { first, second, ofFirst, ofSecond } of pairs) {
    const isPart = first === kept || first === gone
    const part = isPart ? ofFirst * (first === kept ? land : other) / (land + other) : ofFirst
    const key = `${place(first)}|${second}`
    const before = joined.get(key)
    joined.set(key, { first: place(first), second, ofFirst: part + (before?.ofFirst ?? 0), ofSecond: ofSecond + (before?.ofSecond ?? 0) })
  }
  return [...joined.values()].toSorted((a, b) => a.first - b.first || a.second - b.second)
}
