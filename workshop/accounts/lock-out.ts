import type { Failures } from '../../sql/sign-in-failures.ts'

/**
 * How long somebody has to wait after failing: the first four are free, then the pause doubles from one minute up to an hour. It never
 * becomes endless, or anybody could lock anybody out for good.
 *
 * @returns seconds still to wait; 0 for none
 */
export function secondsToWait ({ count, secondsAgo }: Failures): number {
  if (count < freeAttempts) return 0
  const pause = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** (count - freeAttempts))
  return Math.max(0, Math.ceil(pause - secondsAgo))
}

export const freeAttempts = 5
const firstPauseSeconds = 60
const longestPauseSeconds = 3600

/** A network address stands for a whole office, so it gets more attempts than one account. */
export function secondsToWaitAtAddress ({ count, secondsAgo }: Failures): number {
  return secondsToWait({ count: Math.floor(count / addressFactor), secondsAgo })
}

const addressFactor = 10
