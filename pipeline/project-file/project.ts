import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Bounds, Localised } from '../../core/area.ts'
import { hasErrors, problem, type Problem } from '../../core/problem.ts'
import { openIndicatorFile } from '../catalogue/open-workbook.ts'
import type { IndicatorWorkbook } from '../catalogue/workbook.ts'
import { parseProjectFile, type Locate } from './parse.ts'
import { referenceProblems } from './references.ts'
import type { ProjectFile } from './schema.ts'

/** A project whose file is in order; paths and bounds ready to use. */
export interface Project {
  /** How messages name the project file. */
  readonly displayName: string
  readonly file: ProjectFile
  /** Where an entry of the project file stands. */
  readonly locate: Locate
  /** What its `indicatorsFile` holds. */
  readonly workbook?: IndicatorWorkbook
  readonly bounds: Bounds
  /** Path of a delivered file, which stands in the project or in the data folder beside it. */
  readonly resolve: (file: string) => string
}

/**
 * Reads `atlas.yaml` of a project folder, or a project file named directly.
 *
 * @param dataFolder where delivered files lie; the project folder itself if not given
 */
export async function readProject (folderOrFile: string, dataFolder?: string): Promise<{ project?: Project, problems: Problem[] }> {
  const displayName = /\.ya?ml$/.test(folderOrFile) ? folderOrFile : path.join(folderOrFile, 'atlas.yaml')
  let text: string
  try {
    text = await readFile(displayName, 'utf8')
  } catch {
    return { problems: [problem('project-file-missing', {}, { path: displayName })] }
  }
  const { workbook, problems: unopened } = await openIndicatorFile(text, displayName)
  const { file, locate, problems } = parseProjectFile(text, displayName, workbook)
  if (!file) return { problems: [...unopened, ...problems] }

  const all = [...unopened, ...problems, ...referenceProblems(file, locate)]
  if (hasErrors(all)) return { problems: all }

  const [west, south, east, north] = file.bounds as [number, number, number, number]
  const folder = path.resolve(dataFolder ?? path.dirname(displayName))
  return {
    project: { displayName, file, locate, ...(workbook && { workbook }), bounds: { west, south, east, north }, resolve: name => path.join(folder, name) },
    problems: all,
  }
}

/** Project text in the form of an edition: German always there. */
export function toLocalised (text: string | { de: string, en?: string | undefined }): Localised {
  if (typeof text === 'string') return { de: text }
  return text.en === undefined ? { de: text.de } : { de: text.de, en: text.en }
}
