import type { Address } from './address.ts'
import type { ViewFacts } from './facts.ts'
import type { Claim, Judge } from './judge.ts'
import type { Element } from './markup.ts'
import { findReference } from '../../core/edition.ts'
import { addressOf } from './address.ts'
import { betweenAt, betweenWords, takeBetween } from './between.ts'
import { judgeMap, coloursOf, drawingAttributes, tagText } from './drawing.ts'
import { printedText, seriesKey, townOf, viewFacts } from './facts.ts'
import { judgeClaim, judgeText, report } from './judge.ts'
import { childrenNamed, descendants, findElement, hasClass, textOf } from './markup.ts'
import { decodePercent, hasDigit, wordsWithDigits } from './number-text.ts'
import { judgeBootstrap } from './json.ts'
import { judgePageNotice } from './notice.ts'
import { judgeReferenceTable } from './references.ts'
import { judgeSentence } from './sentence.ts'

/** A page: its view or profile cell by cell, then every attribute and every text for numbers that nothing explains. */
export function judgePage (judge: Judge, root: Element, address: Address): void {
  const view = viewOf(judge, address)
  const walk: PageWalk = { judge, view, rowWords: new Map(), judged: new Set() }
  if (address.kind === 'unknown') report(judge, 'A1', 'unreadable', 'a page that the audit does not know')
  if ('language' in address) judgePageNotice(judge, root, address.language)
  if (view) judgeViewPage(walk, root, view)
  if (address.kind === 'profile') judgeProfile(walk, root, address)
  judgeReferences(walk, root, address)
  judgeElement(walk, root)
}

/** The view of a page; the start page shows the newest one of its first indicator. */
function viewOf ({ facts }: Judge, address: Address): ViewFacts | null {
  if (address.kind === 'view') return viewFacts(facts, address.known, address.row, address.language, address.view.classes)
  if (address.kind !== 'start') return null
  const { startIndicator } = facts.edition.atlas
  const known = facts.edition.levels.map(({ id }) => facts.series.get(seriesKey(id, startIndicator))).find(series => series !== undefined)
  return known === undefined || known.series.periods.length === 0 ? null : viewFacts(facts, known, known.series.periods.length - 1, address.language, null)
}

interface PageWalk {
  readonly judge: Judge
  readonly view: ViewFacts | null
  /** Words that a table row may have besides, computed from what is printed in it. */
  readonly rowWords: Map<Element, ReadonlySet<string>>
  /** Fields that were held against a cell; no other may carry a number for programs. */
  readonly judged: Set<Element>
}

function judgeViewPage (walk: PageWalk, root: Element, view: ViewFacts): void {
  const { judge } = walk
  for (const element of descendants(root)) {
    if (element.tag === 'svg' && hasClass(element, 'map')) judgeMap(judge, element, view)
    else if (element.attributes.get('id') === 'legend') judgeKey(judge, element, view)
    else if (element.tag === 'table' && element.attributes.get('id') === 'values') judgeTable(walk, element, view)
    else if (element.tag === 'p' && element.attributes.get('id') === 'sentence') judgeSentence(judge, textOf(element), view)
  }
}

