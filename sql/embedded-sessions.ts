import net from 'node:net'

/**
 * Lets several PostgreSQL clients share the one session of the embedded engine.
 *
 * The package's own socket server takes turns per message, so that two clients' statements mix:
 * with four clients 13 of 1,600 queries got the answer to somebody else's question. Here a client
 * keeps the engine from its first message until the engine is out of its transaction again, and
 * a client that goes away or falls silent inside one is rolled back.
 */
export interface Engine {
  /** Runs complete messages of the PostgreSQL protocol; answers come through `onRawData`. */
  execProtocolRawStream (messages: Uint8Array, options: { onRawData: (bytes: Uint8Array) => void }): Promise<void>
}

export interface SessionOptions {
  readonly engine: Engine
  readonly socketPath: string
  /** Called with the number of connected clients whenever it changes. */
  readonly onUsers: (count: number) => void
  /** The engine itself broke; nothing it says can be trusted any more. */
  readonly onFailure: (error: unknown) => void
  /** A transaction in which nothing happens this long is ended, because everybody else is waiting. */
  readonly idleTransactionSeconds?: number
}

interface Session {
  readonly socket: net.Socket
  /** Bytes that are not yet a whole unit. */
  received: Buffer
  /** Complete units, oldest first. */
  readonly units: Buffer[]
  isStarted: boolean
  isGone: boolean
  isWaiting: boolean
}

/** Resolves once clients can connect; `close` ends the connected ones. */
export async function serveSessions ({
  engine, socketPath, onUsers, onFailure, idleTransactionSeconds = 60,
}: SessionOptions): Promise<{ close: () => Promise<void> }> {
  const sessions = new Set<Session>()
  const queue: Session[] = []
  let holder: Session | undefined
  let isRunning = false
  let writtenBytes = 0
  let idleTimer: NodeJS.Timeout | undefined

  const server = net.createServer(socket => {
    const session: Session = { socket, received: Buffer.alloc(0), units: [], isStarted: false, isGone: false, isWaiting: false }
    sessions.add(session)
    onUsers(sessions.size)
    socket.on('data', bytes => {
      receive(session, bytes)
      enqueue(session)
      takeTurns().catch(onFailure)
    })
    socket.on('error', () => {}) // 'close' follows
    socket.on('close', () => {
      session.isGone = true
      session.units.length = 0
      sessions.delete(session)
      onUsers(sessions.size)
      takeTurns().catch(onFailure)
    })
  })

  function enqueue (session: Session): void {
    if (session === holder || session.isWaiting || session.units.length === 0) return
    session.isWaiting = true
    queue.push(session)
  }

  /** Serves one unit after the other until nothing is left to do; after a failure never again. */
  async function takeTurns (): Promise<void> {
    if (isRunning) return
    isRunning = true
    for (;;) {
      if (holder?.isGone) await rollBack(holder)
      const session = holder ?? queue.shift()
      if (!session) break
      session.isWaiting = false
      const unit = session.units.shift()
      if (unit) {
        stopIdleTimer()
        holder = await answer(session, unit) ? undefined : session
        writtenBytes += unit.length
        if (!holder && writtenBytes > checkpointBytes) await checkPoint()
        enqueue(session)
      } else if (session === holder) {
        break // its transaction goes on with its next message
      }
    }
    isRunning = false
    // What others send does not give the holder more time.
    if (holder) idleTimer ??= setTimeout(() => holder?.socket.destroy(), idleTransactionSeconds * 1000)
  }

  function stopIdleTimer (): void {
    clearTimeout(idleTimer)
    idleTimer = undefined
  }

  /** Whether the client's turn is over: the engine is ready, and in no transaction. */
  async function answer (session: Session, unit: Buffer): Promise<boolean> {
    if (hasCopy(unit)) {
      // It needs a dialogue the engine cannot hold, and would break it for everybody.
      session.socket.end(fatal('0A000', 'the embedded database cannot COPY; use insert … select from unnest(…)'))
      session.units.length = 0
      return session !== holder
    }
    return await execute(unit, bytes => { if (session.socket.writable) session.socket.write(bytes) }) === 'idle'
  }

  /** @throws when the engine stopped in the middle, as it does without a word when the disk is full */
  async function execute (unit: Buffer, onData: (bytes: Buffer) => void): Promise<'idle' | 'busy'> {
    let tail = Buffer.alloc(0)
    await engine.execProtocolRawStream(unit, {
      onRawData: bytes => {
        const copy = Buffer.from(bytes) // the engine uses its memory again
        onData(copy)
        tail = Buffer.concat([tail, copy]).subarray(-readyBytes)
      },
    })
    if (lastType(unit) === flush) return 'busy' // the client still owes a sync
    if (tail.length < readyBytes || tail[0] !== ready) throw new Error('the engine stopped in the middle of a statement')
    return tail[readyBytes - 1] === idle ? 'idle' : 'busy'
  }

  /** The engine does this only when it ends, so that its log would grow with every build while a server runs. */
  async function checkPoint (): Promise<void> {
    await execute(frame('Q', 'checkpoint\0'), () => {})
    writtenBytes = 0
  }

  async function rollBack (session: Session): Promise<void> {
    stopIdleTimer()
    await execute(Buffer.concat([frame('S', ''), frame('Q', 'rollback\0')]), () => {})
    if (holder === session) holder = undefined
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    async close () {
      stopIdleTimer()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const session of sessions) session.socket.destroy()
      await closed
    },
  }
}

