import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Metrics } from './metrics.ts'

export interface MetricsPort {
  readonly port: number
  readonly close: () => Promise<void>
}

/**
 * Answers `/metrics` to programs of this machine. On a port of its own, so that no proxy can hand it on by mistake.
 * @param port 0 takes a free one
 */
export async function openMetricsPort (metrics: Metrics, port: number): Promise<MetricsPort> {
  const server = http.createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url === '/metrics'
    response.writeHead(isAsked ? 200 : 404, { 'content-type': `text/plain; ${isAsked ? 'version=0.0.4; ' : ''}charset=utf-8`, 'cache-control': 'no-store' })
    response.end(isAsked ? metrics.format() : 'GET /metrics\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async close () {
      server.closeAllConnections()
      await new Promise<void>(resolve => { server.close(() => resolve()) })
    },
  }
}
