import t from 'tap'
import { PbfWriter } from 'pbf'
import type { TileRule } from '../../pipeline/tile/check-tile.ts'
import { checkTile, tileRules } from '../../pipeline/tile/check-tile.ts'

/** A tile as it is written to bytes; a test changes one thing in a sound one. */
interface Draft {
  layers: Array<{ version?: number, name?: string | Uint8Array, extent?: number, keys: Array<string | Uint8Array>, values: Uint8Array[], features: DraftFeature[] }>
}

interface DraftFeature { id?: number | bigint, type?: number, tags: number[], geometry?: number[] }

const bytesOf = (write: (pbf: PbfWriter) => void): Uint8Array => {
  const pbf = new PbfWriter()
  write(pbf)
  return pbf.finish().slice()
}

const text = (value: string): Uint8Array => bytesOf(pbf => pbf.writeStringField(1, value))
const brokenUtf8 = Uint8Array.from([0xc3, 0x28])

/** Command integers of a polygon from rings of positions; positive area first, as in y-down grids. */
function rings (...all: ReadonlyArray<ReadonlyArray<readonly [number, number]>>): number[] {
  const zigzag = (n: number): number => n < 0 ? -2 * n - 1 : 2 * n
  let [x, y] = [0, 0]
  const step = ([toX, toY]: readonly [number, number]): number[] => {
    const integers = [zigzag(toX - x), zigzag(toY - y)]
    ;[x, y] = [toX, toY]
    return integers
  }
  return all.flatMap(([first, ...others]) => [9, ...step(first!), (others.length << 3) | 2, ...others.flatMap(step), 15])
}

const outer = [[0, 0], [10, 0], [10, 10], [0, 10]] as const
const hole = [[2, 2], [2, 4], [4, 4], [4, 2]] as const

function soundTile (): Draft {
  return {
    layers: [
      {
        version: 2,
        name: 'areas',
        extent: 4096,
        keys: ['area', 'name'],
        values: [text('01'), text('Süd'), text('02')],
        features: [
          { id: 1, type: 3, tags: [0, 0, 1, 1], geometry: rings(outer, hole) },
          { id: 2, type: 3, tags: [0, 2, 1, 1], geometry: rings(outer) },
        ],
      },
      { version: 2, name: 'borders', extent: 4096, keys: [], values: [], features: [{ type: 2, tags: [], geometry: [9, 0, 0, 10, 20, 0] }] },
      { version: 2, name: 'labels', extent: 4096, keys: [], values: [], features: [{ id: 1, type: 1, tags: [], geometry: [17, 10, 10, 2, 2] }] },
    ],
  }
}

function encode ({ layers }: Draft): Uint8Array {
  return bytesOf(tile => {
    for (const { version, name, extent, keys, values, features } of layers) {
      tile.writeBytesField(3, bytesOf(layer => {
        if (version !== undefined) layer.writeVarintField(15, version)
        if (name !== undefined) layer.writeBytesField(1, typeof name === 'string' ? Buffer.from(name) : name)
        for (const feature of features) layer.writeBytesField(2, encodeFeature(feature))
        for (const key of keys) layer.writeBytesField(3, typeof key === 'string' ? Buffer.from(key) : key)
        for (const value of values) layer.writeBytesField(4, value)
        if (extent !== undefined) layer.writeVarintField(5, extent)
      }))
    }
  })
}

function encodeFeature ({ id, type, tags, geometry }: DraftFeature): Uint8Array {
  return bytesOf(pbf => {
    if (id !== undefined) pbf.writeVarintField(1, Number(id))
    if (tags.length > 0) pbf.writePackedVarint(2, tags)
    if (type !== undefined) pbf.writeVarintField(3, type)
    if (geometry) pbf.writePackedVarint(4, geometry)
  })
}

