import type { Bootstrap } from '../render/bootstrap.ts'
import type { ValuesJson } from '../render/values-json.ts'
import { fillTemplate } from './address.ts'

/** Fetches values files, each once: one holds all periods of an indicator on a level. */
export function openValues ({ urls, base }: Pick<Bootstrap, 'urls' | 'base'>, fetchJson = fetchAsJson): (level: string, indicator: string) => Promise<ValuesJson> {
  const files = new Map<string, Promise<ValuesJson>>()
  return async (level, indicator) => {
    const url = fillTemplate(urls.values, { level, indicator }, { base })
    const known = files.get(url)
    if (known) return known
    const file = fetchJson(url) as Promise<ValuesJson>
    files.set(url, file)
    // What failed may work the next time.
    file.catch(() => files.delete(url))
    return file
  }
}

export async function fetchAsJson (url: string): Promise<unknown> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response.json()
}
