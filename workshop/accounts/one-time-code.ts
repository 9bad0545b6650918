import { Secret, TOTP } from 'otpauth'

/*
 * One-time codes of an authenticator app: RFC 6238 with the values that all apps know (SHA-1, six digits, 30 seconds).
 */

const secretBytes = 20
/** A clock that is half a minute off still works. */
const toleranceSteps = 1

export function makeCodeSecret (): Uint8Array {
  return new Secret({ size: secretBytes }).bytes
}

/** For typing into an app by hand: base32 in groups of four. */
export function formatCodeSecret (secret: Uint8Array): string {
  return toSecret(secret).base32.replace(/(.{4})(?=.)/g, '$1 ')
}

/** For the QR code that an app scans. */
export function codeAddress (secret: Uint8Array, { issuer, account }: { readonly issuer: string, readonly account: string }): string {
  return new TOTP({ secret: toSecret(secret), issuer, label: account }).toString()
}

/**
 * The step for which a code is right, to be taken once; `undefined` for a wrong one.
 * @param at milliseconds since 1970
 */
export function findCodeStep (secret: Uint8Array, code: string, at: number): number | undefined {
  const digits = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const delta = new TOTP({ secret: toSecret(secret) }).validate({ token: digits, timestamp: at, window: toleranceSteps })
  return delta === null ? undefined : Math.floor(at / 30_000) + delta
}

function toSecret (bytes: Uint8Array): Secret {
  return new Secret({ buffer: new Uint8Array(bytes).buffer })
}
