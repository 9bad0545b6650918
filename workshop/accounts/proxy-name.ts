import { BlockList, isIPv4 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Identity } from './admit.ts'

/** Whom the proxy in front says it let through; `undefined` for nobody, and for whoever is no trusted proxy. */
export type ReadProxyName = (request: FastifyRequest) => Identity | undefined

/**
 * @param header in which the proxy writes the e-mail address of whom it let through; empty where no proxy does
 * @param trusted addresses and networks of proxies
 */
export function makeProxyNameReader (header: string, trusted: readonly string[]): ReadProxyName {
  if (header === '') return () => undefined
  const proxies = new BlockList()
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/')
    const kind = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (bits === undefined) proxies.addAddress(address, kind)
    else proxies.addSubnet(address, Number(bits), kind)
  }
  return request => {
    // The neighbour on the wire, not whom a header calls the sender: that may be written by anybody.
    const neighbour = (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '')
    if (neighbour === '' || !proxies.check(neighbour, isIPv4(neighbour) ? 'ipv4' : 'ipv6')) return undefined
    const name = request.headers[header]
    if (typeof name !== 'string' || name.trim() === '' || name.length > 320) return undefined
    const email = name.trim().toLowerCase()
    return { subject: `proxy ${email}`, email }
  }
}
