#!/usr/bin/env node
/*
 * Starts the command line: that of the image, or of a clone what program.js compiles, in this same
 * process, so that signals and exit codes are the program's own. Plain JavaScript: it must be
 * able to say what to run in a clone that has no packages yet.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installationState } from './installed.js'
import { requireNode } from './node-version.js'

requireNode()
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

// Here, because whoever reports a fault may not get further.
if (process.argv[2] === '--version') console.log(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version, `Node ${process.version}`)
else if (existsSync(path.join(root, 'atlas.ts'))) runSource()
else import('../dist/atlas.js')

async function runSource () {
  const state = installationState(root)
  if (state === 'missing') {
    advise('Es fehlen noch die Pakete des Atlas.', 'The packages of the atlas are missing.')
    process.exit(1)
  }
  if (state === 'outdated') advise('Die Pakete des Atlas sind älter als das Programm.', 'The packages of the atlas are older than the program.')
  try {
    await import(await findProgram())
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || state === 'ready') throw error
    console.error(error.message)
    process.exit(1)
  }
}

/** Compiled; where that cannot be, the source itself. */
async function findProgram () {
  const { compileProgram } = await import('./program.js')
  const folder = await compileProgram(root)
  if (folder !== undefined) {
    process.setSourceMapsEnabled(true)
    return pathToFileURL(path.join(folder, 'atlas.js')).href
  }
  const { register } = await import('tsx/esm/api')
  register()
  return '../atlas.ts'
}

function advise (german, english) {
  const script = path.relative(process.cwd(), path.join(root, 'setup.js'))
  console.error(`${german} Bitte aufrufen:\n${english} Please run:\n\n    node ${script} demo\n`)
}
