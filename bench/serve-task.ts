import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { loadAssets } from '../bundle.ts'
import { parseConfig } from '../server/config.ts'
import { serve } from '../server/serve.ts'
import { openStore } from '../sql/store.ts'
import { get } from './load.ts'

/*
 * The atlas server on one port and, on another, a bare Fastify that sends the same bytes, both in
 * this process so that they have the same share of the machine. Arguments: data folder of the store,
 * then the paths to compare. Sends the two ports.
 */
const [dataDir, ...paths] = process.argv.slice(2) as [string, ...string[]]
const store = await openStore({ dataDir, role: 'server', log: () => {} })
const config = parseConfig({ ATLAS_DATA: dataDir, ATLAS_PORT: '0' })
const server = await serve({ store, config, assets: await loadAssets(), logger: false })
const port = Number(new URL(server.url).port)

const bare = Fastify({ logger: false })
for (const path of paths) {
  const { body } = await get(port, path, { 'accept-encoding': 'gzip' })
  bare.get(path, (_request, reply) => reply.header('content-encoding', 'gzip').type('application/octet-stream').send(body))
}
await bare.listen({ host: '127.0.0.1', port: 0 })
process.send!({ port, barePort: (bare.server.address() as AddressInfo).port })

await new Promise(resolve => process.once('message', resolve))
await Promise.all([server.close(), bare.close()])
await store.close()
process.disconnect()
