import { statfs } from 'node:fs/promises'
import type { Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { StoreError } from './errors.ts'

/**
 * Bytes that saving an edition takes at most on the embedded database: measured 265 per cell (table,
 * index and write-ahead log), everything else twice (table and log), and room for documents and for
 * log segments of 16 MB.
 */
export function estimateBytes (edition: Pick<Edition, 'series'>, tiles: readonly GeometryTiles[]): number {
  const cells = edition.series.reduce((sum, { statuses }) => sum + statuses.reduce((row, { length }) => row + length, 0), 0)
  const tileBytes = tiles.flatMap(set => set.tiles).reduce((sum, { gzip, brotli }) => sum + gzip.length + brotli.length, 0)
  return 300 * cells + 2.2 * tileBytes + 64_000_000
}

/**
 * Refuses before the first byte is written. The embedded engine survives a full disk with all that
 * was committed, but does not start again until there is room for its log.
 *
 * @throws StoreError publish-disk-full
 */
export async function checkFreeSpace (folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`
  if (bavail * bsize < neededBytes) {
    throw new StoreError('publish-disk-full', { database: folder, message: `${megabytes(bavail * bsize)} < ${megabytes(neededBytes)}` })
  }
}
