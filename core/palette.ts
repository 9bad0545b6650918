import type { PaletteId } from './indicator.ts'

/**
 * Colours of the classes of a map, lowest class first.
 *
 * Every colour has at least 3:1 against the boundary line (`boundaryColour`), because 3:1 between
 * neighbours is impossible for more than three classes. Sequential ramps have equal steps of
 * log(luminance + 0.05), interpolated in OKLCH: darker is more, and the hue says no "good" or "bad".
 */

/** Lines around areas; also the colour that text on the map has. */
export const boundaryColour = '#111111'

/** An area without a value that is no secret; suppressed areas are hatched instead. */
export const missingColour = '#c4c4c4'

/** Lines of the hatch and the paper below it. */
export const hatchColours = { line: '#5a5a5a', paper: '#f4f4f2' } as const

/** What is no area. Neighbours stay behind the palest class; water lies over the areas, in a light casing. */
export const contextColours = {
  ground: '#faf9f6', neighbour: '#e9e6dd', neighbourLine: '#a8a294', lake: '#b9dcf0', waterLine: '#2f7fb0', casing: '#ffffff',
} as const

export const maximumClassCount = 7

/**
 * @param classCount 1 to 7
 * @param classesBelowZero only for `div`: how many classes lie below zero. When it is left out, or
 *   `classCount` is odd and this is half of it, the class in the middle is neutral.
 * @throws RangeError for more classes than the palette has
 */
export function getPalette (id: PaletteId, classCount: number, classesBelowZero = Math.floor(classCount / 2), hasNeutral = classCount % 2 === 1): string[] {
  if (!Number.isInteger(classCount) || classCount < 1 || classCount > maximumClassCount) {
    throw new RangeError(`class count must be 1 to ${maximumClassCount}, got ${classCount}`)
  }
  if (id !== 'div') return [...sequential[id][classCount - 1]!]
  const classesAboveZero = classCount - classesBelowZero - (hasNeutral ? 1 : 0)
  const steps = Math.max(classesBelowZero, classesAboveZero)
  return [
    ...side(below, steps).slice(0, classesBelowZero).toReversed(),
    ...(hasNeutral ? [neutral] : []),
    ...side(above, steps).slice(0, classesAboveZero),
  ]
}

/**
 * Colours for classes with these bounds. A diverging palette parts at zero: as many steps on either
 * side as there are classes, equally strong at equal distance, neutral only for a class across zero.
 *
 * @param breaks one bound more than there are classes, ascending; empty gives no colours
 */
export function getClassColours (id: PaletteId, breaks: readonly number[]): string[] {
  const classCount = breaks.length - 1
  if (classCount < 1) return []
  if (id !== 'div') return getPalette(id, classCount)
  const classesBelowZero = breaks.slice(1).filter(upper => upper <= 0).length
  const isAcrossZero = classesBelowZero < classCount && breaks[classesBelowZero]! < 0
  return getPalette(id, classCount, classesBelowZero, isAcrossZero)
}

function side (ramps: readonly string[], steps: number): string[] {
  return steps === 0 ? [] : ramps[steps - 1]!.split(' ')
}

const ramp = (colours: string): readonly string[] => colours.split(' ')

const sequential: Readonly<Record<Exclude<PaletteId, 'div'>, ReadonlyArray<readonly string[]>>> = {
  petrol: [
    '#4fabd3',
    '#dbf7f2 #4e609d',
    '#dbf7f2 #4fabd3 #4e609d',
    '#dbf7f2 #70c5d7 #4c8fc9 #4e609d',
    '#dbf7f2 #87d2da #4fabd3 #4e82c3 #4e609d',
    '#dbf7f2 #98d9dd #61bad5 #4c9acd #4f7bbb #4e609d',
    '#dbf7f2 #a3dee0 #70c5d7 #4fabd3 #4c8fc9 #4f76b6 #4e609d',
  ].map(ramp),
  moos: [
    '#78ae6c',
    '#f5f3cd #316e56',
    '#f5f3cd #77ae6c #316e56',
    '#f5f3cd #a4c379 #569865 #316e56',
    '#f5f3cd #bbce83 #78ae6c #468e62 #316e56',
    '#f5f3cd #c7d590 #93bb74 #63a168 #418760 #316e56',
    '#f5f3cd #d0d99a #a4c379 #77ae6c #569865 #3e835f #316e56',
  ].map(ramp),
  beere: [
    '#e781a2',
    '#ffeee1 #90488b',
    '#ffeee1 #e780a2 #90488b',
    '#ffeee1 #f8a1a9 #cf689c #90488b',
    '#ffeee1 #ffb2b1 #e781a2 #c35c9a #90488b',
    '#ffeee1 #ffbfb5 #f294a5 #d9719e #b85797 #90488b',
    '#ffeee1 #ffc6b9 #f8a1a9 #e780a2 #cf689c #b15596 #90488b',
  ].map(ramp),
}

const neutral = '#ededea'

/** Blue, from near zero to far below it; one list per number of steps. */
const below: readonly string[] = [
  '#508cc8',
  '#6ba1d9 #1666aa',
  '#86b8eb #508cc8 #1666aa',
  '#86b8eb #629ad4 #3f80be #1666aa',
  '#86b8eb #6ba1d9 #518dc8 #3579b9 #1666aa',
  '#86b8eb #6fa5dc #5b95cf #4684c2 #2f75b5 #1666aa',
  '#86b8eb #73a9df #629ad4 #518dc8 #3f80be #2c73b4 #1666aa',
]

/** Ochre, from near zero to far above it. */
const above: readonly string[] = [
  '#c0764a',
  '#d28d65 #9f4b0c',
  '#e5a581 #c0764a #9f4b0c',
  '#e5a581 #cc845b #b56738 #9f4b0c',
  '#e5a581 #d28c65 #c07549 #af602f #9f4b0c',
  '#e5a581 #d6916a #c77e54 #b96d3e #ac5b28 #9f4b0c',
  '#e5a581 #d8956e #cc845b #c07549 #b56738 #aa5924 #9f4b0c',
]
