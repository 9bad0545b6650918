/** A content coding we send; `identity` is the bytes as they are. */
export type Encoding = 'br' | 'gzip' | 'identity'

/** The better one first: what is taken where a client likes several equally. */
const preference: readonly Encoding[] = ['br', 'gzip', 'identity']

/**
 * The encoding to answer with, by the client's q-values (RFC 9110, 12.5.3).
 *
 * Without the header the answer is identity. A client that refuses everything we have gets identity
 * too: an answer it may be able to read is worth more than a 406.
 *
 * @param header value of `Accept-Encoding`, or undefined
 * @param available what exists of this answer besides identity
 */
export function chooseEncoding (header: string | undefined, available: readonly Encoding[]): Encoding {
  if (header === undefined) return 'identity'
  const weights = weightsOf(header)
  let best: Encoding = 'identity'
  let bestWeight = 0
  for (const encoding of preference) {
    if (encoding !== 'identity' && !available.includes(encoding)) continue
    const weight = weights[encoding]
    if (weight > bestWeight) [best, bestWeight] = [encoding, weight]
  }
  return best
}

type Weights = Readonly<Record<Encoding, number>>

/** Browsers send a handful of different headers, so each is read once; bounded against made-up ones. */
const knownHeaders = new Map<string, Weights>()
const knownHeadersLimit = 200

function weightsOf (header: string): Weights {
  const known = knownHeaders.get(header)
  if (known) return known
  const weights = parseWeights(header)
  if (knownHeaders.size < knownHeadersLimit) knownHeaders.set(header, weights)
  return weights
}

function parseWeights (header: string): Weights {
  const stated = new Map<string, number>()
  for (const item of header.split(',')) {
    const [name, ...parameters] = item.trim().toLowerCase().split(/\s*;\s*/)
    if (!name) continue
    const quality = parameters.find(parameter => parameter.startsWith('q='))?.slice(2) ?? '1'
    // A weight that cannot be read is a refusal: sending something unwanted is the greater harm.
    const weight = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality) ? Number(quality) : 0
    stated.set(name === 'x-gzip' ? 'gzip' : name, weight)
  }
  const rest = stated.get('*')
  return {
    br: stated.get('br') ?? rest ?? 0,
    gzip: stated.get('gzip') ?? rest ?? 0,
    // Identity is acceptable unless refused, but only where nothing named is.
    identity: stated.get('identity') ?? (rest === undefined ? 0.0001 : rest),
  }
}
