import t from 'tap'
import { boundaryColour, getClassColours, getPalette, hatchColours, missingColour } from '../../core/palette.ts'

const sequential = ['petrol', 'moos', 'beere'] as const

t.test('every colour has at least 3:1 against the boundary line (WCAG 1.4.11)', async t => {
  for (const id of [...sequential, 'div'] as const) {
    for (let count = 1; count <= 7; count++) {
      const colours = getPalette(id, count)
      t.equal(colours.length, count)
      t.equal(new Set(colours).size, count)
      for (const colour of colours) t.ok(contrast(colour, boundaryColour) >= 3, `${id} ${count} ${colour}`)
    }
  }
  for (const colour of [missingColour, hatchColours.paper]) t.ok(contrast(colour, boundaryColour) >= 3, colour)
  t.ok(contrast(hatchColours.line, hatchColours.paper) >= 3, 'hatch')
})

t.test('in a sequential ramp darker is more, in even steps', async t => {
  for (const id of sequential) {
    for (let count = 2; count <= 7; count++) {
      const steps = getPalette(id, count).map(luminance)
      const ratios = steps.slice(1).map((next, i) => (steps[i]! + 0.05) / (next + 0.05))
      t.ok(ratios.every(ratio => ratio > 1.25), `${id} ${count} is ordered`)
      t.ok(Math.max(...ratios) - Math.min(...ratios) < 0.08, `${id} ${count} is even`)
    }
  }
})

t.test('a diverging ramp parts at zero, equally strong at equal distance', async t => {
  t.same(getClassColours('div', [-10, -5, -1, 1, 5, 10]), ['#1666aa', '#6ba1d9', '#ededea', '#d28d65', '#9f4b0c'])
  t.same(getClassColours('div', [-5, 0, 5, 10]), ['#6ba1d9', '#d28d65', '#9f4b0c'], 'no class across zero, no neutral colour')
  t.same(getClassColours('div', [1, 2, 3]), ['#d28d65', '#9f4b0c'], 'nothing below zero, nothing blue')
  t.same(getClassColours('div', [-3, -2, -1]), ['#1666aa', '#6ba1d9'])
  t.same(getClassColours('div', [-4, 2]), ['#ededea'])
})

t.test('no classes have no colours, and more than seven are refused', async t => {
  t.same(getClassColours('petrol', []), [])
  t.throws(() => getPalette('petrol', 8), { message: 'class count must be 1 to 7, got 8' })
})

function contrast (a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Relative luminance of WCAG 2. */
function luminance (hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
