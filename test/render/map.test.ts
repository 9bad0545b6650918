import t from 'tap'
import type { Geometry, MultiPolygon } from '../../core/area.ts'
import { observed, suppressed } from '../../core/cell.ts'
import { mapSvg } from '../../render/svg/map.ts'
import { drawGeometry, formatShape } from '../../render/svg/path.ts'
import { makeProjection } from '../../render/svg/projection.ts'
import { simplifyShapes } from '../../render/svg/simplify.ts'
import { breakLines } from '../../render/svg/text-lines.ts'
import { chooseClasses, classLabels, keyEntries, viewSentence } from '../../render/view-parts.ts'
import type { ViewFacts } from '../../render/view-parts.ts'
import { findMarkupFault } from './markup-fault.ts'
import { tinyEdition } from '../tiny-edition.ts'

const bounds = { west: 9, south: 52, east: 9.2, north: 52.1 }

t.test('a square stays a square, and north is up', async t => {
  const { toX, toY, metresPerUnit } = makeProjection(bounds)
  const [width, height] = [toX(91e6) - toX(90e6), toY(520e6) - toY(521e6)]
  t.ok(Math.abs(width / height - Math.cos(52.05 * Math.PI / 180)) < 1e-9)
  t.ok(toY(521e6) < toY(520e6))
  t.ok(Math.abs(height * metresPerUnit - 11119.5) < 1)
})

t.test('two neighbours keep the same line between them, however much it is simplified', async t => {
  const border = wave(9.1)
  const shapes: MultiPolygon[] = [
    [[ring([[9, 52], ...border, [9, 52.1]])]],
    [[ring([[9.2, 52.1], ...border.toReversed(), [9.2, 52]])]],
  ]
  const [[[left]], [[right]]] = simplifyShapes(shapes, makeProjection(bounds), 8) as unknown as [[[number[]]], [[number[]]]]
  const shared = (points: number[]) => pairs(points).filter(point => Math.abs(Number(point.split(',')[0]) - 800) < 200).toSorted()
  t.same(shared(left), shared(right))
  t.ok(shared(left).length < border.length / 2, 'and it was simplified')
})

t.test('an enclave fits exactly into the hole around it', async t => {
  const circle = Array.from({ length: 60 }, (_, i): [number, number] => [9.1 + 0.03 * Math.cos(i / 60 * 2 * Math.PI), 52.05 + 0.02 * Math.sin(i / 60 * 2 * Math.PI)])
  const turned = [...circle.slice(17), ...circle.slice(0, 17)].toReversed()
  const shapes: MultiPolygon[] = [[[ring([[9, 52], [9.2, 52], [9.2, 52.1], [9, 52.1]]), ring(turned)]], [[ring(circle)]]]
  const [[[, hole]], [[enclave]]] = simplifyShapes(shapes, makeProjection(bounds), 4) as unknown as [[[number[], number[]]], [[number[]]]]
  t.same(pairs(hole).toSorted(), pairs(enclave).toSorted())
})

t.test('an area too small to be seen is drawn as a small square, never lost', async t => {
  const speck: MultiPolygon = [[ring([[9.1, 52.05], [9.1000001, 52.05], [9.1, 52.0500001]])]]
  t.equal(formatShape(simplifyShapes([speck], makeProjection(bounds), 1)[0]!), 'M798,590l4 0 0 4-4 0z')
})

t.test('an area is drawn once for the same geometry', async t => {
  const [geometry] = tinyEdition().geometries as [Geometry]
  t.equal(drawGeometry(geometry), drawGeometry(geometry))
})

