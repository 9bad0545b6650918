import type { FastifyServerOptions } from 'fastify'
import type { Assets } from './assets.ts'
import type { Config } from './config.ts'
import type { EditionSource, EditionStore } from './edition-source.ts'
import { basePath } from '../render/site.ts'
import { buildApp } from './app.ts'
import { cacheFolderOf } from './edition-file.ts'
import { openEditions } from './editions.ts'
import { makeMetrics } from './metrics.ts'
import { openMetricsPort } from './metrics-port.ts'
import { warmUp } from './warm-up.ts'

/** A server that listens. */
export interface RunningServer {
  /** Where it can be reached from the same machine, `http://127.0.0.1:8080`. */
  readonly url: string
  /** Takes no new requests, finishes those under way, then ends polling. The store stays open: it belongs to the caller. */
  readonly close: () => Promise<void>
}

/**
 * Loads the current editions and listens. It starts without a reachable store where an earlier run
 * kept the editions; without these it listens too, and `/health/ready` says that it is not ready.
 */
export async function serve (
  { store, config, assets, logger }: { store: EditionStore, config: Config, assets: Assets, logger?: FastifyServerOptions['logger'] },
): Promise<RunningServer> {
  let editions: EditionSource | undefined
  const metrics = makeMetrics()
  const app = await buildApp({
    async editions (log) {
      const { audience, dataDir, oldEditionBytes, currentEditionBytes } = config
      editions = await openEditions({ store, audience, cacheFolder: cacheFolderOf(dataDir), oldEditionBytes, currentEditionBytes, logger: log })
      return editions
    },
    config,
    assets,
    metrics,
    ...logger !== undefined && { logger },
  })
  if (editions) await warmUp(app, editions, basePath(config.publicUrl))
  const url = await app.listen({ host: config.host, port: config.port })
  const watched = config.metricsPort === null ? undefined : await openMetricsPort(metrics, config.metricsPort)
  return {
    url,
    async close () {
      await watched?.close()
      await app.close()
      await editions?.close()
    },
  }
}
