import { writeFile } from 'node:fs/promises'
import { problem, type Problem } from '../../core/problem.ts'
import type { Project } from '../project-file/project.ts'
import { listOf } from '../project-file/list-of.ts'
import { fileProblem } from '../read/file.ts'
import { writeIndicatorWorkbook, type ColumnMapping } from './workbook.ts'

/** How the workbook of a project is called where nobody says otherwise. */
export const workbookName = 'kennzahlen.xlsx'

/** Writes the indicators of a project, and the heads under which deliveries have them, as a workbook. One that is there is never replaced. */
export async function writeProjectWorkbook ({ file, displayName }: Project, target: string): Promise<Problem[]> {
  const columns = file.deliveries.flatMap(({ id, columns = {} }): Array<Omit<ColumnMapping, 'place'>> =>
    Object.entries(columns).map(([indicator, heads]) => ({ delivery: id, indicator, heads: listOf(heads) })))
  try {
    await writeFile(target, await writeIndicatorWorkbook(file.indicators, columns), { flag: 'wx' })
    return [problem('catalogue-workbook-written', { file: target }, { count: file.indicators.length, project: displayName })]
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    return [exists ? problem('catalogue-workbook-exists', { file: target }) : fileProblem(error, target)]
  }
}
