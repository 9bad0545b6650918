import * as client from 'openid-client'
import type { Identity } from './admit.ts'

/** A provider of OpenID Connect, and what it knows this Werkstatt by. */
export interface SingleSignOnSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What must be there again when somebody comes back; travels sealed in a cookie. */
export interface SignOnTrip {
  readonly verifier: string
  readonly state: string
  readonly nonce: string
}

export interface SingleSignOn {
  /** Where to send the browser. @throws Error where the provider does not answer */
  readonly leave: (returnUrl: string) => Promise<{ readonly url: URL, readonly trip: SignOnTrip }>
  /** @param url under which the browser came back, with its query. @throws Error where that is no proof of anybody */
  readonly comeBack: (url: URL, trip: SignOnTrip) => Promise<Identity>
}

/** Authorization code with PKCE, state and nonce (RFC 9700). The provider is asked about itself when first needed, and again after a failure. */
export function openSingleSignOn ({ issuer, clientId, clientSecret }: SingleSignOnSettings): SingleSignOn {
  let known: Promise<client.Configuration> | undefined
  const discover = async (): Promise<client.Configuration> => {
    // Without TLS on this machine only, which the settings see to.
    const options = issuer.startsWith('http://') ? { execute: [client.allowInsecureRequests] } : {}
    known ??= client.discovery(new URL(issuer), clientId, clientSecret, undefined, { ...options, timeout: 10 })
    return await known.catch((error: unknown) => {
      known = undefined
      throw error
    })
  }
  return {
    async leave (returnUrl) {
      const trip = { verifier: client.randomPKCECodeVerifier(), state: client.randomState(), nonce: client.randomNonce() }
      const url = client.buildAuthorizationUrl(await discover(), {
        redirect_uri: returnUrl,
        scope: 'openid email profile',
        code_challenge: await client.calculatePKCECodeChallenge(trip.verifier),
        code_challenge_method: 'S256',
        state: trip.state,
        nonce: trip.nonce,
      })
      return { url, trip }
    },
    async comeBack (url, { verifier, state, nonce }) {
      const tokens = await client.authorizationCodeGrant(await discover(), url, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true })
      const { iss, sub, email, email_verified: isVerified } = tokens.claims()!
      return { subject: `${iss} ${sub}`, email: typeof email === 'string' && isVerified !== false ? email : '' }
    },
  }
}
