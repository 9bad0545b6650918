import type { Judge } from './judge.ts'
import type { Element } from './markup.ts'
import type { ViewFacts } from './facts.ts'
import { maximumClassCount, getClassColours } from '../../core/palette.ts'
import { takeBetween } from './between.ts'
import { judgeClaim, judgeText, report } from './judge.ts'
import { isInternal, judgeNotice } from './notice.ts'
import { hasDigit } from './number-text.ts'
import { childrenNamed, descendants, findElement, hasClass, textOf } from './markup.ts'

/** Attributes of drawings that hold places, sizes and looks; what they say about cells is judged apart. */
export const drawingAttributes = new Set([
  'xmlns', 'viewBox', 'width', 'height', 'x', 'y', 'd', 'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-linejoin', 'stroke-linecap',
  'patternUnits', 'patternTransform', 'preserveAspectRatio', 'paint-order', 'pointer-events', 'text-anchor', 'font-family', 'font-size', 'font-weight',
])

/** Colours of the classes of a view, lowest first; classes beyond the palette share its last colour. */
export function coloursOf ({ known: { indicator }, classes: { breaks } }: ViewFacts): string[] {
  const colours = getClassColours(indicator.palette, breaks.slice(0, maximumClassCount + 1))
  return breaks.slice(1).map((_, i) => colours[Math.min(i, colours.length - 1)]!)
}

const mapParts: Readonly<Record<string, ReadonlySet<string>>> = {
  areas: new Set(['path', 'title']),
  chosen: new Set(['path']),
  context: new Set(['path', 'title']),
  water: new Set(['path']),
  labels: new Set(['text']),
  scale: new Set(['rect', 'path', 'text']),
}

/** The inside of a map: areas with class, colour and title; everything else must be a known part without figures. */
export function judgeMap (judge: Judge, svg: Element, view: ViewFacts): void {
  let order = -1
  for (const child of svg.children) {
    if (typeof child === 'string' || child.tag === 'title' || child.tag === 'desc') continue
    if (child.tag === 'defs') judgeTags(judge, child, hatchTags)
    else if (child.tag === 'g' && mapParts[child.attributes.get('class') ?? '']) judgeTags(judge, child, mapParts[child.attributes.get('class')!]!)
    else if (!(child.tag === 'rect' && hasClass(child, 'ground'))) report(judge, 'A1', 'unknown-drawing', tagText(child))
  }
  const areas = findElement(svg, element => element.tag === 'g' && hasClass(element, 'areas'))
  if (!areas) return
  const colours = coloursOf(view)
  for (const path of childrenNamed(areas, 'path')) {
    const place = judgeArea(judge, path, view, colours)
    if (place <= order) report(judge, 'A2', 'other-order', tagText(path))
    order = Math.max(order, place)
  }
}

const hatchTags = new Set(['pattern', 'rect', 'path'])

function judgeTags (judge: Judge, element: Element, allowed: ReadonlySet<string>): void {
  for (const inside of descendants(element)) if (!allowed.has(inside.tag)) report(judge, 'A1', 'unknown-drawing', tagText(inside))
}

