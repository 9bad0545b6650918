import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { csvText } from '../core/csv.ts'
import { hasErrors, problem } from '../core/problem.ts'
import { checkLayer } from '../pipeline/facilities/facilities.ts'
import { isPersonalHead } from '../pipeline/facilities/personal-heads.ts'
import { readPlacesFile, type SourcePlace } from '../pipeline/facilities/read-places.ts'
import { whyHidden } from '../pipeline/facilities/screen-places.ts'
import { readProject, toLocalised, type Project } from '../pipeline/project-file/project.ts'
import type { FacilityLayerEntry } from '../pipeline/project-file/schema.ts'
import { writeVaultBytes } from '../pipeline/vault/write-file.ts'
import type { FacilitiesSaved, FacilityFileName, FacilityTable, TypedRow } from './facility-list.ts'
import { wallProblems } from './wall.ts'

/** A table with more inputs is none that a person edits. */
const longestTable = 500

/** The files of all lists; empty where the project file has none, or cannot be read. */
export async function listFacilityFiles (folder: string, atlas: string): Promise<FacilityFileName[]> {
  const project = await openProject(folder, atlas)
  return (project?.file.facilities ?? []).flatMap(({ id, label, files }) => files.map(file => ({ list: id, label: toLocalised(label), file })))
}

interface Place { readonly folder: string, readonly atlas: string, readonly list: string, readonly file: string }

/** Undefined where the project names no such file. */
export async function readFacilityTable (place: Place): Promise<FacilityTable | undefined> {
  const opened = await openFile(place)
  if (!opened) return undefined
  const { entry, columns, shown, places, version, isEditable, project } = opened
  const { located, problems } = await checkLayer(project, { ...entry, files: [place.file] })
  const points = new Map(located.map(({ source, lon, lat }) => [lineOf(source), { lon, lat }]))
  const rows = places.map(source => {
    const isHidden = whyHidden(source.fields, entry) !== undefined
    return { line: lineOf(source), token: tokenOf(source, columns), cells: isHidden ? null : shown.map(column => source.fields[column] ?? ''), point: isHidden ? null : points.get(lineOf(source)) ?? null }
  })
  return {
    list: place.list,
    label: toLocalised(entry.label),
    file: place.file,
    columns: shown,
    roles: { name: [entry.name].flat(), x: entry.x ?? null, y: entry.y ?? null },
    rows,
    level: entry.level ?? null,
    isEditable,
    problems: [...isEditable ? [] : [problem('facilities-not-editable', { file: place.file }, { limit: longestTable })], ...problems.filter(({ code }) => code.startsWith('facilities-') || code.startsWith('project-'))],
    version,
  }
}

export interface SavingFacilities extends Place {
  readonly expected: string
  readonly rows: readonly TypedRow[]
}

/** Writes the table back into its file; what was never shown of a row stays with it. One caller at a time for each atlas. */
export async function saveFacilityTable ({ expected, rows, ...place }: SavingFacilities): Promise<FacilitiesSaved | undefined> {
  const opened = await openFile(place)
  if (!opened) return undefined
  const { entry, columns, shown, places, version, isEditable, project, target, delimiter } = opened
  if (!isEditable) return { kind: 'refused', problems: [problem('facilities-not-editable', { file: place.file }, { limit: longestTable })] }
  const left = [...places]
  const take = (token: string) => {
    const at = left.findIndex(source => tokenOf(source, columns) === token)
    return at === -1 ? undefined : left.splice(at, 1)[0]
  }
  if (version !== expected) return { kind: 'changed' }
  if (rows.length > longestTable) return { kind: 'refused', problems: [problem('facilities-not-editable', { file: place.file }, { limit: longestTable })] }
  const pairs = rows.map(({ token, cells }) => ({ before: token === null ? null : take(token), cells }))
  if (pairs.some(({ before }) => before === undefined)) return { kind: 'changed' }
  const table = pairs.map(({ before, cells }) => columns.map(column => cellOf(before?.fields[column] ?? '', cells?.[shown.indexOf(column)])))
  const added = pairs.filter(({ before }) => before === null).length
  const changed = pairs.filter(({ before }, row) => before && columns.some((column, at) => (before.fields[column] ?? '') !== table[row]![at])).length
  const bytes = delimiter === ',' ? commas([columns, ...table]) : csvText([columns, ...table])
  const trial = path.join(place.folder, `.${randomUUID()}.csv`)
  try {
    await writeVaultBytes(trial, bytes)
    const { problems } = await checkLayer({ ...project, resolve: file => file === place.file ? trial : project.resolve(file) }, { ...entry, files: [place.file] })
    if (hasErrors(problems)) return { kind: 'refused', problems: problems.filter(({ severity }) => severity === 'error') }
    await writeVaultBytes(target, bytes)
    return { kind: 'written', problems: problems.filter(({ severity }) => severity === 'warning'), added, changed, removed: left.length }
  } finally {
    await rm(trial, { force: true })
  }
}

