#!/usr/bin/env node
/*
 * The first step of a fresh clone: node setup.js demo|test
 *
 * Installs what package-lock.json names, once; as long as that file stays the same, a later call
 * returns at once and needs no network. `demo` leaves out tools and test packages.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeInstallation, isInstalled, readScope, stampName } from './bin/installed.js'
import { requireNode } from './bin/node-version.js'
import { lockSetUp } from './bin/set-up-lock.js'

requireNode()
const root = path.dirname(fileURLToPath(import.meta.url))
const [wanted] = process.argv.slice(2)
if (wanted !== 'demo' && wanted !== 'test') {
  console.error('usage: node setup.js demo|test')
  process.exit(2)
}
// Where test packages were installed before, `demo` must not take them away again.
const scope = wanted === 'test' || readScope(root) === 'test' ? 'test' : 'demo'
if (!isInstalled(root, scope)) setUp().then(code => { process.exitCode = code })

/** Returns the exit code. */
async function setUp () {
  const release = await lockSetUp(root, folder => say(
    'Eine andere Einrichtung läuft gerade; sie wird abgewartet (' + folder + ').',
    'Another set-up is running; waiting for it.'))
  try {
    // The one we waited for may have done our work.
    if (isInstalled(root, scope)) return 0
    return await install()
  } finally {
    release()
  }
}

async function install () {
  say('Die benötigten Pakete werden einmalig aus dem Internet eingerichtet.',
    'Setting up the packages; this happens once and needs the internet.')
  // Without a stamp an interrupted installation is begun anew.
  rmSync(path.join(root, stampName), { force: true })
  const started = Date.now()
  const progress = showProgress(started)
  const { code, output } = await runNpm()
  progress.stop()
  if (code !== 0) {
    console.error(output.trim())
    say('Die Einrichtung ist gescheitert; die Meldung von npm steht darüber. Häufige Gründe: keine Internetverbindung, ein Proxy, ein voller Datenträger. Danach denselben Befehl noch einmal aufrufen.',
      'Set-up failed; npm’s message is above. Common reasons: no internet, a proxy, a full disk. Then run the same command again.')
    return 1
  }
  writeFileSync(path.join(root, stampName), JSON.stringify(describeInstallation(root, scope)))
  const seconds = Math.round((Date.now() - started) / 1000)
  say(`Fertig nach ${seconds} Sekunden.`, `Done after ${seconds} seconds.`)
  return 0
}

/** No package's own install script runs: nothing is fetched but what the lock file pins. */
async function runNpm () {
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--progress=false',
    // NODE_ENV=production or a user's setting must not decide what is installed.
    scope === 'test' ? '--include=dev' : '--omit=dev', '--include=optional']
  // npm tells its scripts where it is itself; that avoids npm.cmd and a shell on Windows.
  const npm = process.env.npm_execpath
  const child = npm && path.basename(npm) === 'npm-cli.js'
    ? spawn(process.execPath, [npm, ...flags], { cwd: root })
    : spawn('npm', flags, { cwd: root, shell: process.platform === 'win32' })
  const chunks = []
  child.stdout.on('data', chunk => chunks.push(chunk))
  child.stderr.on('data', chunk => chunks.push(chunk))
  const code = await new Promise(resolve => {
    child.on('error', error => {
      chunks.push(Buffer.from(String(error)))
      resolve(1)
    })
    child.on('close', resolve)
  })
  return { code, output: Buffer.concat(chunks).toString() }
}

/** Counts the packages that have arrived; one line that is rewritten, or in a log one line each 10 s. */
function showProgress (started) {
  const expected = listExpectedPackages()
  const show = () => {
    const arrived = expected.filter(folder => existsSync(path.join(root, folder, 'package.json'))).length
    const seconds = Math.round((Date.now() - started) / 1000)
    const line = `  ${arrived} / ${expected.length} Pakete (packages), ${seconds} s`
    process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`)
  }
  const timer = setInterval(show, process.stderr.isTTY ? 1000 : 10_000)
  return {
    stop () {
      clearInterval(timer)
      if (process.stderr.isTTY) process.stderr.write('\n')
    },
  }
}

/** Folders that npm will fill here: not the programs for other platforms. */
function listExpectedPackages () {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  const fits = (allowed, own) => !allowed || allowed.includes(own) || (allowed[0].startsWith('!') && !allowed.includes(`!${own}`))
  return Object.entries(packages)
    .filter(([folder, entry]) => folder !== '' && (scope === 'test' || !entry.dev) && !entry.peer &&
      fits(entry.os, process.platform) && fits(entry.cpu, process.arch))
    .map(([folder]) => folder)
}

function say (german, english) {
  console.error(`${german}\n${english}`)
}
