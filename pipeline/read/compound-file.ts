/** Why a compound file could not be read. */
export class CompoundFileError extends Error {
  override name = 'CompoundFileError'
}

/**
 * One stream of a compound file ([MS-CFB], the container of Office 97 to 2003), by its name without regard to case;
 * undefined where there is none.
 *
 * @throws CompoundFileError where chains of sectors lead nowhere or in circles
 */
export function readStream (bytes: Uint8Array, name: string): Uint8Array | undefined {
  const file = openFile(bytes)
  const entry = listEntries(file).find(other => other.type === streamType && other.name.toLowerCase() === name.toLowerCase())
  if (entry === undefined) return undefined
  if (entry.size > bytes.length) throw new CompoundFileError('stream longer than the file')
  if (entry.size >= file.miniCutoff) return readChain(file, entry.start).subarray(0, entry.size)
  return readMiniStream(file, entry)
}

interface CompoundFile {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly sectorSize: number
  readonly miniSectorSize: number
  readonly miniCutoff: number
  /** Next sector of each sector. */
  readonly next: readonly number[]
  readonly firstMiniTable: number
  readonly firstDirectory: number
}

interface DirectoryEntry {
  readonly name: string
  readonly type: number
  readonly start: number
  readonly size: number
}

const streamType = 2
const rootType = 5

/** Sector numbers from here on are signs: end of chain, free, part of the table itself. */
const firstSign = 0xfffffffa

function openFile (bytes: Uint8Array): CompoundFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 512) throw new CompoundFileError('cut off')
  const sectorShift = view.getUint16(30, true)
  const miniShift = view.getUint16(32, true)
  if ((sectorShift !== 9 && sectorShift !== 12) || miniShift !== 6) throw new CompoundFileError('unknown sector size')
  const sectorSize = 1 << sectorShift
  return {
    bytes,
    view,
    sectorSize,
    miniSectorSize: 1 << miniShift,
    miniCutoff: view.getUint32(56, true),
    next: listTableSectors(view, sectorSize).flatMap(sector => readSectorNumbers(view, sector, sectorSize)),
    firstMiniTable: view.getUint32(60, true),
    firstDirectory: view.getUint32(48, true),
  }
}

/** The sectors that hold the allocation table: 109 are named in the header, further ones in a chain of lists. */
function listTableSectors (view: DataView, sectorSize: number): number[] {
  const named = Array.from({ length: 109 }, (_, i) => view.getUint32(76 + 4 * i, true))
  const seen = new Set<number>()
  for (let sector = view.getUint32(68, true); sector < firstSign;) {
    if (seen.has(sector)) throw new CompoundFileError('chain in a circle')
    seen.add(sector)
    const list = readSectorNumbers(view, sector, sectorSize)
    named.push(...list.slice(0, -1))
    sector = list.at(-1)!
  }
  const sectors = named.filter(sector => sector < firstSign)
  if (new Set(sectors).size !== sectors.length) throw new CompoundFileError('table sector named twice')
  return sectors
}

function readSectorNumbers (view: DataView, sector: number, sectorSize: number): number[] {
  const start = (sector + 1) * sectorSize
  if (start + sectorSize > view.byteLength) throw new CompoundFileError('cut off')
  return Array.from({ length: sectorSize / 4 }, (_, i) => view.getUint32(start + 4 * i, true))
}

function readChain ({ bytes, sectorSize, next }: CompoundFile, first: number): Uint8Array {
  const parts: Uint8Array[] = []
  for (const sector of followChain(next, first)) {
    const start = (sector + 1) * sectorSize
    if (start >= bytes.length) throw new CompoundFileError('cut off')
    parts.push(bytes.subarray(start, start + sectorSize))
  }
  return Buffer.concat(parts)
}

function followChain (next: readonly number[], first: number): number[] {
  const chain: number[] = []
  for (let sector = first; sector < firstSign; sector = next[sector]!) {
    if (sector >= next.length || chain.length > next.length) throw new CompoundFileError('broken chain')
    chain.push(sector)
  }
  return chain
}

function readMiniStream (file: CompoundFile, entry: DirectoryEntry): Uint8Array {
  const root = listEntries(file).find(({ type }) => type === rootType)
  if (root === undefined || entry.size === 0) return new Uint8Array()
  const container = readChain(file, root.start)
  const table = readChain(file, file.firstMiniTable)
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
  const next = Array.from({ length: table.length >> 2 }, (_, i) => view.getUint32(4 * i, true))
  const size = file.miniSectorSize
  return Buffer.concat(followChain(next, entry.start).map(sector => container.subarray(sector * size, (sector + 1) * size))).subarray(0, entry.size)
}

function listEntries (file: CompoundFile): DirectoryEntry[] {
  const directory = Buffer.from(readChain(file, file.firstDirectory))
  return Array.from({ length: Math.floor(directory.length / 128) }, (_, i) => directory.subarray(128 * i, 128 * (i + 1))).map(entry => ({
    name: entry.subarray(0, Math.max(0, Math.min(64, entry.readUInt16LE(64)) - 2)).toString('utf16le'),
    type: entry[66]!,
    start: entry.readUInt32LE(116),
    size: entry.readUInt32LE(120),
  }))
}
