import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Audience } from '../core/edition.ts'
import type { ByteCache } from './byte-cache.ts'
import type { Encoding } from './accept-encoding.ts'
import type { Lifetime } from './lifetimes.ts'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { chooseEncoding } from './accept-encoding.ts'
import { entityTag, matchesEntityTag } from './entity-tag.ts'
import { cacheControl } from './lifetimes.ts'

/** The bytes of an answer in one encoding, and their tag. */
export interface Variant {
  readonly encoding: Encoding
  readonly bytes: Buffer
  readonly etag: string
}

/** An answer that exists in several encodings; identity always can be had. */
export interface Representation {
  /** Media type, with its charset. */
  readonly type: string
  /** What there is besides identity. */
  readonly encodings: readonly Encoding[]
  readonly pick: (encoding: Encoding) => Variant | Promise<Variant>
}

const gzip = promisify(zlib.gzip)
const gunzip = promisify(zlib.gunzip)
const brotli = promisify(zlib.brotliCompress)

export const mediaTypes = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  tile: 'application/vnd.mapbox-vector-tile',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
} as const

/** An answer whose bytes were made before: tags are computed at first use and kept. */
export function stored ({ type, identity, gzip, br }: { type: string, identity?: Uint8Array, gzip?: Uint8Array, br?: Uint8Array }): Representation {
  const bytes = new Map<Encoding, Buffer>()
  if (identity) bytes.set('identity', toBuffer(identity))
  if (gzip) bytes.set('gzip', toBuffer(gzip))
  if (br) bytes.set('br', toBuffer(br))
  const variants = new Map<Encoding, Variant>()
  return {
    type,
    encodings: [...bytes.keys()].filter(encoding => encoding !== 'identity'),
    pick (encoding) {
      const known = variants.get(encoding)
      if (known) return known
      const ready = bytes.get(encoding)
      // Identity of a compressed answer is rare (tools without Accept-Encoding) and not worth memory.
      if (!ready) return gunzip(bytes.get('gzip')!).then(plain => variantOf('identity', plain))
      const variant = variantOf(encoding, ready)
      variants.set(encoding, variant)
      return variant
    },
  }
}

/** An answer made on request, in each encoding once, and kept while there is room. */
export function rendered ({ type, key, cache, render, encodings = ['br', 'gzip'] }: {
  type: string
  /** Names everything the bytes depend on, the edition included. */
  key: string
  cache: ByteCache<Variant>
  render: () => string | Uint8Array | Promise<string | Uint8Array>
  encodings?: readonly Encoding[]
}): Representation {
  return {
    type,
    encodings,
    pick (encoding) {
      const name = `${encoding} ${type} ${key}`
      return cache.find(name) ?? cache.get(name, async () => {
        const made = await render()
        const plain = typeof made === 'string' ? Buffer.from(made, 'utf8') : toBuffer(made)
        return variantOf(encoding, await compress(plain, encoding))
      })
    },
  }
}

/** Bytes of a variant in memory, for caches; the rest is its tag and the objects around it. */
export function variantSize (variant: Variant): number {
  return variant.bytes.length + 400
}

/** What an answer to one request needs. */
export interface Sending {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly representation: Representation
  readonly lifetime: Lifetime
  readonly audience: Audience
}

/**
 * Answers with a representation: encoding, tag, lifetime, and 304 where the client has it already.
 * The 304 carries ETag, Cache-Control and Vary of the 200 (RFC 9110, 15.4.5). A HEAD gets the
 * headers of the GET; Node drops the body.
 */
export function send (sending: Sending): FastifyReply | Promise<FastifyReply> {
  const { request, representation } = sending
  const variant = representation.pick(chooseEncoding(request.headers['accept-encoding'], representation.encodings))
  // What is in memory is sent at once; only what must be made first is waited for.
  return variant instanceof Promise ? variant.then(made => sendVariant(sending, made)) : sendVariant(sending, variant)
}

function sendVariant ({ request, reply, representation, lifetime, audience }: Sending, { encoding, bytes, etag }: Variant): FastifyReply {
  reply.header('cache-control', cacheControl(lifetime, audience)).header('vary', 'Accept-Encoding').header('etag', etag)
  if (matchesEntityTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.header('content-type', representation.type).header('content-length', bytes.length).send(bytes)
}

function variantOf (encoding: Encoding, bytes: Buffer): Variant {
  return { encoding, bytes, etag: entityTag(bytes) }
}

/** Moderate levels: high ones cost hundreds of milliseconds per answer and are for what is made once. */
async function compress (plain: Buffer, encoding: Encoding): Promise<Buffer> {
  switch (encoding) {
    case 'identity': return plain
    case 'gzip': return await gzip(plain, { level: 6 })
    case 'br': return await brotli(plain, {
      params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    })
  }
}

function toBuffer (bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
