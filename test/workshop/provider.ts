import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** Who signs in at the provider; `changes` overwrite what its token says. */
export interface ProviderPerson { readonly sub: string, readonly email: string, readonly changes?: Readonly<Record<string, unknown>> }

export interface Provider {
  readonly issuer: string
  /** What the provider's own sign-in page would do: sends the browser back with a code for this person. */
  readonly signIn: (url: string, person: ProviderPerson) => string
  readonly close: () => Promise<void>
}

/** As much of a provider of OpenID Connect as the code flow needs; checks what a careful one checks. */
export async function startProvider (clientId: string, clientSecret: string): Promise<Provider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const granted = new Map<string, { readonly person: ProviderPerson, readonly nonce: string, readonly challenge: string, readonly redirect: string }>()
  let issuer = ''

  function token (form: URLSearchParams): object | undefined {
    const grant = granted.get(form.get('code') ?? '')
    granted.delete(form.get('code') ?? '')
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')
    const isRight = grant && grant.challenge === challenge && grant.redirect === form.get('redirect_uri') && form.get('client_id') === clientId && form.get('client_secret') === clientSecret
    if (!isRight) return undefined
    const now = Math.floor(Date.now() / 1000)
    const { sub, email, changes } = grant.person
    return { access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token: sign({ iss: issuer, aud: clientId, iat: now, exp: now + 60, sub, email, nonce: grant.nonce, ...changes }) }
  }

  function sign (claims: object): string {
    const body = [{ alg: 'RS256', kid: '1' }, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${body}.${createSign('sha256').update(body).sign(privateKey).toString('base64url')}`
  }

  const server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() }).on('end', () => {
      const answers: Readonly<Record<string, () => object | undefined>> = {
        '/.well-known/openid-configuration': () => ({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        }),
        '/keys': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg: 'RS256' }] }),
        '/token': () => token(new URLSearchParams(body)),
      }
      const answer = answers[request.url ?? '']?.()
      response.writeHead(answer ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? { error: 'invalid_grant' }))
    })
  })
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    signIn (url, person) {
      const asked = new URL(url).searchParams
      const code = randomUUID()
      granted.set(code, { person, nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')!, redirect: asked.get('redirect_uri')! })
      return `${new URL(asked.get('redirect_uri')!).pathname}?${new URLSearchParams({ code, state: asked.get('state')! })}`
    },
    close: () => new Promise(resolve => { server.closeAllConnections(); server.close(() => { resolve() }) }),
  }
}
