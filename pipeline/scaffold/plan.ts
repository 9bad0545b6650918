import type { Bounds, Localised } from '../../core/area.ts'
import { listOperands, readCatalogue, type CatalogueEntry } from '../catalogue/catalogue.ts'
import type { SignMeaning } from '../read/cell-text.ts'
import type { AreaGuess, Inspection, LayerInspection, PeriodGuess, TableInspection } from '../recognise/inspection.ts'
import type { Theme } from '../recognise/synonyms.ts'
import { planDeliveries } from './plan-deliveries.ts'
import { planLevels } from './plan-levels.ts'
import { slug } from './slug.ts'

/** What `atlas.yaml` will say. Every guess carries its evidence, in German as the comments of the file are. */
export interface ScaffoldPlan {
  readonly atlas: string
  readonly municipality: Guessed<string>
  readonly bounds: Bounds
  readonly levels: readonly PlannedLevel[]
  /** The whole town, melted from this level. */
  readonly town: { readonly of: string, readonly id: string, readonly name: string, readonly validFrom: string }
  readonly context: ReadonlyArray<{ readonly kind: 'water' | 'neighbour' | 'boundary', readonly file: string, readonly name: string | null }>
  readonly themes: readonly Theme[]
  readonly deliveries: readonly PlannedDelivery[]
  readonly indicators: readonly PlannedIndicator[]
  /** Shares and ratios of the catalogue that can be computed from these counts. */
  readonly computed: readonly CatalogueEntry[]
  readonly leftOut: readonly LeftOut[]
}

export interface Guessed<Value> { readonly value: Value, readonly evidence: string }

export interface PlannedLevel {
  readonly id: string
  readonly label: Guessed<string>
  readonly labelPlural: string
  readonly system: string
  readonly validFrom: Guessed<string>
  readonly validTo: string | null
  readonly file: string
  readonly count: number
  readonly key: { readonly column: string, readonly prefix: string }
  readonly keys: readonly string[]
  readonly name: { readonly column: string, readonly extract: string | null }
  /** Where the keys of the level above are the beginnings of this one's. */
  readonly parent: { readonly id: string, readonly digits: number } | null
}

export interface PlannedDelivery {
  readonly id: string
  /** Measures have no minimum count, but need a reason why they may be shown. */
  readonly kind: 'counts' | 'measures'
  readonly title: string
  /** A level, or an area system where several vintages fit. */
  readonly where: { readonly level: string } | { readonly system: string }
  readonly files: ReadonlyArray<{ readonly file: string, readonly period: string | null }>
  readonly dialect: Readonly<Record<string, string | number>>
  /** Null for tables of the whole town. */
  readonly area: AreaGuess | null
  readonly period: PeriodGuess
  readonly signs: ReadonlyMap<string, SignMeaning | null>
  readonly columns: readonly PlannedColumn[]
  /** The column that says the indicator, and by its texts which. */
  readonly long: { readonly column: string, readonly value: string } | null
}

export interface PlannedColumn {
  /** A column head; in long tables a text of the indicator column. */
  readonly head: string
  readonly indicator: string
  readonly isKnown: boolean
}

export interface PlannedIndicator {
  readonly id: string
  readonly kind: 'count' | 'measure'
  readonly theme: Theme
  readonly label: Localised
  readonly definition: string
  readonly unit: Localised
  readonly decimals: number
  readonly isSigned: boolean
  readonly isKnown: boolean
  /** Whether the catalogue has it under this id, so that texts and formula need not be written again. */
  readonly inCatalogue: boolean
}

export interface LeftOut { readonly file: string, readonly why: Localised, readonly next: Localised }

/** What a project could look like, by what its files look like. `folderName` gives it a name. */
export function planProject (inspections: readonly Inspection[], folderName: string): ScaffoldPlan {
  const layers = inspections.filter((inspection): inspection is LayerInspection => inspection.kind === 'layer')
  const tables = inspections.flatMap((inspection): readonly TableInspection[] => inspection.kind === 'tables' ? inspection.tables : [])
  const { levels, context, leftOut, municipality } = planLevels(layers, tables, folderName)
  const town = { of: finest(levels), id: slug(municipality.value), name: municipality.value, validFrom: levels.map(({ validFrom }) => validFrom.value).toSorted()[0] ?? '2000-01-01' }
  const planned = planDeliveries(tables, levels)
  const used = levels.map(({ file }) => layers.find(layer => layer.file === file)!)
  return {
    atlas: slug(folderName),
    municipality,
    bounds: roomyBounds(used.length > 0 ? used : layers),
    levels,
    town,
    context,
    themes: [...new Set(planned.indicators.map(({ theme }) => theme))],
    deliveries: planned.deliveries,
    indicators: planned.indicators,
    computed: listComputable(planned.indicators),
    leftOut: [...leftOut, ...planned.leftOut, ...unreadable(inspections)],
  }
}

/** What the catalogue computes from counts, all of which are there in the catalogue's own meaning. */
function listComputable (indicators: readonly PlannedIndicator[]): CatalogueEntry[] {
  const counts = new Set(indicators.filter(({ kind, inCatalogue }) => kind === 'count' && inCatalogue).map(({ id }) => id))
  const taken = new Set(indicators.map(({ id }) => id))
  return readCatalogue().indicators.filter(entry => !taken.has(entry.id) && listOperands(entry).length > 0 && listOperands(entry).every(id => counts.has(id)))
}

/** The town is melted from the smallest areas that hold today. */
function finest (levels: readonly PlannedLevel[]): string {
  const current = levels.filter(({ validTo }) => validTo === null)
  return current.toSorted((a, b) => b.count - a.count)[0]?.id ?? ''
}

function roomyBounds (layers: readonly LayerInspection[]): Bounds {
  const boxes = layers.flatMap(({ bounds }) => bounds === null ? [] : [bounds])
  const down = (degrees: number) => Math.floor(degrees * 10 - 0.2) / 10
  const up = (degrees: number) => Math.ceil(degrees * 10 + 0.2) / 10
  return {
    west: down(Math.min(...boxes.map(({ west }) => west))),
    south: down(Math.min(...boxes.map(({ south }) => south))),
    east: up(Math.max(...boxes.map(({ east }) => east))),
    north: up(Math.max(...boxes.map(({ north }) => north))),
  }
}

function unreadable (inspections: readonly Inspection[]): LeftOut[] {
  return inspections.filter(({ kind }) => kind === 'other').map(({ file }) => ({
    file,
    why: { de: 'weder Grenzen noch Tabelle ließen sich lesen', en: 'neither boundaries nor a table could be read' },
    next: { de: 'Die Datei öffnen; ist sie eine Tabelle, neu als CSV oder XLSX speichern.', en: 'Open the file; if it is a table, save it again as CSV or XLSX.' },
  }))
}
