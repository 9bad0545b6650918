/**
 * What somebody had typed when their session turned out to have ended: it goes to the browser and back inside the sign-in form, and
 * is shown again for sending once they are back. The server keeps nothing of it.
 */
export interface HeldForm {
  /** Where it was sent to. */
  readonly path: string
  /** Names and values in their order; the same name may come several times. */
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>
}

/** More is no text that a person typed. */
const longestHeldForm = 2_000_000

/** @param body the fields of a form as they were sent; secrets and tokens are left out */
export function holdForm (path: string, body: unknown): HeldForm | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const fields = Object.entries(body as Record<string, unknown>).flatMap(([name, value]) => {
    if (unheld.has(name)) return []
    return [value].flat().filter(one => typeof one === 'string').map(one => [name, one] as const)
  })
  return fields.length === 0 ? undefined : { path, fields }
}

const unheld = new Set(['_form', 'password', 'new-password', 'code', '_held'])

export function formatHeldForm (held: HeldForm): string {
  return JSON.stringify(held)
}

/** `undefined` for what is none of ours, or would lead out of the Werkstatt. */
export function parseHeldForm (text: unknown): HeldForm | undefined {
  if (typeof text !== 'string' || text === '' || text.length > longestHeldForm) return undefined
  try {
    const { path, fields } = JSON.parse(text) as Partial<HeldForm>
    if (!isOwnPath(path) || !Array.isArray(fields)) return undefined
    const isWhole = fields.every((field: unknown) => Array.isArray(field) && field.length === 2 && field.every(part => typeof part === 'string'))
    return isWhole ? { path, fields } : undefined
  } catch {
    return undefined
  }
}

/** A path of the Werkstatt, to which a redirect may lead: nothing that a browser would read as another host. */
export function isOwnPath (path: unknown): path is string {
  return typeof path === 'string' && /^\/werkstatt(\/[A-Za-z0-9._~%/-]*)?(\?[A-Za-z0-9._~%=&+:,-]*)?$/.test(path) && !path.includes('//') && !/(^|\/)(\.|%2e){1,2}(\/|\?|$)/i.test(path)
}
