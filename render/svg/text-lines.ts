/** Breaks text into lines of at most `letters` letters at spaces; a longer word stands alone. */
export function breakLines (text: string, letters: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(...cutWord(word, letters))
  }
  return lines
}

/** An address can be longer than a line; words of a language are not. */
function cutWord (word: string, letters: number): string[] {
  const pieces: string[] = []
  for (let start = 0; start < word.length; start += letters) pieces.push(word.slice(start, start + letters))
  return pieces
}
