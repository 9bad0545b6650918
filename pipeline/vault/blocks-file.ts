import { pipeline } from 'node:stream/promises'
import { createGzip, gunzipSync } from 'node:zlib'
import type { Pattern } from '../../core/certificate.ts'
import type { Block } from '../../core/release.ts'

/*
 * `blocks.json.gz`: the release model of an edition and the proofs that it is safe, so that it can be
 * attacked again later. One JSON object per line and block; arrays of numbers as their bytes in
 * base64, little-endian. It holds true counts: as secret as the vault.
 */

export interface ProtectedBlock {
  readonly block: Block
  readonly pattern: Pattern
}

const formatVersion = 1

type NumberArray = Float64Array | Int32Array | Int8Array | Uint8Array
const arrayTypes = { Float64Array, Int32Array, Int8Array, Uint8Array }

/** A typed array as text that says its type: `{"Int32Array":"…"}`. */
type PackedArray = { readonly [Type in keyof typeof arrayTypes]?: string }

export async function writeBlocks (blocks: Iterable<ProtectedBlock>): Promise<Buffer> {
  const parts: Buffer[] = []
  await pipeline(toLines(blocks), createGzip(), async function (packed: AsyncIterable<Buffer>) {
    for await (const part of packed) parts.push(part)
  })
  return Buffer.concat(parts)
}

function * toLines (blocks: Iterable<ProtectedBlock>): Generator<string> {
  yield `${JSON.stringify({ blocks: formatVersion })}\n`
  for (const protectedBlock of blocks) yield `${JSON.stringify(protectedBlock, (_, value: unknown) => isNumberArray(value) ? packArray(value) : value)}\n`
}

/** @throws RangeError for a file of another kind or version */
export function * readBlocks (bytes: Uint8Array): Generator<ProtectedBlock> {
  // As bytes: the whole may be longer than a string can be.
  const text = gunzipSync(bytes)
  let isFirst = true
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(0x0a, start)
    const value = JSON.parse(text.toString('utf8', start, end), (_, value: unknown) => unpackArray(value)) as { blocks?: number } & ProtectedBlock
    start = end + 1
    if (!isFirst) yield value
    else if (value.blocks !== formatVersion) throw new RangeError(`not a file of blocks of version ${formatVersion}`)
    isFirst = false
  }
}

function isNumberArray (value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value)
}

function packArray (array: NumberArray): PackedArray {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength)
  return { [array.constructor.name]: bytes.toString('base64') }
}

function unpackArray (value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  for (const [name, ArrayType] of Object.entries(arrayTypes)) {
    const text = (value as PackedArray)[name as keyof PackedArray]
    if (text === undefined) continue
    // A copy: the bytes of a Buffer need not lie where numbers may begin.
    const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
    return new ArrayType(bytes.buffer)
  }
  return value
}
