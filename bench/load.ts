import http from 'node:http'
import net from 'node:net'

/**
 * Requests per second that a server answers on some keep-alive connections, each of which asks again
 * as soon as it has its answer. Written on bare sockets, so that the client is not the slower half.
 */
export async function measureThroughput (port: number, path: string, { seconds, connections, headers }: {
  readonly seconds: number, readonly connections: number, readonly headers: Readonly<Record<string, string>>,
}): Promise<number> {
  const request = Buffer.from([
    `GET ${path} HTTP/1.1`, 'Host: localhost', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', '',
  ].join('\r\n'))
  let answered = 0
  let running = true
  const started = performance.now()
  await Promise.all(Array.from({ length: connections }, () => new Promise<void>((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request))
    let expected = -1
    let received = 0
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', chunk => {
      if (expected === -1) {
        const head = chunk.toString('latin1', 0, Math.min(chunk.length, 4096))
        const end = head.indexOf('\r\n\r\n')
        const length = /content-length: (\d+)/i.exec(head)?.[1]
        if (!head.startsWith('HTTP/1.1 200') || end === -1 || length === undefined) return socket.destroy(new Error(`unexpected answer: ${head.slice(0, 200)}`))
        expected = end + 4 + Number(length)
        received = 0
      }
      received += chunk.length
      if (received < expected) return
      answered++
      expected = -1
      if (running) socket.write(request)
      else socket.end()
    })
    setTimeout(() => { running = false }, seconds * 1000)
  })))
  return answered / ((performance.now() - started) / 1000)
}

/** Answer times in milliseconds of requests sent at a fixed rate, whether or not earlier ones are back. */
export async function measureLatencies (port: number, paths: readonly string[], { perSecond, headers }: {
  readonly perSecond: number, readonly headers: Readonly<Record<string, string>>,
}): Promise<number[]> {
  const agent = new http.Agent({ keepAlive: true })
  const times = await Promise.all(paths.map(async (path, index) => {
    await new Promise(resolve => setTimeout(resolve, (index * 1000) / perSecond))
    const started = performance.now()
    await get(port, path, headers, agent)
    return performance.now() - started
  }))
  agent.destroy()
  return times
}

/** Body of an answer as it was sent, still compressed. */
export async function get (port: number, path: string, headers: Readonly<Record<string, string>>, agent?: http.Agent): Promise<{ status: number, body: Buffer }> {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path, headers, ...(agent === undefined ? {} : { agent }) }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }))
      response.on('error', reject)
    }).on('error', reject)
  })
}
