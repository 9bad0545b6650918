/** One field of a protobuf message, not yet interpreted. */
export type WireField =
  | { readonly number: number, readonly type: 'varint', readonly value: bigint }
  | { readonly number: number, readonly type: 'bytes', readonly value: Uint8Array }
  | { readonly number: number, readonly type: 'fixed64' | 'fixed32', readonly value: Uint8Array }

/** Bytes that are no protobuf message. */
export class WireError extends Error {}

/**
 * The fields of a protobuf message, in order. Unlike the readers of the field, which read on past
 * the end, it accepts nothing that is cut off or overlong: it is there to check tiles.
 *
 * @throws WireError where the bytes are not a whole message
 */
export function readFields (bytes: Uint8Array): WireField[] {
  const fields: WireField[] = []
  for (let at = 0; at < bytes.length;) {
    const [tag, start] = readVarint(bytes, at)
    const number = Number(tag >> 3n)
    if (number === 0) throw new WireError(`field number 0 at byte ${at}`)
    const take = (length: number, from: number): Uint8Array => {
      if (from + length > bytes.length) throw new WireError(`field ${number} at byte ${at} is longer than its message`)
      return bytes.subarray(from, from + length)
    }
    switch (Number(tag & 7n)) {
      case 0: {
        const [value, end] = readVarint(bytes, start)
        fields.push({ number, type: 'varint', value })
        at = end
        break
      }
      case 1:
        fields.push({ number, type: 'fixed64', value: take(8, start) })
        at = start + 8
        break
      case 2: {
        const [length, from] = readVarint(bytes, start)
        fields.push({ number, type: 'bytes', value: take(Number(length), from) })
        at = from + Number(length)
        break
      }
      case 5:
        fields.push({ number, type: 'fixed32', value: take(4, start) })
        at = start + 4
        break
      default:
        throw new WireError(`wire type ${tag & 7n} at byte ${at}`)
    }
  }
  return fields
}

/** Unsigned 32-bit integers of a packed field. @throws WireError where one is cut off or larger */
export function readPackedIntegers (bytes: Uint8Array): number[] {
  const integers: number[] = []
  for (let at = 0; at < bytes.length;) {
    const [value, end] = readVarint(bytes, at)
    if (value > 0xffffffffn) throw new WireError(`${value} in a list of 32-bit integers`)
    integers.push(Number(value))
    at = end
  }
  return integers
}

function readVarint (bytes: Uint8Array, start: number): [value: bigint, end: number] {
  // Nearly every integer of a tile fits four bytes; the rest takes the slow way.
  let small = 0
  for (let i = 0; i < 4; i++) {
    const byte = bytes[start + i]
    if (byte === undefined) throw new WireError(`integer cut off at byte ${start}`)
    small += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return [BigInt(small), start + i + 1]
  }
  let value = BigInt(small)
  for (let i = 4; i < 10; i++) {
    const byte = bytes[start + i]
    if (byte === undefined) throw new WireError(`integer cut off at byte ${start}`)
    value += BigInt(byte & 0x7f) << BigInt(7 * i)
    if (byte < 0x80) {
      if (value > 0xffffffffffffffffn) break
      return [value, start + i + 1]
    }
  }
  throw new WireError(`integer of more than 64 bits at byte ${start}`)
}
