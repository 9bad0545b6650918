import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { problem, type Problem } from '../core/problem.ts'
import { quoteList } from '../pipeline/facts.ts'
import { privacyRecord } from '../pipeline/privacy/record.ts'
import { readProject, type Project } from '../pipeline/project-file/project.ts'
import { requireArgument, type Call } from './call.ts'
import { report } from './report.ts'

/** `atlas privacy`: the record of processing activities, beside the project file or where `-o` says. It reads no delivery. */
export async function privacy (call: Call): Promise<number> {
  const { language, options } = call
  const { project, problems } = await readProject(requireArgument(call, 0, 'PROJECT'), options.data)
  if (!project) return report(problems, language) ? 1 : 0
  const target = options.output ?? path.join(path.dirname(path.resolve(project.displayName)), 'verarbeitungsverzeichnis.html')
  return report(await writeRecord(project, target, new Date().toISOString().slice(0, 10)), language) ? 1 : 0
}

/** Exported for tests. */
export async function writeRecord ({ file, displayName }: Pick<Project, 'file' | 'displayName'>, target: string, today: string): Promise<Problem[]> {
  const { html, open } = privacyRecord(file, today)
  await writeFile(target, html)
  const endless = file.deliveries.filter(({ retention }) => retention === undefined).map(({ id }) => id)
  return [
    problem('privacy-written', { file: target }, {}),
    ...file.privacy?.officer === undefined ? [problem('privacy-no-officer', { file: displayName }, {})] : [],
    ...endless.length === 0 ? [] : [problem('privacy-no-retention', { file: displayName }, { deliveries: quoteList(endless) })],
    problem('privacy-open', { file: target }, { count: open.length }),
  ]
}
