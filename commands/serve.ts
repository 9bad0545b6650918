import type { EditionStore } from '../server/edition-source.ts'
import { formatProblem } from '../core/problem.ts'
import { getCommandTexts } from '../core/text/commands.ts'
import { StoreError } from '../sql/errors.ts'
import type { Store } from '../sql/store.ts'
import { openStoreAs, type Call } from './call.ts'

/** `atlas serve`: shows what is published until it is told to stop. */
export async function serve (call: Call): Promise<number> {
  const { config } = call
  // Only this command needs the server and the bundler; the others start faster without them.
  const [{ serve: listen }, { loadAssets }] = await Promise.all([import('../server/serve.ts'), import('../bundle.ts')])
  const [store, assets] = await Promise.all([openForServing(call), loadAssets()])
  const server = await listen({ store, config, assets, logger: { level: 'warn' } })
  console.log(getCommandTexts(call.language).serving(server.url))

  await new Promise<void>(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await server.close()
  await store.close()
  return 0
}

/**
 * The store as a server needs it: one that cannot be reached now is asked again with every question,
 * because the server has the editions of its last run. A store of another version is refused.
 */
async function openForServing (call: Call): Promise<EditionStore & { close (): Promise<void> }> {
  let store: Promise<Store> | undefined
  const reach = () => {
    store ??= openStoreAs(call, 'server')
    store.catch(() => { store = undefined })
    return store
  }
  await reach().catch((error: unknown) => {
    if (!(error instanceof StoreError) || error.code !== 'publish-database-away') throw error
    console.error(formatProblem(error.problem, call.language))
  })
  return {
    currentEditions: async () => (await reach()).currentEditions(),
    listEditions: async atlas => (await reach()).listEditions(atlas),
    loadEdition: async id => (await reach()).loadEdition(id),
    loadAtlas: async id => (await reach()).loadAtlas(id),
    loadTiles: async id => (await reach()).loadTiles(id),
    close: async () => (await store)?.close(),
  }
}
