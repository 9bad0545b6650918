import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import subsetFont from 'subset-font'

/*
 * Makes the fonts of this folder from those of the KERN design system: only the characters that
 * German, English and the names of people and places in Europe need, a third of the size.
 */
const source = path.join(import.meta.dirname, '../node_modules/@kern-ux/native/dist/fonts/fira-sans')

const ranges: ReadonlyArray<readonly [first: number, last: number]> = [
  [0x20, 0x7e], // Latin
  [0xa0, 0x17f], // Latin-1 and Latin Extended-A
  [0x2009, 0x200a], [0x2010, 0x2015], [0x2018, 0x201e], [0x2020, 0x2026], [0x202f, 0x202f], [0x2030, 0x2030], [0x2039, 0x203a], // blanks, dashes, quotes
  [0x20ac, 0x20ac], [0x2190, 0x2193], [0x2212, 0x2212], [0x2211, 0x2211], [0x2248, 0x2248], [0x2264, 0x2265], [0x25b2, 0x25b2], [0x25bc, 0x25bc], // €, arrows, −, Σ, ≈, ≤ ≥, ▲ ▼
]

const characters = ranges.map(([first, last]) =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i))).join('')

for (const [name, weight] of [['Regular', 400], ['SemiBold', 600]] as const) {
  const whole = await readFile(path.join(source, `FiraSans-${name}.woff2`))
  const subset = await subsetFont(whole, characters, { targetFormat: 'woff2' })
  await writeFile(path.join(import.meta.dirname, `fira-sans-${weight}.woff2`), subset)
}
