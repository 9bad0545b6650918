import { createHash } from 'node:crypto'
import { closeSync, lstatSync, mkdirSync, openSync, realpathSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { forkModule } from '../task.ts'
import type { OwnerMessage } from './embedded-main.ts'
import { socketFileName } from './connection.ts'
import { findOwner } from './embedded-lock.ts'
import { StoreError } from './errors.ts'

/** A first start creates the database (5 s on a slow machine); a big transaction of another command may add to it. */
const patienceSeconds = 60

/**
 * Folder of the Unix socket on which the embedded database of `dataDir` answers, after starting its
 * process if none runs. Any number of commands may call this in the same moment: one process
 * becomes the owner, the others find it.
 *
 * @throws StoreError publish-database-failed, publish-lock-held
 */
export async function locateEmbedded (dataDir: string): Promise<string> {
  const folder = makeFolder(dataDir)
  const deadline = Date.now() + patienceSeconds * 1000
  let owner = findOwner(folder)
  while (Date.now() < deadline) {
    if (!owner) await startOwner(folder)
    else if (await answers(owner.socketPath)) return path.dirname(owner.socketPath)
    else await delay(100)
    owner = findOwner(folder)
  }
  throw new StoreError('publish-lock-held', { folder, owner: owner ? `PID ${owner.pid}` : '?' })
}

/** The real path, so that two ways to one folder are one database. */
function makeFolder (dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    return realpathSync(dataDir)
  } catch (error) {
    throw new StoreError('publish-database-failed', { folder: dataDir, message: (error as Error).message }, { cause: error })
  }
}

/** Resolves when the process is ready, or when it found that another one owns the folder. */
async function startOwner (folder: string): Promise<void> {
  const socketPath = path.join(makeSocketFolder(folder), socketFileName)
  const log = openSync(path.join(folder, 'database.log'), 'a', 0o600)
  // Detached: a Ctrl-C at this command must not reach the database of the others.
  const child = forkModule(new URL('./embedded-main', import.meta.url), [folder, socketPath], { detached: true, stdio: ['ignore', log, log, 'ipc'], cwd: folder })
  closeSync(log)
  const outcome = await new Promise<OwnerMessage>(resolve => {
    child.once('message', message => resolve(message as OwnerMessage))
    child.once('error', error => resolve({ type: 'failed', message: error.message }))
    child.once('exit', (code, signal) => resolve({ type: 'failed', message: `ended with ${signal ?? `exit code ${code}`}` }))
  })
  child.removeAllListeners()
  child.on('error', () => {})
  if (child.connected) child.disconnect()
  child.unref()
  if (outcome.type === 'failed') throw new StoreError('publish-database-failed', { folder, message: outcome.message })
}

/** Linux allows 107 bytes, macOS 103, for the path of a socket. */
const longestSocketPathBytes = 103

/**
 * A folder only we can enter: the embedded engine knows no passwords. In the data folder where its
 * path is short enough, else in the system's temporary folder under a name made of the path.
 */
function makeSocketFolder (folder: string): string {
  const near = path.join(folder, 'socket')
  const isShort = Buffer.byteLength(path.join(near, socketFileName)) <= longestSocketPathBytes
  const socketFolder = isShort ? near : path.join(os.tmpdir(), `atlas-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(socketFolder)
  if ((process.getuid && uid !== process.getuid()) || (mode & 0o077) !== 0) {
    throw new StoreError('publish-database-failed', { folder, message: `${socketFolder} can be entered by others` })
  }
  return socketFolder
}

function answers (socketPath: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(socketPath)
    socket.once('connect', () => { socket.destroy(); resolve(true) })
    socket.once('error', () => resolve(false))
  })
}
