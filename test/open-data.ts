import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * Folder of real open data, which lies beside the project and never in it. A test that uses it is
 * skipped, visibly, where it is missing; the suite must stand without it.
 */
const folder = process.env.ATLAS_TEST_DATA ?? path.join(import.meta.dirname, '../../shared/data')

/** Path of a file or folder of the open data, `berlin/geo/kieze.geojson`. */
export function openData (name: string): string {
  return path.join(folder, name)
}

/** Option for tap: skips the test with the reason where the data is missing. */
export function needsOpenData (name: string): { skip: false | string } {
  return { skip: existsSync(openData(name)) ? false : `needs the open data ${name} beside the project` }
}
