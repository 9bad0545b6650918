import { createHash, createHmac } from 'node:crypto'
import type { Level } from '../../core/area.ts'
import { comparePeriods } from '../../core/period.ts'
import { cellId } from '../../core/release.ts'
import type { FigureColumn } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import type { Relation } from './relations.ts'

/** Part of the ledger that the weights depend on. */
export type WasSuppressed = (cellId: string) => boolean

/** Per area what the reader loses where a cell is not printed. */
export type WeightsOf = (column: FigureColumn, values: ReadonlyArray<number | undefined>) => Float64Array

export interface WeightInput {
  readonly columns: readonly FigureColumn[]
  readonly relations: readonly Relation[]
  readonly levels: ReadonlyArray<Pick<Level, 'id' | 'areas'>>
  readonly wasSuppressed: WasSuppressed
  /** Never leaves the vault. */
  readonly secret: string | Uint8Array
}

/**
 * The larger the area and the number, the more is lost; what was suppressed a period before is
 * missed less, since readers see the same gaps then. A secret jitter of ±10 % keeps others from
 * running the suppressor on every table that could be the true one (matching attack).
 */
export function weigh (input: WeightInput): WeightsOf {
  const levelWeights = weighLevels(input)
  const totals = new Set(input.relations.flatMap(relation => relation.kind === 'parts' || relation.kind === 'found' ? [relation.total] : []))
  const previous = findPrevious(input.columns)
  return (column, values) => {
    const { areas } = input.levels.find(({ id }) => id === column.level)!
    const jitter = jitterOf(column, areas.length, input.secret)
    const before = previous.get(column)
    const base = levelWeights.get(column.level)! * (totals.has(column) ? 2 : 1)
    return Float64Array.from(areas, ({ id }, area) => {
      const gap = before !== undefined && input.wasSuppressed(cellId(column.level, id, column.indicator, before)) ? 0.3 : 1
      return base * (1 + 0.05 * Math.log2(1 + (values[area] ?? 0))) * gap * jitter[area]!
    })
  }
}

/** 4 to the power of the height in the tree; an area system that cuts another one weighs 3. */
function weighLevels ({ relations, levels }: WeightInput): Map<string, number> {
  const childrenOf = new Map<string, Set<string>>()
  const overlays = new Set<string>()
  for (const relation of relations) {
    if (relation.kind === 'tree') childrenOf.set(relation.parent.level, (childrenOf.get(relation.parent.level) ?? new Set()).add(relation.child.level))
    if (relation.kind === 'overlap') {
      const { first, second } = relation
      overlays.add(first.cells.length < second.cells.length ? first.level : second.level)
    }
  }
  // Boundaries can make two levels parts of each other.
  const height = (level: string, above: readonly string[]): number => Math.max(0, ...[...childrenOf.get(level) ?? []]
    .filter(child => !above.includes(child)).map(child => 1 + height(child, [...above, level])))
  return new Map(levels.map(({ id }) => {
    const levels = height(id, [])
    return [id, overlays.has(id) && levels === 0 ? 3 : 4 ** levels]
  }))
}

/** The period before of the same indicator on the same level. */
function findPrevious (columns: readonly FigureColumn[]): Map<FigureColumn, string> {
  const previous = new Map<FigureColumn, string>()
  for (const series of groupBy(columns, ({ level, indicator }) => `${level}|${indicator}`).values()) {
    const ordered = series.toSorted((a, b) => comparePeriods(a.period, b.period))
    ordered.forEach((column, index) => { if (index > 0) previous.set(column, ordered[index - 1]!.period) })
  }
  return previous
}

/** Factors 0.9–1.1, one per area: one HMAC per column, drawn out by SHAKE256. */
function jitterOf ({ level, indicator, period }: FigureColumn, areas: number, secret: string | Uint8Array): Float64Array {
  const key = createHmac('sha256', secret).update(`${level}/${indicator}/${period}`).digest()
  const bytes = createHash('shake256', { outputLength: 4 * areas }).update(key).digest()
  return Float64Array.from({ length: areas }, (_, area) => 0.9 + 0.2 * bytes.readUInt32LE(4 * area) / 0xffffffff)
}
