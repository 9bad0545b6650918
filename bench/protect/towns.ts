import { cellState, compileBlock, type Block, type DraftCell, type DraftEquation } from '../../core/release.ts'
import { seededRandom } from '../machine.ts'

/** A made-up town or country: how its areas lie, how many live there, and what is counted. */
export interface Design {
  readonly name: string
  readonly seed: number
  readonly leaves: number
  /** How many areas each further level has, from fine to coarse; each level divides the next. */
  readonly levels: readonly number[]
  /** How many areas of a second system there are, made of whole leaves across all levels. */
  readonly overlays: number
  /** The second system cuts leaves instead, so that hidden pieces arise. */
  readonly cutsLeaves?: boolean
  /** Inhabitants of the median leaf, and the standard deviation of their logarithm. */
  readonly medianInhabitants: number
  readonly sigma: number
  /** Standard deviation of the logarithm of what lasts in a place: its rate against that of the whole. */
  readonly placeEffect: number
  /** The share of the inhabitants that each family of measures counts, as a fraction. */
  readonly rates: readonly number[]
  /** Which part of the inhabitants each subgroup is; together 1. */
  readonly subgroups: readonly number[]
  readonly years: number
}

/*
 * Rates, spread and subgroups of the three are set so that as many counts are small as in the
 * measurements of docs/reference (S1 3,621 below 3 and 12,110 below 10; S2 12,725 and 65,283; S3
 * 50,155 and 148,397), which name only the ends of the rates.
 */

/** A middle-sized town with two levels and an overlay. */
export const s1: Design = {
  name: 'S1',
  seed: 101,
  leaves: 60,
  levels: [10, 1],
  overlays: 13,
  medianInhabitants: 1500,
  sigma: 0.4,
  placeEffect: 0.3,
  rates: [0.004, 0.0069, 0.0104, 0.0145, 0.021, 0.0351, 0.0769, 0.25],
  subgroups: [0.3, 0.25, 0.25, 0.2],
  years: 10,
}

/** As large as Berlin. */
export const s2: Design = {
  name: 'S2',
  seed: 102,
  leaves: 542,
  levels: [143, 58, 12, 1],
  overlays: 127,
  medianInhabitants: 6300,
  sigma: 0.65,
  placeEffect: 0.4,
  rates: [0.004, 0.0054, 0.0077, 0.0106, 0.0145, 0.0197, 0.027, 0.0379, 0.055, 0.0838, 0.1359, 0.25],
  subgroups: [0.4, 0.35, 0.15, 0.1],
  years: 12,
}

/** As many municipalities as Germany has; no overlay. */
export const s3: Design = {
  name: 'S3',
  seed: 103,
  leaves: 11_000,
  levels: [400, 38, 16, 1],
  overlays: 0,
  medianInhabitants: 1700,
  sigma: 1.2,
  placeEffect: 0.4,
  rates: [0.004, 0.009, 0.0157, 0.0232, 0.0328, 0.0502, 0.0947, 0.25],
  subgroups: [0.3, 0.25, 0.25, 0.2],
  years: 1,
}

/** A small town whose sixteen districts are cut by nine catchment areas. */
export const kleinstadt: Design = {
  name: 'Kleinstadt',
  seed: 104,
  leaves: 16,
  levels: [1],
  overlays: 9,
  cutsLeaves: true,
  medianInhabitants: 1200,
  sigma: 0.6,
  placeEffect: 0.4,
  rates: [0.004, 0.008, 0.015, 0.028, 0.054, 0.104, 0.2],
  subgroups: [0.3, 0.25, 0.25, 0.2],
  years: 10,
}

/** Small enough that the best pattern can be proven. */
export const tiny: Design = {
  name: 'tiny',
  seed: 105,
  leaves: 8,
  levels: [2, 1],
  overlays: 2,
  medianInhabitants: 350,
  sigma: 0.6,
  placeEffect: 0.4,
  rates: [0.02, 0.045, 0.1],
  subgroups: [0.45, 0.35, 0.2],
  years: 3,
}

