import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { formatProblem } from '../core/problem.ts'
import { readLayer } from '../pipeline/read/layer.ts'
import { readTables } from '../pipeline/read/tables.ts'
import type { Format } from './corpus.ts'
import { mutate } from './mutate.ts'

/** How a reader took a damaged file: `read` it, `refused` it with a Problem, or did neither, which is a finding. */
export type Outcome = { readonly kind: 'read' | 'refused' } | { readonly kind: 'finding', readonly message: string }

/** Lets the reader of a format read one damaged file, which is written into the folder first. */
export async function attempt (format: Format, seed: number, folder: string): Promise<Outcome> {
  const displayName = `damaged${format.ending}`
  const file = path.join(folder, displayName)
  await writeFile(file, mutate(format, seed))
  try {
    const { isRead, problems } = await read(format, file, displayName)
    for (const found of problems) formatProblem(found, 'de')
    if (isRead) return { kind: 'read' }
    return problems.length > 0 ? { kind: 'refused' } : { kind: 'finding', message: 'neither data nor a Problem' }
  } catch (error) {
    return { kind: 'finding', message: error instanceof Error ? error.stack ?? error.message : String(error) }
  }
}

async function read ({ reader }: Format, file: string, displayName: string) {
  if (reader === 'layer') {
    const { layer, problems } = await readLayer(file, { displayName })
    return { isRead: layer !== undefined, problems }
  }
  const { tables, problems } = await readTables(file, { displayName })
  return { isRead: tables.length > 0, problems }
}
