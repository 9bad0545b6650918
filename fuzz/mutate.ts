import { unzipSync, zipSync } from 'fflate'
import { readCorpus, type Format } from './corpus.ts'
import { randomFrom, type Random } from './random.ts'

/** A damaged file: the same for the same format and seed. */
export function mutate (format: Format, seed: number): Uint8Array {
  const random = randomFrom(seed)
  const bytes = readCorpus(random.pick(format.files))
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b
  // Of an archive, damage to packed bytes only ever meets the checksum: mostly an entry is damaged and packed anew.
  if (isArchive && (format.entry !== undefined || random.below(5) > 0)) return damageEntry(bytes, format.entry ?? '', random)
  return damage(bytes, random)
}

function damageEntry (bytes: Uint8Array, ending: string, random: Random): Uint8Array {
  const entries = unzipSync(bytes)
  const names = Object.keys(entries).filter(name => name.endsWith(ending) && entries[name]!.length > 0)
  const name = random.pick(names)
  return zipSync({ ...entries, [name]: damage(entries[name]!, random) }, { level: 1 })
}

function damage (bytes: Uint8Array, random: Random): Uint8Array {
  let damaged: Buffer = Buffer.from(bytes)
  for (let i = random.pick([1, 1, 1, 2, 3, 8, 30]); i > 0; i--) damaged = random.pick(damages)(damaged, random)
  return damaged
}

type Damage = (bytes: Buffer, random: Random) => Buffer

const damages: readonly Damage[] = [flipBit, setByte, setNumber, setNumber, writeToken, removePart, repeatPart, cutOff, swapParts]

function flipBit (bytes: Buffer, random: Random): Buffer {
  if (bytes.length > 0) bytes[random.below(bytes.length)]! ^= 1 << random.below(8)
  return bytes
}

function setByte (bytes: Buffer, random: Random): Buffer {
  if (bytes.length > 0) bytes[random.below(bytes.length)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)])
  return bytes
}

/** Lengths, counts and places are what readers trust too much. */
function setNumber (bytes: Buffer, random: Random): Buffer {
  if (bytes.length < 4) return bytes
  const value = random.pick([0, 1, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, bytes.length, random.below(2 ** 32)])
  // Heads hold most of them.
  const place = random.below(Math.min(bytes.length - 3, random.pick([64, 512, Infinity])))
  switch (random.below(4)) {
    case 0: bytes.writeUInt32BE(value, place); break
    case 1: bytes.writeUInt16LE(value & 0xffff, place); break
    default: bytes.writeUInt32LE(value, place)
  }
  return bytes
}

const tokens = ['"', '""', ';', '\t', '\r', '\n', '\0', '<', '>', '&', '&amp;', '&#x110000;', '<!DOCTYPE a [<!ENTITY b "c">]>', '<![CDATA[', ']]>', '<!--', '[', '{', ']', '}', ',', ':', '-', '1e999', 'NaN',
  '999999999999999999999', '\u202e', '\ufeff', '"table:number-rows-repeated="1048576"', '="99999999"', 'repeated="999999"', '"__proto__":1,', '../../', 'sep=;\n', '\xff\xfe', 'null', '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[']

function writeToken (bytes: Buffer, random: Random): Buffer {
  const place = random.below(bytes.length + 1)
  const token = Buffer.from(random.pick(tokens).repeat(random.pick([1, 1, 1, 2, 100])))
  const over = random.below(2) * token.length
  return Buffer.concat([bytes.subarray(0, place), token, bytes.subarray(place + over)])
}

function removePart (bytes: Buffer, random: Random): Buffer {
  const start = random.below(bytes.length + 1)
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + random.pick([1, 2, 4, 16, 200, 5000]))])
}

function repeatPart (bytes: Buffer, random: Random): Buffer {
  const start = random.below(bytes.length + 1)
  const part = bytes.subarray(start, start + random.pick([1, 4, 40, 400]))
  return Buffer.concat([bytes.subarray(0, start), ...Array.from({ length: random.pick([1, 2, 10, 200]) }, () => part), bytes.subarray(start)])
}

function cutOff (bytes: Buffer, random: Random): Buffer {
  return random.below(3) === 0 ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes
}

function swapParts (bytes: Buffer, random: Random): Buffer {
  const [a, b] = [random.below(bytes.length + 1), random.below(bytes.length + 1)].toSorted((x, y) => x - y) as [number, number]
  return Buffer.concat([bytes.subarray(0, a), bytes.subarray(b), bytes.subarray(a, b)])
}
