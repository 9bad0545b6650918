/** One thing that leaves the house: a page, a file, a tile, as the client gets it, not compressed. */
export interface Artefact {
  /** Path and query as a client asks for it, `/town/karte/sgb2-share/2024-12-31.csv?ebene=stadt`. */
  readonly path: string
  /** With or without parameters. */
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** What stands in front of a path where it is written out, `https://town.example/atlas`; empty where nothing does, which is the default. */
  readonly publicUrl?: string
  /** The path that a link in it means, `/town/karte/…`: behind a base path, or in a folder of files, links say it otherwise. */
  readonly toPath?: (href: string) => string
}

/** How the bytes are read. `asset` holds no figures of an edition: scripts, styles, fonts. */
export type ArtefactFormat = 'html' | 'json' | 'csv' | 'svg' | 'mvt' | 'sheet' | 'text-document' | 'pdf' | 'asset' | 'unreadable'

/** A format that nobody can read here is `unreadable`, and that is a finding: what is not read is not cleared. */
export function formatOf ({ path, mediaType }: Pick<Artefact, 'path' | 'mediaType'>): ArtefactFormat {
  if (mediaType === alteredType) return 'unreadable'
  if (path.startsWith('/assets/')) return 'asset'
  const type = mediaType.split(';')[0]!.trim().toLowerCase()
  return formats[type] ?? (type.endsWith('+json') ? 'json' : 'unreadable')
}

/** Of a file that is not, byte for byte, what was made: whatever stands in it now was never read. */
export const alteredType = 'application/x-altered'

const formats: Readonly<Record<string, ArtefactFormat>> = {
  'text/html': 'html',
  'application/json': 'json',
  'text/csv': 'csv',
  'image/svg+xml': 'svg',
  'application/vnd.mapbox-vector-tile': 'mvt',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'sheet',
  'application/vnd.oasis.opendocument.spreadsheet': 'sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'text-document',
  'application/vnd.oasis.opendocument.text': 'text-document',
}
