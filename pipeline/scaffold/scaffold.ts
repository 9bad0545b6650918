import { access, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Localised } from '../../core/area.ts'
import { hasErrors, problem, type Problem } from '../../core/problem.ts'
import { inspectFile, isLayerFile, isTableFile } from '../recognise/inspect-file.ts'
import type { Inspection, LayerInspection } from '../recognise/inspection.ts'
import { keepOutOfGit } from './gitignore.ts'
import { listFiles } from './list-files.ts'
import { planProject, type ScaffoldPlan } from './plan.ts'
import { writeProject } from './write-project.ts'

export interface Scaffold {
  /** What was found, what was left out, and what stopped it. */
  readonly problems: readonly Problem[]
  /** Paths of the files written; empty after an error. */
  readonly written: readonly string[]
  readonly plan?: ScaffoldPlan
}

/**
 * Looks at a folder of deliveries and writes a project file for it. Never overwrites one; writes nothing where boundaries
 * or tables are missing.
 *
 * @param target where the project file goes; default `atlas.yaml` in the folder
 */
export async function scaffoldFolder (folder: string, target = path.join(folder, 'atlas.yaml')): Promise<Scaffold> {
  if (await exists(target)) return failed(problem('scaffold-file-exists', { file: target }, { name: path.basename(target) }))
  let files: string[]
  try {
    files = await listFiles(folder)
  } catch {
    return failed(problem('scaffold-missing-folder', { file: folder }))
  }
  const inspections = await inspectFolder(folder, files)
  const plan = planProject(inspections, path.basename(path.resolve(folder)))
  const problems = summarise(plan)
  if (plan.levels.length === 0 && !inspections.some(isBoundaries)) return failed(problem('scaffold-no-boundaries', { file: folder }, { files: files.length }), ...problems)
  if (plan.deliveries.length === 0) return failed(problem('scaffold-no-tables', { file: folder }, { files: files.length, hint: hintFor(plan) }), ...problems)
  await writeFile(target, writeProject(plan), { flag: 'wx' })
  await keepOutOfGit(path.dirname(target))
  return { problems, written: [target], plan }
}

/** Boundaries first, because tables are held against them. */
export async function inspectFolder (folder: string, files: readonly string[]): Promise<Inspection[]> {
  const inspections: Inspection[] = []
  const layers: LayerInspection[] = []
  for (const file of files.filter(isLayerFile)) {
    const inspection = await inspectFile(path.join(folder, file), file)
    inspections.push(inspection)
    if (inspection.kind === 'layer') layers.push(inspection)
  }
  for (const file of files.filter(isTableFile)) inspections.push(await inspectFile(path.join(folder, file), file, layers))
  return inspections
}

function isBoundaries (inspection: Inspection): boolean {
  return inspection.kind === 'layer' && inspection.geometry === 'polygon' && inspection.keys.length > 0
}

function summarise ({ levels, deliveries, leftOut }: ScaffoldPlan): Problem[] {
  return [
    ...levels.map(({ file, count, id }) => problem('scaffold-level', { file }, { areas: count, level: id })),
    ...deliveries.map(({ id, files, where, columns, period }) => problem('scaffold-delivery', { file: files[0]!.file }, {
      delivery: id,
      level: 'level' in where ? where.level : where.system,
      columns: columns.length,
      known: columns.filter(({ isKnown }) => isKnown).length,
      periods: period.periods.length > 1 ? `${period.periods[0]} … ${period.periods.at(-1)}` : period.periods[0] ?? '',
    })),
    ...leftOut.map(({ file, why, next }) => problem('scaffold-left-out', { file }, { why, next })),
  ]
}

function hintFor ({ leftOut }: ScaffoldPlan): Localised {
  return leftOut.length === 0
    ? { de: 'Die Tabellen in den Ordner legen und noch einmal aufrufen.', en: 'Put the tables into the folder and call again.' }
    : { de: 'Oben steht zu jeder Datei, warum nicht.', en: 'Above stands for every file why not.' }
}

function failed (...problems: readonly Problem[]): Scaffold {
  return { problems: hasErrors(problems) ? problems : [], written: [] }
}

async function exists (file: string): Promise<boolean> {
  return access(file).then(() => true, () => false)
}
