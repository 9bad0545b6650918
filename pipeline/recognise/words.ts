/**
 * A head in the plain spelling in which it is looked up: lower case, `ae` for `ä`, ages as `3-14`, `<3` written `0-2`, `65+`,
 * without brackets, years, and words that say nothing.
 */
export function plainWords (text: string): string {
  const plain = withoutUmlauts(text.normalize('NFC').toLowerCase())
    .replaceAll(/(?<!\d)(?:19|20)\d{2}(?!\d)/g, ' ')
    .replaceAll(/[_/.,;:()[\]„“"'’\n\r\t]+/g, ' ')
    .replaceAll(/(?<=[a-z])-(?=[a-z])|(?<=[a-z])-(?=\d)|(?<=\d)-(?=[a-z])/g, ' ')
  return withAges(plain).split(/\s+/).filter(word => word !== '' && !idle.has(word)).join(' ')
}

/** Words by which no column differs from another. */
const idle = new Set('der die das des dem den von vom zu zum zur im in am an mit nach und oder je pro insgesamt gesamt anzahl zahl summe darunter davon jahre jahren jahr alter alters years year with of the and total number by to in for auf'.split(' ').filter(word => word !== 'alter'))

export function withoutUmlauts (text: string): string {
  return text.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').replaceAll('é', 'e')
}

/** An age group of the plain text, `3-14`, `0-2`, `65+`; undefined where there is none. */
export function ageGroupOf (plain: string): { readonly from: number, readonly to: number | null } | undefined {
  const range = /(?:^| )(\d{1,2})-(\d{1,2})(?: |$)/.exec(plain)
  if (range && Number(range[1]) <= Number(range[2])) return { from: Number(range[1]), to: Number(range[2]) }
  const open = /(?:^| )(\d{1,2})\+(?: |$)/.exec(plain)
  return open ? { from: Number(open[1]), to: null } : undefined
}

function withAges (text: string): string {
  const number = String.raw`(\d{1,2})`
  const years = String.raw`(?: ?(?:jahre|jahren|j|years?))?`
  const replace = (pattern: string, write: (...numbers: number[]) => string) => (written: string) =>
    written.replaceAll(new RegExp(pattern, 'g'), (_, ...groups: unknown[]) => ` ${write(...groups.filter(group => typeof group === 'string' && /^\d+$/.test(group)).map(Number))} `)
  return [
    // „bis unter“ and „to under“ leave the upper age out; „bis“ has it in.
    replace(String.raw`${number}${years} (?:bis unter|bis <|to under|to below) ${number}`, (from, to) => `${from!}-${to! - 1}`),
    replace(String.raw`${number}${years} ?(?:bis|to|-|–) ?${number}`, (from, to) => `${from!}-${to!}`),
    replace(String.raw`${number} (?:und|and) ${number}(?= jahre| years|$)`, (from, to) => `${from!}-${to!}`),
    replace(String.raw`(?:unter|under|below|<) ?${number}`, to => `0-${to! - 1}`),
    replace(String.raw`${number}${years} (?:und aelter|und mehr|und darueber|and above|and older|and over|plus)`, from => `${from!}+`),
    replace(String.raw`(?:ab|ueber|mindestens|above|over|from) ${number}`, from => `${from!}+`),
    replace(String.raw`${number}\+`, from => `${from!}+`),
    // Two bare numbers after each other, as in `E_E15_18` or `age_6_15`: the second is left out.
    replace(String.raw`age ${number} ${number}`, (from, to) => `${from!}-${Math.max(from!, to! - 1)}`),
  ].reduce((written, step) => step(written), text)
}
