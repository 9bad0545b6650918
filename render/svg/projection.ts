import type { Bounds, Coordinate } from '../../core/area.ts'
import { coordinateUnitsPerDegree } from '../../core/area.ts'

/** A flat picture of a small part of the earth, in whole units of a picture. */
export interface Projection {
  readonly width: number
  readonly height: number
  readonly metresPerUnit: number
  /** @param lon and @param lat in 1e-7 degree; y grows downwards; not rounded */
  readonly toX: (lon: Coordinate) => number
  readonly toY: (lat: Coordinate) => number
}

export interface PictureSize {
  /** Width in units. */
  readonly width: number
  /** Height divided by width, at least and at most. */
  readonly minimumRatio: number
  readonly maximumRatio: number
  /** Free border on every side, as a share of the width. */
  readonly margin: number
}

/**
 * About half a pixel per unit on a page, so that whole numbers are exact enough: two numbers per
 * point, and a border that two areas share rounds to the same place on both sides.
 */
export const defaultSize: PictureSize = { width: 1600, minimumRatio: 0.55, maximumRatio: 0.74, margin: 0.03 }

/**
 * Equirectangular, true to scale at the middle latitude: a town keeps its shape, and Germany as
 * a whole stays recognisable (stretched by 7 % in the north).
 */
export function makeProjection ({ west, south, east, north }: Bounds, size: PictureSize = defaultSize): Projection {
  const middle = (south + north) / 2
  const shrink = Math.cos(middle * Math.PI / 180)
  const [degreesWide, degreesHigh] = [Math.max((east - west) * shrink, 1e-6), Math.max(north - south, 1e-6)]
  const inner = 1 - 2 * size.margin
  const ratio = Math.min(size.maximumRatio, Math.max(size.minimumRatio, degreesHigh / degreesWide * inner + 2 * size.margin))
  const height = Math.round(size.width * ratio)
  const margin = size.margin * size.width
  const unitsPerDegree = Math.min((size.width - 2 * margin) / degreesWide, (height - 2 * margin) / degreesHigh)
  const centre = (west + east) / 2
  return {
    width: size.width,
    height,
    metresPerUnit: metresPerDegree / unitsPerDegree,
    toX: lon => size.width / 2 + (lon / coordinateUnitsPerDegree - centre) * shrink * unitsPerDegree,
    toY: lat => height / 2 - (lat / coordinateUnitsPerDegree - middle) * unitsPerDegree,
  }
}

/** Of latitude, on the mean sphere of 6,371,008.8 m. */
const metresPerDegree = 111195
