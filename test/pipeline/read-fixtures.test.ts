import t from 'tap'
import { formatProblem, type Problem } from '../../core/problem.ts'
import { projectLayer } from '../../pipeline/project/project-layer.ts'
import { readLayer } from '../../pipeline/read/layer.ts'
import { readTable } from '../../pipeline/read/table.ts'

/** What each one-trait file is answered with; in the first line of the German message, what a planner reads. */
const boundaries: Record<string, string[]> = {
  'empty.zip': ['das Archiv enthält keine Datei'],
  'island-in-a-hole.zip': [],
  'leads-out-of-the-folder.zip': ['das Archiv enthält den Namen „../gebiete.shp“, der aus dem Ordner hinausführt'],
  'metres-without-crs.geojson': ['gelesen als EPSG:4326 haben Umrisse keinen Ort auf der Erde: 1 von 1 (Datensatz 1)'],
  'one-row-too-many.zip': ['die Dateien passen nicht zusammen: Umrisse in .shp: 2, Zeilen in .dbf: 3, Einträge in .shx: 2'],
  'swapped-axes.geojson': ['gelesen als EPSG:4326 liegt die Ebene bei 52,69° östlicher Länge und 9,31° nördlicher Breite'],
  'truncated-shp.zip': ['die .shp-Datei ist abgeschnitten: 300 von 372 Bytes, vollständige Datensätze: 1'],
  'two-layers.zip': ['darin liegen mehrere Ebenen: "bezirke", "stadtteile"'],
  'without-dbf.zip': ['die .dbf-Datei fehlt'],
  'without-prj.zip': ['die .prj-Datei fehlt, das Koordinatensystem ist unbekannt'],
  'zone-prefix.geojson': ['gelesen als EPSG:25832 haben Umrisse keinen Ort auf der Erde: 1 von 1 (Datensatz 1)'],
}

const tables: Record<string, string[]> = {
  'preamble-and-footnote.csv': [],
  'unclosed-quote.csv': ['das Anführungszeichen in Feld 2 wird nicht geschlossen: „Altstadt;12'],
  'uneven-rows.csv': ['mehr Felder als Spaltenköpfe: 4 statt 3 (Zeile 3)', 'weniger Felder als Spaltenköpfe: 2 statt 3 (Zeile 4)'],
  'windows-1252.csv': [],
}

function messages (problems: readonly Problem[]): string[] {
  return problems.map(found => formatProblem(found, 'de').replace(/^[^ ]+(?: \([^)]*\))?: /, '').split(/; erwartet|\n/)[0]!)
}

t.test('every boundary file with one trait is answered with its sentence', async t => {
  const bounds = { west: 9, south: 52.5, east: 9.5, north: 52.8 }
  for (const [name, expected] of Object.entries(boundaries)) {
    const { layer, problems } = await readLayer(`fixtures/boundaries/${name}`, { displayName: name })
    const all = [...problems, ...(layer ? projectLayer(layer, { bounds }).problems : [])]
    t.same(messages(all), expected, name)
  }
})

t.test('every table with one trait is answered with its sentence', async t => {
  for (const [name, expected] of Object.entries(tables)) {
    const { problems } = await readTable(`fixtures/tables/${name}`, { displayName: name, headLine: name.startsWith('preamble') ? 4 : 1 })
    t.same(messages(problems), expected, name)
  }
})