export interface BlockOptions {
  /**
   * `known`: zeros are printed, so that whatever is not printed is at least 1. `open`: a zero may be
   * suppressed like any other figure. Defaults to known.
   */
  readonly zeros?: 'known' | 'open'
  /** Whether everybody knows the total of the whole town; by default where zeros are known. */
  readonly cityForced?: boolean
  /** Varies the weights by up to a tenth; by default they are left as they are. */
  readonly jitterSeed?: number
}

/** The blocks of a design, one for each family and year, each made when it is asked for. */
export function * generateBlocks (design: Design, minimumCount: number, options: BlockOptions = {}): Generator<Block> {
  const town = buildTown(design)
  for (let family = 0; family < design.rates.length; family++) {
    const habits = drawHabits(design, town, family)
    for (let year = 0; year < design.years; year++) {
      yield compile(design, town, drawCounts(design, town, habits, family, year), minimumCount, { family, year }, options)
    }
  }
}

/** One area or piece of an area. */
interface Unit {
  readonly name: string
  readonly kind: 'leaf' | 'upper' | 'overlay' | 'piece'
  /** What a reader loses with one of its figures, before anything else is considered. */
  readonly weight: number
}

interface Town {
  readonly units: readonly Unit[]
  /** Parts before wholes: what is not the whole of any sum is counted itself. */
  readonly sums: ReadonlyArray<{ readonly whole: number, readonly parts: readonly number[] }>
  /** By unit; 0 for those that are wholes. */
  readonly inhabitants: Float64Array
}

/** One number for a level: a leaf weighs 1, an area one level up four times as much. */
const overlayWeight = 3
const levelFactor = 4

function buildTown (design: Design): Town {
  const random = seededRandom(design.seed)
  const places = design.cutsLeaves ? gridPlaces(Math.sqrt(design.leaves)) : Array.from({ length: design.leaves }, (): Place => [random(), random()])
  const units: Unit[] = places.map((_, leaf) => ({ name: `leaf-${leaf}`, kind: 'leaf', weight: 1 }))
  const sums: Array<{ whole: number, parts: readonly number[] }> = []
  const inhabitants = places.map(() => Math.max(20, Math.round(design.medianInhabitants * Math.exp(design.sigma * normal(random)))))
  const add = (unit: Unit, parts: readonly number[]) => {
    if (parts.length > 0) sums.push({ whole: units.length, parts })
    return units.push(unit) - 1
  }

  if (design.cutsLeaves) cutLeaves(design, { sums, inhabitants, add, random })
  let below: ReadonlyArray<{ unit: number, place: Place }> = places.map((place, unit) => ({ unit, place }))
  design.levels.forEach((count, index) => {
    const groups = divide(below.map(({ place }) => place), count)
    below = groups.map((members, group) => ({
      unit: add({ name: `level-${index + 1}-${group}`, kind: 'upper', weight: levelFactor ** (index + 1) }, members.map(member => below[member]!.unit)),
      place: middle(members.map(member => below[member]!.place)),
    }))
  })
  // Turned by an eighth, so that its borders run across those of the levels.
  const turned = places.map(([x, y]): Place => [x + y, x - y])
  if (!design.cutsLeaves && design.overlays > 0) {
    divide(turned, design.overlays).forEach((leaves, region) => add({ name: `overlay-${region}`, kind: 'overlay', weight: overlayWeight }, leaves))
  }
  return { units, sums, inhabitants: Float64Array.from(units, (_, unit) => inhabitants[unit] ?? 0) }
}

type Place = readonly [x: number, y: number]

function gridPlaces (side: number): Place[] {
  return Array.from({ length: side * side }, (_, i): Place => [i % side, Math.floor(i / side)])
}

/** Divides places into as many groups of neighbours, of nearly the same size: halves of halves along the longer side. */
function divide (places: readonly Place[], groups: number): number[][] {
  const split = (members: readonly number[], parts: number): number[][] => {
    if (parts === 1) return [[...members]]
    const spread = (axis: 0 | 1) => Math.max(...members.map(member => places[member]![axis])) - Math.min(...members.map(member => places[member]![axis]))
    const axis = spread(0) >= spread(1) ? 0 : 1
    const along = members.toSorted((a, b) => places[a]![axis] - places[b]![axis] || a - b)
    const half = parts >> 1
    const cut = Math.round(members.length * half / parts)
    return [...split(along.slice(0, cut), half), ...split(along.slice(cut), parts - half)]
  }
  return split(places.map((_, index) => index), groups)
}

