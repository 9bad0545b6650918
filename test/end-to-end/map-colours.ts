import type { Page } from 'playwright-core'

/**
 * The colour that each area has on the screen, as `#rrggbb` by area id: the one that most of its
 * pixels have, so that borders, names and the river do not count.
 *
 * The picture below the map has the same extent, so its shapes say which pixels belong to an area.
 */
export async function readMapColours (page: Page): Promise<Record<string, string>> {
  const points = await page.evaluate(() => [...document.querySelectorAll<SVGPathElement>('#map-frame path[data-area]')].map(path => {
    const box = path.getBBox()
    const matrix = path.getScreenCTM()!
    const frame = document.querySelector('#map-frame')!.getBoundingClientRect()
    const inside: Array<[x: number, y: number]> = []
    for (let row = 1; row < 24; row++) {
      for (let column = 1; column < 24; column++) {
        const point = new DOMPoint(box.x + box.width * column / 24, box.y + box.height * row / 24)
        const { x, y } = point.matrixTransform(matrix)
        if (path.isPointInFill(point)) inside.push([x - frame.x, y - frame.y])
      }
    }
    return { area: path.dataset.area!, inside }
  }))
  const picture = (await page.locator('#map-frame').screenshot()).toString('base64')

  // A page without rules of its own may read the picture back.
  const reader = await page.context().newPage()
  const colours = await reader.evaluate(async ({ picture, points }) => {
    const image = new Image()
    image.src = `data:image/png;base64,${picture}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    const hex = (x: number, y: number) => {
      const start = (Math.floor(y) * image.width + Math.floor(x)) * 4
      return `#${[...data.slice(start, start + 3)].map(part => part.toString(16).padStart(2, '0')).join('')}`
    }
    return points.map(({ area, inside }) => {
      const counts = new Map<string, number>()
      for (const [x, y] of inside) counts.set(hex(x, y), (counts.get(hex(x, y)) ?? 0) + 1)
      return [area, [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 'none'] as const
    })
  }, { picture, points })
  await reader.close()
  return Object.fromEntries(colours)
}
