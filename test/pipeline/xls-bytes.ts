/** A record of a BIFF stream. */
export function biffRecord (type: number, body: readonly number[] | Uint8Array): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(body.length, 2)
  return Buffer.concat([head, Buffer.from(body)])
}

const [free, end, table] = [0xffffffff, 0xfffffffe, 0xfffffffd]

/** A compound file after [MS-CFB] with one stream of at most 60 kB, padded so that it needs no small sectors. */
export function compoundFile (name: string, stream: Uint8Array): Buffer {
  const content = Buffer.alloc(Math.max(4096, Math.ceil(stream.length / 512) * 512))
  content.set(stream)
  const sectors = content.length / 512
  const head = Buffer.alloc(512, 0)
  head.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  head.writeUInt16LE(3, 26)
  head.writeUInt16LE(0xfffe, 28)
  head.writeUInt16LE(9, 30)
  head.writeUInt16LE(6, 32)
  for (const [offset, value] of [[44, 1], [48, 1], [56, 4096], [60, end], [68, end]] as const) head.writeUInt32LE(value, offset)
  for (let i = 0; i < 109; i++) head.writeUInt32LE(i === 0 ? 0 : free, 76 + 4 * i)
  // Sector 0 is the allocation table, 1 the directory, the stream follows.
  const chain = [table, end, ...Array.from({ length: sectors }, (_, i) => i === sectors - 1 ? end : i + 3)]
  const allocation = Buffer.alloc(512, 0xff)
  for (const [i, next] of chain.entries()) allocation.writeUInt32LE(next, 4 * i)
  const directory = Buffer.concat([entry('Root Entry', 5, end, 0), entry(name, 2, 2, content.length), Buffer.alloc(256)])
  return Buffer.concat([head, allocation, directory, content])
}

function entry (name: string, type: number, start: number, size: number): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.write(name, 0, 'utf16le')
  bytes.writeUInt16LE(2 * name.length + 2, 64)
  bytes[66] = type
  bytes.writeUInt32LE(start, 116)
  bytes.writeUInt32LE(size, 120)
  return bytes
}
