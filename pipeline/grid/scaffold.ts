import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { problem, type Problem } from '../../core/problem.ts'
import { coordinateUnitsPerDegree } from '../../core/area.ts'
import { projectLayer } from '../project/project-layer.ts'
import { fileProblem } from '../read/file.ts'
import { readLayer, type SourceFeature, type SourceLayer } from '../read/layer.ts'
import { inspectLayer } from '../recognise/inspect-layer.ts'
import { nameLevel } from '../scaffold/level-names.ts'
import { slug } from '../scaffold/slug.ts'
import { joinBoxes, shapeBox } from '../ring.ts'
import { listHeads } from './grid-head.ts'
import { readLines } from './grid-lines.ts'
import { knownHeads, type KnownHead } from './known-heads.ts'
import { readGrid } from './read-grid.ts'
import { writeGridProject, type GridPlan } from './write-grid-project.ts'

export interface ScaffoldZensusInput {
  /** Path of a census grid, plain or gzipped. */
  readonly grid: string
  /** Path of a boundary file. */
  readonly boundaries: string
  /** Folder of the new project; made where it is missing. */
  readonly folder: string
  /** Only areas whose key begins so, `03256`. */
  readonly keyPrefix?: string | undefined
  /** Only records with these attribute values. */
  readonly where?: Readonly<Record<string, string>> | undefined
  /** Name of the municipality; the folder's where not given. */
  readonly municipality?: string | undefined
}

/**
 * A project for a town without a figure of its own: its boundaries and the census grid. What the result holds of guesses is marked
 * by comments; it builds as it is, so that there is a map before the first question.
 *
 * @returns paths of the files written; none where a problem is an error
 */
export async function scaffoldZensus (input: ScaffoldZensusInput): Promise<{ written: string[], problems: Problem[] }> {
  const file = path.join(input.folder, 'atlas.yaml')
  const grid = await inspectGrid(input.grid)
  if ('problems' in grid) return { written: [], problems: grid.problems }
  const layer = await inspectBoundaries(input)
  if ('problems' in layer) return { written: [], problems: layer.problems }
  const name = path.basename(path.resolve(input.folder))
  const relative = (target: string) => path.relative(path.resolve(input.folder), path.resolve(target)).split(path.sep).join('/')
  const { id, label, labelPlural } = nameLevel(path.basename(input.boundaries))
  const text = writeGridProject({
    atlas: slug(name),
    municipality: input.municipality ?? name.replace(/^\p{Ll}/u, letter => letter.toUpperCase()),
    boundaries: relative(input.boundaries),
    gridFile: relative(input.grid),
    level: { id: id === 'stadt' ? 'gebiet' : id, label, labelPlural },
    ...layer,
    ...grid,
  })
  try {
    await mkdir(input.folder, { recursive: true })
    // An existing project is somebody's work.
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return { written: [], problems: [problem('grid-scaffold-exists', { file })] }
    return { written: [], problems: [fileProblem(error, file)] }
  }
  return { written: [file], problems: [] }
}

/** Which known figures the grid holds, and of which census it is. */
async function inspectGrid (file: string): Promise<Pick<GridPlan, 'heads' | 'period' | 'isPeriodGuessed'> | { problems: Problem[] }> {
  let heads: string[] = []
  try {
    await readLines(file, (bytes, start, end) => {
      heads = listHeads(bytes.subarray(start, end))
      return false
    })
  } catch (error) {
    return { problems: [fileProblem(error, file)] }
  }
  const written = (known: KnownHead) => heads.find(head => known.heads.some(name => name.toLowerCase() === head.toLowerCase()))
  const isLong = heads.some(head => head.toLowerCase() === 'merkmal')
  const candidates = knownHeads.flatMap(known => {
    const head = (known.where === undefined) === isLong ? undefined : written(known)
    return head === undefined ? [] : [{ known, head }]
  })
  const read = await readGrid(file, { displayName: file, fields: candidates.map(({ known, head }) => ({ column: head, where: known.where })) })
  if (!read.grid) return { problems: read.problems }
  const found = candidates.filter((_, i) => read.grid!.values[i]!.some(value => Number.isFinite(value)))
  // Means need a weight, and that is the number of inhabitants.
  if (!found.some(({ known }) => known.kind === 'count')) return { problems: [problem('grid-scaffold-no-count', { file }, { heads: heads.join(', ') })] }
  const weight = found.find(({ known }) => known.id === 'inhabitants')
  const year = /2022|2011/.exec(path.basename(file))?.[0] ?? (heads.some(head => head.startsWith('GITTER_ID')) ? '2022' : '2011')
  return {
    heads: found.filter(({ known }) => known.kind === 'count' || weight !== undefined),
    period: year === '2022' ? '2022-05-15' : '2011-05-09',
    isPeriodGuessed: !path.basename(file).includes(year),
  }
}

async function inspectBoundaries (input: ScaffoldZensusInput): Promise<Pick<GridPlan, 'key' | 'name' | 'where' | 'bounds' | 'areas'> | { problems: Problem[] }> {
  const file = input.boundaries
  const inspection = await inspectLayer(file, file)
  const { layer, problems } = await readLayer(file, { displayName: file })
  if (!inspection || !layer) return { problems }
  const [key] = inspection.keys
  if (!key) return { problems: [problem('grid-scaffold-no-key', { file }, { columns: layer.attributes.join(', ') })] }
  const isChosen = ({ attributes }: SourceFeature) => (attributes[key.column] ?? '').startsWith(input.keyPrefix ?? '') &&
    Object.entries(input.where ?? {}).every(([column, value]) => attributes[column] === value)
  const chosen = layer.features.filter(isChosen)
  const where = input.keyPrefix === undefined && input.where === undefined ? {} : findFilter(layer, chosen)
  if (chosen.length === 0 || where === undefined) return { problems: [problem('grid-scaffold-no-filter', { file }, { prefix: input.keyPrefix ?? '', count: chosen.length, column: key.column })] }
  const { shapes, problems: found } = projectLayer({ ...layer, features: chosen }, { bounds: { west: -180, south: -90, east: 180, north: 90 } })
  if (!shapes) return { problems: found }
  const box = joinBoxes(shapes.map(({ polygons }) => shapeBox(polygons)))
  const degrees = (unit: number, away: -1 | 1) => Math.round((unit / coordinateUnitsPerDegree + away * marginDegrees) * 100) / 100
  const [name] = inspection.names
  return {
    where,
    key: { column: key.column, prefix: key.prefix },
    name: name ? { column: name.column, extract: name.extract } : { column: key.column, extract: null },
    bounds: [degrees(box.minX, -1), degrees(box.minY, -1), degrees(box.maxX, 1), degrees(box.maxY, 1)],
    areas: chosen.length,
  }
}

const marginDegrees = 0.05

/** Attribute values that all chosen records share and that together no other record has, as few as can be; undefined where there are none. */
function findFilter ({ attributes, features }: SourceLayer, chosen: readonly SourceFeature[]): Record<string, string> | undefined {
  const [first] = chosen
  if (!first) return undefined
  let shared = attributes.filter(column => chosen.every(feature => feature.attributes[column] === first.attributes[column]))
  const selects = (columns: readonly string[]) => features.filter(feature => columns.every(column => feature.attributes[column] === first.attributes[column])).length === chosen.length
  if (!selects(shared)) return undefined
  for (const column of shared) {
    const others = shared.filter(other => other !== column)
    if (selects(others)) shared = others
  }
  return Object.fromEntries(shared.map(column => [column, first.attributes[column]!]))
}
