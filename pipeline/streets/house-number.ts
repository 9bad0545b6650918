/** A house number as its place in the street, so that 12 < 12a < 12b < 13. */
export type HousePlace = number

/** A number and its 26 letters. */
const placesPerNumber = 27
/** No street is longer. */
const highestNumber = 9999

/** Behind every number that can stand in a street. */
export const endOfStreet: HousePlace = (highestNumber + 1) * placesPerNumber - 1

/**
 * The place of `12`, `12a`, `12 A`, `012`; of `12-14`, `12/14` and `12a 1/2` the first number counts. `undefined` for other texts.
 */
export function parseHouseNumber (text: string): HousePlace | undefined {
  const found = /^\s*0*(\d{1,4})\s*([a-zA-Z])?(?![a-zA-Z\d])(?:\s*[-–/+].*|\s+\d.*)?\s*$/.exec(text)
  if (!found) return undefined
  const number = Number(found[1])
  return number === 0 ? undefined : placeOfNumber(number) + letterIndex(found[2])
}

/** Of the number itself, before its letters. */
export function placeOfNumber (number: number): HousePlace {
  return number * placesPerNumber
}

/** The last place that a number without a letter names as an upper bound: `bis 20` means 20, 20a, 20b … */
export function lastPlaceOf (place: HousePlace): HousePlace {
  return hasLetter(place) ? place : place + placesPerNumber - 1
}

export function hasLetter (place: HousePlace): boolean {
  return place % placesPerNumber !== 0
}

/** Whether an upper bound reaches up to the next number. */
export function includesLetters (place: HousePlace): boolean {
  return place % placesPerNumber === placesPerNumber - 1
}

export function numberAt (place: HousePlace): number {
  return Math.floor(place / placesPerNumber)
}

/** `12`, `12a`. */
export function formatHouse (place: HousePlace): string {
  const letter = place % placesPerNumber
  return `${numberAt(place)}${letter === 0 ? '' : String.fromCharCode(96 + letter)}`
}

function letterIndex (letter: string | undefined): number {
  return letter === undefined ? 0 : letter.toLowerCase().charCodeAt(0) - 96
}
