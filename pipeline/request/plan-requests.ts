import { presets } from '../../core/rules.ts'
import { isDate } from '../../core/period.ts'
import { listOf } from '../project-file/list-of.ts'
import { toLocalised } from '../project-file/project.ts'
import type { DeliveryEntry, IndicatorEntry, ProjectFile } from '../project-file/schema.ts'

/** Which law and habit an office lives by; decides what a letter explains. */
export type OfficeKind = 'employment' | 'register' | 'county' | 'other'

/** Everything asked of one office. */
export interface OfficeRequest {
  readonly publisher: string
  readonly kind: OfficeKind
  readonly deliveries: readonly RequestedDelivery[]
}

export interface RequestedDelivery {
  readonly id: string
  readonly title: string
  /** Name of the area system or level. */
  readonly level: string
  /** Canonical, oldest first. */
  readonly periods: readonly string[]
  /** Whether the project says which ones are due. */
  readonly isGuessed: boolean
  readonly areaHead: string
  readonly periodHead: string | null
  readonly columns: readonly RequestedColumn[]
  /** The office delivers rows about persons, which are counted on arrival. */
  readonly isCounted: boolean
  /** null where none is needed. */
  readonly minimumCount: number | null
  readonly because: string | null
  readonly legalBasis: string
  /** A day after which the delivery is deleted, a text, or null. */
  readonly retention: string | null
  readonly isPassedOn: boolean
}

export interface RequestedColumn {
  /** As it stood in the last delivery. */
  readonly head: string
  readonly label: string
  readonly definition: string
}

export interface RequestInput {
  readonly file: ProjectFile
  /** Periods that each delivery is due for, by id; absent where nobody knows. */
  readonly due: ReadonlyMap<string, readonly string[]>
  /** What is asked for where the project does not say it. */
  readonly guess: string
}

/** What every office is to be asked, in the order of the project file. Deliveries of one office come in one letter. */
export function planRequests ({ file, due, guess }: RequestInput): OfficeRequest[] {
  const byOffice = new Map<string, RequestedDelivery[]>()
  for (const delivery of file.deliveries) {
    const periods = due.get(delivery.id)
    const requested = describe(file, delivery, periods ?? [guess], periods === undefined)
    const known = byOffice.get(delivery.publisher)
    if (known) known.push(requested)
    else byOffice.set(delivery.publisher, [requested])
  }
  return [...byOffice].map(([publisher, deliveries]) => ({ publisher, deliveries, kind: kindOf(publisher) }))
}

/** By the name of the office alone: what it delivers says little about where it belongs. */
function kindOf (publisher: string): OfficeKind {
  if (/bundesagentur|agentur für arbeit|arbeitsagentur|statistik-service|jobcenter/i.test(publisher)) return 'employment'
  if (/einwohner|melde|bürgeramt|bürgerbüro|statistikstelle|kommunalstatistik/i.test(publisher)) return 'register'
  return /\b(?:land)?kreis/i.test(publisher) ? 'county' : 'other'
}

function describe (file: ProjectFile, delivery: DeliveryEntry, periods: readonly string[], isGuessed: boolean): RequestedDelivery {
  const { area } = delivery
  const system = file.levels.find(level => delivery.system === undefined ? level.id === delivery.level : (level.system ?? level.id) === delivery.system && level.validTo === undefined)
  return {
    id: delivery.id,
    title: delivery.title,
    level: toLocalised(system?.labelPlural ?? delivery.level ?? delivery.system ?? '').de,
    periods,
    isGuessed,
    areaHead: [area?.column, area?.street, area?.number].filter(head => head !== undefined).join(', ') || 'Gebiet',
    periodHead: delivery.period?.column ?? null,
    columns: columnsOf(file, delivery),
    isCounted: delivery.einzeldaten !== undefined,
    minimumCount: minimumOf(delivery),
    because: delivery.because ?? null,
    legalBasis: delivery.legalBasis,
    retention: delivery.retention ?? null,
    isPassedOn: delivery.mayBePassedOn,
  }
}

function minimumOf ({ minimumCount, preset }: DeliveryEntry): number | null {
  if (preset !== undefined) return presets[preset].minimumCount
  return typeof minimumCount === 'number' ? minimumCount : null
}

function columnsOf ({ indicators }: ProjectFile, { columns, count, birthDate, indicator }: DeliveryEntry): RequestedColumn[] {
  const say = (head: string, id: string): RequestedColumn => {
    const entry: IndicatorEntry | undefined = indicators.find(one => one.id === id)
    return { head, label: entry ? toLocalised(entry.label).de : id, definition: entry ? toLocalised(entry.definition).de : '' }
  }
  if (count) {
    const heads = new Set([...birthDate === undefined ? [] : [birthDate], ...Object.values(count).flatMap(({ where, sum }) => [...Object.keys(where ?? {}), ...sum === undefined ? [] : [sum]])])
    const labels = Object.keys(count).map(id => say('', id).label).join(', ')
    return [...heads].map(head => ({ head, label: 'Merkmal zum Auszählen', definition: `Gebraucht für: ${labels}.` }))
  }
  const wide = Object.entries(columns ?? {}).map(([id, heads]) => say(listOf(heads)[0]!, id))
  const long = Object.entries(indicator?.lookUp ?? {}).map(([text, id]) => say(`${indicator!.column}: ${text}`, String(id)))
  return [...wide, ...long]
}

/** „wird nach dem 31. Dezember 2030 gelöscht“ needs a day. */
export function retentionDay ({ retention }: Pick<RequestedDelivery, 'retention'>): string | null {
  return retention !== null && isDate(retention) ? retention : null
}