/** For each rule the ways to break it, and nothing else, in a sound tile. */
const mutations: Record<TileRule, Array<(tile: Draft) => void | Uint8Array>> = {
  protobuf: [
    tile => encode(tile).slice(0, -1),
    () => Uint8Array.from([0x1f]),
    () => bytesOf(pbf => pbf.writeVarintField(3, 7)),
    () => bytesOf(pbf => pbf.writeVarintField(1, 7)),
    () => Uint8Array.from([0x1a, ...new Array<number>(10).fill(0xff), 0x01]),
  ],
  'layer-version': [({ layers }) => { layers[0]!.version = 1 }, ({ layers }) => { delete layers[0]!.version }],
  'layer-name': [({ layers }) => { layers[0]!.name = '' }, ({ layers }) => { delete layers[0]!.name }],
  'layer-name-unique': [({ layers }) => { layers[1]!.name = 'areas' }],
  'layer-extent': [({ layers }) => { delete layers[0]!.extent }, ({ layers }) => { layers[0]!.extent = 0 }],
  'layer-empty': [({ layers }) => { layers[1]!.features = [] }],
  'key-unique': [({ layers }) => { layers[0]!.keys[1] = 'area' }],
  'value-unique': [({ layers }) => { layers[0]!.values[2] = text('01') }],
  'value-single': [
    ({ layers }) => { layers[0]!.values[2] = new Uint8Array() },
    ({ layers }) => { layers[0]!.values[2] = Buffer.concat([text('a'), text('b')]) },
  ],
  'text-utf8': [
    ({ layers }) => { layers[0]!.keys[1] = brokenUtf8 },
    ({ layers }) => { layers[0]!.values[2] = bytesOf(pbf => pbf.writeBytesField(1, brokenUtf8)) },
  ],
  'number-finite': [
    ({ layers }) => { layers[0]!.values[2] = bytesOf(pbf => pbf.writeDoubleField(3, NaN)) },
    ({ layers }) => { layers[0]!.values[2] = bytesOf(pbf => pbf.writeFloatField(2, Infinity)) },
  ],
  'feature-id-unique': [({ layers }) => { layers[0]!.features[1]!.id = 1 }],
  'feature-id-range': [({ layers }) => { layers[0]!.features[1]!.id = 2 ** 60 }],
  'feature-type': [({ layers }) => { delete layers[0]!.features[1]!.type }, ({ layers }) => { layers[0]!.features[1]!.type = 4 }],
  'feature-geometry': [({ layers }) => { delete layers[0]!.features[1]!.geometry }],
  'tags-even': [({ layers }) => { layers[0]!.features[1]!.tags = [0] }],
  'tags-index': [({ layers }) => { layers[0]!.features[1]!.tags = [2, 0] }, ({ layers }) => { layers[0]!.features[1]!.tags = [0, 3] }],
  'tags-key-unique': [({ layers }) => { layers[0]!.features[1]!.tags = [0, 0, 0, 1] }],
  'command-id': [({ layers }) => { layers[0]!.features[1]!.geometry = [11, 0, 0] }],
  'command-count': [({ layers }) => { layers[0]!.features[1]!.geometry = [1] }, ({ layers }) => { layers[0]!.features[1]!.geometry = [...rings(outer).slice(0, -1), 23] }],
  'command-order': [
    ({ layers }) => { layers[0]!.features[1]!.geometry = rings(outer).slice(0, -1) },
    ({ layers }) => { layers[0]!.features[1]!.geometry = rings(outer).slice(3) },
    ({ layers }) => { layers[1]!.features[0]!.geometry = [9, 0, 0] },
    ({ layers }) => { layers[2]!.features[0]!.geometry = [9, 0, 0, 9, 2, 2] },
  ],
  'command-cut-off': [({ layers }) => { layers[0]!.features[1]!.geometry = rings(outer).slice(0, 7) }],
  'line-repeated-point': [({ layers }) => { layers[1]!.features[0]!.geometry = [9, 0, 0, 18, 20, 0, 0, 0] }],
  'ring-few-points': [({ layers }) => { layers[0]!.features[1]!.geometry = rings([[0, 0], [10, 0]]) }],
  'ring-closed-twice': [({ layers }) => { layers[0]!.features[1]!.geometry = rings([...outer, [0, 0]]) }],
  'ring-zero-area': [({ layers }) => { layers[0]!.features[1]!.geometry = rings(outer, [[2, 2], [4, 2], [6, 2]]) }],
  'ring-first-interior': [({ layers }) => { layers[0]!.features[1]!.geometry = rings(hole) }],
  'ring-hole-outside': [({ layers }) => { layers[0]!.features[1]!.geometry = rings(outer, [[8, 2], [8, 4], [12, 4], [12, 2]]) }],
}

t.test('a sound tile has no fault, and neither has an empty one', async t => {
  t.strictSame(checkTile(encode(soundTile())), [])
  t.strictSame(checkTile(new Uint8Array()), [])
})

for (const rule of tileRules) {
  t.test(`a tile that breaks the rule ${rule} is found, and breaks no other`, async t => {
    for (const [i, mutate] of mutations[rule].entries()) {
      const tile = soundTile()
      const bytes = mutate(tile) ?? encode(tile)
      t.strictSame([...new Set(checkTile(bytes).map(fault => fault.rule))], [rule], `way ${i + 1}`)
    }
  })
}

t.test('a fault says where it is', async t => {
  const tile = soundTile()
  tile.layers[0]!.features[1]!.geometry = rings(hole)
  t.strictSame(checkTile(encode(tile)), [{ rule: 'ring-first-interior', layer: 'areas', feature: 1, detail: 'ring at 2, 2' }])
})

t.test('a hole may touch its outer ring', async t => {
  const tile = soundTile()
  tile.layers[0]!.features[1]!.geometry = rings(outer, [[0, 2], [2, 4], [2, 2]])
  t.strictSame(checkTile(encode(tile)), [])
})

t.test('a tile cut off at any byte is refused or is a whole shorter tile, and never hangs', async t => {
  const bytes = encode(soundTile())
  const layerEnds = [1, 2, 3].map(count => encode({ layers: soundTile().layers.slice(0, count) }).length)
  for (let length = 1; length < bytes.length; length++) {
    const faults = checkTile(bytes.subarray(0, length))
    if (layerEnds.includes(length)) t.strictSame(faults, [])
    else t.match(faults, [{ rule: 'protobuf' }])
  }
})
