import type { Edition } from '../core/edition.ts'
import { problem, type Problem } from '../core/problem.ts'

/** What publishing needs of the store. */
export interface PublishStore {
  readonly loadEdition: (editionId: string) => Promise<Edition | undefined>
  readonly publish: (editionId: string) => Promise<unknown>
}

/**
 * Makes a stored edition the current one; the pointer moves last. Until complementary suppression
 * has run on an edition, only synthetic and open data may be published: leaving out small numbers
 * alone can be undone by subtraction (docs/geheimhaltung.md).
 */
export async function publishEdition (store: PublishStore, editionId: string): Promise<Problem[]> {
  const edition = await store.loadEdition(editionId)
  if (!edition) return [problem('publish-unknown-edition', {}, { edition: editionId })]
  if (edition.atlas.dataStatus === 'official') return [problem('publish-protection-pending', {}, { edition: editionId, atlas: edition.atlas.id })]
  await store.publish(editionId)
  return []
}