function judgeKey (judge: Judge, key: Element, view: ViewFacts): void {
  const { classCounts, suppressedCount, missingCount, language, known: { indicator } } = view
  const { breaks } = view.classes
  const colours = coloursOf(view)
  const most = Math.max(1, ...classCounts, suppressedCount, missingCount)
  for (const entry of descendants(key)) {
    if (entry.tag !== 'li') continue
    const look = entry.attributes.get('data-look') ?? ''
    const place = /^\d+$/.test(look) ? Number(look) : null
    const count = place === null ? { suppressed: suppressedCount, missing: missingCount }[look] : classCounts[place]
    const [swatch, bar] = ['swatch', 'bar'].map(name => findElement(entry, element => element.tag === 'svg' && hasClass(element, name)))
    const label = findElement(entry, element => hasClass(element, 'label'))
    const shown = findElement(entry, element => hasClass(element, 'count'))
    if (count === undefined) {
      report(judge, 'A2', 'other-count', tagText(entry))
      continue
    }
    const counts = shown ? wordsWithDigits(textOf(shown)) : []
    const width = bar && childrenNamed(bar, 'rect')[0]?.attributes.get('width')
    if (new Set(counts).size > 1 || counts.some(word => word.replaceAll(/\D/g, '') !== String(count)) || (width !== undefined && Number(width) !== Math.round(100 * count / most))) {
      report(judge, 'A2', 'other-count', `${look}: ${textOf(entry)} ${width} ≠ ${count}`)
    }
    if (place === null) continue
    const fills = [swatch, bar].flatMap(svg => svg ? childrenNamed(svg, 'rect').map(rect => rect.attributes.get('fill')) : [])
    if (fills.some(fill => fill !== colours[place])) report(judge, 'A2', 'other-class', `${tagText(entry)} ${fills.join(' ')}`)
    const bounds = [breaks[place]!, breaks[place + 1]!].flatMap(bound => Array.from({ length: indicator.decimals + 2 }, (_, digits) =>
      wordsWithDigits(printedText(bound, { ...indicator, decimals: digits }, language))[0]))
    const stray = label && wordsWithDigits(textOf(label)).find(word => !bounds.includes(word))
    if (stray !== undefined) report(judge, 'A2', 'other-breaks', `${stray} in "${textOf(label!)}"`)
  }
}

/** Rows of areas in the order of their level, then the town. */
function judgeTable ({ judge, judged, rowWords }: PageWalk, table: Element, view: ViewFacts): void {
  const { known, known: { level, series, columns }, row, language, classes: { breaks } } = view
  const place = { level: level.id, indicator: series.indicator, period: series.periods[row]! }
  let order = -1
  for (const line of descendants(table)) {
    if (line.tag !== 'tr' || childrenNamed(line, 'td').length === 0) continue
    const area = line.attributes.get('data-area')
    const [value, group, ...rest] = childrenNamed(line, 'td')
    if (!value || !group) continue
    judged.add(value).add(group)
    const remarks = rest.map(field => takeBetween(textOf(field), language))
    const between = remarks.map(remark => remark.between).find(pair => pair !== null) ?? null
    const shown = {
      sink: 'table',
      language,
      text: textOf(value),
      ...numberOf(value),
      between,
      look: [value, group, ...rest].map(field => lookOf(field, language)).join(' '),
    }
    if (area === undefined) {
      judgeTown(judge, view, line, shown)
      continue
    }
    const column = columns.get(area) ?? -1
    if (column <= order) report(judge, 'A2', 'other-order', area)
    order = column
    // No other row of the table may have these two numbers.
    for (const field of rest) rowWords.set(field, new Set([...view.pageWords, ...betweenWords(betweenAt(known, row, column), language)]))
    const classText = textOf(group)
    judgeClaim(judge, { ...place, area, ...shown, classIndex: classText === '' ? null : Number(classText) - 1, breaks })
    if (Number(group.attributes.get('data-value') ?? classText) !== Number(classText)) report(judge, 'A2', 'other-class', tagText(group))
    const stray = [...rest, ...childrenNamed(line, 'th').slice(1)].find(field => hasDigit(takeBetween(textOf(field), language).rest) || field.attributes.has('data-value'))
    if (stray) report(judge, 'A1', 'unexplained-number', `${tagText(stray)} ${textOf(stray)}`)
  }
}

type Shown = Pick<Claim, 'sink' | 'language' | 'text' | 'value' | 'between' | 'look'>

function judgeTown (judge: Judge, { known: { series, level }, row }: ViewFacts, line: Element, shown: Shown): void {
  const town = findReference(judge.facts.edition)
  if (!town || town.level.id === level.id) report(judge, 'A1', 'unknown-cell', textOf(line))
  else judgeClaim(judge, { ...shown, sink: 'table town', level: town.level.id, area: town.area.id, indicator: series.indicator, period: series.periods[row]! })
}

