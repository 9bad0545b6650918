import { advise, errors } from './errors.ts'

/** Every format of the URL contract; those that a route does not build yet are answered with 501. */
const contractFormats = ['html', 'json', 'csv', 'geojson', 'svg', 'png', 'pdf', 'docx', 'odt', 'xlsx', 'ods', 'zip', 'mvt'] as const

/**
 * Takes the last segment of a path apart: `2024-12-31.csv` is the twin of `2024-12-31` as CSV.
 * No id has a dot, so the first one begins the format.
 *
 * @param offered what this route can make; without an extension it is `html`
 * @throws errors.notOffered for a format of the contract that is not built yet, errors.unknownFormat for any other
 */
export function splitFormat<Format extends string> (segment: string, offered: readonly Format[]): { name: string, format: Format | 'html' } {
  const dot = segment.indexOf('.')
  if (dot === -1) return { name: segment, format: 'html' }
  const extension = segment.slice(dot + 1)
  const format = offered.find(candidate => candidate === extension)
  if (format !== undefined) return { name: segment.slice(0, dot), format }
  const known = contractFormats.find(candidate => candidate === extension)
  const advice = { valid: offered.map(format => `.${format}`) }
  if (known === undefined) throw advise(errors.unknownFormat(extension), advice)
  throw advise(errors.notOffered(extension), { ...advice, say: texts => texts.error.notOffered(extension) })
}
