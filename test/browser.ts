import type { Browser } from 'playwright-core'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'

const root = path.dirname(import.meta.dirname)

/**
 * A real Chromium without a window; one per test file, closed by its teardown. It is the one that
 * `CHROME_PATH` names, that of the system, or else the packed one from npm, so that the tests run on
 * a machine that has only Node.
 */
export async function openBrowser (t: { teardown: (close: () => Promise<void>) => void }): Promise<Browser> {
  const { executablePath, env = {} } = findInstalled() ?? await unpackChromium()
  const browser = await chromium.launch({ executablePath, args: [...flags], env: { ...definedOf(process.env), ...env } })
  t.teardown(async () => await browser.close())
  return browser
}

interface Executable {
  readonly executablePath: string
  /** What the process needs in its environment besides ours. */
  readonly env?: Readonly<Record<string, string>>
}

/** WebGL 2 by software, so that a machine without a graphics card draws the map too; no request of the browser's own. */
const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]

function findInstalled (): Executable | undefined {
  const named = process.env.CHROME_PATH
  // The word "packed" asks for the one from npm where the system has another.
  if (named !== undefined && named !== '') return named === 'packed' ? undefined : { executablePath: named }
  const executablePath = ['chromium', 'google-chrome', 'chromium-browser'].map(name => `/usr/bin/${name}`).find(existsSync)
  return executablePath === undefined ? undefined : { executablePath }
}

/**
 * Unpacks the Chromium from npm once, with the libraries and the font that it brings along. The
 * package does so only where it believes to run at Amazon, and always into the folder for temporary
 * files; a child process is told both. Files tested at the same time do not see half a browser,
 * because the folder gets its name when it is complete.
 */
async function unpackChromium (): Promise<Executable> {
  const { version } = JSON.parse(await readFile(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as { version: string }
  const folder = path.join(root, '.built', `chromium-${version}`)
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`
    await mkdir(unfinished, { recursive: true })
    const script = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath()'
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    })
    await writeFile(path.join(unfinished, 'fonts/fonts.conf'), fontConfiguration(folder))
    // Somebody else may have been faster; theirs is as good.
    await rename(unfinished, folder).catch(async () => await rm(unfinished, { recursive: true }))
  }
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_PATH: path.join(folder, 'fonts'),
    },
  }
}

function fontConfiguration (folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`
}

function definedOf (environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
