import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import t from 'tap'
import { parseDocument } from 'yaml'

/** What the handbook shows of a project file: pieces, some without what every project has. */
interface Example { readonly file: string, readonly line: number, readonly text: string }

interface Schema { readonly [keyword: string]: unknown }

const root = path.join(import.meta.dirname, '..')
const schema = withoutRequired(JSON.parse(readFileSync(path.join(root, 'docs/atlas.schema.json'), 'utf8'))) as Schema
const ajv = new Ajv2020({ strict: false, allErrors: true })
const forms = listForms(schema).map(form => ({ keys: Object.keys(form['properties'] as object), validate: ajv.compile(form) }))

t.test('what the handbook shows of a project file is what the program reads', async t => {
  const examples = listExamples(path.join(root, 'docs/daten'))
  t.ok(examples.length >= 15, 'the handbook has examples')
  for (const { file, line, text } of examples) {
    for (const piece of parsePieces(text)) {
      const faults = findFaults(piece)
      t.strictSame(faults, [], `${file}:${line}`)
    }
  }
})

t.test('an example with a key or a value that the program does not know is found', async t => {
  t.match(findFaults({ deliveries: [{ id: 'a', periode: { value: '2024' } }] }).join(), /periode/)
  t.ok(findFaults({ einzeldaten: 'zaehlen' }).length > 0)
  t.ok(findFaults({ levels: [{ id: 'a', validFrom: 'gestern' }] }).length > 0)
})

function listExamples (folder: string): Example[] {
  return readdirSync(folder).filter(name => name.endsWith('.md')).flatMap(name => {
    const text = readFileSync(path.join(folder, name), 'utf8')
    return [...text.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(match => ({ file: name, line: text.slice(0, match.index).split('\n').length, text: match[1]! }))
  })
}

/** A fence is one piece, or, where it shows the same key in several ways, one per line. */
function parsePieces (text: string): unknown[] {
  const whole = parseDocument(text)
  if (whole.errors.length === 0) return [whole.toJS()]
  return text.trimEnd().split('\n').map(line => {
    const document = parseDocument(line)
    if (document.errors.length > 0) throw new Error(`${document.errors[0]!.message}: ${line}`)
    return document.toJS() as unknown
  })
}

/** Of the form that fits best: of all that know its keys the one with the fewest faults. */
function findFaults (piece: unknown): string[] {
  if (Array.isArray(piece)) return piece.flatMap(findFaults)
  const keys = Object.keys(piece as object)
  const fitting = forms.filter(form => keys.every(key => form.keys.includes(key)))
  if (fitting.length === 0) return [`no part of a project file has all of these: ${keys.join(', ')}`]
  return fitting.map(({ validate }) => faultsOf(validate, piece)).toSorted((a, b) => a.length - b.length)[0]!
}

function faultsOf (validate: ValidateFunction, piece: unknown): string[] {
  validate(piece)
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
}

/** Objects at any depth of the schema. */
function listForms (part: unknown): Schema[] {
  if (typeof part !== 'object' || part === null) return []
  const inner = Object.values(part).flatMap(listForms)
  return 'properties' in part && typeof part.properties === 'object' ? [part as Schema, ...inner] : inner
}

/** An example leaves out what it is not about. */
function withoutRequired (part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutRequired)
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).filter(([key, value]) => key !== 'required' || !Array.isArray(value)).map(([key, value]) => [key, withoutRequired(value)]))
}
