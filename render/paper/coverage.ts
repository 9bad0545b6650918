/**
 * Code points that a TrueType font has a glyph for, from its `cmap` table (formats 4 and 12; OpenType specification, “cmap”).
 * @throws RangeError for what is no such font
 */
export function readCoverage (font: Uint8Array): ReadonlySet<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const cmap = findTable(view, 'cmap')
  const covered = new Set<number>()
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const subtable = cmap + view.getUint32(cmap + 4 + 8 * i + 4)
    const format = view.getUint16(subtable)
    for (const [first, last] of format === 4 ? segments(view, subtable) : format === 12 ? groups(view, subtable) : []) {
      for (let codePoint = first; codePoint <= last; codePoint++) covered.add(codePoint)
    }
  }
  if (covered.size === 0) throw new RangeError('invalid font: no characters')
  return covered
}

function findTable (view: DataView, name: string): number {
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + 16 * i
    if ([0, 1, 2, 3].every(at => view.getUint8(record + at) === name.charCodeAt(at))) return view.getUint32(record + 8)
  }
  throw new RangeError(`invalid font: no table ${name}`)
}

/** Format 4. A range of it may have holes, where the glyph is 0. */
function * segments (view: DataView, subtable: number): Generator<readonly [first: number, last: number]> {
  const bytes = view.getUint16(subtable + 6)
  const [ends, starts, deltas, offsets] = [subtable + 14, subtable + 16 + bytes, subtable + 16 + 2 * bytes, subtable + 16 + 3 * bytes]
  for (let at = 0; at < bytes; at += 2) {
    const offset = view.getUint16(offsets + at)
    for (let codePoint = view.getUint16(starts + at); codePoint <= Math.min(view.getUint16(ends + at), 0xfffe); codePoint++) {
      const glyph = offset === 0
        ? (codePoint + view.getUint16(deltas + at)) & 0xffff
        : view.getUint16(offsets + at + offset + 2 * (codePoint - view.getUint16(starts + at)))
      if (glyph !== 0) yield [codePoint, codePoint]
    }
  }
}

function * groups (view: DataView, subtable: number): Generator<readonly [first: number, last: number]> {
  for (let i = 0; i < view.getUint32(subtable + 12); i++) yield [view.getUint32(subtable + 16 + 12 * i), view.getUint32(subtable + 20 + 12 * i)]
}
