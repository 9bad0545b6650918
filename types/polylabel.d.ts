declare module 'polylabel' {
  /** Pole of inaccessibility: the point inside that is farthest from the outline, and how far. */
  export default function polylabel (
    polygon: ReadonlyArray<ReadonlyArray<readonly [x: number, y: number]>>, precision?: number,
  ): [x: number, y: number] & { distance: number }
}