function numberOf (field: Element): Pick<Claim, 'value'> {
  const text = field.attributes.get('data-value')
  return text === undefined ? {} : { value: Number(text) }
}

function referenceTable (root: Element): Element | undefined {
  return findElement(root, element => element.tag === 'table' && element.attributes.get('id') === 'references')
}

/** Figures of areas beyond the map stand in a table of their own. */
function judgeReferences ({ judge, rowWords }: PageWalk, root: Element, address: Address): void {
  if (!('language' in address)) return
  const indicator = address.kind === 'view' ? address.known.indicator.id : address.kind === 'text-page' ? address.indicator ?? null : null
  const table = referenceTable(root)
  if (table) {
    judgeReferenceTable(judge, table, { language: address.language, indicator, allow: (field, words) => rowWords.set(field, words) })
  }
}

/** All that is said about a field besides its numbers: attributes, details. */
function lookOf (field: Element, language: ViewFacts['language']): string {
  const attributes = [...field.attributes].filter(([name]) => name !== 'data-value').map(([name, text]) => `${name}=${text}`)
  return [field, ...descendants(field)].map((element, i) => i === 0 ? `<${attributes.join(' ')}>` : tagText(element)).join('') +
    (field.attributes.has('data-value') ? ' data-value' : '') + takeBetween(textOf(field), language).rest.replaceAll(/\p{Nd}/gu, '#')
}

/** Rows of a profile lead to the views of their indicators; beside the value may stand the town's and the difference. */
function judgeProfile (walk: PageWalk, root: Element, { level, area, language }: Extract<Address, { kind: 'profile' }>): void {
  const { judge } = walk
  const town = findReference(judge.facts.edition)
  const hasTown = town !== undefined && town.level.id !== level
  const table = referenceTable(root)
  const others = new Set(table ? descendants(table) : [])
  for (const line of descendants(root)) {
    if (line.tag !== 'tr' || others.has(line)) continue
    const href = findElement(line, element => element.tag === 'a')?.attributes.get('href')
    const [value, ...more] = childrenNamed(line, 'td')
    if (href === undefined || !value) continue
    const target = addressOf(judge.toPath(href), judge.facts)
    if (target.kind !== 'view' || target.known.level.id !== level) {
      report(judge, 'A1', 'unknown-cell', `${href} ${textOf(line)}`)
      continue
    }
    const { known: { series, indicator }, row } = target
    const place = { indicator: series.indicator, period: series.periods[row]!, language }
    const claim = (field: Element, sink: string, at: { level: string, area: string }) => {
      walk.judged.add(field)
      // What stands below the value in small print has no number.
      const { rest: detail, between } = takeBetween(childrenNamed(field, 'span').map(textOf).join(' '), language)
      const main = field.children.filter(child => typeof child === 'string').join(' ').trim()
      if (hasDigit(detail)) report(judge, 'A1', 'unexplained-number', detail)
      judgeClaim(judge, { ...place, ...at, sink, text: main, ...numberOf(field), between, look: lookOf(field, language) })
    }
    claim(value, 'profile', { level, area })
    const [townField, difference] = hasTown ? more : []
    const column = target.known.columns.get(area) ?? -1
    const own = series.values[row]![column] ?? null
    const towns = hasTown ? townOf(judge.facts, target.known, row) : null
    if (townField && textOf(townField) !== '') claim(townField, 'profile town', { level: town!.level.id, area: town!.area.id })
    const words = own === null || towns?.value == null ? [] : differenceWords(own, towns.value, indicator, language)
    if (difference && wordsWithDigits(textOf(difference)).some(word => !words.includes(word))) {
      report(judge, 'A2', own === null || towns?.value == null ? 'number-for-suppressed' : 'other-quotient', textOf(difference))
    }
    const allowed = [own, towns?.value ?? null].flatMap(number => number === null ? [] : wordsWithDigits(printedText(number, indicator, language)))
    walk.rowWords.set(line, new Set([...allowed, ...words]))
    walk.rowWords.set(value, new Set([...allowed, ...betweenWords(betweenAt(target.known, row, column), language)]))
    if (townField) walk.rowWords.set(townField, new Set([...allowed, ...betweenWords(towns?.between ?? null, language)]))
  }
}

