import type { Reading } from '../audit/artefacts/audit.ts'
import type { Artefact } from '../audit/artefacts/artefact.ts'
import type { ArtefactsOptions } from './artefacts.ts'
import type { Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readArtefacts } from '../audit/artefacts/audit.ts'
import { fileOfPath } from '../core/static-file.ts'
import { artefacts } from './artefacts.ts'

/** The part of an export that one process writes. */
export interface ExportTask {
  readonly edition: Edition
  readonly tiles: readonly GeometryTiles[]
  readonly folder: string
  readonly options: Pick<ArtefactsOptions, 'publicUrl' | 'assets' | 'share'>
}

export interface WrittenShare {
  readonly files: readonly WrittenFile[]
  readonly reading: Reading
}

/** Name below the folder, with `/`, and what is in it. */
export interface WrittenFile {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
}

/** Writes every file of a share, and audits the same bytes on their way. */
export async function writeShare ({ edition, tiles, folder, options }: ExportTask): Promise<WrittenShare> {
  const files: WrittenFile[] = []
  async function * written (): AsyncGenerator<Artefact> {
    for await (const artefact of artefacts(edition, tiles, { ...options, scope: 'files' })) {
      files.push(await writeInto(folder, fileOfPath(artefact.path), artefact.bytes))
      yield artefact
    }
  }
  const reading = await readArtefacts(edition, written())
  return { files, reading }
}

/** Writes one file and the folders it lies in. */
export async function writeInto (folder: string, name: string, bytes: Uint8Array): Promise<WrittenFile> {
  const file = path.join(folder, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, bytes)
  return { name, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
}
