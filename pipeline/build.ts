import type { ContextShape, Geometry } from '../core/area.ts'
import type { Audience, Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { assembleEdition } from './assemble.ts'
import { deriveQuotients, deriveUpperLevels } from './derive.ts'
import type { Figures } from './figures.ts'
import { joinTable } from './join/table.ts'
import { readContext, readLevels, type Boundaries } from './levels.ts'
import type { OnProgress } from './progress.ts'
import type { Project } from './project-file/project.ts'
import type { DeliveryEntry } from './project-file/schema.ts'
import { protect, type ProtectInput, type Protection } from './protect/protect.ts'
import { mayReach } from './protect/rules.ts'
import { readTable } from './read/table.ts'
import { tileGeometry } from './tile/tile.ts'
import { chooseZooms } from './tile/zooms.ts'

/** An edition and its tiles, or the reasons why there is none. */
export interface Build {
  /** Absent where an error stopped the build. */
  readonly edition?: Edition
  /** Tiles of the geometries that were not known yet. */
  readonly tiles: readonly GeometryTiles[]
  readonly problems: readonly Problem[]
  /** How the edition was protected, with true counts: as secret as the vault. Absent where the build did not come so far. */
  readonly protection?: Protection
}

export interface BuildOptions {
  /** For whom; defaults to the public. */
  readonly audience?: Audience
  readonly onProgress?: OnProgress
  /** Whether the tiles of a geometry are stored already; a new edition with old boundaries re-uses them. */
  readonly hasTiles?: (geometry: string, minZoom: number, maxZoom: number) => Promise<boolean>
  /** Stop before the tiles: everything a planner can get wrong has been said by then. */
  readonly checkOnly?: boolean
  /** Of the vault; without it the choice among equally good patterns can be foreseen. */
  readonly secret?: string
  /** What earlier editions printed and suppressed; without it this is the first one. */
  readonly ledger?: Pick<ProtectInput, 'findLedgerCells' | 'hashValue'>
  /** Suppresses and attacks; without it blocks are suppressed in this process and nobody attacks. */
  readonly clearBlocks?: ProtectInput['clearBlocks']
  /** Try remedies where much is lost; where all of a family is withheld they are tried in any case. */
  readonly withOffers?: boolean
  /** Boundaries that were read for another audience. */
  readonly places?: Places
}

/** Where everything lies; the same for every audience. */
export interface Places {
  readonly boundaries?: Boundaries
  readonly context: readonly ContextShape[]
  readonly problems: readonly Problem[]
}

export async function readPlaces (project: Project, onProgress: OnProgress = () => {}): Promise<Places> {
  const { boundaries, problems } = await readLevels(project, onProgress)
  const { context, problems: contextProblems } = await readContext(project)
  return { context, problems: [...problems, ...contextProblems], ...(boundaries && { boundaries }) }
}

/**
 * Delivered files to edition. Each station collects its problems; the first station with an error
 * is the last, so that one run says everything about a file, and nothing half-read goes on.
 */
export async function buildEdition (project: Project, options: BuildOptions = {}): Promise<Build> {
  const { onProgress = () => {}, audience = 'public' } = options
  const { file } = project
  const { boundaries, context, problems: placeProblems } = options.places ?? await readPlaces(project, onProgress)
  const problems = [...placeProblems]

  const figures: Figures = { columns: new Map() }
  problems.push(...await joinDeliveries(project, boundaries, figures, audience, onProgress))
  if (!boundaries || hasErrors(problems)) return { tiles: [], problems }

  const place = { file: project.displayName }
  if (figures.columns.size === 0) return { tiles: [], problems: [...problems, problem('join-no-figures', place)] }
  const { levels, geometries } = boundaries
  onProgress({ station: 'derive', done: 0, total: 1, label: file.atlas })
  problems.push(...deriveUpperLevels(figures, levels, file.indicators, place))
  const { quotients, problems: quotientProblems } = deriveQuotients(figures, levels, file.indicators, place)
  problems.push(...quotientProblems)
  if (hasErrors(problems)) return { tiles: [], problems }

  onProgress({ station: 'protect', done: 0, total: 1, label: file.atlas })
  const protection = await protect({
    figures,
    quotients,
    levels,
    geometries,
    file,
    audience,
    onProgress,
    secret: options.secret ?? '',
    locate: project.locate,
    ...options.ledger,
    withOffers: options.withOffers ?? false,
    ...(options.clearBlocks && { clearBlocks: options.clearBlocks }),
  })
  problems.push(...protection.problems)
  if (hasErrors(problems) || options.checkOnly) return { tiles: [], problems, protection }

  const zooms = file.tiles ?? chooseZooms(geometries.map(({ bounds }) => bounds))
  const edition = assembleEdition({ project, boundaries, context, figures, quotients: protection.quotients, audience, tiles: zooms })
  const tiled = await tileAll(edition, zooms, options, onProgress)
  problems.push(...tiled.problems)
  return hasErrors(problems) ? { tiles: [], problems, protection } : { edition, tiles: tiled.tiles, problems, protection }
}

/** Reads every table even where boundaries failed, so that one run says all; joins only where it can. */
async function joinDeliveries (project: Project, boundaries: Boundaries | undefined, figures: Figures, audience: Audience, onProgress: OnProgress): Promise<Problem[]> {
  const problems: Problem[] = []
  const { indicators } = project.file
  const deliveries = project.file.deliveries.filter(delivery => mayReach(delivery, audience))
  for (const [done, delivery] of deliveries.entries()) {
    for (const { name, period } of filesOf(delivery)) {
      onProgress({ station: 'join', done, total: deliveries.length, label: name })
      const { table, problems: found } = await readTable(project.resolve(name), { ...definedFields(delivery.dialect ?? {}), displayName: name })
      problems.push(...found)
      if (!table || !boundaries) continue
      problems.push(...joinTable(figures, {
        delivery, table, levels: boundaries.levels, indicators, audience, ...(period === undefined ? {} : { filePeriod: period }),
      }))
    }
  }
  return problems
}

function filesOf ({ files }: DeliveryEntry): Array<{ name: string, period?: string }> {
  return files.map(entry => typeof entry === 'string' ? { name: entry } : { name: entry.file, period: String(entry.period) })
}

/** The delivered tables an edition for this audience is made of. */
export function listDeliveredFiles ({ file, resolve }: Project, audience: Audience): Array<{ name: string, path: string }> {
  const names = file.deliveries.filter(delivery => mayReach(delivery, audience)).flatMap(filesOf).map(({ name }) => name)
  return [...new Set(names)].map(name => ({ name, path: resolve(name) }))
}

/** The entry without keys that are present but undefined. */
function definedFields<Entry extends object> (entry: Entry): { [Key in keyof Entry]: Exclude<Entry[Key], undefined> } {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as { [Key in keyof Entry]: Exclude<Entry[Key], undefined> }
}

async function tileAll (edition: Edition, zooms: { minZoom: number, maxZoom: number }, { hasTiles }: BuildOptions, onProgress: OnProgress): Promise<{ tiles: GeometryTiles[], problems: Problem[] }> {
  const tiles: GeometryTiles[] = []
  const problems: Problem[] = []
  for (const level of edition.levels) {
    if (await hasTiles?.(level.geometry, zooms.minZoom, zooms.maxZoom)) continue
    const geometry: Geometry = edition.geometries.find(({ id }) => id === level.geometry)!
    const made = await tileGeometry({
      geometry,
      areas: level.areas,
      ...zooms,
      onProgress: (done, total) => onProgress({ station: 'tile', done, total, label: level.id }),
    })
    problems.push(...made.problems)
    tiles.push(made.tiles)
  }
  return { tiles, problems }
}
