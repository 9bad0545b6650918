import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { auditBlock } from '../audit/cells.ts'
import type { Finding } from '../audit/verdict.ts'
import { makeRelease, type BuildStore } from '../commands/build.ts'
import type { Options } from '../commands/call.ts'
import { cellAt, type Audience, type Edition } from '../core/edition.ts'
import { hasErrors, type Problem } from '../core/problem.ts'
import { cellId, cellState, compileBlock, type DraftCell, type DraftEquation } from '../core/release.ts'
import { readProject } from '../pipeline/project-file/project.ts'
import { publishEdition, type BytesVerdict, type PublishStore } from '../pipeline/publish.ts'
import { openVault, type Vault } from '../pipeline/vault/vault.ts'
import { parseConfig } from '../server/config.ts'
import { drawAreas } from './draw-areas.ts'

/** A town as one row of equal squares, whose counts are those of the first level; all others hold sums of them. */
export interface TownPlan {
  /** By level the letters of the squares: `{ quarter: 'ABC', district: 'RRS' }`. */
  readonly levels: Readonly<Record<string, string>>
  /** By year, in the order of the squares. */
  readonly counts: Readonly<Record<string, readonly number[]>>
  readonly minimumCount: number
  /** Inside the house; with it there are two audiences. */
  readonly internalMinimum?: number
  /** Levels that the project does not have (any more). */
  readonly without?: readonly string[]
  readonly indicator?: string
  readonly method?: 'round5'
}

/** The project of a plan in a folder of its own. */
export function writeTown (folder: string, plan: TownPlan): string {
  const { levels, minimumCount, internalMinimum, without = [], indicator = 'sgb2', method } = plan
  const shown = Object.entries(levels).filter(([id]) => !without.includes(id))
  const licence = { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' }
  const [base] = shown[0]!
  const file = {
    atlas: 'series',
    title: 'Atlas',
    municipality: 'Kleinstadt',
    dataStatus: 'synthetic',
    licence,
    contact: { name: 'Planung', email: 'planung@example.org' },
    bounds: [9, 52, 10, 53],
    start: indicator,
    tiles: { minZoom: 10, maxZoom: 10 },
    ...(internalMinimum === undefined ? {} : { audiences: ['public', 'internal'] }),
    levels: [
      ...shown.map(([id], index) => ({
        id, label: id, labelPlural: id, validFrom: '2000-01-01', ...(index === 0 ? { parent: 'town' } : {}), boundaries: { file: `${id}.geojson`, key: { column: 'id' }, name: { column: 'id' } },
      })),
      { id: 'town', label: 'Stadt', labelPlural: 'Städte', validFrom: '2000-01-01', boundaries: { dissolve: base, id: 'town', areaName: 'Kleinstadt' } },
    ],
    themes: [{ id: 'income', label: 'Einkommen' }],
    deliveries: shown.map(([id]) => ({
      id,
      title: id,
      publisher: 'Amt',
      licence,
      attribution: 'Amt',
      minimumCount,
      ...((internalMinimum ?? method) === undefined ? {} : { rules: { ...(method && { method }), ...(internalMinimum !== undefined && { internal: { minimumCount: internalMinimum } }) } }),
      legalBasis: 'Satzung',
      mayBePassedOn: true,
      level: id,
      files: [`${id}.csv`],
      area: { column: 'Gebiet' },
      period: { column: 'Jahr', template: '{}-12-31' },
      columns: { [indicator]: 'SGB II' },
    })),
    indicators: [{ id: indicator, theme: 'income', kind: 'count', label: 'SGB II', definition: 'Alle.', decimals: 0 }],
  }
  mkdirSync(folder, { recursive: true })
  // JSON is YAML too.
  writeFileSync(path.join(folder, 'atlas.yaml'), JSON.stringify(file))
  for (const [id, drawn] of shown) {
    writeFileSync(path.join(folder, `${id}.geojson`), JSON.stringify(toGeoJson(drawn)))
    const rows = countsOf(plan).filter(({ level }) => level === id).map(({ area, year, value }) => `${area};${year};${value}`)
    writeFileSync(path.join(folder, `${id}.csv`), ['Gebiet;Jahr;SGB II', ...rows, ''].join('\n'))
  }
  return folder
}

function toGeoJson (drawn: string): unknown {
  return {
    type: 'FeatureCollection',
    features: drawAreas(drawn).map(({ id, shape }) => ({
      type: 'Feature',
      properties: { id },
      geometry: {
        type: 'MultiPolygon',
        coordinates: shape.map(polygon => polygon.map(ring => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]! / 1e7, ring[2 * i + 1]! / 1e7]))),
      },
    })),
  }
}

