import type { ContextShape, Localised } from '../core/area.ts'
import type { Assessment, Audience, Classes, DeliveryFacts, Edition, FacilityLayer, ReferenceArea, Remark, Series } from '../core/edition.ts'
import type { Change, Indicator, IndicatorPeriod } from '../core/indicator.ts'
import { defaultClasses } from '../core/classify.ts'
import { formatVersion } from '../core/edition.ts'
import { comparePeriods, getPeriod } from '../core/period.ts'
import { computeEditionId } from '../sql/document.ts'
import type { Quotient } from './derive.ts'
import { listFacilitySources } from './facilities/facilities.ts'
import { listColumns, type FigureColumn, type Figures } from './figures.ts'
import type { Boundaries } from './levels/levels.ts'
import { toLocalised, type Project } from './project-file/project.ts'
import type { DeliveryEntry, IndicatorEntry } from './project-file/schema.ts'
import { listOf } from './project-file/list-of.ts'
import { listUnpublished, mayReach, rulesOf } from './protect/rules.ts'

export interface Cleared {
  readonly project: Project
  readonly boundaries: Boundaries
  readonly context: readonly ContextShape[]
  /** After `protect`: what is secret is gone. */
  readonly figures: Figures
  readonly quotients: readonly Quotient[]
  readonly audience: Audience
  readonly tiles: { readonly minZoom: number, readonly maxZoom: number }
  readonly remarks: readonly Remark[]
  readonly references: readonly ReferenceArea[]
  readonly facilities: readonly FacilityLayer[]
  readonly assessments: readonly Assessment[]
}

/** Turns cleared figures into an edition; the id follows from the content alone, without clock or chance. */
export function assembleEdition (cleared: Cleared): Edition {
  const { file } = cleared.project
  const periods = periodsOf(cleared)
  const unpublished = listUnpublished(file)
  const indicators = file.indicators.filter(({ id }) => periods.has(id) && !unpublished.has(id)).map(entry => toIndicator(entry, periods.get(entry.id)!))
  const references = listReferences(cleared, indicators)
  const content: Omit<Edition, 'id'> = {
    formatVersion,
    atlas: {
      id: file.atlas,
      title: file.title,
      municipality: file.municipality,
      language: file.language ?? 'de',
      dataStatus: file.dataStatus,
      licence: file.licence,
      contact: file.contact,
      ...file.privacy !== undefined && { privacy: file.privacy },
      referenceLevel: file.referenceLevel ?? null,
      startIndicator: file.start,
      tiles: cleared.tiles,
    },
    audience: cleared.audience,
    themes: file.themes.map(({ id, label }) => ({ id, label: toLocalised(label) })),
    levels: cleared.boundaries.levels,
    geometries: cleared.boundaries.geometries,
    context: cleared.context,
    indicators,
    deliveries: [
      ...file.deliveries.filter(delivery => mayReach(delivery, cleared.audience)).map(delivery => toDeliveryFacts(delivery, cleared.audience)),
      ...listFacilitySources(cleared.project, cleared.audience),
    ],
    series: listSeries(cleared),
    notes: unassignedNote(cleared),
    ...(cleared.remarks.length > 0 && { remarks: cleared.remarks }),
    ...(references.length > 0 && { references }),
    ...(cleared.facilities.length > 0 && { facilities: cleared.facilities }),
    ...(cleared.assessments.length > 0 && { assessments: cleared.assessments }),
  }
  return { id: computeEditionId({ id: '', ...content }), ...content }
}

/** Figures of others stand beside ours: without an indicator and period of the edition there is no place for them. */
function listReferences ({ references }: Cleared, indicators: readonly Indicator[]): ReferenceArea[] {
  const places = new Set(indicators.flatMap(({ id, periods }) => periods.map(({ period }) => `${id} ${period}`)))
  return references.flatMap(area => {
    const values = area.values.filter(({ indicator, period }) => places.has(`${indicator} ${period}`))
    return values.length === 0 ? [] : [{ ...area, values }]
  })
}

function listSeries ({ project, boundaries, figures }: Cleared): Series[] {
  const unpublished = listUnpublished(project.file)
  return boundaries.levels.flatMap(level => {
    const columns = listColumns(figures, level.id)
    return project.file.indicators.filter(({ id }) => !unpublished.has(id)).flatMap(indicator => {
      const rows = columns.filter(column => column.indicator === indicator.id).toSorted((a, b) => comparePeriods(a.period, b.period))
      return rows.length === 0 ? [] : [toSeries(level.id, indicator, rows)]
    })
  })
}

