import { publishEdition } from '../pipeline/publish.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { report } from './report.ts'

/** `atlas publish`: makes a stored edition the current one. */
export async function publish (call: Call): Promise<number> {
  const edition = requireArgument(call, 0, 'EDITION')
  return withStore(call, 'pipeline', async store => report(await publishEdition(store, edition), call.language) ? 1 : 0)
}
