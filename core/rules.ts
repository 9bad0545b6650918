/**
 * What a publisher demands of the figures of a delivery before they may be printed
 * (docs/geheimhaltung.md). Thresholds are practice, not law: they stand in `atlas.yaml`, never in
 * the code.
 */
export interface Rules {
  /** A count from 1 to below it is suppressed; 0 where none is needed. */
  readonly minimumCount: number
  /** Whether those of a whole who are not in the part are held against the minimum count too. */
  readonly remainder: boolean
  /** A share or ratio over fewer people than this is not reliable; 0 for no floor. */
  readonly rateFloor: number
  /** Below so many inhabitants an area has counts, but no shares, ratios and measures; 0 for no floor. */
  readonly areaFloor: number
  /** Absent where nobody stands behind the people counted. */
  readonly units?: readonly UnitRule[]
  /** Absent where all of those counted weigh the same. */
  readonly dominance?: readonly DominanceRule[]
  readonly method: Method
}

/** The people counted belong to so few units (households, companies) that they can be named. */
export interface UnitRule {
  /** The count indicator of the units. */
  readonly of: string
  readonly minimum: number
}

/** p% rule: the second largest contributor must not be able to estimate the largest better than that. */
export interface DominanceRule {
  readonly percent: number
  /** Indicators of the largest and the second largest contribution; never printed. */
  readonly largest: string
  readonly second: string
}

/** Small counts are left out, or all counts are rounded to multiples of five. */
export type Method = 'suppress' | 'round5'

export const noRules: Rules = { minimumCount: 0, remainder: false, rateFloor: 0, areaFloor: 0, method: 'suppress' }

/** What `minimumCount` alone means in `atlas.yaml`. */
export const defaultRules: Rules = { ...noRules, remainder: true }

/**
 * Named after who works so: the Federal Employment Agency, most towns, and those who show what a
 * law protects specially. The floors are those of Berlin, Hamburg and the Federal Statistical Office.
 */
export const presets = {
  ba3: preset(3),
  kommunal5: preset(5),
  streng10: preset(10),
} as const satisfies Readonly<Record<string, Rules>>

export type PresetName = keyof typeof presets

function preset (minimumCount: number): Rules {
  return { ...defaultRules, minimumCount, rateFloor: 100, areaFloor: 300 }
}

/**
 * The rules of a figure behind which two deliveries stand: both have a say. Neither method is the
 * stricter one, so a project file that mixes them in one count is refused; a share of both is
 * computed from what is printed, whatever its method.
 */
export function stricterRules (a: Rules, b: Rules): Rules {
  if (a === b) return a
  const units = union(a.units, b.units)
  const dominance = union(a.dominance, b.dominance)
  return {
    minimumCount: Math.max(a.minimumCount, b.minimumCount),
    remainder: a.remainder || b.remainder,
    rateFloor: Math.max(a.rateFloor, b.rateFloor),
    areaFloor: Math.max(a.areaFloor, b.areaFloor),
    ...(units && { units }),
    ...(dominance && { dominance }),
    method: a.method === b.method ? a.method : 'suppress',
  }
}

function union<Rule extends UnitRule | DominanceRule> (a: readonly Rule[] | undefined, b: readonly Rule[] | undefined): readonly Rule[] | undefined {
  const texts = new Map([...a ?? [], ...b ?? []].map(rule => [JSON.stringify(rule), rule]))
  return texts.size === 0 ? undefined : [...texts.values()]
}
