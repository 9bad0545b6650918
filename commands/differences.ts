import type { Audience, Edition } from '../core/edition.ts'
import { problem, type Problem } from '../core/problem.ts'
import { compareEditions } from '../core/compare/differences.ts'
import { missingNotes, tellDifferences } from '../pipeline/compare/tell.ts'
import type { Project } from '../pipeline/project-file/project.ts'
import type { Store } from '../sql/store.ts'
import type { Release } from './build.ts'

/** What is needed of the store to look at an earlier edition. */
export type EditionStore = Pick<Store, 'listEditions' | 'loadEdition'>

/** The edition that readers see; where nothing was published the newest draft, if one is asked for. */
export async function findLastEdition (store: EditionStore, atlas: string, audience: Audience, { orDraft }: { readonly orDraft: boolean }): Promise<Edition | undefined> {
  const stored = (await store.listEditions(atlas)).filter(edition => edition.audience === audience && edition.state !== 'withdrawn')
  const last = stored.find(({ state }) => state === 'current') ?? (orDraft ? stored[0] : undefined)
  return last && await store.loadEdition(last.id)
}

/** Everything that is different from an earlier edition, what needs a note among it. */
export function describeDifferences (before: Edition, after: Edition, project: Pick<Project, 'displayName'>): Problem[] {
  const place = { file: project.displayName }
  const differences = compareEditions(before, after)
  const told = [...tellDifferences(differences, before, after, place), ...missingNotes(differences, place)]
  return told.length === 0
    ? [problem('update-no-difference', place, { edition: before.id })]
    : [problem('update-compared', place, { edition: before.id, count: told.length }), ...told]
}

/** Changes of meaning that nobody explained, against what readers see now: they stop a build. */
export async function unexplainedChanges (store: EditionStore, project: Pick<Project, 'displayName' | 'file'>, releases: readonly Release[]): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const { audience, made: { edition } } of releases) {
    const before = edition && await findLastEdition(store, project.file.atlas, audience, { orDraft: false })
    if (before) problems.push(...missingNotes(compareEditions(before, edition), { file: project.displayName }))
  }
  return [...new Map(problems.map(found => [JSON.stringify(found), found])).values()]
}