interface Count { readonly level: string, readonly area: string, readonly year: string, readonly value: number }

/** Every true count of a plan, those of the town too. */
function countsOf ({ levels, counts, without = [] }: TownPlan): Count[] {
  const systems = { ...levels, town: Object.values(levels)[0]!.replaceAll(/./g, 'T') }
  return Object.entries(counts).flatMap(([year, values]) => Object.entries(systems).filter(([level]) => !without.includes(level)).flatMap(([level, drawn]) =>
    [...new Set(drawn)].toSorted().map(letter => ({
      level, year, area: level === 'town' ? 'town' : letter, value: values.reduce((sum, value, index) => drawn[index] === letter ? sum + value : sum, 0),
    }))))
}

/** A store as far as builds and publications ask for one; nothing but memory. */
export class MemoryStore implements BuildStore, PublishStore {
  readonly #editions = new Map<string, { readonly edition: Edition, state: 'draft' | 'published' | 'current' | 'withdrawn' }>()

  async saveEdition (edition: Edition): Promise<void> {
    if (!this.#editions.has(edition.id)) this.#editions.set(edition.id, { edition, state: 'draft' })
  }

  /** Tiles are no matter here. */
  async hasTiles (): Promise<boolean> {
    return true
  }

  async publish (id: string): Promise<{ atlas: string, audience: Audience, edition: string, previous: null }> {
    const published = this.#editions.get(id)!
    const { audience, atlas } = published.edition
    for (const other of this.#editions.values()) if (other.state === 'current' && other.edition.audience === audience) other.state = 'published'
    published.state = 'current'
    return { atlas: atlas.id, audience, edition: id, previous: null }
  }

  async withdraw (id: string): Promise<void> {
    this.#editions.get(id)!.state = 'withdrawn'
  }

  async listEditions (): ReturnType<BuildStore['listEditions']> {
    return [...this.#editions.values()].map(({ edition: { id, atlas, audience }, state }) =>
      ({ id, atlas: atlas.id, audience, state, publishedAt: null, withdrawal: null } as unknown as Awaited<ReturnType<BuildStore['listEditions']>>[number]))
  }

  currentOf (audience: Audience): string | undefined {
    return [...this.#editions.values()].find(({ edition, state }) => state === 'current' && edition.audience === audience)?.edition.id
  }
}

/** An edition, and the plan it was made of. */
export interface Told {
  readonly plan: TownPlan
  readonly edition: Edition
  readonly problems: readonly Problem[]
}

/** One town over the years: one vault, one store, and project files that change. */
export class TownSeries {
  readonly folder: string
  readonly store = new MemoryStore()

  /** @param secret of the vault; one is drawn where not given */
  constructor (folder: string, secret?: string) {
    this.folder = folder
    if (secret === undefined) return
    mkdirSync(this.vaultFolder, { recursive: true, mode: 0o700 })
    writeFileSync(path.join(this.vaultFolder, 'secret'), `${secret}\n`, { mode: 0o600 })
  }

  get vaultFolder (): string {
    return path.join(this.folder, 'vault')
  }

  openVault (): Promise<Vault> {
    return openVault({ folder: this.vaultFolder, isSynthetic: false })
  }

  /** Drafts, one per audience. @throws Error with the problems where there is none */
  async build (plan: TownPlan, options: Options = {}): Promise<Told[]> {
    const project = await readProject(writeTown(path.join(this.folder, 'project'), plan))
    if (!project.project) throw new Error(JSON.stringify(project.problems))
    const call = { arguments: [], options, language: 'de', config: parseConfig({ ATLAS_DATA: path.join(this.folder, 'data') }) } as const
    const { releases, problems, keep } = await makeRelease(call, this.store, await this.openVault(), project.project)
    if (hasErrors(problems)) throw new Error(JSON.stringify(problems.filter(({ severity }) => severity === 'error')))
    await keep()
    return releases.map(({ made }) => ({ plan, edition: made.edition!, problems: made.problems }))
  }

  async publish ({ edition }: Told, store: PublishStore = this.store): Promise<readonly Problem[]> {
    return await publishEdition({ edition, vault: await this.openVault(), store, auditBytes: async () => cleanBytes })
  }

  /** Builds and publishes for every audience. */
  async tell (plan: TownPlan, options?: Options): Promise<Told[]> {
    const told = await this.build(plan, options)
    for (const one of told) await this.publish(one)
    return told
  }
}

/** Of bytes is nothing said here. */
const cleanBytes: BytesVerdict = { report: { artefacts: 0, claims: 0, findings: 0, hash: '' }, problems: [] }

/** `A3 B. …`: what an edition says of a level, an indicator and a year. */
export function shownIn ({ edition }: Told, level = 'quarter', year = '2024'): string {
  const areas = edition.levels.find(({ id }) => id === level)?.areas ?? []
  const printed = printedCells(edition)
  const { indicator } = edition.series[0]!
  return areas.map(({ id }) => `${id}${printed.get(cellId(level, id, indicator, `${year}-12-31`)) ?? '.'}`).join(' ')
}

export function printedCells (edition: Edition): Map<string, number> {
  const printed = new Map<string, number>()
  for (const series of edition.series) {
    const { areas } = edition.levels.find(({ id }) => id === series.level)!
    series.periods.forEach((period, row) => areas.forEach(({ id }, column) => {
      const cell = cellAt(series, row, column)
      if (cell.status === 'observed') printed.set(cellId(series.level, id, series.indicator, period), cell.value)
    }))
  }
  return printed
}

/**
 * Somebody who kept every edition, lays them over each other and knows what adds up to what: a
 * block of its own, made of the plans alone. A figure that was revised is two figures.
 *
 * @param options audience whose minimum count is at stake; the last plan says how high it is where `minimumCount` does not
 */
export async function overlay (told: readonly Told[], { audience = 'public', minimumCount }: { readonly audience?: Audience, readonly minimumCount?: number } = {}): Promise<Finding[]> {
  const cells = new Map<string, DraftCell & { readonly value: number }>()
  const equations = new Map<string, DraftEquation>()
  const positions = new Map<string, number>()
  const printed = new Set(told.flatMap(({ edition }) => [...printedCells(edition)].map(([id, value]) => vintage(id, value))))
  for (const { plan, edition } of told) {
    if (edition.audience === 'internal' && audience === 'public') throw new Error('the public does not see internal editions')
    const minimum = minimumCount ?? (audience === 'internal' ? plan.internalMinimum! : plan.minimumCount)
    const nameOf = ({ level, area, year, value }: Count) => vintage(cellId(level, area, plan.indicator ?? 'sgb2', `${year}-12-31`), value)
    const positionOf = (count: Count): number => {
      const name = nameOf(count)
      if (!positions.has(name)) {
        positions.set(name, positions.size)
        cells.set(name, {
          id: name,
          value: count.value,
          state: printed.has(name) ? cellState.known : cellState.closed,
          ...(count.value > 0 && count.value < minimum && !printed.has(name) ? { rule: 'minimum-count' as const, required: [0, minimum] as const } : {}),
        })
      }
      return positions.get(name)!
    }
    const counts = countsOf({ ...plan, without: [] })
    const [base] = Object.keys(plan.levels)
    const isIn = ({ level, area }: Count, part: Count) => level === 'town' ||
      [...plan.levels[level]!].some((letter, square) => letter === area && plan.levels[base!]![square] === part.area)
    for (const whole of counts.filter(({ level }) => level !== base)) {
      const parts = counts.filter(part => part.level === base && part.year === whole.year && isIn(whole, part))
      const all = [whole, ...parts].map(positionOf)
      equations.set(all.join(), { cells: all, coefficients: all.map((_, index) => index === 0 ? 1 : -1) })
    }
  }
  const block = compileBlock({ id: 'overlay', cells: [...cells.values()], equations: [...equations.values()] })
  const pattern = { printed: block.states.map(state => state === cellState.known ? 1 : 0), certificates: [], proofs: new Int32Array(2 * cells.size).fill(-1), unprotected: new Int32Array() }
  const { exact, narrow, exposed } = await auditBlock(block, pattern, { certificates: false })
  return [...exact, ...narrow, ...exposed]
}

function vintage (id: string, value: number): string {
  return `${id}=${value}`
}
