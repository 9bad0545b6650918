import { requireArgument, withStore, type Call } from './call.ts'

/** `atlas editions`: one line each, made to be cut at tabs. */
export async function editions (call: Call): Promise<number> {
  return withStore(call, 'pipeline', async store => {
    for (const { id, atlas, audience, state, publishedAt } of await store.listEditions(call.arguments[0])) {
      console.log([id, atlas, audience, state, publishedAt ?? ''].join('\t'))
    }
    return 0
  })
}

export async function rollback (call: Call): Promise<number> {
  const atlas = requireArgument(call, 0, 'ATLAS')
  return withStore(call, 'pipeline', async store => {
    const { edition } = await store.rollback(atlas, call.config.audience)
    console.log(edition)
    return 0
  })
}

export async function prune (call: Call): Promise<number> {
  return withStore(call, 'pipeline', async store => {
    await store.pruneDrafts()
    return 0
  })
}

export async function migrate (call: Call): Promise<number> {
  return withStore(call, 'owner', async store => {
    await store.migrate()
    return 0
  })
}
