import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import subsetFont from 'subset-font'

/*
 * Makes the fonts of this folder from those of the KERN design system: for pages only the characters that
 * German, English and the names of people and places in Europe need, a third of the size; for documents,
 * which are set on the server, more alphabets. Documents need them as plain TrueType: the typesetter drops
 * woff2 without a word.
 */
const source = path.join(import.meta.dirname, '../node_modules/@kern-ux/native/dist/fonts/fira-sans')

type Range = readonly [first: number, last: number]

const ranges: readonly Range[] = [
  [0x20, 0x7e], // Latin
  [0xa0, 0x17f], // Latin-1 and Latin Extended-A
  [0x2009, 0x200a], [0x2010, 0x2015], [0x2018, 0x201e], [0x2020, 0x2026], [0x202f, 0x202f], [0x2030, 0x2030], [0x2039, 0x203a], // blanks, dashes, quotes
  [0x20ac, 0x20ac], [0x2190, 0x2193], [0x2212, 0x2212], [0x2211, 0x2211], [0x2248, 0x2248], [0x2264, 0x2265], [0x25b2, 0x25b2], [0x25bc, 0x25bc], // €, arrows, −, Σ, ≈, ≤ ≥, ▲ ▼
]

const documentRanges: readonly Range[] = [
  ...ranges,
  [0x180, 0x24f], [0x1e00, 0x1eff], // Latin of the rest of the world, Vietnamese among it
  [0x370, 0x3ff], [0x400, 0x52f], // Greek, Cyrillic
  [0x2070, 0x2089], [0x2150, 0x215f], // raised and lowered figures, fractions
]

for (const [name, weight] of [['Regular', 400], ['SemiBold', 600]] as const) {
  const whole = await readFile(path.join(source, `FiraSans-${name}.woff2`))
  for (const [which, targetFormat, ending] of [[ranges, 'woff2', 'woff2'], [documentRanges, 'sfnt', 'ttf']] as const) {
    const subset = await subsetFont(whole, charactersOf(which), { targetFormat })
    await writeFile(path.join(import.meta.dirname, `fira-sans-${weight}.${ending}`), subset)
  }
}

function charactersOf (wanted: readonly Range[]): string {
  return wanted.map(([first, last]) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i))).join('')
}
