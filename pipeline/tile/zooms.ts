import type { Bounds } from '../../core/area.ts'

/** Finer than this nothing is gained: at zoom 12 a tile unit is about 1.5 m in Germany, as fine as the sources. */
const finestZoom = 12

/**
 * Zoom range for an atlas: from three steps outside the view of the whole to five inside it, at
 * most zoom 12; the client enlarges what lies beyond.
 */
export function chooseZooms (bounds: readonly Bounds[]): { minZoom: number, maxZoom: number } {
  const width = Math.max(...bounds.map(({ east }) => east)) - Math.min(...bounds.map(({ west }) => west))
  const whole = Math.floor(Math.log2(360 / Math.max(width, 1e-6)))
  const maxZoom = Math.min(finestZoom, whole + 5)
  return { minZoom: Math.max(0, Math.min(whole - 3, maxZoom)), maxZoom }
}
