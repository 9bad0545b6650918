import type { Localised } from '../../core/area.ts'
import { applyKeyRule } from '../join/key.ts'
import { isTable, type DeliveryEntry, type TableDelivery } from '../project-file/schema.ts'
import { findColumn } from '../read/column.ts'
import { trimBlanks } from '../read/number-text.ts'
import type { DeliveredTable } from '../read/table.ts'
import { matchHeads, type HeadMatch } from './heads.ts'
import { nameSimilarity } from './name.ts'

/** How well a file fits a delivery, each part between 0 and 1. */
export interface Score {
  readonly delivery: DeliveryEntry
  readonly heads: HeadMatch
  /** Share of the value columns that are there. */
  readonly columns: number
  /** Share of the rows whose key is an area of the delivery's level; 1 where it names no key column. */
  readonly keys: number
  /** Share of heads in common with the delivery's last file. */
  readonly shape: number
  readonly name: number
  readonly total: number
}

export interface Known {
  readonly delivery: DeliveryEntry
  /** Ids of the areas its rows may speak of. */
  readonly areas: ReadonlySet<string>
  /** Heads of its last file. */
  readonly lastHeads: readonly string[]
  /** Path of its last file. */
  readonly lastFile: string
}

/** Names and keys can be alike by chance; columns tell most. */
const weights = { columns: 0.4, keys: 0.2, shape: 0.2, name: 0.2 } as const

/** Undefined where the table cannot be of this delivery: its frame is missing, or most of its columns or keys. */
export function scoreTable (known: Known, table: DeliveredTable, fileName: string): Score | undefined {
  const { delivery } = known
  if (!isTable(delivery)) return undefined
  const heads = matchHeads(delivery, table.columns)
  const columns = heads.wanted === 0 ? 1 : (heads.found + 0.75 * heads.renamed.length) / heads.wanted
  if (!heads.isComplete || columns < 0.5) return undefined
  const keys = shareOfKeys(delivery, known.areas, table)
  if (keys < 0.5) return undefined
  const shape = overlap(known.lastHeads.map(trimBlanks), table.columns.map(trimBlanks))
  const name = nameSimilarity(fileName, known.lastFile)
  return { delivery, heads, columns, keys, shape, name, total: weights.columns * columns + weights.keys * keys + weights.shape * shape + weights.name * name }
}

/** The reasons in words, for whoever must decide. */
export function explainScore ({ heads, keys, name }: Pick<Score, 'heads' | 'keys' | 'name'>): Localised {
  const percent = Math.round(keys * 100)
  const [found, wanted] = [heads.found + heads.renamed.length, heads.wanted]
  const same = name === 1 ? { de: ', gleicher Dateiname', en: ', same file name' } : { de: '', en: '' }
  const columns = wanted === 0 ? { de: 'alle Spalten', en: 'all columns' } : { de: `${found} von ${wanted} Spalten`, en: `${found} of ${wanted} columns` }
  return { de: `${columns.de}, ${percent} % der Schlüssel${same.de}`, en: `${columns.en}, ${percent}% of the keys${same.en}` }
}

function shareOfKeys (delivery: TableDelivery, areas: Known['areas'], table: DeliveredTable): number {
  const { column, ...rule } = delivery.area
  if (column === undefined) return 1
  // Of a level that is only the source of a crosswalk the areas are not known: neither for nor against.
  if (areas.size === 0) return 0.5
  const found = findColumn(table.columns, column, {})
  if ('problem' in found) return 0
  const others = new Set([...delivery.totals ?? [], ...delivery.unassigned ?? []].map(key => String(key).trim()))
  const keys = table.rows.map(({ fields }) => trimBlanks(fields[found.index] ?? '')).filter(key => key !== '' && !others.has(key))
  return keys.length === 0 ? 0 : keys.filter(key => areas.has(applyKeyRule(rule, key))).length / keys.length
}

function overlap (a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a), new Set(b)]
  const shared = [...left].filter(head => right.has(head)).length
  return shared / Math.max(1, left.size + right.size - shared)
}
