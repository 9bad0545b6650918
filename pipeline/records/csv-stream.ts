/** A row of a CSV file that is not kept. */
export interface StreamedRow {
  /** Line on which it starts, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/** A field that does not end: an unclosed quote, or no CSV at all. The message quotes nothing. */
export class EndlessFieldError extends Error {
  override readonly name = 'EndlessFieldError'
}

/** Longer fields are none; without a bound one unclosed quote would hold the whole file in memory. */
const longestField = 100_000
const mostFields = 5000

/**
 * Rows of CSV text that comes in parts, after the same rules as `parseCsv`: quotes count at the start of a field only, all line ends.
 * Blank lines are no rows. Memory: one row.
 *
 * @throws EndlessFieldError
 */
export async function * streamCsv (parts: AsyncIterable<string>, delimiter: string): AsyncGenerator<StreamedRow> {
  const state = { field: '', fields: [] as string[], mode: 'start' as 'start' | 'plain' | 'quoted' | 'quote', line: 1, start: 1, wasReturn: false }
  const rows: StreamedRow[] = []
  const endField = () => {
    state.fields.push(state.field)
    state.field = ''
    state.mode = 'start'
    if (state.fields.length > mostFields) throw new EndlessFieldError('too many fields')
  }
  const endRow = () => {
    endField()
    const { fields, start } = state
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: start, fields })
    state.fields = []
  }
  const take = (sign: string) => {
    if (sign === '\n' && state.wasReturn) {
      state.wasReturn = false
      if (state.mode === 'quoted') state.field += sign
      else state.start = state.line
      return
    }
    state.wasReturn = sign === '\r'
    const isBreak = sign === '\n' || sign === '\r'
    if (isBreak) state.line++
    if (state.mode === 'quoted') {
      if (sign === '"') state.mode = 'quote'
      else state.field += sign
    } else if (state.mode === 'quote' && sign === '"') {
      state.field += '"'
      state.mode = 'quoted'
    } else if (sign === delimiter) {
      endField()
    } else if (isBreak) {
      endRow()
      state.start = state.line
    } else if (sign === '"' && state.mode === 'start') {
      state.mode = 'quoted'
    } else {
      state.field += sign
      if (state.mode === 'start') state.mode = 'plain'
    }
    if (state.field.length > longestField) throw new EndlessFieldError('a field without an end')
  }
  for await (const part of parts) {
    for (let i = 0; i < part.length; i++) take(part[i]!)
    yield * rows.splice(0)
  }
  if (state.mode === 'quoted') throw new EndlessFieldError('a quote without an end')
  if (state.field !== '' || state.fields.length > 0) endRow()
  yield * rows
}
