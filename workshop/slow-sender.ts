import type { FastifyInstance } from 'fastify'

export interface Pace {
  readonly windowSeconds: number
  /** What must come in each window while a body is under way. */
  readonly leastBytes: number
}

/** A hundredth of the slowest line that an office has; whoever sends less only wants to hold the connection. */
export const officePace: Pace = { windowSeconds: 60, leastBytes: 16_000 }

/** Ends requests whose body trickles. How long a large file takes over a slow line is its own business, so there is no limit for the whole. */
export function endSlowSenders (app: FastifyInstance, { windowSeconds, leastBytes }: Pace): void {
  app.addHook('onRequest', async ({ raw }) => {
    const { socket } = raw
    if (raw.complete || typeof socket.bytesRead !== 'number') return
    let before = socket.bytesRead
    const watching = setInterval(() => {
      if (raw.complete) return clearInterval(watching)
      if (socket.bytesRead - before < leastBytes) socket.destroy()
      before = socket.bytesRead
    }, windowSeconds * 1000).unref()
    raw.once('close', () => { clearInterval(watching) })
  })
}
