declare module 'vt-pbf' {
  /** Feature as geojson-vt 3 made it; rings of polygons repeat their first point at the end. */
  export type VtFeature = { readonly id?: number, readonly tags: Readonly<Record<string, string | number | boolean>> } & (
    | { readonly type: 1, readonly geometry: ReadonlyArray<readonly [number, number]> }
    | { readonly type: 2 | 3, readonly geometry: ReadonlyArray<ReadonlyArray<readonly [number, number]>> })

  const vtPbf: {
    fromGeojsonVt (
      layers: Readonly<Record<string, { readonly features: readonly VtFeature[] }>>,
      options: { readonly version: 1 | 2, readonly extent: number },
    ): Uint8Array
  }
  export default vtPbf
}
