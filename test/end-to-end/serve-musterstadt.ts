import type { Edition } from '../../core/edition.ts'
import path from 'node:path'
import { loadAssets } from '../../bundle.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { openEditions } from '../../server/editions.ts'
import { silentLogger, StubStore } from '../server/serve-tiny.ts'

export interface ServedTown {
  /** `http://127.0.0.1:40123` */
  readonly origin: string
  readonly edition: Edition
}

/** The sample atlas, built from its delivered files and served with the real viewer; a database is all that is missing. */
export async function serveMusterstadt (t: { teardown: (close: () => Promise<void>) => void }): Promise<ServedTown> {
  const folder = path.resolve(import.meta.dirname, '../../fixtures/musterstadt')
  const { project, problems } = await readProject(folder)
  if (!project) throw new Error(problems.map(({ code }) => code).join(' '))
  const [{ edition, tiles, problems: found }, assets] = await Promise.all([buildEdition(project), loadAssets()])
  if (!edition) throw new Error(found.map(({ code }) => code).join(' '))

  const config = parseConfig({ ATLAS_PORT: '0' })
  const editions = await openEditions({
    store: new StubStore([edition], tiles),
    audience: config.audience,
    cacheFolder: null,
    oldEditionBytes: config.oldEditionBytes,
    logger: silentLogger,
    pollSeconds: 0,
  })
  const app = await buildApp({ editions, config, assets })
  t.teardown(async () => {
    await app.close()
    await editions.close()
  })
  return { origin: await app.listen({ host: config.host, port: 0 }), edition }
}