interface OpenedFile {
  readonly project: Project
  readonly entry: FacilityLayerEntry
  readonly target: string
  /** All, and those that speak of no person. */
  readonly columns: readonly string[]
  readonly shown: readonly string[]
  readonly places: readonly SourcePlace[]
  readonly delimiter: ';' | ','
  readonly isEditable: boolean
  readonly version: string
}

async function openFile ({ folder, atlas, list, file }: Place): Promise<OpenedFile | undefined> {
  const project = await openProject(folder, atlas)
  const entry = project?.file.facilities?.find(({ id, files }) => id === list && files.includes(file))
  if (!project || !entry) return undefined
  const target = project.resolve(file)
  const bytes = await readFile(target).catch(() => undefined)
  if (!bytes) return undefined
  const { read } = await readPlacesFile(target, file, entry)
  const { columns = [], places = [] } = read ?? {}
  const delimiter = columns.join(',') !== columns.join(';') && firstLine(bytes) === columns.join(',') ? ',' : ';'
  return { project, entry, target, columns, shown: columns.filter(column => !isPersonalHead(column)), places, delimiter, isEditable: isPlain(bytes, places, columns, delimiter, entry), version: keyed(bytes) }
}

async function openProject (folder: string, atlas: string): Promise<Project | undefined> {
  const text = await readFile(path.join(folder, 'atlas.yaml'), 'utf8').catch(() => undefined)
  if (text === undefined || wallProblems(text, atlas).length > 0) return undefined
  return (await readProject(folder)).project
}

/** Whether writing it anew loses nothing: each line is a row, and the first one holds the heads. */
function isPlain (bytes: Uint8Array, places: readonly SourcePlace[], columns: readonly string[], delimiter: string, { encoding, delimiter: stated }: FacilityLayerEntry): boolean {
  if (!Buffer.from(bytes).equals(Buffer.from(Buffer.from(bytes).toString('utf8')))) return false
  if ((encoding ?? 'utf-8') !== 'utf-8' || (stated ?? delimiter) !== delimiter || new Set(columns).size !== columns.length) return false
  return columns.length > 1 && firstLine(bytes) === columns.join(delimiter) && places.length <= longestTable && places.every((source, at) => source.place.line === at + 2)
}

function firstLine (bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0]!.replaceAll('"', '')
}

function commas (table: ReadonlyArray<readonly string[]>): string {
  return `${table.map(row => row.map(field => /[,"\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field).join(',')).join('\r\n')}\r\n`
}

function lineOf ({ place }: SourcePlace): number {
  return place.line ?? place.record ?? 0
}

/** Of this process: neither a token nor a version tells what stands in a row that is not shown. */
const key = randomBytes(32)

function tokenOf ({ fields }: SourcePlace, columns: readonly string[]): string {
  return keyed(JSON.stringify(columns.map(column => fields[column] ?? ''))).slice(0, 24)
}

/** What nobody touched stays to the letter; what was typed is one line. */
function cellOf (before: string, typed: string | undefined): string {
  return typed === undefined || typed === before.trim() ? before : typed.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim().slice(0, 2000)
}

function keyed (bytes: string | Uint8Array): string {
  return createHmac('sha256', key).update(bytes).digest('hex')
}
