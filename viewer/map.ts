import type { FeatureCollection } from 'geojson'
import type { Map as MapLibreMap, MapGeoJSONFeature } from 'maplibre-gl'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { feature } from 'topojson-client'
import type { ViewFacts } from '../render/view-parts.ts'
import type { Bootstrap } from '../render/bootstrap.ts'
import { defaultSize } from '../render/svg/projection.ts'
import { classColours } from '../render/view-parts.ts'
import { getTexts } from '../core/text.ts'
import { fillTemplate } from './address.ts'
import { classIndexes } from './facts.ts'
import { fillColour, hatchImage, hatchPixels, mapStyle, type StyleInput } from './map-style.ts'
import { fetchAsJson } from './values.ts'

type MapLibre = typeof import('maplibre-gl')

/** The map over the picture; areas are named by their ids. */
export interface AtlasMap {
  readonly show: (facts: ViewFacts) => void
  readonly pin: (areas: readonly string[]) => void
  readonly hover: (area: string | undefined) => void
  /** Gives the place back to the picture. */
  readonly close: () => void
}

export interface MapOptions {
  readonly frame: HTMLElement
  readonly bootstrap: Bootstrap
  readonly facts: ViewFacts
  readonly onHover: (area: string | undefined, name?: string) => void
  readonly onPin: (area: string) => void
}

/**
 * Lays MapLibre over the picture. The picture stays until the map has drawn its first frame, already
 * coloured, and comes back for printing.
 *
 * @throws where the browser has no WebGL 2, or the library cannot be loaded; the picture then stays
 */
export async function openMap (options: MapOptions): Promise<AtlasMap> {
  const { frame, bootstrap, facts, onHover, onPin } = options
  const { urls, base, bounds, language } = bootstrap
  const [library, source, context] = await Promise.all([
    import(new URL(base + urls.assets.maplibre, document.baseURI).href) as Promise<MapLibre>, loadAreas(bootstrap), loadContext(bootstrap), loadStyle(base + urls.assets.maplibreStyle),
  ])
  library.setWorkerUrl(new URL(base + urls.assets.maplibreWorker, document.baseURI).href)

  const container = document.createElement('div')
  container.id = 'map-canvas'
  frame.append(container)
  let map: MapLibreMap
  try {
    map = new library.Map({
      container,
      style: mapStyle({ source, context, colours: classColours(facts), latitude: (bounds[1] + bounds[3]) / 2 }),
      bounds: [[bounds[0], bounds[1]], [bounds[2], bounds[3]]],
      // The same part of the world as the picture below, so that nothing jumps when the map appears.
      fitBoundsOptions: { padding: defaultSize.margin * frame.clientWidth },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      // One finger and the wheel move the page; otherwise a phone could not get past the map.
      cooperativeGestures: true,
      locale: getTexts(language).mapControls,
      fadeDuration: 0,
    })
  } catch (error) {
    container.remove()
    throw error
  }
  map.touchZoomRotate.disableRotation()
  map.addControl(new library.NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new library.ScaleControl({ unit: 'metric' }), 'bottom-left')

  const ids = facts.areas.map(({ id }) => id)
  const target = (index: number) => source.kind === 'tiles'
    ? { source: 'areas', sourceLayer: 'areas', id: index + 1 }
    : { source: 'areas', id: index + 1 }
  const setState = (area: string | undefined, state: Record<string, unknown>) => {
    const index = area === undefined ? -1 : ids.indexOf(area)
    if (index !== -1) map.setFeatureState(target(index), state)
  }

  let colours = ''
  let pins: readonly string[] = []
  let hovered: string | undefined
  const atlasMap: AtlasMap = {
    show (next) {
      classIndexes(next).forEach((c, index) => map.setFeatureState(target(index), { c }))
      const ramp = classColours(next)
      if (ramp.join() !== colours) map.setPaintProperty('areas', 'fill-color', fillColour(ramp))
      colours = ramp.join()
    },
    pin (areas) {
      for (const area of pins) setState(area, { pin: false })
      for (const area of areas) setState(area, { pin: true })
      pins = areas
    },
    hover (area) {
      if (area === hovered) return
      setState(hovered, { hover: false })
      setState(area, { hover: true })
      hovered = area
    },
    close () {
      map.remove()
      container.remove()
      frame.classList.remove('has-map')
    },
  }
  try {
    await new Promise<void>((resolve, reject) => {
      map.once('error', ({ error }) => reject(error))
      map.once('style.load', () => {
        map.addImage(hatchImage, hatchPixels(), { pixelRatio: 2 })
        // Before the first frame, so that the map never shows uncoloured.
        atlasMap.show(facts)
        map.once('idle', () => resolve())
      })
    })
  } catch (error) {
    atlasMap.close()
    throw error
  }
  frame.classList.add('has-map')
  const areaOf = (features: readonly MapGeoJSONFeature[] | undefined) => {
    const id = features?.[0]?.id
    return typeof id === 'number' ? ids[id - 1] : undefined
  }
  map.on('mousemove', 'areas', ({ features }) => {
    onHover(areaOf(features), features?.[0]?.properties.name as string | undefined)
    map.getCanvas().style.cursor = 'pointer'
  })
  map.on('mouseleave', 'areas', () => {
    onHover(undefined)
    map.getCanvas().style.cursor = ''
  })
  map.on('click', 'areas', ({ features }) => {
    const area = areaOf(features)
    if (area !== undefined) onPin(area)
  })
  return atlasMap
}

type AreaTopology = Topology<{ areas: GeometryCollection, borders: GeometryCollection, labels: GeometryCollection }>

async function loadAreas ({ level, levels, urls, base, tiles, bounds }: Bootstrap): Promise<StyleInput['source']> {
  const { geometry } = levels.find(({ id }) => id === level)!
  if (urls.topology === null) {
    const url = new URL(fillTemplate(urls.tiles, { geometry, level }, { base }), document.baseURI).href
    // URL() writes the braces of {z}/{x}/{y} in percent.
    return { kind: 'tiles', url: decodeURI(url), ...tiles, bounds }
  }
  const topology = await fetchAsJson(fillTemplate(urls.topology, { geometry, level }, { base })) as AreaTopology
  const { areas, borders, labels } = topology.objects
  return { kind: 'topology', areas: feature(topology, areas), borders: feature(topology, borders), labels: feature(topology, labels) }
}

async function loadContext ({ urls, base }: Bootstrap): Promise<FeatureCollection> {
  return urls.context === null
    ? { type: 'FeatureCollection', features: [] }
    : await fetchAsJson(base + urls.context) as FeatureCollection
}

async function loadStyle (href: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.addEventListener('load', () => resolve())
    link.addEventListener('error', () => reject(new Error(`${href} cannot be loaded`)))
    document.head.append(link)
  })
}
