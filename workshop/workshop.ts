import type { Language } from '../core/edition.ts'
import type { AssetUrls } from '../render/site.ts'
import type { Press } from '../server/press/press.ts'
import type { Account } from '../sql/accounts.ts'
import type { Database } from '../sql/connection.ts'
import type { Session, SessionLimits } from '../sql/sessions.ts'
import type { AtlasClient, WorkerClient } from '../worker/client.ts'
import type { EditionShelf } from './edition-shelf.ts'
import type { Previews } from './preview.ts'
import type { WorkshopKey } from './accounts/key.ts'
import type { ReadProxyName } from './accounts/proxy-name.ts'
import type { SingleSignOn } from './accounts/single-sign-on.ts'

/** What every route of the Werkstatt has at hand. */
export interface Workshop {
  readonly database: Database
  readonly key: WorkshopKey
  readonly assets: AssetUrls
  /** Scheme, host and path in front of `/werkstatt`, for links that leave it, `https://town.example/atlas`; never from `Host`. */
  readonly publicUrl: () => string
  /** The path of it, `/atlas`; empty where there is none. */
  readonly base: string
  readonly limits: SessionLimits
  /** Stored editions, drafts among them. */
  readonly editions: EditionShelf
  /** Drafts through the public pages. */
  readonly previews: Previews
  /** Sets papers as PDF. */
  readonly press: Press
  /** The process that alone reads project folders and vaults. */
  readonly worker: WorkerClient
  readonly workerOf: (atlas: string) => AtlasClient
  /** The town's own accounts; null where they are not set up. */
  readonly singleSignOn: SingleSignOn | null
  readonly readProxyName: ReadProxyName
  /** Milliseconds since 1970; tests move it. */
  readonly now: () => number
}

/** Who asks, in which language, and with which browser. */
export interface Visitor {
  readonly language: Language
  /** Undefined for who is not signed in. */
  readonly session: Session | undefined
  /** What the session is found by. */
  readonly sessionHash: Uint8Array | undefined
  /** Goes into every form, and comes back with it. */
  readonly formToken: string
  /** The token of before signing in, good for the doors only. */
  readonly doorToken: string
  /** Path and query, where somebody returns to after signing in or changing the language. */
  readonly path: string
}

/** How a page of the Werkstatt is addressed in links and forms: `at(workshop, 'konto')` is `/atlas/werkstatt/konto`. */
export function at ({ base }: Pick<Workshop, 'base'>, path = ''): string {
  return `${base}/werkstatt${path === '' ? '' : `/${path}`}`
}

/** Who is signed in. @throws Error on a route that does not ask for it */
export function accountOf ({ session }: Visitor): Account {
  if (!session) throw new Error('nobody is signed in on a route that needs it')
  return session.account
}
