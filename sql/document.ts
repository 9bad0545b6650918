import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { CellFlag, MissingReason, StatusLetter } from '../core/cell.ts'
import type { Edition, Series } from '../core/edition.ts'
import { canonicalText } from '../core/edition.ts'

/** An edition without its cells: these are rows, the rest is one document. */
export type EditionDocument = Omit<Edition, 'series'> & { readonly series: readonly SeriesDocument[] }
type SeriesDocument = Pick<Series, 'level' | 'indicator' | 'periods' | 'classes' | 'between'>

/** The cells of one period of one series, in area order. */
export interface Columns {
  /** Index in `Edition.series`. */
  readonly series: number
  readonly period: string
  readonly values: ReadonlyArray<number | null>
  readonly statuses: readonly StatusLetter[]
  readonly reasons: ReadonlyArray<MissingReason | null>
  readonly flags: ReadonlyArray<CellFlag | null>
}

/** The id that the content of an edition has, whatever id it says. */
export function computeEditionId (edition: Edition): string {
  return `e${computeEditionHash(edition).slice(0, 12)}`
}

/** All 64 hex digits of the SHA-256 of what an edition says. */
export function computeEditionHash ({ id: _, ...content }: Edition): string {
  return createHash('sha256').update(canonicalText(content)).digest('hex')
}

/**
 * Compressed canonical JSON of everything but the cells. Canonical, so that the text comes back in
 * the form (NFC, no -0) in which it went into the id.
 */
export async function packDocument (edition: Edition): Promise<Buffer> {
  const series = edition.series.map(({ level, indicator, periods, classes, between }): SeriesDocument =>
    ({ level, indicator, periods, classes, ...between && { between } }))
  return await promisify(gzip)(canonicalText({ ...edition, series }))
}

export async function unpackDocument (bytes: Buffer): Promise<EditionDocument> {
  return JSON.parse((await promisify(gunzip)(bytes)).toString('utf8')) as EditionDocument
}

/** Puts document and cells together. Cells that are not there stay away: the id then tells. */
export function restoreEdition (document: EditionDocument, columns: readonly Columns[]): Edition {
  const found = new Map(columns.map(column => [`${column.series} ${column.period}`, column]))
  return {
    ...document,
    series: document.series.map((series, index) => {
      const rows = series.periods.map(period => found.get(`${index} ${period}`))
      return {
        ...series,
        values: rows.map(row => row?.values ?? []),
        statuses: rows.map(row => row?.statuses ?? []),
        reasons: rows.map(row => row?.reasons ?? []),
        flags: rows.map(row => row?.flags ?? []),
      }
    }),
  }
}
