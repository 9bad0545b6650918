import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { problem, type Problem } from '../../core/problem.ts'
import { readIndicatorWorkbook, type IndicatorWorkbook } from './workbook.ts'

/** The workbook that a project file names in `indicatorsFile`, beside it; nothing where it names none. */
export async function openIndicatorFile (text: string, displayName: string): Promise<{ workbook?: IndicatorWorkbook, problems: readonly Problem[] }> {
  // Most files have none, and reading YAML twice is dear.
  if (!/^indicatorsFile[ \t]*:/m.test(text)) return { problems: [] }
  const lines = new LineCounter()
  const name: unknown = parseDocument(text, { lineCounter: lines, prettyErrors: false }).get('indicatorsFile')
  if (typeof name !== 'string') return { problems: [] }
  const place = { file: displayName, line: lines.linePos(text.search(/^indicatorsFile/m)).line }
  const file = path.join(path.dirname(displayName), name)
  const isBeside = !path.isAbsolute(name) && !path.relative(path.dirname(displayName), file).startsWith('..')
  const bytes = isBeside ? await readFile(file).catch(() => undefined) : undefined
  if (bytes === undefined) return { problems: [problem('catalogue-workbook-missing', place, { path: name })] }
  const workbook = await readIndicatorWorkbook(bytes, name)
  return { workbook, problems: workbook.problems }
}