function middle (places: readonly Place[]): Place {
  return [places.reduce((sum, [x]) => sum + x, 0) / places.length, places.reduce((sum, [, y]) => sum + y, 0) / places.length]
}

/** A square of districts under a square of catchment areas: a district with one piece is a piece itself. */
function cutLeaves (design: Design, { sums, inhabitants, add, random }: {
  sums: Array<{ whole: number, parts: readonly number[] }>, inhabitants: number[], add: (unit: Unit, parts: readonly number[]) => number, random: () => number,
}): void {
  const side = Math.sqrt(design.leaves)
  const overSide = Math.sqrt(design.overlays)
  const share = (leaf: number, region: number) => Math.max(0, Math.min((leaf + 1) / side, (region + 1) / overSide) - Math.max(leaf / side, region / overSide)) * side
  const members = Array.from({ length: design.overlays }, (): number[] => [])
  for (let leaf = 0; leaf < design.leaves; leaf++) {
    const shares = members.map((_, region) => share(leaf % side, region % overSide) * share(Math.floor(leaf / side), Math.floor(region / overSide)))
    const touched = shares.flatMap((value, region) => value > 1e-9 ? [region] : [])
    if (touched.length === 1) {
      members[touched[0]!]!.push(leaf)
      continue
    }
    const weighed = touched.map(region => shares[region]! * (0.5 + random()))
    const all = weighed.reduce((sum, value) => sum + value, 0)
    const pieces = touched.map((region, i) => {
      const piece = add({ name: `piece-${leaf}-${region}`, kind: 'piece', weight: 1 }, [])
      inhabitants[piece] = Math.round(inhabitants[leaf]! * weighed[i]! / all)
      members[region]!.push(piece)
      return piece
    })
    sums.push({ whole: leaf, parts: pieces })
    inhabitants[leaf] = 0
  }
  members.forEach((parts, region) => add({ name: `overlay-${region}`, kind: 'overlay', weight: overlayWeight }, parts))
}

/** What lasts: by how much a measure is more frequent in a unit and subgroup than in the whole. */
function drawHabits ({ seed, placeEffect, subgroups }: Design, { units }: Town, family: number): Float64Array {
  const random = seededRandom(seed * 7919 + family)
  const habits = new Float64Array(units.length * subgroups.length)
  for (let unit = 0; unit < units.length; unit++) {
    const place = Math.exp(placeEffect * normal(random))
    for (let group = 0; group < subgroups.length; group++) habits[unit * subgroups.length + group] = place * Math.exp(groupEffect * normal(random))
  }
  return habits
}

const groupEffect = 0.2

interface Counts {
  /** By unit, the total and then each subgroup. */
  readonly values: Float64Array
  /** Inhabitants, in the same order: of whom the values are counted. */
  readonly denominators: Float64Array
}

function drawCounts ({ seed, rates, subgroups }: Design, { sums, inhabitants }: Town, habits: Float64Array, family: number, year: number): Counts {
  const random = seededRandom((seed * 104_729 + family) * 1009 + year)
  const rate = rates[family]!
  const width = subgroups.length + 1
  const values = new Float64Array(inhabitants.length * width)
  const denominators = new Float64Array(inhabitants.length * width)
  const isWhole = new Uint8Array(inhabitants.length)
  for (const { whole } of sums) isWhole[whole] = 1
  for (let unit = 0; unit < inhabitants.length; unit++) {
    if (isWhole[unit] === 1) continue
    for (let group = 1; group < width; group++) {
      const people = Math.round(inhabitants[unit]! * subgroups[group - 1]! * (1 + 0.01 * year))
      const count = Math.min(people, poisson(people * Math.min(0.9, rate * habits[unit * subgroups.length + group - 1]!), random))
      values[unit * width + group] = count
      denominators[unit * width + group] = people
      values[unit * width]! += count
      denominators[unit * width]! += people
    }
  }
  for (const { whole, parts } of sums) {
    for (let group = 0; group < width; group++) {
      for (const part of parts) {
        values[whole * width + group]! += values[part * width + group]!
        denominators[whole * width + group]! += denominators[part * width + group]!
      }
    }
  }
  return { values, denominators }
}

