import type { AssetUrls } from '../render/site.ts'
import type { Representation } from './representation.ts'
import { stored } from './representation.ts'

/** Viewer, styles and fonts, as the bundler writes them. */
export interface Assets {
  readonly urls: AssetUrls
  /** By path, `/assets/{hash}/viewer.js`: the hash is of the content, so every path lives for ever. */
  readonly files: ReadonlyMap<string, AssetFile>
}

export interface AssetFile {
  /** Media type, with its charset. */
  readonly type: string
  readonly body: Uint8Array
  /** Compressed once; left out for what is compressed already, such as fonts. */
  readonly gzip?: Uint8Array
  readonly br?: Uint8Array
}

export function assetRepresentations ({ files }: Assets): ReadonlyMap<string, Representation> {
  return new Map([...files].map(([path, { type, body, gzip, br }]) =>
    [path, stored({ type, identity: body, ...gzip && { gzip }, ...br && { br } })]))
}
