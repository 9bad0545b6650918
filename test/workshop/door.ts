import { randomBytes } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Membership } from '../../core/permission.ts'
import { createAccount } from '../../sql/accounts.ts'
import type { Database } from '../../sql/connection.ts'
import { makeKey } from '../../workshop/accounts/key.ts'
import { hashPassword } from '../../workshop/accounts/password.ts'
import { openPreviews } from '../../workshop/preview.ts'
import { buildWorkshop, type WorkshopAppOptions } from '../../workshop/app.ts'
import { openShelf } from '../../workshop/edition-shelf.ts'
import type { Workshop } from '../../workshop/workshop.ts'

const urls = { kern: '/assets/1/kern.css', style: '/assets/1/style.css', icon: '/assets/1/icon.svg', viewer: '/assets/1/v.js', maplibre: '/assets/1/m.js', maplibreWorker: '/assets/1/w.js', maplibreStyle: '/assets/1/m.css' }

/** A Werkstatt for tests, over a database that is there. */
export async function openDoor (database: Database, changes: Partial<Workshop> = {}, options: Partial<WorkshopAppOptions> = {}): Promise<{ app: FastifyInstance, workshop: Workshop }> {
  const workshop: Workshop = {
    database,
    key: makeKey(randomBytes(32)),
    assets: urls,
    publicUrl: () => 'https://town.example',
    base: '',
    limits: { idleSeconds: 3600, absoluteSeconds: 43_200 },
    editions: openShelf(database),
    previews: openPreviews({ database, editions: openShelf(database), assets: { urls, files: new Map() } }),
    press: { print: async () => { throw new Error('no press in this test') }, close: () => {} },
    worker: { createAtlas: async () => undefined, listAtlases: async () => [] },
    workerOf: () => { throw new Error('no worker in this test') },
    singleSignOn: null,
    readProxyName: () => undefined,
    now: Date.now,
    ...changes,
  }
  const app = await buildWorkshop({ workshop, assets: { urls: workshop.assets, files: new Map() }, trustedProxies: ['127.0.0.1'], ...options })
  return { app, workshop }
}

export const goodPassword = 'Regenschirm Kaktus Leuchtturm'

let goodHash: Promise<string> | undefined

/** @returns the id of the account */
export async function addPerson (database: Database, email: string, memberships: readonly Membership[], isOperator = false): Promise<string> {
  goodHash ??= hashPassword(goodPassword)
  return (await createAccount(database, { name: email.split('@')[0]!, email, isOperator, memberships, password: await goodHash }))!
}

/** A browser: keeps cookies, reads the token of a form, and sends it along. */
export interface Browser {
  readonly get: (path: string) => Promise<LightMyRequestResponse>
  /** Fields beside the token of the page opened last; `form: false` leaves that out. */
  readonly post: (path: string, fields?: Readonly<Record<string, string | string[]>>, headers?: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>
  readonly signIn: (email: string, password?: string, code?: string) => Promise<LightMyRequestResponse>
  readonly cookies: Map<string, string>
}

export function openBrowser (app: FastifyInstance, address = '192.0.2.1'): Browser {
  const cookies = new Map<string, string>()
  let token = ''
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) value === '' ? cookies.delete(name) : cookies.set(name, value)
    token = /name="_form" value="([^"]+)"/.exec(response.body)?.[1] ?? token
    return response
  }
  const headers = () => ({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'x-forwarded-for': address })
  const get: Browser['get'] = async url => keep(await app.inject({ method: 'GET', url, headers: headers() }))
  const post: Browser['post'] = async (url, fields = {}, more = {}) => {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries({ _form: token, ...fields })) for (const one of [value].flat()) body.append(name, one)
    return keep(await app.inject({ method: 'POST', url, headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded', ...more }, payload: body.toString() }))
  }
  return {
    get,
    post,
    cookies,
    async signIn (email, password = goodPassword, code = '') {
      await get('/werkstatt/anmelden')
      return await post('/werkstatt/anmelden', { email, password, code })
    },
  }
}
