import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A kind of file that offices deliver, and sound examples of it to be damaged. */
export interface Format {
  readonly name: string
  /** Ending of the damaged file; readers that go by content ignore it. */
  readonly ending: string
  readonly reader: 'table' | 'layer'
  /** Paths within the project; fixtures where there are some. */
  readonly files: readonly string[]
  /** Of an archive only entries with this ending are damaged; left out: the bytes of the archive, or any entry. */
  readonly entry?: string
}

export const formats: readonly Format[] = [
  { name: 'csv', ending: '.csv', reader: 'table', files: ['fixtures/tables/preamble-and-footnote.csv', 'fixtures/tables/windows-1252.csv', 'fixtures/tables/uneven-rows.csv', 'fuzz/corpus/quotes.csv'] },
  { name: 'xlsx', ending: '.xlsx', reader: 'table', files: ['fixtures/tables/workbook.xlsx'] },
  { name: 'xls', ending: '.xls', reader: 'table', files: ['fixtures/tables/workbook.xls'] },
  { name: 'ods', ending: '.ods', reader: 'table', files: ['fixtures/tables/workbook.ods'] },
  { name: 'gpkg', ending: '.gpkg', reader: 'layer', files: ['fuzz/corpus/town.gpkg'] },
  { name: 'shp-zip', ending: '.zip', reader: 'layer', files: ['fixtures/boundaries/island-in-a-hole.zip', 'fixtures/boundaries/two-layers.zip'] },
  { name: 'dbf', ending: '.zip', reader: 'layer', files: ['fixtures/boundaries/island-in-a-hole.zip'], entry: '.dbf' },
  { name: 'geojson', ending: '.geojson', reader: 'layer', files: ['fixtures/boundaries/zone-prefix.geojson', 'fixtures/boundaries/metres-without-crs.geojson'] },
]

const root = path.join(import.meta.dirname, '..')
const read = new Map<string, Buffer>()

/** The bytes of a file of the corpus; read once. */
export function readCorpus (file: string): Buffer {
  const known = read.get(file) ?? readFileSync(path.join(root, file))
  read.set(file, known)
  return known
}
