import type { Texts } from '../core/text/texts.ts'
import type { ProblemDetails } from './api.ts'
import type { WithdrawnEdition } from './edition-source.ts'
import createError from '@fastify/error'

/** One refusal as the routes throw it; only `problem-details.ts` knows how it looks over HTTP. */
export interface Refusal extends Error {
  readonly code: string
  readonly statusCode?: number
  advice?: Advice
}

/** What helps the reader of a refusal. */
export interface Advice {
  /** What would be valid, in the notation of URLs. */
  readonly valid?: readonly string[]
  /** Path of the nearest thing that exists. */
  readonly nearest?: string
  /** What became of a withdrawn edition. */
  readonly withdrawn?: WithdrawnEdition
  /** Query parameters that are at fault. */
  readonly parameters?: NonNullable<ProblemDetails['parameters']>
  /** The sentence of the page for people; without it the page says what its status means. */
  readonly say?: (texts: Texts) => string
  /** Heading of that page, and what its link says; without them those of the status. */
  readonly title?: (texts: Texts) => string
  readonly nearestText?: (texts: Texts) => string
}

/**
 * Every error this server answers with: code, sentence for programs, status. Lower case, no full
 * stop, with the value (style of `core/problem.ts`). Sentences for people are in `core/text.ts`.
 */
export const errors = {
  unknownPath: createError('ATLAS_UNKNOWN_PATH', 'unknown path', 404),
  unknownAtlas: createError<[string]>('ATLAS_UNKNOWN_ATLAS', 'unknown atlas: %s', 404),
  unknownEdition: createError<[string]>('ATLAS_UNKNOWN_EDITION', 'unknown edition: %s', 404),
  withdrawn: createError<[string, string]>('ATLAS_WITHDRAWN', 'edition %s was withdrawn: %s', 410),
  unknownGeometry: createError<[string]>('ATLAS_UNKNOWN_GEOMETRY', 'unknown geometry of this level: %s', 404),
  unknownLevel: createError<[string]>('ATLAS_UNKNOWN_LEVEL', 'unknown level: %s', 404),
  unknownArea: createError<[string]>('ATLAS_UNKNOWN_AREA', 'unknown area: %s', 404),
  unknownIndicator: createError<[string]>('ATLAS_UNKNOWN_INDICATOR', 'unknown indicator: %s', 404),
  unknownPeriod: createError<[string]>('ATLAS_UNKNOWN_PERIOD', 'unknown period: %s', 404),
  noValues: createError<[string, string]>('ATLAS_NO_VALUES', 'no values of %s on level %s', 404),
  unknownView: createError<[string]>('ATLAS_UNKNOWN_VIEW', 'unknown view: %s', 404),
  unknownFormat: createError<[string]>('ATLAS_UNKNOWN_FORMAT', 'unknown format: %s', 404),
  noTopology: createError<[string]>('ATLAS_NO_TOPOLOGY', 'level %s has too many areas for one file; use its tiles', 404),
  tileOutOfRange: createError<[string]>('ATLAS_TILE_OUT_OF_RANGE', 'no such tile: %s', 404),
  malformedTile: createError<[string]>('ATLAS_MALFORMED_TILE', 'invalid tile: %s; expected whole numbers without leading zeros', 400),
  invalidParameters: createError<[string]>('ATLAS_INVALID_PARAMETERS', '%s', 400),
  methodNotAllowed: createError<[string]>('ATLAS_METHOD_NOT_ALLOWED', 'method %s is not offered; use GET', 405),
  notOffered: createError<[string]>('ATLAS_FORMAT_NOT_OFFERED', 'format %s is not offered by this version', 501),
  storeAway: createError('ATLAS_STORE_AWAY', 'this edition cannot be read at the moment; the current one can', 503),
  notReady: createError('ATLAS_NOT_READY', 'the editions are still being loaded', 503),
} as const

/** Attaches advice to an error, to throw it. */
export function advise<Thrown extends Error> (error: Thrown, advice: Advice): Thrown & { advice: Advice } {
  return Object.assign(error, { advice })
}
