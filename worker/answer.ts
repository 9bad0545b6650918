import type { FastifyReply } from 'fastify'
import { formatProblem, problem, type Problem } from '../core/problem.ts'
import { folderOf, hasProject } from './projects.ts'

/** Problem details (RFC 9457) with the first problem in both languages, and all of them for whoever shows them. */
export async function sendProblems (reply: FastifyReply, status: number, problems: readonly Problem[], more: object = {}): Promise<FastifyReply> {
  const [first] = problems
  return await reply.code(status).type('application/problem+json').send({
    type: 'about:blank',
    status,
    ...first && { code: first.code, de: formatProblem(first, 'de'), en: formatProblem(first, 'en') },
    problems,
    ...more,
  })
}

/** The folder of an atlas; otherwise answers that there is none. */
export async function findFolder (projectsDir: string, atlas: string, reply: FastifyReply): Promise<string | undefined> {
  if (await hasProject(projectsDir, atlas)) return folderOf(projectsDir, atlas)
  await sendProblems(reply, 404, [problem('worker-no-atlas', {}, { slug: atlas })])
  return undefined
}

/** One after another for each atlas: two that change a project at once would each undo the other. */
const lastOf = new Map<string, Promise<unknown>>()

export async function inTurn<Result> (folder: string, work: () => Promise<Result>): Promise<Result> {
  const before = lastOf.get(folder) ?? Promise.resolve()
  const turn = before.then(work, work)
  lastOf.set(folder, turn)
  try {
    return await turn
  } finally {
    if (lastOf.get(folder) === turn) lastOf.delete(folder)
  }
}
