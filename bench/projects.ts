import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import { readLayer } from '../pipeline/read/layer.ts'
import { applyKeyRule } from '../pipeline/join/key.ts'
import { seededRandom } from './machine.ts'

/** An atlas of real boundaries and made-up values, as large as the question needs it. */
export interface BenchProject {
  readonly name: string
  /** Relative to the folder of open data. */
  readonly boundaries: string
  readonly crs?: string
  readonly key: { readonly column: string, readonly extract?: string }
  readonly nameColumn: string
  readonly where?: Readonly<Record<string, string>>
  readonly bounds: readonly [west: number, south: number, east: number, north: number]
  readonly indicators: number
  readonly years: number
  readonly tiles: { readonly minZoom: number, readonly maxZoom: number }
}

export const berlin: BenchProject = {
  name: 'berlin',
  boundaries: 'berlin/geo/kieze.geojson',
  key: { column: 'plr_id' },
  nameColumn: 'plr_name',
  bounds: [13, 52.3, 13.8, 52.7],
  indicators: 30,
  years: 10,
  tiles: { minZoom: 6, maxZoom: 12 },
}

export const germany: BenchProject = {
  name: 'germany',
  boundaries: 'germany/vg5000_gk3/VG5000_GEM.shp',
  key: { column: 'AGS' },
  nameColumn: 'GEN',
  bounds: [5.5, 47, 15.5, 55.5],
  indicators: 1,
  years: 24,
  tiles: { minZoom: 0, maxZoom: 10 },
}

/**
 * Writes the project into `folder`: boundaries stay where they are, one table per year holds seeded
 * counts. Half of the indicators are counts, half are shares of them.
 *
 * @returns number of areas and of cells
 */
export async function writeBenchProject (spec: BenchProject, dataFolder: string, folder: string): Promise<{ areas: number, cells: number }> {
  const { layer } = await readLayer(path.join(dataFolder, spec.boundaries), { displayName: spec.boundaries })
  if (!layer) throw new Error(`cannot read ${spec.boundaries}`)
  const keys = [...new Set(layer.features
    .filter(({ attributes }) => Object.entries(spec.where ?? {}).every(([column, value]) => attributes[column] === value))
    .map(({ attributes }) => applyKeyRule(spec.key, attributes[spec.key.column] ?? '')))]
  const years = Array.from({ length: spec.years }, (_, i) => 2025 - spec.years + i)
  const counts = Array.from({ length: Math.ceil(spec.indicators / 2) }, (_, i) => `count-${i}`)
  const shares = Array.from({ length: Math.floor(spec.indicators / 2) }, (_, i) => `share-${i}`)

  const random = seededRandom(2025)
  await mkdir(path.join(folder, 'tables'), { recursive: true })
  const base = keys.map(() => 500 + Math.floor(random() * 9500))
  const parts = counts.map(() => keys.map(() => random() * random()))
  for (const year of years) {
    const rows = keys.map((key, area) => [key, ...counts.map((_, i) =>
      i === 0 ? base[area]! : Math.round(base[area]! * parts[i]![area]! * (0.9 + 0.2 * random())))])
    const text = [['id', ...counts], ...rows].map(row => row.join(';')).join('\n')
    await writeFile(path.join(folder, 'tables', `${year}.csv`), `${text}\n`)
  }
  await writeFile(path.join(folder, 'atlas.yaml'), stringify(projectFile(spec, path.resolve(dataFolder), folder, years, counts, shares)))
  return { areas: keys.length, cells: keys.length * years.length * spec.indicators }
}

function projectFile (spec: BenchProject, dataFolder: string, folder: string, years: readonly number[], counts: readonly string[], shares: readonly string[]) {
  const licence = { name: 'CC0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' }
  const text = { label: 'Zahl', definition: 'Erfunden.', theme: 'x' }
  return {
    atlas: `bench-${spec.name}`,
    title: spec.name,
    municipality: spec.name,
    dataStatus: 'synthetic',
    licence,
    contact: { name: 'Bench', email: 'bench@example.org' },
    bounds: spec.bounds,
    start: counts[0],
    tiles: spec.tiles,
    levels: [{
      id: 'area',
      label: 'Gebiet',
      labelPlural: 'Gebiete',
      validFrom: '2000-01-01',
      boundaries: {
        file: path.relative(folder, path.join(dataFolder, spec.boundaries)),
        ...(spec.crs === undefined ? {} : { crs: spec.crs }),
        ...(spec.where === undefined ? {} : { where: spec.where }),
        merge: true,
        key: spec.key,
        name: { column: spec.nameColumn },
      },
    }],
    themes: [{ id: 'x', label: 'Erfunden' }],
    deliveries: [{
      id: 'seeded',
      title: 'Erfunden',
      publisher: 'Bench',
      licence,
      attribution: 'Bench',
      minimumCount: 3,
      legalBasis: 'keine, die Werte sind erfunden',
      mayBePassedOn: true,
      level: 'area',
      files: years.map(year => ({ file: `tables/${year}.csv`, period: year })),
      area: { column: 'id' },
      columns: Object.fromEntries(counts.map(id => [id, id])),
    }],
    indicators: [
      ...counts.map(id => ({ id, kind: 'count', decimals: 0, ...text })),
      ...shares.map((id, i) => ({ id, kind: 'ratio', decimals: 1, numerator: counts[(i + 1) % counts.length], denominator: counts[0], ...text })),
    ],
  }
}
