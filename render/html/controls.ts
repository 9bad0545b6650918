import type { Markup } from '../markup.ts'
import type { Site } from '../site.ts'
import type { ViewData } from '../view-data.ts'
import { findSeries, localise } from '../../core/edition.ts'
import { formatPeriod, getTexts } from '../../core/text.ts'
import { makeAddresses } from '../address.ts'
import { markup, when } from '../markup.ts'
import { listLevels, listThemes } from '../view-data.ts'

/** Choice of indicator, period and level. A file answers no form, so there the choices are links to other files. */
export function controlsHtml (data: ViewData, site: Site): Markup {
  return site.isStatic === true ? linksHtml(data, site) : formHtml(data, site)
}

/**
 * Choice of indicator, period and level. Without script the form is sent to `/{atlas}/karte`,
 * which answers with the view that is meant; periods are those of the indicator shown.
 */
function formHtml (data: ViewData, site: Site): Markup {
  const { edition, indicator, areaLevel, period, language } = data
  const { controls } = getTexts(language)
  const levels = listLevels(edition, indicator.id)
  const periods = findSeries(edition, areaLevel.id, indicator.id)!.periods.toReversed()
  return markup`<form id="controls" method="get" action="${site.toHref(`/${edition.atlas.id}/karte`)}" aria-label="${controls.heading}">
${selectHtml('indicator', controls.indicator, listThemes(edition).map(({ theme, indicators }) => markup`
<optgroup label="${localise(theme.label, language)}">${indicators.map(({ id, label }) => optionHtml(id, localise(label, language), id === indicator.id))}
</optgroup>`))}
${selectHtml('period', controls.period, periods.map(id => optionHtml(id, formatPeriod(id, language), id === period)))}
${selectHtml('ebene', controls.level, levels.map(({ id, label }) => optionHtml(id, localise(label, language), id === areaLevel.id)))}
${when(!site.isCurrent, () => markup`<input type="hidden" name="ausgabe" value="${edition.id}">`)}
${when(language !== edition.atlas.language, () => markup`<input type="hidden" name="sprache" value="${language}">`)}
<button type="submit" class="kern-btn kern-btn--primary"><span class="kern-label">${controls.show}</span></button>
</form>`
}

function linksHtml (data: ViewData, site: Site): Markup {
  const { edition, indicator, areaLevel, period, language } = data
  const { controls } = getTexts(language)
  const { map } = makeAddresses(edition, site, language)
  const toIndicator = (id: string) => {
    const level = findSeries(edition, areaLevel.id, id) ? areaLevel : listLevels(edition, id)[0]!
    return map(id, nearestPeriod(findSeries(edition, level.id, id)!.periods, period), level.id)
  }
  const toLevel = (id: string) => map(indicator.id, nearestPeriod(findSeries(edition, id, indicator.id)!.periods, period), id)
  const choice = (label: string, chosen: string, links: readonly Markup[]) => markup`<details class="choice"><summary>${label}: <strong>${chosen}</strong></summary>
${links}
</details>
`
  const list = (links: ReadonlyArray<readonly [text: string, href: string, isCurrent: boolean]>) => markup`<ul>${links.map(([text, href, isCurrent]) => markup`
<li><a href="${href}"${when(isCurrent, () => markup` aria-current="true"`)}>${text}</a></li>`)}</ul>`
  return markup`<nav id="controls" class="choices" aria-label="${controls.heading}">
${choice(controls.indicator, localise(indicator.label, language), listThemes(edition).map(({ theme, indicators }) => markup`<p>${localise(theme.label, language)}</p>
${list(indicators.map(({ id, label }) => [localise(label, language), toIndicator(id), id === indicator.id]))}`))}${
  choice(controls.period, formatPeriod(period, language), [list(findSeries(edition, areaLevel.id, indicator.id)!.periods.toReversed().map(id =>
    [formatPeriod(id, language), map(indicator.id, id, areaLevel.id), id === period]))])}${
  choice(controls.level, localise(areaLevel.label, language), [list(listLevels(edition, indicator.id).map(({ id, label }) =>
    [localise(label, language), toLevel(id), id === areaLevel.id]))])}</nav>`
}

/** The period itself, else the newest. */
function nearestPeriod (periods: readonly string[], wanted: string): string {
  return periods.includes(wanted) ? wanted : periods.at(-1)!
}

function selectHtml (name: string, label: string, options: readonly Markup[]): Markup {
  return markup`<div class="field field-${name}"><label for="control-${name}">${label}</label>
<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" name="${name}" id="control-${name}">${options}
</select></div></div>`
}

function optionHtml (value: string, text: string, isSelected: boolean): Markup {
  return markup`
<option value="${value}"${when(isSelected, () => markup` selected`)}>${text}</option>`
}
