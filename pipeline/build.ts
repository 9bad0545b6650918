import type { ContextShape, Geometry } from '../core/area.ts'
import type { Audience, Edition, Remark } from '../core/edition.ts'
import type { LedgerView } from '../core/ledger.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { groupBy } from '../core/group-by.ts'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { assembleEdition } from './assemble.ts'
import { acceptProblems, staleAcceptances } from './check/accepted.ts'
import { acceptedRemarks } from './check/accepted-remarks.ts'
import { checkFigures } from './check/figures.ts'
import { applyCrosswalks } from './crosswalk/apply-crosswalks.ts'
import { findCarriedBefore, seriesKey } from './crosswalk/carried-before.ts'
import { guardRetired } from './crosswalk/guard-retired.ts'
import { deriveQuotients, deriveUpperLevels } from './derive.ts'
import { readFacilities } from './facilities/facilities.ts'
import { addColumn, columnKey, listColumns, type Figures } from './figures.ts'
import { findTellingCalibrations } from './grid/calibrated-secrets.ts'
import { joinGrid, listGridFiles, type GridInput } from './grid/join-grid.ts'
import { joinTable } from './join/table.ts'
import { readContext, readLevels, type Boundaries } from './levels/levels.ts'
import type { OnProgress } from './progress.ts'
import type { Project } from './project-file/project.ts'
import { isTable, type DeliveryEntry } from './project-file/schema.ts'
import { listSecrets, noteCounts } from './protect/kept-secrets.ts'
import { protect, type ProtectInput, type Protection } from './protect/protect.ts'
import { mayReach } from './protect/rules.ts'
import { readDeliveredRows } from './records/delivered-rows.ts'
import { readReferenceAreas } from './reference-areas/reference-areas.ts'
import { findTellingReferences } from './reference-areas/reference-secrets.ts'
import { tileGeometry } from './tile/tile.ts'
import { chooseZooms } from './tile/zooms.ts'
import { readAssessments } from './texts/read-assessments.ts'

/** An edition and its tiles, or the reasons why there is none. */
export interface Build {
  /** Absent where an error stopped the build. */
  readonly edition?: Edition
  /** Tiles of the geometries that were not known yet. */
  readonly tiles: readonly GeometryTiles[]
  readonly problems: readonly Problem[]
  /** How the edition was protected, with true counts: as secret as the vault. Absent where the build did not come so far. */
  readonly protection?: Protection
  /** Counts that it estimates from old areas without boundaries, for the ledger; keys as of `seriesKey`. */
  readonly carried?: readonly string[]
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
  readonly ledger?: Pick<LedgerView, 'findLedgerCells' | 'hashValue' | 'listCellIds'> & { readonly carried: ReadonlySet<string> }
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
  const figures: Figures = { columns: new Map() }
  const joined = await joinDeliveries(project, boundaries, figures, audience, onProgress)
  const retired = setAside(figures, boundaries?.retired ?? [])
  const { references, problems: referenceProblems } = await readReferenceAreas(project, { boundaries, figures: [figures, retired] })
  const problems = acceptProblems([...placeProblems, ...joined.problems, ...referenceProblems], file)
  if (!boundaries || hasErrors(problems)) return { tiles: [], problems }

  const place = { file: project.displayName }
  if (figures.columns.size === 0) return { tiles: [], problems: [...problems, problem('join-no-figures', place)] }
  const { levels, geometries } = boundaries
  onProgress({ station: 'derive', done: 0, total: 1, label: file.atlas })
  const { layers, problems: facilityProblems } = await readFacilities(project, boundaries, figures, audience)
  const derived = deriveUpperLevels(figures, levels, file.indicators, place)
  const { quotients, problems: quotientProblems } = deriveQuotients(figures, levels, file.indicators, place)
  problems.push(...acceptProblems([...facilityProblems, ...derived, ...quotientProblems, ...checkFigures(figures, levels, file, place)], file))
  if (hasErrors(problems)) return { tiles: [], problems }

  const delivered = new Set(figures.columns.keys())
  const { carriable, problems: guarded } = guardRetired({ retired, figures, indicators: file.indicators, ledger: options.ledger, place })
  problems.push(...acceptProblems(guarded, file))
  const notes = noteCounts(figures, file, levels)
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
    ...options.ledger && { findLedgerCells: options.ledger.findLedgerCells, hashValue: options.ledger.hashValue },
    withOffers: options.withOffers ?? false,
    ...(options.clearBlocks && { clearBlocks: options.clearBlocks }),
  })
  const secrets = listSecrets(notes, figures, levels)
  const telling = [...findTellingReferences({ project, boundaries, references, secrets, figures }), ...findTellingCalibrations({ project, levels, secrets, figures })]
  problems.push(...acceptProblems([...protection.problems, ...hasErrors(protection.problems) ? [] : telling], file))
  if (hasErrors(problems)) return { tiles: [], problems, protection }
  problems.push(...findCarriedBefore({ decisions: protection.decisions, carried: options.ledger?.carried ?? new Set<string>(), indicators: file.indicators, place }))
  if (hasErrors(problems)) return { tiles: [], problems, protection }
  const { assessments, problems: textProblems } = await readAssessments({ project, levels, audience, secrets })
  problems.push(...textProblems)
  const crossed = await applyCrosswalks({ project, boundaries, figures, retired: carriable, wasDelivered: (...names) => delivered.has(columnKey(...names)) })
  problems.push(...acceptProblems(crossed.problems, file))
  problems.push(...staleAcceptances(problems, project, audience))
  if (hasErrors(problems) || options.checkOnly) return { tiles: [], problems, protection }

  const zooms = file.tiles ?? chooseZooms(geometries.map(({ bounds }) => bounds))
  const remarks = [...acceptedRemarks(problems, file, figures), ...joined.remarks, ...crossed.remarks]
  const edition = assembleEdition({ project, boundaries, context, figures, quotients: [...protection.quotients, ...crossed.quotients], audience, tiles: zooms, remarks, references, facilities: layers, assessments })
  const tiled = await tileAll(edition, zooms, options, onProgress)
  problems.push(...tiled.problems)
  const carried = [...new Set(crossed.carried.map(seriesKey))].toSorted()
  return hasErrors(problems) ? { tiles: [], problems, protection } : { edition, tiles: tiled.tiles, problems, protection, carried }
}

