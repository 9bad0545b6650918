import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { problem, type Problem } from '../core/problem.ts'
import { requireArgument, UsageError, type Call } from './call.ts'
import { report } from './report.ts'

/**
 * `atlas send FILE URL`: brings a file to the Werkstatt of another machine, with the token of `ATLAS_TOKEN`. A package of `atlas pack`
 * is shown there, any other file waits among the deliveries.
 */
export async function send (call: Call): Promise<number> {
  const file = path.resolve(requireArgument(call, 0, 'FILE'))
  const url = readAddress(requireArgument(call, 1, 'URL'))
  if (call.config.token === '') throw new UsageError('missing ATLAS_TOKEN; expected the key that the Werkstatt showed when the access was made')
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return report([problem('send-no-file', { file })], call.language) ? 1 : 0
  const sender: Sender = { url, token: call.config.token }
  const problems = file.endsWith('.atlas') ? await sendEdition(sender, file) : await sendDelivery(sender, file)
  return report(problems, call.language) ? 1 : 0
}

interface Sender {
  /** `https://host/base/werkstatt/programm/<atlas>`. */
  readonly url: string
  readonly token: string
}

async function sendDelivery (sender: Sender, file: string): Promise<Problem[]> {
  const answer = await post(sender, `lieferungen?${new URLSearchParams({ name: path.basename(file) })}`, file)
  return 'problem' in answer ? [answer.problem] : [problem('send-delivered', { file }, { name: String(answer.body['name']) })]
}

async function sendEdition (sender: Sender, file: string): Promise<Problem[]> {
  const answer = await post(sender, 'ausgaben', file)
  if ('problem' in answer) return [answer.problem]
  for (;;) {
    await delay(pollMilliseconds)
    const asked = await ask(sender, `auftraege/${String(answer.body['job'])}`, {})
    if ('problem' in asked) return [asked.problem]
    const { state, codes, editions } = asked.body as { readonly state: string, readonly codes: readonly string[], readonly editions: readonly string[] }
    if (state === 'done') return [problem('send-shown', { file }, { edition: editions[0] ?? '–' })]
    if (state === 'failed' || state === 'cancelled') return [problem('send-not-shown', { file }, { codes: codes.join(', ') || state })]
  }
}

const pollMilliseconds = 1000

/** Read from the disk as it is sent. */
async function post (sender: Sender, where: string, file: string): Promise<Answer> {
  return await ask(sender, where, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: await openAsBlob(file, { type: 'application/octet-stream' }) })
}

type Answer = { readonly body: Readonly<Record<string, unknown>> } | { readonly problem: Problem }

async function ask ({ url, token }: Sender, where: string, init: RequestInit): Promise<Answer> {
  const address = `${url}/${where}`
  let response: Response
  try {
    // A redirect would carry the token to somebody else.
    response = await fetch(address, { ...init, redirect: 'error', headers: { ...init.headers, authorization: `Bearer ${token}` } })
  } catch (error) {
    const { cause } = error as { readonly cause?: Error }
    return { problem: problem('send-no-answer', {}, { url, detail: (cause ?? error as Error).message }) }
  }
  if (response.status === 401) return { problem: problem('send-not-allowed', {}, { url }) }
  const body = await response.json().catch(() => ({})) as Record<string, unknown>
  if (response.ok) return { body }
  const detail = typeof body['de'] === 'string' && typeof body['en'] === 'string' ? { de: body['de'], en: body['en'] } : { de: `HTTP ${response.status}`, en: `HTTP ${response.status}` }
  return { problem: problem('send-refused', {}, { url, detail }) }
}

/** @param text address of the atlas in the Werkstatt, as the browser shows it */
function readAddress (text: string): string {
  const found = URL.canParse(text) ? new URL(text) : undefined
  const [, base, atlas] = /^(.*)\/werkstatt\/([A-Za-z0-9_-]+)\/?$/.exec(found?.pathname ?? '') ?? []
  const isSafe = found?.protocol === 'https:' || (found?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(found.hostname))
  if (!found || atlas === undefined || !isSafe) throw new UsageError('invalid URL; expected the address of the atlas in the Werkstatt, such as https://atlas.example/werkstatt/nienburg')
  return `${found.origin}${base}/werkstatt/programm/${atlas}`
}
