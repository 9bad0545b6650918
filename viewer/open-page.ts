import type { View } from '../core/view.ts'
import type { Bootstrap } from '../render/bootstrap.ts'
import type { ViewFacts } from '../render/view-parts.ts'
import type { AtlasMap } from './map.ts'
import { areaText } from '../render/view-parts.ts'
import { toHref, viewOfAddress } from './address.ts'
import { enableControls, showChoices } from './controls.ts'
import { getIndicator, hasTown, toFacts } from './facts.ts'
import { openMap } from './map.ts'
import { adoptFrame, adoptView, fetchPage, readAreaNames, showHover, showPins, showView } from './page.ts'
import { showPinList } from './pin-list.ts'
import { showReadout } from './readout.ts'
import { enableSorting, sortTable } from './table.ts'
import { openValues } from './values.ts'
import { isSameFigure, isSamePage, withIndicator, withLevel, withPeriod, withPin } from './view-changes.ts'

/**
 * Brings a page of a view to life. Every change goes through `go`, which writes the address first,
 * and so does what the browser's own back and forward mean.
 *
 * @param turnTo shows another page where the change is more than this one can show
 * @returns lets go of the page
 */
export function openPage (bootstrap: Bootstrap, turnTo: (url: string) => Promise<void>): () => void {
  const values = openValues(bootstrap)
  const names = readAreaNames()
  // Without topology the table has pages and the picture is a file: the server makes both for each view.
  const isWhole = bootstrap.urls.topology !== null
  const closing = new AbortController()

  let view: View = viewOfAddress(location) ?? bootstrap.view
  // What stands on the page, which is behind `view` while values are on their way.
  let figure = bootstrap.view
  let facts: ViewFacts | undefined
  let map: AtlasMap | undefined
  // Only the newest choice may change the page, whatever answers first.
  let turn = 0

  async function readFacts (wanted: View): Promise<ViewFacts> {
    const { reference, level } = bootstrap
    const [own, town] = await Promise.all([
      values(level, wanted.indicator),
      reference && hasTown(bootstrap, wanted.indicator) ? values(reference.level, wanted.indicator) : undefined,
    ])
    return toFacts(bootstrap, wanted, own.areas.map(id => names.get(id) ?? id), own, town)
  }

  async function show (wanted: View): Promise<void> {
    const mine = ++turn
    view = wanted
    markPins()
    const isShown = isSameFigure(wanted, figure)
    try {
      if (!isShown) {
        const fresh = await readFacts(wanted)
        if (mine !== turn) return
        showFigure(wanted, fresh)
      }
      const page = await fetchPage(toHref(wanted, bootstrap))
      if (mine !== turn) return
      if (!isShown && !isWhole) showPagedView(page)
      adoptFrame(page)
    } catch {
      // The server's page shows it, or says what is wrong in words. A pin is shown already.
      if (mine === turn && !isShown) location.assign(toHref(wanted, bootstrap))
    }
  }

  function showFigure (wanted: View, fresh: ViewFacts): void {
    figure = wanted
    facts = fresh
    map?.show(fresh)
    showView(fresh, getIndicator(bootstrap, wanted.indicator), isWhole)
    sortTable(bootstrap.language)
    markPins()
    hover(undefined)
  }

  function showPagedView (page: Document): void {
    adoptView(page)
    for (const [id, name] of readAreaNames()) names.set(id, name)
    markPins()
  }

  function go (wanted: View): void {
    history.pushState(null, '', toHref(wanted, bootstrap))
    follow(wanted)
  }

  function follow (wanted: View): void {
    unattended(isSamePage(bootstrap, figure, wanted) ? show(wanted) : turnTo(toHref(wanted, bootstrap)))
  }

  const pin = (area: string) => go(withPin(view, area))

  function markPins (): void {
    showPins(view.areas)
    map?.pin(view.areas)
    showPinList(view.areas.map(id => ({ id, text: textOf(id) })), bootstrap.language, pin)
  }

  function hover (area: string | undefined, name?: string): void {
    // Beyond the first page of a long table only the map knows names.
    if (area !== undefined && name !== undefined && !names.has(area)) names.set(area, name)
    showHover(area)
    map?.hover(area)
    showReadout(area === undefined ? undefined : textOf(area))
  }

  function textOf (area: string): string {
    const name = names.get(area) ?? area
    const cell = facts?.cells[facts.areas.findIndex(({ id }) => id === area)]
    return facts && cell ? areaText(name, cell, facts) : name
  }

  function enablePointing (): void {
    const areaOf = (event: Event) => (event.target as Element).closest<HTMLElement>('#map-frame [data-area], #values [data-area]')?.dataset.area
    // The whole page listens, because its parts are exchanged; the map says for itself what it shows.
    const main = document.querySelector('main')
    main?.addEventListener('pointerover', event => hover(areaOf(event)))
    main?.addEventListener('pointerleave', () => hover(undefined))
    main?.addEventListener('click', event => {
      const area = areaOf(event)
      // A link in the row leads to the profile.
      if (area !== undefined && !(event.target as Element).closest('a')) pin(area)
    })
    addEventListener('keydown', ({ key }) => { if (key === 'Escape') hover(undefined) }, closing)
  }

  /** After the page can be used, and only where it can be done. */
  async function startMap (): Promise<void> {
    const frame = document.querySelector<HTMLElement>('#map-frame')
    try {
      // The readout needs them, with a map or without.
      const fresh = await readFacts(figure)
      facts ??= fresh
      markPins()
      if (!frame || closing.signal.aborted || !hasWebGl2()) return
      const opened = await openMap({ frame, bootstrap, facts, onHover: hover, onPin: pin })
      if (closing.signal.aborted) return opened.close()
      map = opened
      map.pin(view.areas)
      // The reader may have gone on while the map was loading.
      map.show(facts)
    } catch {
      // The picture stays, and with it everything the page says.
    }
  }

  document.body.classList.add('is-live')
  // One page of a long table in order would pretend that all of it were.
  if (isWhole) enableSorting(bootstrap.language)
  // A browser that comes back to a page fills in what was chosen last.
  showChoices({ indicator: view.indicator, period: view.period, ebene: bootstrap.level })
  enableControls((name, value) => {
    const change = { indicator: withIndicator, period: withPeriod, ebene: withLevel }[name]
    const wanted = change(bootstrap, view, value)
    if (wanted) go(wanted)
    return wanted !== undefined
  })
  enablePointing()
  markPins()
  addEventListener('popstate', () => {
    const wanted = viewOfAddress(location)
    if (wanted) follow(wanted)
    else location.reload()
  }, closing)
  // A reader can go back before this script runs: the address has changed then, and the page has not.
  if (!isSamePage(bootstrap, figure, view) || !isSameFigure(figure, view)) follow(view)
  const startSoon = () => unattended(startMap())
  if ('requestIdleCallback' in window) requestIdleCallback(startSoon, { timeout: 1000 })
  else setTimeout(startSoon, 200)

  return () => {
    closing.abort()
    map?.close()
  }
}

/** For work that nobody waits for. Each deals with what can go wrong; the rest is a defect and belongs into the console. */
function unattended (work: Promise<void>): void {
  work.catch(error => console.error(error))
}

/** Asked before half a megabyte of map library is loaded for nothing. */
function hasWebGl2 (): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