function compile (
  { name, levels }: Design, { units, sums }: Town, { values, denominators }: Counts, minimumCount: number,
  { family, year }: { readonly family: number, readonly year: number }, { zeros = 'known', cityForced = zeros === 'known', jitterSeed }: BlockOptions,
): Block {
  const width = values.length / units.length
  const jitter = jitterSeed === undefined ? () => 1 : seededJitter(seededRandom(jitterSeed * 31 + family * 1009 + year))
  const top = units.findIndex(unit => unit.name === `level-${levels.length}-0`)
  const cells = Array.from(values, (value, cell): DraftCell => {
    const unit = units[Math.floor(cell / width)]!
    const isTotal = cell % width === 0
    const id = `${unit.kind}/${unit.name}/measure-${family}-${isTotal ? 'total' : cell % width}/${2015 + year}-12-31`
    const weight = unit.weight * (isTotal ? 2 : 1) * (1 + 0.05 * Math.log2(1 + value)) * jitter()
    const isPiece = unit.kind === 'piece'
    const isKnown = !isPiece && ((zeros === 'known' && value === 0) || (cityForced && isTotal && units[top] === unit))
    if (isKnown) return { id, value, weight, state: cellState.known, upper: Infinity }
    // Nobody prints a piece, so its zero is nobody's knowledge, nor do its inhabitants stand anywhere.
    const lower = isPiece || zeros === 'open' ? 0 : 1
    const upper = isPiece ? Infinity : denominators[cell]!
    const required = requiredRange(value, isPiece ? Infinity : denominators[cell]!, minimumCount, lower)
    return {
      id,
      value,
      lower,
      upper,
      weight,
      state: isPiece || required ? cellState.closed : cellState.open,
      ...(required && { rule: 'minimum-count', required }),
    }
  })
  return compileBlock({ id: `${name} measure-${family} ${2015 + year}-12-31`, cells, equations: [...rows(units.length, width), ...wholes(sums, width)] })
}

/**
 * What must stay possible for a small count, and for a small remainder of those of whom it is counted.
 *
 * @returns `undefined` where the value needs no protection
 */
function requiredRange (value: number, denominator: number, minimumCount: number, lowest: number): [number, number] | undefined {
  const isSmall = value >= 1 && value < minimumCount
  const remainder = denominator - value
  const hasSmallRemainder = remainder >= 1 && remainder < minimumCount
  if (!isSmall && !hasSmallRemainder) return undefined
  const ranges = [
    ...(isSmall ? [[lowest, minimumCount]] : []),
    ...(hasSmallRemainder ? [[denominator - minimumCount, denominator - lowest]] : []),
  ] as Array<[number, number]>
  return [Math.max(lowest, Math.min(...ranges.map(([from]) => from))), Math.min(denominator, Math.max(...ranges.map(([, to]) => to)))]
}

/** Every area: its total less its subgroups. */
function rows (units: number, width: number): DraftEquation[] {
  return Array.from({ length: units }, (_, unit) => ({
    cells: Array.from({ length: width }, (_, group) => unit * width + group),
    coefficients: Array.from({ length: width }, (_, group) => group === 0 ? 1 : -1),
  }))
}

/** Every whole less its parts, for the total and each subgroup. */
function wholes (sums: Town['sums'], width: number): DraftEquation[] {
  return sums.flatMap(({ whole, parts }) => Array.from({ length: width }, (_, group) => ({
    cells: [whole * width + group, ...parts.map(part => part * width + group)],
    coefficients: [1, ...parts.map(() => -1)],
  })))
}

/** Factors from 0.9 to 1.1. */
function seededJitter (random: () => number): () => number {
  return () => 0.9 + 0.2 * random()
}

/** Box and Muller; mean 0, standard deviation 1. */
function normal (random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Knuth's multiplication for small means, the normal distribution for larger ones. */
function poisson (mean: number, random: () => number): number {
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}
