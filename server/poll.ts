import type { FastifyBaseLogger } from 'fastify'
import { reportFailure } from './failure.ts'

/** Asks the store again and again for what is current, and says once when it goes away and when it is back. */
export class Poll {
  readonly #refresh: () => Promise<void>
  readonly #logger: Pick<FastifyBaseLogger, 'info' | 'warn'>
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #isStoreAway = false
  #readAt: number | null = null
  #failures = 0

  constructor (refresh: () => Promise<void>, logger: Pick<FastifyBaseLogger, 'info' | 'warn'>) {
    this.#refresh = refresh
    this.#logger = logger
  }

  /** When the store last answered, in milliseconds since 1970; null where it never did. */
  get readAt (): number | null {
    return this.#readAt
  }

  /** How often it did not, since the start. */
  get failures (): number {
    return this.#failures
  }

  /** @throws whatever the store throws */
  async now (): Promise<void> {
    await this.#refresh()
    this.#readAt = Date.now()
  }

  /** The same without throwing. */
  async attempt (): Promise<void> {
    try {
      await this.now()
      if (this.#isStoreAway) this.#logger.info('the store answers again')
      this.#isStoreAway = false
    } catch (reason) {
      this.#failures++
      if (!this.#isStoreAway) reportFailure(this.#logger, 'ATLAS_STORE_AWAY', 'the store does not answer; what is in memory is served', reason)
      this.#isStoreAway = true
    }
  }

  /** Tries, but waits no longer than this; the work goes on in the background. */
  async attemptFor (seconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<void>(resolve => {
      timer = setTimeout(resolve, seconds * 1000)
    })
    await Promise.race([this.attempt(), deadline]).finally(() => clearTimeout(timer))
  }

  /** Does not keep the process alive. 0 seconds never tries. */
  every (seconds: number): void {
    if (this.#isClosed || seconds === 0) return
    this.#timer = setTimeout(() => {
      this.attempt().then(() => this.every(seconds), () => undefined)
    }, seconds * 1000).unref()
  }

  close (): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }
}
