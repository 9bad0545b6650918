import type { Operation } from './operation.ts'
import { geometryIdPattern } from '../core/id.ts'
import { ProblemDetails } from './api.ts'

/** A route as the document needs it: Fastify's path and the schema its query is checked with. */
export interface DescribedRoute {
  /** `/:atlas/api/v1/levels` */
  readonly url: string
  readonly operation: Operation
  readonly querystring: object | undefined
}

/** JSON Schema as TypeBox writes it, or the dialect of OpenAPI 3.0: any object. */
type JsonSchema = Readonly<Record<string, unknown>>

/**
 * OpenAPI 3.0 document of one atlas, made from the schemas that the routes check with. 3.0 and not
 * 3.1, because the tools of the field (CITE, QGIS, code generators) read that.
 *
 * @param baseUrl public scheme and host
 */
export function openApiDocument (
  routes: readonly DescribedRoute[],
  { baseUrl, atlas, title, licence }: { baseUrl: string, atlas: string, title: string, licence: { name: string, url: string } },
): object {
  const components = new Map<string, JsonSchema>()
  const paths = Object.fromEntries(routes.map(route => [pathTemplate(route.url), { get: describe(route, components) }]))
  toOpenApi(ProblemDetails, components)
  return {
    openapi: '3.0.3',
    info: {
      title,
      version: '1',
      description: 'Everything the maps show, for programs. A cell is observed, suppressed or missing; only an observed one has a value.',
      license: licence,
    },
    servers: [{ url: `${baseUrl}/${atlas}` }],
    tags: [
      { name: 'lists', description: 'what there is' },
      { name: 'values', description: 'the figures' },
      { name: 'tiles', description: 'vector tiles and their descriptions' },
    ],
    paths,
    components: {
      schemas: Object.fromEntries([...components].toSorted(([a], [b]) => a < b ? -1 : 1)),
      responses: {
        Problem: {
          description: 'what is wrong with the request, and what would be valid (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
        },
      },
    },
  }
}

/** `/:atlas/tiles/:edition/:level.json` -> `/tiles/{edition}/{level}.json`; the atlas stands in `servers`. */
function pathTemplate (url: string): string {
  return url.replace(/^\/:atlas/, '').replaceAll(/:(\w+)/g, '{$1}')
}

const pathParameters: Readonly<Record<string, { description: string, schema: JsonSchema }>> = {
  edition: { description: 'edition id, or "current" (answers 302)', schema: { type: 'string', pattern: '^(e[0-9a-f]{12}|current)$' } },
  geometry: { description: 'hash of the boundaries, from the list of levels', schema: { type: 'string', pattern: geometryIdPattern } },
  level: { description: 'level id', schema: { type: 'string' } },
  indicator: { description: 'indicator id', schema: { type: 'string' } },
  z: { description: 'zoom', schema: { type: 'integer', minimum: 0 } },
  x: { description: 'column from west', schema: { type: 'integer', minimum: 0 } },
  y: { description: 'row from north', schema: { type: 'integer', minimum: 0 } },
}

function describe ({ url, operation, querystring }: DescribedRoute, components: Map<string, JsonSchema>): object {
  const { id, summary, description, tag, answer, alsoAnswers = {} } = operation
  const schema = answer.schema === 'binary' ? { type: 'string', format: 'binary' } : toOpenApi(answer.schema, components)
  return {
    operationId: id,
    summary,
    ...description !== undefined && { description },
    tags: [tag],
    parameters: [...inPath(url), ...inQuery(querystring, components)],
    responses: {
      200: { description: summary, content: { [answer.type]: { schema } } },
      ...Object.fromEntries(Object.entries(alsoAnswers).map(([status, reason]) => [status, { description: reason }])),
      410: { description: 'the edition was withdrawn; says why, and what took its place', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } } },
      '4XX': { $ref: '#/components/responses/Problem' },
      503: { $ref: '#/components/responses/Problem' },
    },
  }
}

function inPath (url: string): object[] {
  const names = [...url.matchAll(/:(\w+)/g)].map(match => match[1]!).filter(name => name !== 'atlas')
  return names.map(name => {
    const parameter = pathParameters[name]
    if (!parameter) throw new RangeError(`the OpenAPI document has no words for path parameter ${name}`)
    return { name, in: 'path', required: true, ...parameter }
  })
}

function inQuery (querystring: object | undefined, components: Map<string, JsonSchema>): object[] {
  const { properties = {}, required = [] } = (querystring ?? {}) as { properties?: Record<string, JsonSchema>, required?: readonly string[] }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name, in: 'query', required: required.includes(name), ...description !== undefined && { description }, schema: toOpenApi(schema, components),
  }))
}

/**
 * The same schema in the dialect of OpenAPI 3.0: no `const`, no `patternProperties`; a schema with
 * `$id` moves into the components and leaves a reference.
 */
function toOpenApi (schema: object, components: Map<string, JsonSchema>): JsonSchema {
  const { $id, ...rest } = schema as JsonSchema
  // In 3.0 only a schema with a type can be nullable, so one that may be null is written out.
  if (typeof $id !== 'string' || rest.nullable === true) return convert(rest, components)
  if (!components.has($id)) {
    components.set($id, {}) // entered before its inside is converted, so that a cycle would end
    components.set($id, convert(rest, components))
  }
  return { $ref: `#/components/schemas/${$id}` }
}

function convert (schema: object, components: Map<string, JsonSchema>): JsonSchema {
  const nested = (value: unknown) => toOpenApi(value as object, components)
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => {
    switch (keyword) {
      case 'const': return ['enum', [value]]
      case 'properties': return [keyword, Object.fromEntries(Object.entries(value as JsonSchema).map(([name, inner]) => [name, nested(inner)]))]
      case 'patternProperties': return ['additionalProperties', nested(Object.values(value as JsonSchema)[0])]
      case 'items': return [keyword, nested(value)]
      case 'anyOf':
      case 'oneOf':
      case 'allOf': return [keyword, (value as readonly unknown[]).map(nested)]
      default: return [keyword, value]
    }
  }))
}
