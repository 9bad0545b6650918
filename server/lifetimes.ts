import type { Audience } from '../core/edition.ts'

/**
 * How long an answer may be kept without asking again.
 *
 * - `year`: content under its own hash: geometry, geometry tiles, assets.
 * - `week`: values and joined tiles; they never change either, but a withdrawal must bite.
 * - `ask`: pages, also those that refuse, documents, API: may be kept, must be asked for with the ETag every time.
 * - `minute`: where `current` points to; refusals for programs, which may heal with the next edition.
 * - `description`: TileJSON.
 * - `never`: failures of the server and its health.
 */
export type Lifetime = 'year' | 'week' | 'ask' | 'minute' | 'description' | 'never'

const directives: Readonly<Record<Lifetime, string>> = {
  year: 'max-age=31536000, immutable',
  week: 'max-age=604800, immutable',
  ask: 'no-cache',
  minute: 'max-age=60',
  description: 'max-age=60, stale-while-revalidate=3600',
  never: 'no-store',
}

/** Value of `Cache-Control`; what is internal must not stay in a cache that several people share. */
export function cacheControl (lifetime: Lifetime, audience: Audience): string {
  const isBare = lifetime === 'never' || (lifetime === 'ask' && audience === 'public')
  return isBare ? directives[lifetime] : `${audience === 'public' ? 'public' : 'private'}, ${directives[lifetime]}`
}
