import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCoverage } from '../../render/paper/coverage.ts'
import type { Paper } from '../../render/paper/paper.ts'
import { preparePaper } from '../../render/paper/prepare-paper.ts'

/** A paper as PDF. */
export interface SetPaper {
  readonly pdf: Uint8Array
  readonly pages: number
  /** Signs that the fonts do not have; a question mark stands for each. */
  readonly replaced: number
  /** Texts that were too long for a paper. */
  readonly shortened: number
}

export type Typesetter = (paper: Paper) => SetPaper

/** The folder that the typesetter can read, and all that is in it. */
const workspace = fileURLToPath(new URL('../../render/paper/template', import.meta.url))

/**
 * Opens the typesetter, with our fonts and one template; `undefined` where its package has no program for this machine. It works
 * synchronously and cannot be stopped: for a process of its own.
 */
export async function openTypesetter (): Promise<Typesetter | undefined> {
  const binding = await import('@myriaddreamin/typst-ts-node-compiler').catch(() => undefined)
  if (!binding) return undefined
  const fonts = await Promise.all([400, 600].map(weight => readFile(new URL(`../../fonts/fira-sans-${weight}.ttf`, import.meta.url))))
  const coverages = fonts.map(font => readCoverage(font))
  const compiler = binding.NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts }] })
  return paper => {
    const { paper: prepared, replaced, shortened } = preparePaper(paper, codePoint => coverages.every(covered => covered.has(codePoint)))
    try {
      const compiled = compiler.compile({ mainFilePath: path.join(workspace, 'paper.typ'), inputs: { paper: JSON.stringify({ ...prepared, replaced, shortened }) } })
      if (!compiled.result) throw new Error(`cannot set the paper: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`)
      // Refuses what a screen reader could not read, such as a picture without words.
      const pdf = compiler.pdf(compiled.result, { pdfStandard: 'ua-1', creationTimestamp: paper.statedAt })
      return { pdf, pages: compiled.result.numOfPages, replaced, shortened }
    } finally {
      // Kept, it grows by 3 MB with every paper.
      compiler.evictCache(0)
    }
  }
}
