import path from 'node:path'
import { hasErrors } from '../core/problem.ts'
import { listVaults } from '../pipeline/vault/registry.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { pack as packEdition } from './package/pack.ts'
import { receive as receivePackage } from './package/receive.ts'
import { auditBytes, getEdition, toBytesVerdict } from './publish.ts'
import { report } from './report.ts'

/** `atlas pack`: a published edition as one file, for a machine that shows and does not build. */
export async function pack (call: Call): Promise<number> {
  const id = requireArgument(call, 0, 'EDITION')
  const file = path.resolve(call.options.output ?? `${id}.atlas`)
  return withStore(call, 'pipeline', async store => report(await packEdition(store, await getEdition(store, id), file), call.language) ? 1 : 0)
}

/** `atlas receive`: shows what `atlas pack` wrote elsewhere. */
export async function receive (call: Call): Promise<number> {
  const file = path.resolve(requireArgument(call, 0, 'FILE'))
  const atlas = call.arguments[1]
  const ownAtlases = new Set((await listVaults(call.config.dataDir)).keys())
  return withStore(call, 'pipeline', async store => {
    const problems = await receivePackage({
      store,
      file,
      audience: call.config.audience,
      ownAtlases,
      ...atlas !== undefined && { atlas },
      auditBytes: async (edition, tiles) => toBytesVerdict(await auditBytes(call, store, edition, tiles)).problems,
    })
    const received = problems.find(({ code }) => code === 'package-received')
    if (received) console.log(received.facts['edition'])
    report(problems, call.language)
    return hasErrors(problems) ? 1 : 0
  })
}