/** From the values as they are printed. */
function differenceWords (own: number, town: number, indicator: Parameters<typeof printedText>[1], language: ViewFacts['language']): string[] {
  const shown = (value: number) => Number(value.toFixed(indicator.decimals))
  const read = (value: number) => Number(printedText(value, { ...indicator, signed: false }, 'en').replaceAll(',', '').replace('\u2212', '-'))
  return [read(own) - read(town), shown(own) - shown(town)].flatMap(value => wordsWithDigits(printedText(value, { ...indicator, signed: true }, language)))
}

/** Attributes whose text people or programs read. */
const textAttributes = new Set([
  'title', 'alt', 'content', 'label', 'value', 'placeholder', 'summary', 'aria-label', 'aria-labelledby', 'aria-describedby', 'href', 'src', 'action', 'id', 'for', 'name',
])
const linkAttributes = new Set(['href', 'src', 'action'])
/** Attributes that hold words of HTML only, or what was judged with its cell. */
const plainAttributes = new Set([
  'lang', 'hreflang', 'charset', 'rel', 'type', 'role', 'scope', 'method', 'tabindex', 'selected', 'disabled', 'open', 'hidden', 'class',
  'aria-hidden', 'aria-current', 'aria-live', 'data-theme', 'data-kern-theme', 'data-sort', 'data-look',
])
/** Judged with the fields and areas that carry them. */
const judgedAttributes = new Set(['data-value', 'data-area'])
const knownPictures = ['map', 'swatch', 'bar', 'locator']

function judgeElement (walk: PageWalk, element: Element, allowed: ReadonlySet<string> | null = walk.view?.pageWords ?? null): void {
  const { judge } = walk
  if (element.tag === 'script') {
    judgeScript(walk, element)
    return
  }
  judgeAttributes(walk, element, allowed)
  if (element.attributes.has('data-value') && !walk.judged.has(element)) report(judge, 'A1', 'unknown-attribute', tagText(element))
  if (element.tag === 'svg' && !knownPictures.some(name => hasClass(element, name))) report(judge, 'A1', 'unknown-drawing', tagText(element))
  // Judged with their cells: titles of areas; and a scale bar has a length of the ground.
  if (element.tag === 'g' && (hasClass(element, 'areas') || hasClass(element, 'scale'))) {
    for (const inside of descendants(element)) judgeAttributes(walk, inside, allowed)
    return
  }
  const inside = walk.rowWords.get(element) ?? allowed
  for (const child of element.children) {
    if (typeof child === 'string') judgeText(judge, child, inside)
    else judgeElement(walk, child, inside)
  }
}

function judgeAttributes ({ judge, view }: PageWalk, { tag, attributes }: Element, allowed: ReadonlySet<string> | null): void {
  for (const [name, text] of attributes) {
    if (!hasDigit(text)) continue
    if (drawingAttributes.has(name) || judgedAttributes.has(name)) continue
    if (name === 'class') {
      if (!/^area c\d$/.test(text)) judgeText(judge, text, null, 'unknown-attribute')
    } else if (name === 'id' && /^a-\d+$/.test(text)) continue
    else if (textAttributes.has(name)) {
      const meant = decodePercent(linkAttributes.has(name) ? judge.toPath(text) : text)
      if (!meant.startsWith('/assets/')) judgeText(judge, meant, name === 'content' && view ? view.sentenceWords : allowed)
    } else if (!plainAttributes.has(name)) report(judge, 'A1', 'unknown-attribute', `<${tag}> ${name}="${text}"`)
  }
}

function judgeScript ({ judge, view }: PageWalk, element: Element): void {
  const text = element.children.join('')
  if (element.attributes.get('id') === 'bootstrap') judgeBootstrap(judge, text)
  else judgeText(judge, text, view?.pageWords ?? null)
}
