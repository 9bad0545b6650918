import path from 'node:path'
import { hasErrors } from '../core/problem.ts'
import { getCommandTexts } from '../core/text/commands.ts'
import { workbookName, writeProjectWorkbook } from '../pipeline/catalogue/project-workbook.ts'
import { readProject } from '../pipeline/project-file/project.ts'
import { scaffoldFolder } from '../pipeline/scaffold/scaffold.ts'
import { scaffoldZensus } from '../pipeline/grid/scaffold.ts'
import { requireArgument, type Call } from './call.ts'
import { report } from './report.ts'

/** `atlas scaffold`: a project file for a folder of deliveries, or for a boundary file and the census grid. */
export async function scaffold (call: Call): Promise<number> {
  if (call.options.excel === true) return await scaffoldWorkbook(call)
  return call.options.zensus === undefined ? await scaffoldDeliveries(call) : await scaffoldGrid(call, call.options.zensus)
}

async function scaffoldDeliveries (call: Call): Promise<number> {
  const { language, options } = call
  const folder = requireArgument(call, 0, 'FOLDER')
  const { problems, written, plan } = await scaffoldFolder(folder, ...options.output === undefined ? [] : [toFile(options.output)])
  report(problems, language)
  if (hasErrors(problems) || !plan) return 1
  const columns = plan.deliveries.flatMap(delivery => delivery.columns)
  console.log(getCommandTexts(language).scaffolded({
    file: written[0]!,
    folder: path.dirname(written[0]!),
    levels: plan.levels.length,
    deliveries: plan.deliveries.length,
    columns: columns.length,
    known: columns.filter(({ isKnown }) => isKnown).length,
    leftOut: plan.leftOut.length,
  }))
  return 0
}

/** The indicators of a project as a workbook, for whoever goes on in Excel. */
async function scaffoldWorkbook (call: Call): Promise<number> {
  const { project, problems } = await readProject(requireArgument(call, 0, 'PROJECT'), call.options.data)
  if (!project) return report(problems, call.language) ? 1 : 0
  const made = await writeProjectWorkbook(project, call.options.output ?? path.join(path.dirname(project.displayName), workbookName))
  return report(made, call.language) ? 1 : 0
}

async function scaffoldGrid (call: Call, grid: string): Promise<number> {
  const boundaries = requireArgument(call, 0, 'BOUNDARIES')
  const { problems, written } = await scaffoldZensus({ grid, boundaries, folder: call.options.output ?? path.basename(boundaries, path.extname(boundaries)), keyPrefix: call.options.prefix })
  const isBroken = report(problems, call.language)
  for (const file of written) console.log(file)
  return isBroken ? 1 : 0
}

/** A folder may be named, or the file itself. */
function toFile (output: string): string {
  return /\.ya?ml$/i.test(output) ? output : path.join(output, 'atlas.yaml')
}
