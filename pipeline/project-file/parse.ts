import { LineCounter, isScalar, parseDocument, visit, type Document } from 'yaml'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import type { Localised } from '../../core/area.ts'
import { nearest } from '../../core/nearest.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { fillIn } from '../catalogue/fill-in.ts'
import type { IndicatorWorkbook } from '../catalogue/workbook.ts'
import { gapProblems } from './gaps.ts'
import { ProjectFile } from './schema.ts'

// The default of 8 would hide the ninth mistake until the next run.
Settings.Set({ maxErrors: 10_000 })

/** Steps into the file: keys of maps and positions in lists. */
export type YamlPath = ReadonlyArray<string | number>

/** Where a path of the project file stands; of a missing one, where its parent stands. */
export type Locate = (path: YamlPath) => Place

export interface ParsedProjectFile {
  readonly file?: ProjectFile
  readonly locate: Locate
  readonly problems: Problem[]
}

/**
 * Reads the text of `atlas.yaml` and holds it against the schema; every mistake with line and column.
 *
 * @param displayName how messages name the file
 * @param workbook what its `indicatorsFile` holds
 */
export function parseProjectFile (text: string, displayName: string, workbook?: IndicatorWorkbook): ParsedProjectFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file: displayName, line, column: col }
  }
  const locateLine: Locate = path => placeAt(offsetOf(document, path))

  if (document.errors.length > 0) {
    const problems = document.errors.map(error => problem('project-file-broken-yaml', placeAt(error.pos[0]), { reason: error.message }))
    return { locate: locateLine, problems }
  }

  keepDigitsAsWritten(document)
  const read = toValue(document)
  if (!read) return { locate: locateLine, problems: [problem('project-file-aliases', placeAt(0))] }
  const { value, locate, problems: unknown } = fillIn(read.value, locateLine, workbook)
  const gaps = gapProblems(document, placeAt)
  // What is not filled in is not wrong as well.
  const problems = [...gaps, ...unknown, ...schemaProblems(value, locate).filter(({ place }) => !gaps.some(gap => gap.place.line === place.line))]
  return problems.length === 0 ? { file: value as ProjectFile, locate, problems } : { locate, problems }
}

/** The reader of YAML throws where one anchor is referred to so often that it takes the file for an attack. */
function toValue (document: Document): { readonly value: unknown } | undefined {
  try {
    return { value: document.toJS() as unknown }
  } catch (error) {
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}

/** `01` and `1e3` are keys, not numbers: whatever does not come back as it was written stays text. */
function keepDigitsAsWritten (document: Document): void {
  visit(document, {
    Scalar (_, node) {
      if (typeof node.value === 'number' && node.source !== undefined && String(node.value) !== node.source && !/^[-+]?\d+\.\d+$/.test(node.source)) {
        node.value = node.source
      }
    },
  })
}

function offsetOf (document: Document, path: YamlPath): number {
  for (let length = path.length; length >= 0; length--) {
    const steps = path.slice(0, length)
    const node = length === 0 ? document.contents : document.getIn(steps, true)
    const key = keyOffset(document, steps)
    if (key !== undefined) return key
    if (node && typeof node === 'object' && 'range' in node) return (node.range as [number] | null)?.[0] ?? 0
  }
  return 0
}

/** Start of the key that leads to a map entry, which is where a reader looks. */
function keyOffset (document: Document, path: YamlPath): number | undefined {
  const last = path.at(-1)
  if (typeof last !== 'string') return undefined
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!parent || typeof parent !== 'object' || !('items' in parent)) return undefined
  for (const item of parent.items as unknown[]) {
    const key = (item as { key?: unknown }).key
    if (isScalar(key) && String(key.value) === last) return key.range?.[0]
  }
  return undefined
}

interface SchemaError {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: Record<string, unknown>
}

interface SchemaNode {
  readonly properties?: Record<string, SchemaNode>
  readonly description?: string
  readonly english?: string
  readonly items?: SchemaNode
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly SchemaNode[]
}

const compiled = Compile(ProjectFile)

function schemaProblems (value: unknown, locate: Locate): Problem[] {
  if (compiled.Check(value)) return []
  const errors = compiled.Errors(value) as unknown as SchemaError[]
  return errors
    // Inside a union every branch complains; the union's own error says it once.
    .filter(error => !/\/anyOf\/\d+/.test(error.schemaPath) && error.keyword !== 'boolean')
    .flatMap(error => problemsOf(error, value, locate))
}

function problemsOf (error: SchemaError, root: unknown, locate: Locate): Problem[] {
  const path = pathOf(error.instancePath)
  const schema = schemaAt(error.schemaPath)
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys(schema?.properties ?? {})
      return (error.params.additionalProperties as string[]).map(key => problem('project-file-unknown-key', locate([...path, key]), {
        key, known: known.join(', '), guess: guess(key, known),
      }))
    }
    case 'required':
      return (error.params.requiredProperties as string[]).map(key => problem('project-file-missing-key', locate(path), {
        key, what: describe(schema?.properties?.[key]),
      }))
    default:
      return [problem('project-file-invalid-value', locate(path), {
        key: path.filter(step => typeof step === 'string').at(-1) ?? '', value: quote(valueAt(root, path)), expected: expectation(error, schema),
      })]
  }
}

function expectation ({ keyword, params }: SchemaError, schema: SchemaNode | undefined): string | Localised {
  switch (keyword) {
    case 'enum': return (params.allowedValues as unknown[]).map(String).join(', ')
    case 'minimum': case 'exclusiveMinimum': case 'maximum': return `${String(params.comparison)} ${String(params.limit)}`
    case 'minItems': case 'maxItems': return { de: `${String(params.limit)} Einträge`, en: `${String(params.limit)} entries` }
    default: return describe(schema)
  }
}

function describe (schema: SchemaNode | undefined): string | Localised {
  if (schema?.description) return { de: schema.description, en: schema.english ?? schema.description }
  if (schema?.enum) return schema.enum.map(String).join(', ')
  return typeNames[schema?.type ?? ''] ?? { de: 'ein Wert', en: 'a value' }
}

const typeNames: Record<string, Localised> = {
  string: { de: 'ein Text', en: 'a text' },
  number: { de: 'eine Zahl', en: 'a number' },
  integer: { de: 'eine ganze Zahl', en: 'a whole number' },
  boolean: { de: 'true oder false', en: 'true or false' },
  array: { de: 'eine Liste', en: 'a list' },
  object: { de: 'eingerückte Einträge', en: 'indented entries' },
}

/** The suggestion behind an unknown name, empty where nothing is close. */
export function guess (text: string, known: readonly string[]): Localised {
  const candidate = nearest(text, known)
  return candidate === undefined ? { de: '', en: '' } : { de: `Gemeint ist vielleicht „${candidate}“.`, en: `Perhaps "${candidate}" is meant.` }
}

function quote (value: unknown): string {
  return value === undefined ? '∅' : JSON.stringify(value).slice(0, 80)
}

function pathOf (pointer: string): Array<string | number> {
  return pointer.split('/').slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(step => /^\d+$/.test(step) ? Number(step) : step)
}

function valueAt (root: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], root)
}

function schemaAt (schemaPath: string): SchemaNode | undefined {
  return schemaPath.split('/').slice(1).reduce<unknown>(
    (node, step) => (node as Record<string, unknown> | undefined)?.[step], ProjectFile) as SchemaNode | undefined
}
