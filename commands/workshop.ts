import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { getCommandTexts } from '../core/text/commands.ts'
import { hasOperator } from '../sql/accounts.ts'
import type { Database } from '../sql/connection.ts'
import { invite } from '../sql/invitations.ts'
import { openDatabase } from '../sql/open.ts'
import { pruneSignIns, type SessionLimits } from '../sql/sessions.ts'
import { openPress } from '../server/press/press.ts'
import { openShelf } from '../workshop/edition-shelf.ts'
import { openPreviews } from '../workshop/preview.ts'
import { openKey } from '../workshop/accounts/key.ts'
import { makeProxyNameReader } from '../workshop/accounts/proxy-name.ts'
import { hashToken, makeToken } from '../workshop/accounts/secret-token.ts'
import { basePath } from '../render/site.ts'
import { forkModule } from '../task.ts'
import { connectAtlas, connectWorker } from '../worker/client.ts'
import type { Call } from './call.ts'
import { workerSocket } from '../worker/socket.ts'

/** However often somebody clicks: once a working day everybody signs in. */
const absoluteSeconds = 12 * 3600
const firstLinkSeconds = 24 * 3600

/** `atlas workshop`: the Werkstatt, until it is told to stop. */
export async function workshop (call: Call): Promise<number> {
  const { config, language } = call
  const [{ buildWorkshop }, { loadAssets }, { openSingleSignOn }] = await Promise.all([import('../workshop/app.ts'), import('../bundle.ts'), import('../workshop/accounts/single-sign-on.ts')])
  const [database, assets, key] = await Promise.all([openWorkshopDatabase(call), loadAssets(), openKey(config.dataDir)])
  const editions = openShelf(database)
  const socket = workerSocket(config)
  const limits: SessionLimits = { idleSeconds: config.sessionIdleSeconds, absoluteSeconds }
  const singleSignOn = config.oidc && openSingleSignOn({ ...config.oidc, clientSecret: (await readFile(config.oidc.secretFile, 'utf8')).trim() })
  const readProxyName = makeProxyNameReader(config.proxyUserHeader, config.trustedProxies)
  const press = openPress()
  const url = () => config.publicUrl === '' ? `http://localhost:${portOf(app, config.workshopPort)}` : config.publicUrl
  const app: FastifyInstance = await buildWorkshop({
    workshop: {
      database,
      key,
      assets: assets.urls,
      publicUrl: url,
      base: basePath(config.publicUrl),
      limits,
      editions,
      previews: openPreviews({ database, editions, assets }),
      press,
      worker: connectWorker(socket),
      workerOf: atlas => connectAtlas(socket, atlas),
      singleSignOn,
      readProxyName,
      now: Date.now,
    },
    assets,
    trustedProxies: config.trustedProxies,
    logger: { level: 'warn' },
  })
  // It ends with this process, whose channel it watches.
  const worker = config.worker === 'child' ? forkModule(new URL('../atlas', import.meta.url), ['worker']) : undefined
  await app.listen({ host: config.host, port: config.workshopPort })
  console.log(getCommandTexts(language).workshop(url()))
  await offerFirstLink(database, url(), call)
  const pruning = setInterval(() => { pruneSignIns(database, limits).catch((error: unknown) => app.log.error(error)) }, 3600_000)

  await new Promise<void>(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  clearInterval(pruning)
  if (worker?.connected === true) worker.disconnect()
  await app.close()
  press.close()
  await database.close()
  return 0
}

async function openWorkshopDatabase ({ config }: Call): Promise<Database> {
  return await openDatabase({
    dataDir: config.dataDir,
    role: 'workshop',
    log: message => console.error(message),
    ...config.databaseUrl !== null && { databaseUrl: config.databaseUrl },
  })
}

/** Port 0 lets the system choose one. */
function portOf (app: FastifyInstance, wanted: number): number {
  const address = app.server.address()
  return address !== null && typeof address === 'object' ? address.port : wanted
}

/** There is no password to begin with: who can read this terminal becomes the first person. A new start makes a new link. */
async function offerFirstLink (database: Database, url: string, { language }: Call): Promise<void> {
  if (await hasOperator(database)) return
  const token = makeToken()
  await invite(database, { tokenHash: hashToken(token), name: '', email: '', isOperator: true, memberships: [], account: null, invitedBy: null, validSeconds: firstLinkSeconds })
  console.log(getCommandTexts(language).firstLink(`${url}/werkstatt/einladung/${token}`))
}
