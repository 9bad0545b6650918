import path from 'node:path'

const maxLength = 80

/**
 * A name that somebody's browser sent, as the name of a file in one folder on any system: without folders, signs that mean something
 * to a shell or to Windows, and with the ending of what the file is. It leads nowhere: neither up, nor to a hidden or a reserved name.
 *
 * @param ending without a dot, `csv`
 */
export function safeName (sent: string, ending: string): string {
  const last = sent.normalize('NFC').split(/[\\/]/).at(-1)!
  const stem = path.posix.parse(last).name.replaceAll(/[^\p{L}\p{N} ()_.-]+/gu, '_').replaceAll(/\.{2,}/g, '.').replaceAll(/^[ .]+|[ .]+$/g, '')
  const short = Array.from(stem).slice(0, maxLength).join('').trim()
  const name = short === '' ? 'datei' : reserved.test(short) ? `${short}_` : short
  return `${name}.${ending}`
}

/** Devices of Windows, on which a project may be unpacked. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
