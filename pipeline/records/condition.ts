import type { CountCondition } from '../project-file/schema/records.ts'
import { trimBlanks } from '../read/number-text.ts'

/** Whether a field meets a condition: equal to one of its texts, or within its range (`0..2`, `65..`, `..17`). Blanks around do not count. */
export function compileCondition (condition: CountCondition): (field: string) => boolean {
  const tests = (Array.isArray(condition) ? condition : [condition]).map(one => compileText(String(one)))
  return field => {
    const text = trimBlanks(field)
    return tests.some(test => test(text))
  }
}

function compileText (written: string): (text: string) => boolean {
  const range = compileRange(written)
  const wanted = trimBlanks(written)
  return range ? text => /^\d{1,9}$/.test(text) && range(Number(text)) : text => text === wanted
}

/** A test for whole numbers; `undefined` for text that is no range. */
export function compileRange (written: string): ((value: number) => boolean) | undefined {
  const found = /^(\d*)\.\.(\d*)$/.exec(written)
  if (!found) return undefined
  const from = found[1] === '' ? 0 : Number(found[1])
  const to = found[2] === '' ? Infinity : Number(found[2])
  return value => from <= value && value <= to
}
