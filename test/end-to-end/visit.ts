import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** Where tests leave pictures to look at. */
export const pictures = new URL('../../.built/pictures/', import.meta.url).pathname

export interface Visit {
  readonly page: Page
  /** Every URL asked for, in order. */
  readonly requests: readonly string[]
  /** What no page may do: ask another host, break its own rules, set a cookie, fail unseen. */
  readonly faults: () => Promise<string[]>
}

export interface VisitOptions extends BrowserContextOptions {
  /** Runs in the page before its own scripts. */
  readonly before?: () => void
}

/** A reader with a browser of their own: nothing kept from another visit. */
export async function visit (browser: Browser, origin: string, path: string, { before, ...options }: VisitOptions = {}): Promise<Visit> {
  // A page that still scrolls to a place would move away under the pointer.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const requests: string[] = []
  const seen: string[] = []
  page.on('request', request => {
    requests.push(request.url())
    if (!request.url().startsWith(`${origin}/`)) seen.push(`foreign request: ${request.url()}`)
  })
  page.on('pageerror', error => seen.push(`error: ${error.message}`))
  // Among them every violation of the content security policy.
  page.on('console', message => { if (message.type() === 'error') seen.push(`console: ${message.text()}`) })
  if (before) await page.addInitScript(before)
  await page.goto(origin + path)
  return {
    page,
    requests,
    async faults () {
      const cookies = await context.cookies()
      return [...seen, ...cookies.map(({ name }) => `cookie: ${name}`)]
    },
  }
}

/** Waits until the map lies over the picture. */
export async function waitForMap (page: Page): Promise<void> {
  await page.locator('#map-frame.has-map').waitFor({ timeout: 60_000 })
}

/**
 * Waits until the page says all of what its address names: the permalink in its foot is the last to follow, and where the whole page
 * was exchanged the sentence is filled in after it, so that it is read out.
 */
export async function settle (page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const withoutEdition = (url: string) => {
      const { pathname, searchParams } = new URL(url)
      return [pathname, ...[...searchParams].filter(([name]) => name !== 'ausgabe')].join()
    }
    const permalink = document.querySelector<HTMLAnchorElement>('#permalink')
    return document.querySelector('#sentence')?.textContent !== '' && permalink && withoutEdition(permalink.href) === withoutEdition(location.href)
  })
}