const [sslRequest, encryptionRequest, cancelRequest] = [80877103, 80877104, 80877102]
/** Of messages; the log grows about four times as much, and a start after kill -9 reads all of it. */
const checkpointBytes = 8_000_000
const largestFrameBytes = 2 ** 30 // PostgreSQL's own limit of a field

/**
 * Cuts what arrived into units: a start-up message, or frames up to and including one that the
 * engine answers completely. A frame is a letter, a length (which counts itself), and its body.
 */
function receive (session: Session, bytes: Buffer): void {
  session.received = Buffer.concat([session.received, bytes])
  let unitStart = 0
  let at = 0
  const { received } = session
  for (;;) {
    const head = session.isStarted ? 1 : 0
    if (received.length < at + head + 4) break
    const length = received.readInt32BE(at + head)
    if (length < 4 || length > largestFrameBytes) {
      session.socket.destroy()
      return
    }
    const end = at + head + length
    if (received.length < end) break
    if (session.isStarted) {
      if (received[at] === terminate) {
        // The engine must not see it: it would end itself.
        session.socket.end()
        return
      }
      if (endsUnit(received[at]!)) {
        session.units.push(received.subarray(unitStart, end))
        unitStart = end
      }
    } else {
      const request = length >= 8 ? received.readInt32BE(at + 4) : 0
      if (request === sslRequest || request === encryptionRequest) session.socket.write('N')
      else if (request === cancelRequest) session.socket.destroy()
      else {
        session.units.push(received.subarray(at, end))
        session.isStarted = true
      }
      unitStart = end
    }
    at = end
  }
  session.received = received.subarray(unitStart)
}

const letter = (text: string) => text.charCodeAt(0)
const [query, functionCall, sync, flush, copyDone, copyFail] = ['Q', 'F', 'S', 'H', 'c', 'f'].map(letter)
const [parse, terminate] = ['P', 'X'].map(letter)
/** ReadyForQuery: Z, a length of 5, and I outside of a transaction. */
const [ready, idle] = ['Z', 'I'].map(letter)
const readyBytes = 6

function endsUnit (type: number): boolean {
  return [query, functionCall, sync, flush, copyDone, copyFail].includes(type)
}

function lastType (unit: Buffer): number | undefined {
  let last: number | undefined
  for (const { type } of listFrames(unit)) last = type
  return last
}

function hasCopy (unit: Buffer): boolean {
  for (const { type, body } of listFrames(unit)) {
    if (type !== query && type !== parse) continue
    const sql = type === parse ? body.subarray(body.indexOf(0) + 1) : body
    if (/(^|;)\s*copy\b/i.test(sql.subarray(0, 1000).toString('latin1'))) return true
  }
  return false
}

/** The frames of a unit; none for a start-up message, which begins with its length. */
function * listFrames (unit: Buffer): Generator<{ type: number, body: Buffer }> {
  for (let at = 0; at < unit.length && unit[at] !== 0;) {
    const end = at + 1 + unit.readInt32BE(at + 1)
    yield { type: unit[at]!, body: unit.subarray(at + 5, end) }
    at = end
  }
}

function fatal (code: string, message: string): Buffer {
  return frame('E', `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
}

function frame (type: string, body: string): Buffer {
  const bytes = Buffer.from(body, 'utf8')
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(bytes.length + 4, 1)
  return Buffer.concat([head, bytes])
}
