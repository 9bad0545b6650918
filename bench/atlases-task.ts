import { loadAssets } from '../bundle.ts'
import { parseConfig } from '../server/config.ts'
import { serve } from '../server/serve.ts'
import { openStore } from '../sql/store.ts'

/* A server over a filled store, as `atlas serve` makes it. Arguments: data folder, ATLAS_EDITIONS_MB. Sends when it listens, then its memory whenever asked. */
const [dataDir, megabytes] = process.argv.slice(2) as [string, string]
const started = performance.now()
const store = await openStore({ dataDir, role: 'server', log: () => {} })
const opened = performance.now()
const config = parseConfig({ ATLAS_DATA: dataDir, ATLAS_PORT: '0', ATLAS_EDITIONS_MB: megabytes })
const server = await serve({ store, config, assets: await loadAssets(), logger: false })
process.send!({ port: Number(new URL(server.url).port), openMilliseconds: opened - started, readyMilliseconds: performance.now() - opened })
process.on('message', message => {
  if (message === 'memory') process.send!(process.memoryUsage().rss)
})
await new Promise<void>(resolve => process.on('message', message => {
  if (message === 'end') resolve()
}))
await server.close()
await store.close()
process.disconnect()
