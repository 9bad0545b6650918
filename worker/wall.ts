import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseDocument, visit } from 'yaml'
import { problem, type Problem } from '../core/problem.ts'
import type { Database } from '../sql/connection.ts'
import type { Job } from '../sql/jobs.ts'
import { listEditions } from '../sql/list.ts'

/**
 * Why a project file must not be used here: whoever edits one atlas could else read the deliveries of its neighbours, print the secret
 * of its vault as a text, or publish under another name. Broken YAML is left to those who read it properly.
 */
export function wallProblems (text: string, atlas: string): Problem[] {
  const document = parseDocument(text, { prettyErrors: false })
  if (document.errors.length > 0) return []
  const problems: Problem[] = []
  const named = document.get('atlas')
  if (named !== atlas) problems.push(problem('worker-other-atlas', { file: 'atlas.yaml' }, { found: String(named ?? ''), slug: atlas }))
  visit(document, {
    // Every text is held to it, whatever key it stands under, so that no new key can be forgotten.
    Scalar (_, { value }) {
      if (typeof value === 'string' && leadsOut(value)) problems.push(problem('worker-outside', { file: 'atlas.yaml' }, { path: value.slice(0, 200) }))
    },
  })
  return problems
}

/** Of a job, in codes: what it must not do for this atlas. */
export async function guardJob (database: Database, { atlas, kind, facts }: Pick<Job, 'atlas' | 'kind' | 'facts'>, folder: string): Promise<Problem[]> {
  if (kind === 'check' || kind === 'build') {
    const text = await readFile(path.join(folder, 'atlas.yaml'), 'utf8').catch(() => undefined)
    return text === undefined ? [] : wallProblems(text, atlas)
  }
  const named = [facts.edition, facts.successor].filter(edition => edition !== undefined)
  if (named.length === 0) return []
  const own = new Set((await listEditions(database, 'stored', { atlas })).map(({ id }) => id))
  return named.every(edition => own.has(edition)) ? [] : [problem('worker-other-edition', {})]
}

function leadsOut (text: string): boolean {
  const normal = path.posix.normalize(text.trim().replaceAll('\\', '/'))
  if (normal === '..' || normal.startsWith('../') || /^\/[^/\s]/.test(normal) || text.includes('\0')) return true
  const [first, ...rest] = normal.split('/')
  return rest.length > 0 && ['vault', 'inbox', '.archive'].includes(first!.toLowerCase())
}