function toSeries (level: string, indicator: IndicatorEntry, rows: readonly FigureColumn[]): Series {
  const matrix = <Value>(read: (cell: FigureColumn['cells'][number]) => Value) => rows.map(({ cells }) => cells.map(read))
  const values = matrix(cell => cell.status === 'observed' ? cell.value : null)
  const between = matrix(cell => cell.status === 'suppressed' ? cell.between ?? null : null)
  return {
    level,
    indicator: indicator.id,
    periods: rows.map(({ period }) => period),
    values,
    statuses: matrix(({ status }) => ({ observed: 'o', suppressed: 's', missing: 'm' } as const)[status]),
    reasons: matrix(cell => cell.status === 'missing' ? cell.reason : null),
    flags: matrix(cell => cell.status === 'observed' ? cell.flag ?? null : null),
    ...(between.flat().some(bounds => bounds !== null) && { between }),
    classes: classesOf(indicator, values.flat().filter(value => value !== null)),
  }
}

function classesOf (indicator: IndicatorEntry, printed: readonly number[]): Classes {
  return indicator.breaks === undefined
    ? defaultClasses(printed, indicator.signed ?? false)
    : { method: 'manual', breaks: indicator.breaks }
}

/** Per indicator the periods of all levels, with what a citation needs. */
function periodsOf ({ project, figures, quotients }: Cleared): Map<string, IndicatorPeriod[]> {
  const denominatorDays = new Map(quotients.map(({ column, denominator }) =>
    [`${column.indicator}|${column.period}`, getPeriod(denominator[0]!.period).to]))
  const order = [...project.file.deliveries, ...project.file.facilities ?? []].map(({ id }) => id)
  const found = new Map<string, Map<string, Set<string>>>()
  for (const { indicator, period, deliveries } of figures.columns.values()) {
    const periods = found.get(indicator) ?? new Map<string, Set<string>>()
    periods.set(period, new Set([...periods.get(period) ?? [], ...deliveries]))
    found.set(indicator, periods)
  }
  return new Map([...found].map(([indicator, periods]) => [
    indicator,
    [...periods].toSorted(([a], [b]) => comparePeriods(a, b)).map(([period, deliveries]): IndicatorPeriod => {
      const referenceDate = getPeriod(period).to
      const denominatorDate = denominatorDays.get(`${indicator}|${period}`) ?? referenceDate
      return {
        period,
        referenceDate,
        denominatorDate: denominatorDate === referenceDate ? null : denominatorDate,
        deliveries: order.filter(id => deliveries.has(id)),
      }
    }),
  ]))
}

function toIndicator (entry: IndicatorEntry, periods: readonly IndicatorPeriod[]): Indicator {
  const signed = entry.signed ?? false
  const computed = entry.kind === 'share' || entry.kind === 'ratio'
  return {
    id: entry.id,
    theme: entry.theme,
    kind: entry.kind,
    label: toLocalised(entry.label),
    definition: toLocalised(entry.definition),
    unit: toLocalised(entry.unit ?? ''),
    decimals: entry.decimals,
    signed,
    palette: entry.palette ?? (signed ? 'div' : 'petrol'),
    formula: computed
      ? { numerator: listOf(entry.numerator), minus: listOf(entry.minus), denominator: listOf(entry.denominator), factor: entry.factor ?? 100 }
      : null,
    notes: (entry.notes ?? []).map(toLocalised),
    periods,
    ...(entry.changes && entry.changes.length > 0 && { changes: toChanges(entry.changes) }),
  }
}

/** Oldest first, whatever the order in the file. */
function toChanges (changes: NonNullable<IndicatorEntry['changes']>): Change[] {
  return changes.map(({ from, note }) => ({ from: String(from), note: toLocalised(note) })).toSorted((a, b) => comparePeriods(a.from, b.from))
}

function toDeliveryFacts (entry: DeliveryEntry, audience: Audience): DeliveryFacts {
  const { minimumCount } = rulesOf(entry, audience)
  return {
    id: entry.id,
    title: entry.title,
    publisher: entry.publisher,
    licence: entry.licence,
    attribution: entry.attribution,
    extractedOn: entry.extractedOn ?? null,
    minimumCount: minimumCount === 0 ? null : minimumCount,
    minimumCountReason: entry.because ?? null,
    legalBasis: entry.legalBasis,
  }
}

/** Says that the town can be more than the sum of its areas; how many cases that are stays unsaid. */
function unassignedNote ({ figures }: Cleared): Localised[] {
  return [...figures.columns.values()].some(({ unassigned }) => unassigned.length > 0)
    ? [{
        de: 'Werte der ganzen Stadt enthalten auch Fälle, die keinem Gebiet zugeordnet sind.',
        en: 'Figures of the whole town include cases that are not assigned to an area.',
      }]
    : []
}
