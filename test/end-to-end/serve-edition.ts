import type { Edition } from '../../core/edition.ts'
import type { GeometryTiles } from '../../core/tile.ts'
import { loadAssets } from '../../bundle.ts'
import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { openEditions } from '../../server/editions.ts'
import { silentLogger, StubStore } from '../server/serve-tiny.ts'

export interface ServedEdition {
  /** `http://127.0.0.1:40123` */
  readonly origin: string
  readonly edition: Edition
}

/** An edition served with the real viewer on a free port; a database is all that is missing. */
export async function serveEdition (t: { teardown: (close: () => Promise<void>) => void }, edition: Edition, tiles: readonly GeometryTiles[], env: Record<string, string> = {}): Promise<ServedEdition> {
  const config = parseConfig({ ATLAS_PORT: '0', ...env })
  const editions = await openEditions({
    store: new StubStore([edition], tiles),
    audience: config.audience,
    cacheFolder: null,
    oldEditionBytes: config.oldEditionBytes,
    logger: silentLogger,
    pollSeconds: 0,
  })
  const app = await buildApp({ editions, config, assets: await loadAssets() })
  t.teardown(async () => {
    await app.close()
    await editions.close()
  })
  return { origin: await app.listen({ host: config.host, port: 0 }), edition }
}
