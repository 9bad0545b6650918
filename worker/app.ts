import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { addEditionReportRoute } from './edition-report.ts'
import { addAssessmentRoutes } from './assessment-routes.ts'
import { addFacilityRoutes } from './facility-routes.ts'
import { addFormRoutes } from './form-routes.ts'
import { addInboxRoutes } from './inbox-routes.ts'
import { addPackageRoutes } from './package-routes.ts'
import { inboxLimits, type InboxLimits } from './inbox.ts'
import { listProjects } from './projects.ts'
import { addProjectFileRoutes } from './project-file-routes.ts'
import { addProjectRoutes } from './project-routes.ts'

export interface WorkerAppOptions {
  /** Folder with one project per atlas. */
  readonly projectsDir: string
  /** What may wait in each inbox. */
  readonly inbox?: Partial<InboxLimits>
  /** Told what broke; the answer says no more than that something did. */
  readonly onError?: (error: unknown) => void
}

/**
 * What the web of the Werkstatt asks of the process that alone may read project folders and vaults; listens on a socket in a folder
 * that nobody else can enter. Whoever gets through was let in by the web: roles are asked for there.
 */
export function buildWorkerApp ({ projectsDir, inbox = {}, onError = () => {} }: WorkerAppOptions): FastifyInstance {
  // A project file of a large town has 300 kB.
  const app = Fastify({ routerOptions: { maxParamLength: 200 }, bodyLimit: 4 * 1024 * 1024, ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } })
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    // Whoever sent a file went away; there is nobody to answer, and nothing broke.
    const status = error.code === 'ECONNRESET' ? 400 : error.statusCode ?? 500
    if (status >= 500) onError(error)
    return reply.code(status).type('application/problem+json').send({ type: 'about:blank', status, problems: [] })
  })
  app.get('/atlases', async () => await listProjects(projectsDir))
  addProjectRoutes(app, projectsDir)
  addInboxRoutes(app, projectsDir, { ...inboxLimits, ...inbox })
  addPackageRoutes(app, projectsDir)
  addProjectFileRoutes(app, projectsDir)
  addFormRoutes(app, projectsDir)
  addEditionReportRoute(app, projectsDir)
  addAssessmentRoutes(app, projectsDir)
  addFacilityRoutes(app, projectsDir)
  return app
}
