import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'

/** OWASP Password Storage Cheat Sheet, 2024: scrypt with N = 2^17, r = 8, p = 1; 128 MB and about 0.4 s each. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const
const hashBytes = 32
const saltBytes = 16

/** ASVS 2.1.1 and 2.1.2. */
export const shortestPassword = 12
export const longestPassword = 128

/** Why a password is not taken. */
export type PasswordFault = 'too-short' | 'too-long' | 'too-common' | 'about-you'

/**
 * @returns `scrypt$17$8$1$salt$hash`, base64url. NFKC first, so that the same keys on two keyboards are the same password.
 */
export async function hashPassword (password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, cost)
  return ['scrypt', Math.log2(cost.N), cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/**
 * Whether this is the password. Takes as long for nobody's password (null), so that the time does not tell who has an account.
 */
export async function verifyPassword (password: string, stored: string | null): Promise<boolean> {
  const [kind, logN, r, p, salt, hash] = (stored ?? await nobodysPassword()).split('$')
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64url')
  const found = await derive(password, Buffer.from(salt, 'base64url'), { N: 2 ** Number(logN), r: Number(r), p: Number(p) })
  return timingSafeEqual(found, expected) && stored !== null
}

let nobodys: Promise<string> | undefined

async function nobodysPassword (): Promise<string> {
  nobodys ??= hashPassword(randomBytes(16).toString('base64url'))
  return await nobodys
}

/** @param person name and e-mail, which everybody would try first */
export function findPasswordFault (password: string, person: readonly string[]): PasswordFault | undefined {
  const letters = [...password.normalize('NFKC')]
  if (letters.length < shortestPassword) return 'too-short'
  if (letters.length > longestPassword) return 'too-long'
  const plain = simplify(password)
  if (isCommon(plain)) return 'too-common'
  const words = person.flatMap(text => text.split(/[\s@._-]+/)).map(simplify).filter(word => word.length >= 4)
  if (words.some(word => plain.includes(word) && plain.length - word.length < 8)) return 'about-you'
  return undefined
}

function simplify (text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** What stands at the top of every list of guesses, and whatever has nearly no variety. */
function isCommon (plain: string): boolean {
  const bare = plain.replace(/\d+/g, '')
  return new Set(plain).size < 5 || guesses.some(guess => bare === guess || bare === guess + guess) || isRun(plain)
}

const guesses = [
  'passwort', 'password', 'kennwort', 'hallo', 'hallowelt', 'willkommen', 'welcome', 'admin', 'administrator', 'qwertz', 'qwertzuiop', 'qwerty',
  'qwertyuiop', 'geheim', 'sozialraum', 'sozialatlas', 'sozialraumatlas', 'atlas', 'werkstatt', 'sommer', 'winter', 'letmein', 'iloveyou', 'schatz',
  'fussball', 'passwortpasswort', 'changeme', 'test', 'testtest', 'stadtverwaltung', 'rathaus', 'jugendamt', 'sozialplanung',
]

/** `abcdefghijkl`, `987654321098`. */
function isRun (plain: string): boolean {
  const steps = [...plain].slice(1).map((letter, index) => letter.charCodeAt(0) - plain.charCodeAt(index))
  return steps.filter(step => Math.abs(step) === 1).length >= steps.length - 2
}

/** scrypt in a thread of the pool; one at a time, because each takes 128 MB. */
function derive (password: string, salt: Buffer, { N, r, p }: { readonly N: number, readonly r: number, readonly p: number }): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
  const work = () => new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) => error ? reject(error) : resolve(key))
  })
  const result = queue.then(work)
  queue = result.catch(() => {})
  return result
}

let queue: Promise<unknown> = Promise.resolve()
