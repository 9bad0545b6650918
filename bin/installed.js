import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/*
 * Says whether the packages in node_modules/ are those of package-lock.json. `setup.js` leaves a
 * stamp behind; with it the answer takes milliseconds and no network.
 */

/** What `node_modules/.setup` holds once an installation is complete. */
export const stampName = path.join('node_modules', '.setup')

/**
 * The stamp that a complete installation of now would carry. Some packages bring a program for one
 * platform only, so a folder that was copied from another machine does not count.
 */
export function describeInstallation (root, scope) {
  return {
    lock: createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex'),
    platform: process.platform + '-' + process.arch,
    scope,
  }
}

/**
 * `scope` is 'demo' (what the program needs) or 'test' (tools and test packages too, which include
 * what the program needs).
 */
export function isInstalled (root, scope) {
  const stamp = readStamp(root)
  if (stamp === undefined) return false
  const wanted = describeInstallation(root, scope)
  return stamp.lock === wanted.lock && stamp.platform === wanted.platform &&
    (stamp.scope === scope || stamp.scope === 'test')
}

/** 'ready', 'outdated' (the lock file has changed since) or 'missing'. Packages installed by hand count as ready. */
export function installationState (root) {
  if (isInstalled(root, 'demo')) return 'ready'
  if (existsSync(path.join(root, stampName))) return 'outdated'
  return existsSync(path.join(root, 'node_modules', 'tsx', 'package.json')) ? 'ready' : 'missing'
}

/** 'demo' or 'test' as the last complete installation had it, outdated or not; `undefined` for none. */
export function readScope (root) {
  const stamp = readStamp(root)
  return stamp && stamp.scope
}

/** `undefined` for no stamp and for one cut short: both mean that the installation is not complete. */
function readStamp (root) {
  try {
    return JSON.parse(readFileSync(path.join(root, stampName), 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}
