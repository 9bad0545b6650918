/** A geometry as layers hold it: flat `[x0, y0, x1, y1, …]`, heights and measures dropped. */
export type WkbShape =
  | { readonly kind: 'polygon', readonly parts: number[][][] }
  | { readonly kind: 'line', readonly parts: number[][] }
  | { readonly kind: 'point', readonly parts: number[][] }

/** Why bytes are no shape of ours: `type` is one that is not read, by its name; `damaged` is no WKB at all. */
export class WkbError extends Error {
  override name = 'WkbError'
  readonly kind: 'type' | 'damaged'

  constructor (kind: WkbError['kind'], found: string) {
    super(found)
    this.kind = kind
  }
}

/**
 * Polygon, line or points from the Well-Known Binary of OGC 06-103r4 or ISO 13249-3, with the numbers for Z and M of either;
 * undefined for a geometry without a single position.
 *
 * @throws WkbError
 */
export function readWkb (bytes: Uint8Array, offset = 0): WkbShape | undefined {
  try {
    const reader = new WkbReader(bytes, offset)
    const shape = reader.readShape()
    return shape.parts.length === 0 ? undefined : shape
  } catch (error) {
    // DataView says so where the bytes end before the geometry does.
    if (error instanceof RangeError) throw new WkbError('damaged', 'cut off')
    throw error
  }
}

const names = ['GEOMETRY', 'POINT', 'LINESTRING', 'POLYGON', 'MULTIPOINT', 'MULTILINESTRING', 'MULTIPOLYGON', 'GEOMETRYCOLLECTION', 'CIRCULARSTRING',
  'COMPOUNDCURVE', 'CURVEPOLYGON', 'MULTICURVE', 'MULTISURFACE', 'CURVE', 'SURFACE', 'POLYHEDRALSURFACE', 'TIN', 'TRIANGLE']

class WkbReader {
  readonly #view: DataView
  #position: number

  constructor (bytes: Uint8Array, offset: number) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#position = offset
  }

  readShape (): WkbShape {
    const head = this.#readHead()
    switch (head.type) {
      case 1: return { kind: 'point', parts: this.#readPoint(head) }
      case 2: return { kind: 'line', parts: filled([this.#readPositions(head)]) }
      case 3: return { kind: 'polygon', parts: filled([this.#readPolygon(head)]) }
      case 4: return { kind: 'point', parts: this.#readMembers(head, 1, member => this.#readPoint(member)).flat() }
      case 5: return { kind: 'line', parts: filled(this.#readMembers(head, 2, member => this.#readPositions(member))) }
      case 6: return { kind: 'polygon', parts: filled(this.#readMembers(head, 3, member => this.#readPolygon(member))) }
      default: throw new WkbError('type', names[head.type] ?? String(head.type))
    }
  }

  #readHead (): Head {
    const order = this.#view.getUint8(this.#position)
    if (order > 1) throw new WkbError('damaged', `byte order ${order}`)
    const isLittle = order === 1
    const code = this.#view.getUint32(this.#position + 1, isLittle)
    this.#position += 5
    // PostGIS marks Z, M and a coordinate system by high bits, the standard Z and M by thousands.
    const plain = code & 0x0fffffff
    const thousands = Math.floor(plain / 1000)
    if (thousands > 3) throw new WkbError('damaged', `type ${code}`)
    if ((code & 0x20000000) !== 0) this.#position += 4
    const extra = (code & 0x80000000) !== 0 || (code & 0x40000000) !== 0
      ? Number((code & 0x80000000) !== 0) + Number((code & 0x40000000) !== 0)
      : [0, 1, 1, 2][thousands]!
    return { type: plain % 1000, isLittle, stride: 8 * (2 + extra) }
  }

  #readMembers<Member> (head: Head, type: number, read: (member: Head) => Member): Member[] {
    return Array.from({ length: this.#readCount(head, 5) }, () => {
      const member = this.#readHead()
      if (member.type !== type) throw new WkbError('damaged', `${names[member.type] ?? member.type} in ${names[head.type]}`)
      return read(member)
    })
  }

  #readPolygon (head: Head): number[][] {
    return filled(Array.from({ length: this.#readCount(head, 4) }, () => this.#readPositions(head)))
  }

  #readPositions (head: Head): number[] {
    const count = this.#readCount(head, head.stride)
    const flat: number[] = []
    for (let i = 0; i < count; i++) flat.push(...this.#readPosition(head))
    return flat
  }

  /** A point without a position is written as two times NaN. */
  #readPoint (head: Head): number[][] {
    const [x, y] = this.#readPosition(head)
    return Number.isNaN(x) && Number.isNaN(y) ? [] : [[x, y]]
  }

  #readPosition ({ isLittle, stride }: Head): [number, number] {
    const position: [number, number] = [this.#view.getFloat64(this.#position, isLittle), this.#view.getFloat64(this.#position + 8, isLittle)]
    this.#position += stride
    return position
  }

  /** How many things of at least `size` bytes follow; a number that the rest of the bytes cannot hold is refused before anything is made for it. */
  #readCount ({ isLittle }: Head, size: number): number {
    const count = this.#view.getUint32(this.#position, isLittle)
    this.#position += 4
    if (count * size > this.#view.byteLength - this.#position) throw new WkbError('damaged', `${count} parts`)
    return count
  }
}

/** Of one geometry or of a member: kind, byte order, bytes per position. */
interface Head {
  readonly type: number
  readonly isLittle: boolean
  readonly stride: number
}

function filled<Part extends readonly unknown[]> (parts: readonly Part[]): Part[] {
  return parts.filter(part => part.length > 0)
}
