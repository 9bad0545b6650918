import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/*
 * One set-up at a time: two `npm ci` in one folder delete each other's packages.
 *
 * The lock is a folder, because making one is atomic everywhere. In it lies one file named for its
 * owner. Whoever finds the owner dead removes that file (only one can) and then the folder.
 */

/** An owner writes its name within milliseconds; a folder still empty after this was left by a crash. */
const emptyIsStaleAfterMs = 10000

/** Waits until nobody else sets up `root`; `onWait` is called once if somebody does. Returns the release. */
export async function lockSetUp (root, onWait) {
  const folder = path.join(root, '.setup.lock')
  let hasWaited = false
  while (!tolerate('EEXIST', () => mkdirSync(folder))) {
    const owner = findOwner(folder)
    if (isStale(folder, owner)) {
      removeLock(folder, owner)
      continue
    }
    if (!hasWaited) onWait(folder)
    hasWaited = true
    await new Promise(resolve => setTimeout(resolve, 250))
  }
  const name = `${os.hostname()}~${process.pid}~${randomBytes(4).toString('hex')}`
  writeFileSync(path.join(folder, name), '')
  return () => removeLock(folder, name)
}

function isStale (folder, owner) {
  if (owner === undefined) {
    let madeAt = Date.now()
    tolerate('ENOENT', () => { madeAt = statSync(folder).mtimeMs })
    return Date.now() - madeAt > emptyIsStaleAfterMs
  }
  const [host, pid] = owner.split('~')
  // A process of another machine cannot be asked whether it lives.
  return host === os.hostname() && !isAlive(Number(pid))
}

/** Leaves a lock alone that somebody else has taken since: another owner's file keeps the folder. */
function removeLock (folder, owner) {
  if (owner !== undefined && !tolerate('ENOENT', () => unlinkSync(path.join(folder, owner)))) return
  tolerate('ENOTEMPTY', () => tolerate('ENOENT', () => rmdirSync(folder)))
}

function findOwner (folder) {
  let owner
  tolerate('ENOENT', () => { owner = readdirSync(folder)[0] })
  return owner
}

function isAlive (pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Runs `action`; false where it failed with `code`. */
function tolerate (code, action) {
  try {
    action()
    return true
  } catch (error) {
    if (error.code === code) return false
    throw error
  }
}
