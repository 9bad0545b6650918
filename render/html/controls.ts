import type { Markup } from '../markup.ts'
import type { Site } from '../site.ts'
import type { ViewData } from '../view-data.ts'
import { findSeries, localise } from '../../core/edition.ts'
import { formatPeriod, getTexts } from '../../core/text.ts'
import { markup, when } from '../markup.ts'
import { listLevels, listThemes } from '../view-data.ts'

/**
 * Choice of indicator, period and level. Without script the form is sent to `/{atlas}/karte`,
 * which answers with the view that is meant; periods are those of the indicator shown.
 */
export function controlsHtml (data: ViewData, site: Site): Markup {
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

function selectHtml (name: string, label: string, options: readonly Markup[]): Markup {
  return markup`<div class="field field-${name}"><label for="control-${name}">${label}</label>
<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" name="${name}" id="control-${name}">${options}
</select></div></div>`
}

function optionHtml (value: string, text: string, isSelected: boolean): Markup {
  return markup`
<option value="${value}"${when(isSelected, () => markup` selected`)}>${text}</option>`
}