/** @returns the position of the area in its level, for the order */
function judgeArea (judge: Judge, path: Element, view: ViewFacts, colours: readonly string[]): number {
  const { known: { level, series, columns }, row, language, classes } = view
  const area = path.attributes.get('data-area') ?? ''
  const className = path.attributes.get('class') ?? ''
  const fill = path.attributes.get('fill') ?? null
  const [title = '', ...more] = childrenNamed(path, 'title').map(textOf)
  const column = columns.get(area)
  if (column === undefined) {
    report(judge, 'A1', 'unknown-cell', tagText(path))
    return -1
  }
  const place = /^area c(\d+)$/.exec(className)
  const name = level.areas[column]!.name.replaceAll(/[ \t\r\n]+/g, ' ').trim()
  const isNamed = title.startsWith(`${name}: `)
  if (!isNamed) report(judge, 'A1', 'unknown-drawing', title)
  const { rest: text, between } = takeBetween(isNamed ? title.slice(name.length + 2) : title, language)
  const others = [...path.attributes].filter(([key]) => !['id', 'data-area', 'class', 'd', 'fill'].includes(key)).map(([key, text]) => `${key}=${text}`)
  judgeClaim(judge, {
    level: level.id,
    area,
    indicator: series.indicator,
    period: series.periods[row]!,
    sink: 'map',
    language,
    text,
    between,
    classIndex: place ? Number(place[1]) : null,
    breaks: classes.breaks,
    ...(place ? { colour: fill, colours } : {}),
    // The look of a picture is the same everywhere; the hatch has an id of its own in each.
    look: [className, fill?.replace(/#[\w-]*hatch/, '#hatch') ?? '', ...others, ...more].join(' '),
  })
  return column
}

/** A picture that stands alone: the map, its key as boxes and words, and the citation. */
export function judgePicture (judge: Judge, root: Element, view: ViewFacts): void {
  const svg = childrenNamed(root, 'svg')[0]
  if (!svg) {
    report(judge, 'A1', 'unreadable', 'no svg element')
    return
  }
  const inner = childrenNamed(svg, 'svg')
  for (const map of inner) judgeMap(judge, map, view)
  if (inner.length !== 1) report(judge, 'A1', 'unknown-drawing', `${inner.length} maps`)
  const sizes = new Set([...inner, svg].map(({ attributes }) => `${attributes.get('width')} ${attributes.get('height')}`))
  const boxes = new Set([...sizes, '36 28', '190 34'])
  const colours = coloursOf(view)
  const banner = isInternal(judge) ? `${svg.attributes.get('width')} 26` : null
  let box = 0
  let banners = 0
  for (const child of svg.children) {
    if (typeof child === 'string' || ['title', 'desc', 'text', 'svg'].includes(child.tag)) continue
    const size = `${child.attributes.get('width')} ${child.attributes.get('height')}`
    if (child.tag === 'defs') judgeTags(judge, child, hatchTags)
    else if (isBanner(child) && size === banner && banners++ === 0) continue
    else if (child.tag !== 'rect' || !boxes.has(size)) report(judge, 'A1', 'unknown-drawing', tagText(child))
    else if (size === '36 28') {
      const expected = colours[box++]
      if (expected !== undefined && child.attributes.get('fill') !== expected) report(judge, 'A2', 'other-class', tagText(child))
    }
  }
  judgeNotice(judge, banners === 0 ? [] : childrenNamed(svg, 'text').filter(isBannerText).map(textOf), view.language)
  for (const element of [svg, ...descendants(svg)]) judgeDrawnAttributes(judge, element)
  for (const text of textsOf(svg)) judgeText(judge, text, view.pageWords)
}

/** Across the whole picture, from its corner on. */
function isBanner ({ tag, attributes }: Element): boolean {
  return tag === 'rect' && !attributes.has('x') && !attributes.has('y')
}

/** The only text in the middle of the first lines. */
function isBannerText ({ attributes }: Element): boolean {
  return attributes.get('text-anchor') === 'middle' && Number(attributes.get('y')) < 26
}

/** `desc` is the sentence about the view; titles of areas were judged with their cells. */
function * textsOf (element: Element): Generator<string> {
  for (const child of element.children) {
    if (typeof child === 'string') yield child
    else if (!hasClass(child, 'areas') && !hasClass(child, 'scale')) yield * textsOf(child)
  }
}

function judgeDrawnAttributes (judge: Judge, { tag, attributes }: Element): void {
  for (const [name, text] of attributes) {
    if (drawingAttributes.has(name) || name === 'id' || name === 'class' || name === 'data-area') continue
    if (!pictureTexts.has(name)) {
      if (hasDigit(text)) report(judge, 'A1', 'unknown-attribute', `<${tag}> ${name}="${text}"`)
    } else judgeText(judge, text, null)
  }
}

const pictureTexts = new Set(['role', 'aria-labelledby', 'aria-hidden'])

export function tagText ({ tag, attributes }: Element): string {
  return `<${tag}${[...attributes].filter(([name]) => name !== 'd').map(([name, text]) => ` ${name}="${text}"`).join('')}>`
}
