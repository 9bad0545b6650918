import { chmod, mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { VaultError } from '../pipeline/vault/error.ts'

/** Where web and worker meet. */
export interface SocketPlace {
  readonly dataDir: string
  /** Set where they run as different users; null means a folder of the data folder. */
  readonly workerSocket: string | null
}

export function workerSocket ({ dataDir, workerSocket: stated }: SocketPlace): string {
  return stated ?? path.join(dataDir, 'worker', 'worker.sock')
}

/**
 * Makes room for the socket: who gets to it may read raw counts. Its own folder is closed to all others; a folder that was given is
 * looked at, never changed.
 *
 * @throws VaultError worker-socket-open where others than owner and group could enter the folder
 */
export async function prepareSocket (place: SocketPlace): Promise<string> {
  const socket = workerSocket(place)
  const folder = path.dirname(socket)
  if (place.workerSocket === null) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
  } else if (((await stat(folder).catch(() => undefined))?.mode ?? 0o777) % 8 !== 0) {
    throw new VaultError('worker-socket-open', { file: folder })
  }
  await rm(socket, { force: true })
  return socket
}

/** Lets the group of a given folder in, once it is there. */
export async function openSocket (place: SocketPlace): Promise<void> {
  if (place.workerSocket !== null) await chmod(workerSocket(place), 0o660)
}
