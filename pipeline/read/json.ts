/** JSON whose keys and ids are still as they were written: `JSON.parse` would make `01.50` a number. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject

export type JsonObject = Map<string, JsonValue>

/** Where a text stops being JSON. */
export class JsonError extends Error {
  override name = 'JsonError'
  /** From 1. */
  readonly line: number
  readonly column: number
  /** What stands there, at most 20 characters; '' at the end of the text. */
  readonly found: string

  constructor (text: string, offset: number) {
    super('invalid JSON')
    const lines = text.slice(0, offset).split('\n')
    this.line = lines.length
    this.column = lines.at(-1)!.length + 1
    this.found = text.slice(offset, offset + 20).split(/[\r\n]/)[0]!
  }
}

/**
 * Reads JSON as `JSON.parse` does, with two differences that keys need: scalars directly in objects called
 * `properties`, and members called `id`, stay text exactly as written (`01.50`, `12345678901234567890`), and
 * lists or objects in `properties` are kept as their source text. An object is a Map, so that no name is special.
 *
 * @throws JsonError with line and column
 */
export function parseJson (text: string): JsonValue {
  const reader = new JsonReader(text)
  const value = reader.readValue(0)
  reader.skipBlanks()
  if (reader.position < text.length) throw new JsonError(text, reader.position)
  return value
}

/** GeoJSON needs 9; far more would exhaust the stack. */
const maxDepth = 100

/** A cursor over the text. */
class JsonReader {
  position = 0
  readonly #text: string

  constructor (text: string) {
    this.#text = text
  }

  readValue (depth: number): JsonValue {
    this.skipBlanks()
    if (depth > maxDepth) this.#fail()
    switch (this.#text[this.position]) {
      case '{': return this.#readObject(depth, name => name === 'properties' ? this.#readProperties(depth + 1) : name === 'id' ? this.#readText(depth + 1) : this.readValue(depth + 1))
      case '[': return this.#readArray(depth)
      case '"': return this.#readString()
      default: return this.#readScalar()
    }
  }

  skipBlanks (): void {
    while (isBlank(this.#text.charCodeAt(this.position))) this.position++
  }

  #readProperties (depth: number): JsonValue {
    this.skipBlanks()
    return this.#text[this.position] === '{' ? this.#readObject(depth, () => this.#readText(depth + 1)) : this.readValue(depth)
  }

  /** A value as text: strings without their quotes, null as '', all else as it is written. */
  #readText (depth: number): JsonValue {
    this.skipBlanks()
    const start = this.position
    const value = this.readValue(depth)
    if (value === null) return ''
    return typeof value === 'string' ? value : this.#text.slice(start, this.position)
  }

  #readObject (depth: number, readMember: (name: string) => JsonValue): JsonObject {
    if (depth > maxDepth) this.#fail()
    const members: JsonObject = new Map()
    this.position++
    this.skipBlanks()
    if (this.#take('}')) return members
    for (;;) {
      this.skipBlanks()
      if (this.#text[this.position] !== '"') this.#fail()
      const name = this.#readString()
      this.skipBlanks()
      if (!this.#take(':')) this.#fail()
      members.set(name, readMember(name))
      this.skipBlanks()
      if (this.#take('}')) return members
      if (!this.#take(',')) this.#fail()
    }
  }

  #readArray (depth: number): JsonValue[] {
    const items: JsonValue[] = []
    this.position++
    this.skipBlanks()
    if (this.#take(']')) return items
    for (;;) {
      items.push(this.readValue(depth + 1))
      this.skipBlanks()
      if (this.#take(']')) return items
      if (!this.#take(',')) this.#fail()
    }
  }

  #readString (): string {
    const start = this.position
    let end = start + 1
    for (; this.#text[end] !== '"'; end++) {
      if (end >= this.#text.length || this.#text.charCodeAt(end) < 0x20) this.#fail(end)
      if (this.#text[end] === '\\') end++
    }
    this.position = end + 1
    const source = this.#text.slice(start, end + 1)
    if (!source.includes('\\')) return source.slice(1, -1)
    try {
      return JSON.parse(source) as string
    } catch {
      return this.#fail(start)
    }
  }

  #readScalar (): number | boolean | null {
    scalar.lastIndex = this.position
    const source = scalar.exec(this.#text)?.[0]
    if (source === undefined) return this.#fail()
    this.position += source.length
    switch (source) {
      case 'true': return true
      case 'false': return false
      case 'null': return null
      default: return Number(source)
    }
  }

  #take (character: string): boolean {
    if (this.#text[this.position] !== character) return false
    this.position++
    return true
  }

  #fail (offset = this.position): never {
    throw new JsonError(this.#text, offset)
  }
}

const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.+-])/y

function isBlank (code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