t.test('two maps on one page have ids of their own, and a chosen area has a halo', async t => {
  const edition = tinyEdition()
  const draw = (idPrefix: string) => mapSvg({
    areas: edition.levels[0]!.areas,
    geometry: edition.geometries[0]!,
    cells: [observed(1), suppressed, observed(5)],
    breaks: [0, 2],
    colours: ['#4fabd3'],
    areaTexts: ['A', 'B', 'C'],
    chosen: [0],
    context: [{ kind: 'water', name: 'Weser', lines: [[92e6, 526e6, 93e6, 527e6]], polygons: [] }],
    title: 'Karte',
    description: '',
    idPrefix,
  })
  const svg = draw('one')
  t.equal(findMarkupFault(svg), undefined)
  t.match(svg, '<path id="a-0" data-area="01" class="area c0" fill="#4fabd3"')
  t.match(svg, '<path id="a-1" data-area="02" class="area suppressed" fill="url(#one-hatch)"')
  t.match(svg, '<path id="a-2" data-area="03" class="area missing" d=', 'a value outside all classes has no colour of one')
  t.match(svg, '<g class="chosen"')
  t.notMatch(draw('two'), /one-/)
})

t.test('classes chosen by hand are widened to hold every value', async t => {
  const stored = { method: 'pretty' as const, breaks: [0, 1] }
  t.strictSame(chooseClasses(stored, null, () => [7]), stored)
  t.same(chooseClasses(stored, { method: 'manual', breaks: [10, 20] }, () => [3, 15, 30]).breaks, [3, 10, 20, 30])
  t.same(chooseClasses(stored, { method: 'manual', breaks: [10] }, () => [3, 15]).breaks, [3, 10, 15])
  t.same(chooseClasses(stored, { method: 'manual', breaks: [10] }, () => [10]).breaks, [10, 10])
  t.same(chooseClasses(stored, { method: 'manual', breaks: [10] }, () => []).breaks, [])
  t.same(chooseClasses({ method: 'manual', breaks: [1, 2] }, null, () => [5]).breaks, [1, 2, 5])
  t.same(chooseClasses(stored, { method: 'equal', count: 2 }, () => [0, 4]).breaks, [0, 2, 4])
})

t.test('the map key counts every area once and marks the class of the town', async t => {
  t.match(keyEntries(facts), [
    { look: 0, label: 'von 0 bis unter 10', count: 1, hasTown: false },
    { look: 1, label: 'von 10 bis 20', count: 1, hasTown: true },
    { look: 'suppressed', count: 1 },
  ])
  t.same(classLabels({ ...facts, classes: { method: 'unique', breaks: [1.5, 2, 2] } }), ['1,5', '2,0'])
  t.same(classLabels({ ...facts, classes: { method: 'quantile', breaks: [0.123456, 2] } }), ['von 0,12 bis 2,00'], 'no more digits than a reader can use')
  t.equal(viewSentence(facts), '3 Sozialräume, 2 mit Wert; Stadt 12,0\u00A0%. Höchster veröffentlichter Wert: B (15,0\u00A0%), niedrigster: A (1,0\u00A0%); 1 Gebiet gesperrt.')
})

t.test('text of a picture is broken at spaces, and an address that is too long anywhere', async t => {
  t.same(breakLines('eins zwei drei', 9), ['eins zwei', 'drei'])
  t.same(breakLines('https://example.org x', 8), ['https://', 'example.', 'org x'])
})

const facts: ViewFacts = {
  language: 'de',
  indicator: { label: { de: 'Quote' }, unit: { de: '%' }, decimals: 1, signed: false, palette: 'petrol' },
  period: '2024',
  level: 'Sozialraum',
  levelPlural: 'Sozialräume',
  areas: [{ id: '1', name: 'A' }, { id: '2', name: 'B' }, { id: '3', name: 'C' }],
  cells: [observed(1), observed(15), suppressed],
  classes: { method: 'pretty', breaks: [0, 10, 20] },
  town: { label: 'Stadt', name: 'Kleinstadt', cell: observed(12) },
}

/** A closed ring of degrees. */
function ring (positions: ReadonlyArray<readonly [number, number]>): number[] {
  return [...positions, positions[0]!].flatMap(([lon, lat]) => [Math.round(lon * 1e7), Math.round(lat * 1e7)])
}

/** A crooked border from south to north. */
function wave (lon: number): Array<[number, number]> {
  return Array.from({ length: 101 }, (_, i) => [lon + 0.01 * Math.sin(i / 7), 52 + i / 1000])
}

function pairs (points: readonly number[]): string[] {
  return points.flatMap((x, i) => i % 2 === 0 ? [`${x},${points[i + 1]}`] : [])
}
