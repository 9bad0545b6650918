import t from 'tap'
import { Value } from 'typebox/value'
import { Ajv } from 'ajv'
import { CellBody } from '../../server/api.ts'
import { serveTiny } from './serve-tiny.ts'

t.test('every answer keeps the promise of the OpenAPI document, whose schemas are closed', async t => {
  const { get, edition } = await serveTiny(t)
  const cases: Array<[url: string, schema: string]> = [
    ['/tiny/api/v1/editions', 'Editions'],
    ['/tiny/api/v1/levels', 'Levels'],
    ['/tiny/api/v1/areas', 'Areas'],
    ['/tiny/api/v1/areas?level=stadt', 'Areas'],
    ['/tiny/api/v1/indicators', 'Indicators'],
    ['/tiny/api/v1/values?level=sozialraum&indicator=sgb2-share', 'Values'],
    [`/tiny/api/v1/values?level=sozialraum&indicator=sgb2-share&period=2024-12-31&edition=${edition.id}`, 'Values'],
    [`/tiny/values/${edition.id}/sozialraum/sgb2-share.json`, 'ValueColumns'],
    [`/tiny/tiles/${edition.id}/sozialraum.json`, 'TileJson'],
    [`/tiny/tiles/${edition.id}/sozialraum/sgb2-share.json`, 'TileJson'],
    ['/tiny/api/v1/levels?nonsense=1', 'ProblemDetails'],
    ['/tiny/api/v1/values?level=x&indicator=y', 'ProblemDetails'],
    ['/tiny/tiles/gaaaaaaaaaaaa/sozialraum/9/0/0.mvt', 'ProblemDetails'],
  ]
  const ajv = new Ajv({ strict: false })
  ajv.addSchema((await get('/tiny/api/v1/openapi.json')).json(), 'document')
  for (const [url, schema] of cases) {
    const validate = ajv.compile({ $ref: `document#/components/schemas/${schema}` })
    t.ok(validate((await get(url)).json()), `${url} ${ajv.errorsText(validate.errors)}`)
  }
})

t.test('values are rows: a value, or the reason there is none', async t => {
  const { get } = await serveTiny(t)
  const { values } = (await get('/tiny/api/v1/values?level=sozialraum&indicator=sgb2-share&period=2024-12-31')).json()
  t.strictSame(values, [
    { area: '01', period: '2024-12-31', status: 'observed', value: 12.5 },
    { area: '02', period: '2024-12-31', status: 'suppressed' },
    { area: '03', period: '2024-12-31', status: 'missing', reason: 'not-delivered' },
  ])
  t.equal((await get('/tiny/api/v1/values?level=sozialraum&indicator=sgb2-share')).json().values.length, 6, 'all periods where none is asked for')
})

t.test('a suppressed cell has no place for a number', async t => {
  const cell = { area: '02', period: '2024', status: 'suppressed' }
  t.ok(Value.Check(CellBody, cell))
  for (const extra of [{ value: 2 }, { value: null }, { count: 2 }, { reason: 'unknown' }]) {
    t.notOk(Value.Check(CellBody, { ...cell, ...extra }), JSON.stringify(extra))
  }
  t.notOk(Value.Check(CellBody, { area: '02', period: '2024', status: 'observed' }), 'an observed one must have it')
  t.notOk(Value.Check(CellBody, { area: '02', period: '2024', status: 'missing', reason: 'unknown', value: 0 }))
})

t.test('no answer of any route holds a number that the edition does not hold', async t => {
  const { get, edition } = await serveTiny(t)
  const columns = (await get(`/tiny/values/${edition.id}/sozialraum/sgb2-recipients.json`)).json()
  t.match(columns, {
    areas: ['01', '02', '03'],
    periods: ['2024-12-31'],
    values: [[1250, null, null]],
    status: [['o', 's', 'm']],
    reason: [[null, null, 'not-delivered']],
    flag: [[null, null, null]],
    breaks: [0, 1000, 2000],
  })
})

