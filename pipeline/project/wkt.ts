import type { Crs, CrsDatum, CrsMethod } from './crs.ts'

/** What a `.prj` says that nobody here can compute with. */
export interface WktFault {
  readonly fault: 'no-wkt' | 'datum' | 'method' | 'meridian'
  /** The words of the file. */
  readonly found: string
}

/**
 * The coordinate system a `.prj` file describes (WKT 1, as ESRI, GDAL and QGIS write it), by its numbers: the name of a system
 * is not trusted, because files with changed numbers often keep it. A code at its end counts only for WKT 2.
 */
export function parseWkt (text: string): Crs | WktFault | { readonly code: string } {
  const root = parseNode(text)
  if (root === undefined) return { fault: 'no-wkt', found: text.slice(0, 60) }
  if (['PROJCRS', 'GEOGCRS', 'GEODCRS', 'BOUNDCRS'].includes(root.keyword)) {
    const code = /ID\["EPSG",\s*(\d+)\]\s*\]\s*$/i.exec(text)?.[1]
    return code === undefined ? { fault: 'no-wkt', found: root.keyword } : { code: `EPSG:${code}` }
  }
  const geographic = root.keyword === 'GEOGCS' ? root : child(root, 'GEOGCS')
  if (geographic === undefined) return { fault: 'no-wkt', found: root.keyword }

  const datumName = String(child(geographic, 'DATUM')?.values[0] ?? '')
  const datum = datums.get(plain(datumName).replace(/^d(?=[a-z]{3})/, '')) ?? datums.get(plain(datumName))
  if (datum === undefined) return { fault: 'datum', found: datumName }
  const meridian = Number(child(geographic, 'PRIMEM')?.values[1] ?? 0)
  if (meridian !== 0) return { fault: 'meridian', found: String(meridian) }

  const projection = root === geographic ? 'geographic' : String(child(root, 'PROJECTION')?.values[0] ?? '')
  const method = methods.get(plain(projection))
  if (method === undefined) return { fault: 'method', found: projection }
  return toCrs(root, method, datum)
}

interface WktNode {
  readonly keyword: string
  readonly values: ReadonlyArray<string | number>
  readonly children: readonly WktNode[]
}

const datums: ReadonlyMap<string, CrsDatum> = new Map([
  ['etrs1989', 'ETRS89'], ['etrs89', 'ETRS89'], ['europeanterrestrialreferencesystem1989', 'ETRS89'], ['europeanterrestrialreferencesystem1989ensemble', 'ETRS89'],
  ['wgs1984', 'WGS 84'], ['wgs84', 'WGS 84'], ['worldgeodeticsystem1984', 'WGS 84'], ['worldgeodeticsystem1984ensemble', 'WGS 84'],
  ['deutscheshauptdreiecksnetz', 'DHDN'], ['dhdn', 'DHDN'], ['potsdam', 'DHDN'],
])

const methods: ReadonlyMap<string, CrsMethod> = new Map([
  ['geographic', 'geographic'],
  ['transversemercator', 'transverse-mercator'], ['gausskruger', 'transverse-mercator'], ['gausskrueger', 'transverse-mercator'],
  ['cassini', 'cassini'], ['cassinisoldner', 'cassini'],
  ['lambertazimuthalequalarea', 'azimuthal'],
  ['lambertconformalconic', 'conic'], ['lambertconformalconic2sp', 'conic'],
  ['mercatorauxiliarysphere', 'web-mercator'], ['popularvisualisationpseudomercator', 'web-mercator'],
])

function toCrs (root: WktNode, method: CrsMethod, datum: CrsDatum): Crs {
  const parameters = new Map(root.children.filter(({ keyword }) => keyword === 'PARAMETER')
    .map(({ values }) => [plain(String(values[0])), Number(values[1])]))
  const number = (names: readonly string[], otherwise: number) => names.map(name => parameters.get(name)).find(value => value !== undefined) ?? otherwise
  const parallels = ['standardparallel1', 'standardparallel2'].map(name => parameters.get(name))
  return {
    method,
    datum,
    centralMeridian: number(['centralmeridian', 'longitudeofcenter', 'longitudeoforigin'], 0),
    latitudeOfOrigin: number(['latitudeoforigin', 'latitudeofcenter'], 0),
    scale: number(['scalefactor'], 1),
    falseEasting: number(['falseeasting'], 0),
    falseNorthing: number(['falsenorthing'], 0),
    parallels: method === 'conic' && parallels[0] !== undefined ? [parallels[0], parallels[1] ?? parallels[0]] : null,
    metresPerUnit: method === 'geographic' ? 1 : Number(child(root, 'UNIT')?.values[1] ?? 1),
  }
}

function child (node: WktNode, keyword: string): WktNode | undefined {
  return node.children.find(candidate => candidate.keyword === keyword)
}

function plain (name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** `KEYWORD["text",1.5,CHILD[…]]`, brackets square or round; undefined for other text. */
function parseNode (text: string): WktNode | undefined {
  const tokens = text.match(/"[^"]*"|[A-Za-z_]\w*|[-+]?\d[\d.eE+-]*|[[\](),]/g) ?? []
  let position = 0

  const readNode = (): WktNode | undefined => {
    const keyword = tokens[position]?.toUpperCase()
    if (keyword === undefined || !/^[A-Z_]/.test(keyword) || !'[('.includes(tokens[position + 1] ?? ' ')) return undefined
    position += 2
    const values: Array<string | number> = []
    const children: WktNode[] = []
    for (; position < tokens.length && !'])'.includes(tokens[position]!); position++) {
      const token = tokens[position]!
      const node = readNode()
      if (node !== undefined) children.push(node)
      else if (token.startsWith('"')) values.push(token.slice(1, -1))
      else if (token !== ',') values.push(Number.isNaN(Number(token)) ? token : Number(token))
    }
    return position < tokens.length ? { keyword, values, children } : undefined
  }
  return readNode()
}
