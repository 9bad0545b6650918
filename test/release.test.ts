import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { tidySbom, type Sbom } from '../release/sbom.ts'
import { listShipped, type Lock } from '../release/shipped.ts'

const lock: Lock = {
  packages: {
    '': {},
    'node_modules/pg': { version: '8.0.0' },
    'node_modules/a/node_modules/@scope/b': { version: '1.0.0' },
    'node_modules/tap': { version: '21.0.0', dev: true },
    'node_modules/@esbuild/linux-x64': { version: '0.28.0', os: ['linux'], cpu: ['x64'] },
  },
}

t.test('a release ships what the program needs: nothing for tests, nothing for one kind of machine', async t => {
  t.strictSame(listShipped(lock).map(({ ref }) => ref), ['@scope/b@1.0.0', 'pg@8.0.0'])
})

const component = (ref: string) => ({
  'bom-ref': ref,
  name: ref,
  externalReferences: [{ type: 'distribution', url: 'https://mirror.example/pg.tgz' }, { type: 'website', url: 'https://pg.example' }],
})
const bill: Sbom = {
  serialNumber: 'urn:uuid:by-chance',
  metadata: { timestamp: '2030-01-01T00:00:00.000Z', component: { 'bom-ref': 'atlas@1', name: 'my-folder' } },
  components: [component('tap@21.0.0'), component('pg@8.0.0'), component('@scope/b@1.0.0')],
  dependencies: [{ ref: 'tap@21.0.0', dependsOn: ['pg@8.0.0'] }, { ref: 'atlas@1', dependsOn: ['tap@21.0.0', 'pg@8.0.0'] }, { ref: 'pg@8.0.0' }],
}
const naming = { name: 'atlas', moment: '2026-11-23T10:00:00.000Z', shipped: new Set(['pg@8.0.0', '@scope/b@1.0.0']) }

t.test('the bill of materials lists what is shipped, and is the same whenever and wherever it is made', async t => {
  const tidied = tidySbom(bill, naming)
  t.strictSame(tidied.components.map(one => one['bom-ref']), ['@scope/b@1.0.0', 'pg@8.0.0'])
  t.strictSame(tidied.dependencies, [{ ref: 'atlas@1', dependsOn: ['pg@8.0.0'] }, { ref: 'pg@8.0.0', dependsOn: [] }])
  t.match(tidied.metadata, { timestamp: naming.moment, component: { name: 'atlas' } })
  t.notMatch(JSON.stringify(tidied), /mirror\.example|by-chance|my-folder/)
  t.match(tidied.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  const elsewhere = { ...bill, serialNumber: 'urn:uuid:other', components: bill.components.toReversed(), metadata: { ...bill.metadata, timestamp: 'later' } }
  t.strictSame(tidySbom(elsewhere, naming), tidied)
})

t.test('a shipped package that the bill leaves out is named', async t => {
  t.throws(() => tidySbom({ ...bill, components: [] }, naming), { message: /missing in the bill of materials: pg@8\.0\.0, @scope\/b@1\.0\.0/ })
})

t.test('every package that the program depends on is shipped', async t => {
  const read = (name: string) => JSON.parse(readFileSync(path.join(import.meta.dirname, '..', name), 'utf8')) as unknown
  const shipped = new Set(listShipped(read('package-lock.json') as Lock).map(({ folder }) => folder))
  const { dependencies } = read('package.json') as { dependencies: Record<string, string> }
  t.strictSame(Object.keys(dependencies).filter(name => !shipped.has(`node_modules/${name}`)), [])
})
