import type { FastifyInstance } from 'fastify'
import type { EditionSource } from './edition-source.ts'
import { formatView, plainView } from '../core/view.ts'
import { newestView } from '../render/view-data.ts'

/** A reader at the door waits longer than this only for a good reason. */
const budgetMilliseconds = 2000

/**
 * Asks the server for its own pages before anybody else does: the start page and the newest view of
 * each indicator, the ones most people look at. Code that has never run takes ten times as long, and
 * without this the first readers of the day would pay for it.
 */
export async function warmUp (app: FastifyInstance, editions: Pick<EditionSource, 'listCurrent'>, base: string): Promise<void> {
  const end = performance.now() + budgetMilliseconds
  for (const { edition } of editions.listCurrent()) {
    const atlas = edition.atlas.id
    const views = edition.indicators.flatMap(({ id }) =>
      newestView(edition, id, plainView({ atlas, indicator: id, period: '' })) ?? [])
    for (const url of [`/${atlas}`, ...views.map(view => formatView(view))]) {
      if (performance.now() > end) return
      await app.inject({ url: `${base}${url}`, headers: { 'accept-encoding': 'br, gzip' } })
    }
  }
}