t.test('a misspelt parameter is refused with the names there are, a missing one is named', async t => {
  const { get } = await serveTiny(t)
  t.match((await get('/tiny/api/v1/levels?editon=x')).json(), {
    status: 400,
    code: 'ATLAS_INVALID_PARAMETERS',
    valid: ['edition'],
    parameters: [{ name: 'editon', fault: 'unknown-name', expected: 'edition' }],
  })
  const { parameters } = (await get('/tiny/api/v1/values?level=sozialraum&period=gestern')).json()
  t.match(parameters, [{ name: 'indicator', fault: 'missing' }, { name: 'period', fault: 'invalid-value', expected: /2024-q1/ }])
  t.match((await get('/tiny/api/v1/areas?level=stadt&level=stadt')).json().parameters, [{ name: 'level', fault: 'repeated' }])
  t.match((await get('/tiny/api/v1/areas?level=kiez')).json(), { status: 404, valid: ['sozialraum', 'stadt'] })
})

t.test('the OpenAPI document describes exactly the routes there are, in the dialect of 3.0', async t => {
  const { get, app } = await serveTiny(t)
  const answer = await get('/tiny/api/v1/openapi.json')
  t.equal(answer.headers['content-type'], 'application/vnd.oai.openapi+json;version=3.0')
  const document = answer.json()
  t.equal(document.openapi, '3.0.3')
  t.strictSame(document.servers, [{ url: 'https://atlas.example/tiny' }])

  const operations = Object.entries(document.paths as Record<string, { get: OpenApiOperation }>)
  t.equal(new Set(operations.map(([, { get }]) => get.operationId)).size, operations.length, 'operation ids are unique')
  t.equal(operations.length, 12)
  for (const [path, { get: operation }] of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
    const declared = operation.parameters.filter(parameter => parameter.in === 'path')
    t.strictSame(declared.map(({ name }) => name), inPath, `${path} declares its path parameters`)
    t.ok(declared.every(({ required }) => required))
    t.ok(app.hasRoute({ method: 'GET', url: `/:atlas${path.replaceAll(/\{(\w+)\}/g, ':$1')}` }), `${path} is a route`)
    t.ok(operation.responses['200']?.content, `${path} says what it answers`)
  }

  const unknownKeywords = new Set<string>()
  const walk = (value: unknown, isSchema: boolean): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, isSchema)
    else if (value !== null && typeof value === 'object') {
      if ('$ref' in value) t.ok(resolve(document, String(value.$ref)), `${value.$ref} resolves`)
      for (const [key, inner] of Object.entries(value)) {
        if (isSchema && !schemaKeywords.has(key)) unknownKeywords.add(key)
        const isMap = isSchema ? key === 'properties' : key === 'schemas'
        if (isMap) for (const schema of Object.values(inner as object)) walk(schema, true)
        else walk(inner, key === 'schema' || (isSchema && ['items', 'anyOf', 'allOf', 'additionalProperties'].includes(key)))
      }
    }
  }
  walk(document, false)
  t.strictSame([...unknownKeywords], [], 'no keyword that 3.0 does not know')
  t.strictSame(document.components.schemas.Cell.anyOf[1].properties.status.enum, ['suppressed'])
  t.notOk('value' in document.components.schemas.Cell.anyOf[1].properties)
})

interface OpenApiOperation {
  operationId: string
  parameters: Array<{ name: string, in: string, required: boolean }>
  responses: Record<string, { content?: object }>
}

/** Schema Object of OpenAPI 3.0.3, as far as anybody should use it. */
const schemaKeywords = new Set([
  '$ref', 'type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'anyOf', 'allOf', 'nullable', 'pattern',
  'minimum', 'maximum', 'minItems', 'maxItems', 'description', 'format',
])

function resolve (document: unknown, reference: string): unknown {
  return reference.slice(2).split('/').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
}
