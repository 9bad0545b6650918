import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatProblem, type Problem } from '../core/problem.ts'
import { may, type ProgramAction } from '../core/permission.ts'
import type { Account } from '../sql/accounts.ts'
import { useApiToken } from '../sql/api-tokens.ts'
import { writeLog } from '../sql/audit-log.ts'
import { addJob, findJob } from '../sql/jobs.ts'
import { hashToken, isToken } from './accounts/secret-token.ts'
import type { Workshop } from './workshop.ts'

/*
 * What `npx atlas send` asks for, from another machine and with a token: `/werkstatt/programm/<atlas>/…`. Answers are JSON. Nothing here
 * knows cookies, and no page knows tokens, so neither can be used for the other.
 */

interface AtAtlas { Params: { readonly atlas: string } }

/** Below its own register, so that the parser for bytes is for these addresses only. */
export function addProgramRoutes (app: FastifyInstance, workshop: Workshop): void {
  // Handed on as it comes; the worker counts.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => { done(null, payload) })

  app.post<AtAtlas & { Body: Readable, Querystring: { readonly name?: string } }>('/werkstatt/programm/:atlas/lieferungen', async (request, reply) => {
    const program = await findProgram(workshop, request, 'deliver')
    if (!program) return await refuse(reply)
    const { params: { atlas }, query: { name = '' }, body } = request
    const received = await workshop.workerOf(atlas).sendFile({ name: name.slice(-500) || '?', by: program.name, body })
    if ('problem' in received) return await sendProblem(reply, received.problem)
    if (!received.isRepeated) await writeLog(workshop.database, { ...program, atlas, action: 'file-received', details: { files: received.file.name } })
    return await reply.code(201).send({ name: received.file.name, isRepeated: received.isRepeated })
  })

  app.post<AtAtlas & { Body: Readable }>('/werkstatt/programm/:atlas/ausgaben', async (request, reply) => {
    const program = await findProgram(workshop, request, 'publish')
    if (!program) return await refuse(reply)
    const { params: { atlas }, body } = request
    const received = await workshop.workerOf(atlas).sendPackage(body)
    if ('problem' in received) return await sendProblem(reply, received.problem)
    const job = await addJob(workshop.database, { ...program, atlas, kind: 'receive', facts: { file: received.sha256 } })
    return await reply.code(202).send({ job })
  })

  app.get<{ Params: { readonly atlas: string, readonly job: string } }>('/werkstatt/programm/:atlas/auftraege/:job', async (request, reply) => {
    const program = await findProgram(workshop, request, 'publish')
    if (!program) return await refuse(reply)
    const { atlas, job } = request.params
    const found = /^\d{1,15}$/.test(job) ? await findJob(workshop.database, atlas, Number(job)) : undefined
    return found ? { state: found.state, editions: found.editions, codes: found.codes } : await refuse(reply, 404)
  })
}

/** Who stands behind a token that is good for this atlas and this action; it can never do more than that person can now. */
async function findProgram ({ database }: Workshop, request: FastifyRequest<AtAtlas>, action: ProgramAction): Promise<Pick<Account, 'account' | 'name'> | undefined> {
  const secret = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (!isToken(secret)) return undefined
  const used = await useApiToken(database, hashToken(secret))
  const isGood = used && used.token.atlas === request.params.atlas && used.token.actions.includes(action) && may(used.account, action, used.token.atlas)
  return isGood ? { account: used.account.account, name: `${used.account.name} (${used.token.label})` } : undefined
}

/** The same for a token that is unknown, has expired, or is for something else. */
async function refuse (reply: FastifyReply, status = 401): Promise<FastifyReply> {
  return await reply.code(status).type('application/problem+json').send({ type: 'about:blank', status })
}

async function sendProblem (reply: FastifyReply, problem: Problem): Promise<FastifyReply> {
  return await reply.code(422).type('application/problem+json').send({ type: 'about:blank', status: 422, code: problem.code, de: formatProblem(problem, 'de'), en: formatProblem(problem, 'en') })
}