/** Counts of old levels without boundaries, which no station but the crosswalk meets. */
function setAside (figures: Figures, retired: Boundaries['retired']): Figures {
  const columns = retired.flatMap(({ id }) => listColumns(figures, id))
  const aside: Figures = { columns: new Map() }
  for (const column of columns) {
    figures.columns.delete(columnKey(column.level, column.indicator, column.period))
    addColumn(aside, column)
  }
  return aside
}

/** Reads every table even where boundaries failed, so that one run says all; joins only where it can. */
export async function joinDeliveries (project: Project, boundaries: Boundaries | undefined, figures: Figures, audience: Audience, onProgress: OnProgress): Promise<{ remarks: Remark[], problems: Problem[] }> {
  const problems: Problem[] = []
  const remarks: Remark[] = []
  const deliveries = project.file.deliveries.filter(delivery => mayReach(delivery, audience))
  for (const [done, delivery] of deliveries.entries()) {
    for (const { name, period } of filesOf(delivery)) {
      onProgress({ station: 'join', done, total: deliveries.length, label: name })
      const file = { filePath: project.resolve(name), displayName: name, ...(period === undefined ? {} : { filePeriod: period }) }
      const joined = await joinFile(project, boundaries, figures, { delivery, audience, ...file })
      problems.push(...joined.problems)
      remarks.push(...joined.remarks)
    }
  }
  return { remarks, problems }
}

type DeliveredFile = Omit<GridInput, 'boundaries' | 'indicators' | 'resolve'>

async function joinFile (project: Project, boundaries: Boundaries | undefined, figures: Figures, file: DeliveredFile): Promise<{ remarks: readonly Remark[], problems: readonly Problem[] }> {
  const { delivery, filePath, displayName, audience, filePeriod } = file
  if (!isTable(delivery)) {
    return boundaries ? joinGrid(figures, { ...file, boundaries, indicators: project.file.indicators, resolve: project.resolve }) : { remarks: [], problems: [] }
  }
  const period = filePeriod === undefined ? {} : { filePeriod }
  const { tables, problems } = await readDeliveredRows({ delivery, filePath, displayName, resolve: project.resolve, ...period, ...(boundaries && { levels: boundaries.levels }) })
  if (!boundaries) return { remarks: [], problems }
  return {
    remarks: [],
    problems: [...problems, ...tables.flatMap(form => joinTable(figures, { ...form, levels: [...boundaries.levels, ...boundaries.retired], indicators: project.file.indicators, audience, ...period }))],
  }
}

function filesOf ({ files }: DeliveryEntry): Array<{ name: string, period?: string }> {
  return files.map(entry => typeof entry === 'string' ? { name: entry } : { name: entry.file, period: String(entry.period) })
}

/** The delivered tables an edition for this audience is made of. */
export function listDeliveredFiles (project: Project, audience: Audience): DeliveredName[] {
  const lists = (project.file.facilities ?? []).filter(list => mayReach(list, audience))
  const places = lists.flatMap(({ id, files }) => files.map(name => ({ name, path: project.resolve(name), deliveries: [id], isPersonal: true })))
  return [...listFilesOf(project, project.file.deliveries.filter(delivery => mayReach(delivery, audience))), ...places]
}

/** A delivered file, and the deliveries whose counts it holds: none for a street list. */
export interface DeliveredName {
  readonly name: string
  readonly path: string
  readonly deliveries: readonly string[]
  /** Rows about persons, or places with people to ask for and addresses that must not be known: nothing copies them. */
  readonly isPersonal: boolean
}

export function listFilesOf ({ resolve }: Project, deliveries: readonly DeliveryEntry[]): DeliveredName[] {
  const uses = deliveries.flatMap(delivery => [
    ...filesOf(delivery).map(({ name }) => ({ name, delivery: delivery.id, isPersonal: delivery.einzeldaten !== undefined })),
    ...listGridFiles(delivery.grid).map(name => ({ name, delivery: undefined, isPersonal: false })),
    ...(delivery.area?.streets === undefined ? [] : [{ name: delivery.area.streets.file, delivery: undefined, isPersonal: false }]),
  ])
  return [...groupBy(uses, ({ name }) => name)].map(([name, all]) => ({
    name, path: resolve(name), deliveries: [...new Set(all.flatMap(({ delivery }) => delivery ?? []))], isPersonal: all.some(({ isPersonal }) => isPersonal),
  }))
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
