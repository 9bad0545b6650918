import type { Edition } from '../edition.ts'
import type { Indicator } from '../indicator.ts'

/** What an indicator means; a change of any of it breaks its line. */
export type DefinitionPart = 'kind' | 'definition' | 'formula' | 'factor' | 'unit' | 'source'

/** An indicator and the edition it stands in, which knows its deliveries. */
interface Defined { readonly edition: Pick<Edition, 'deliveries'>, readonly indicator: Indicator }

/** In what the meaning of an indicator changed; the label may change, because nothing is computed by it. */
export function changedDefinition (before: Defined, after: Defined): DefinitionPart[] {
  return definitionParts.filter(part => meaning[part](before) !== meaning[part](after))
}

const definitionParts: readonly DefinitionPart[] = ['kind', 'definition', 'formula', 'factor', 'unit', 'source']

const meaning: Readonly<Record<DefinitionPart, (defined: Defined) => string>> = {
  kind: ({ indicator }) => indicator.kind,
  definition: ({ indicator }) => withoutSpacing(indicator.definition.de),
  formula: ({ indicator: { formula } }) => formula === null ? '' : JSON.stringify([formula.numerator, formula.minus, formula.denominator].map(ids => ids.toSorted())),
  factor: ({ indicator: { formula } }) => String(formula?.factor ?? ''),
  unit: ({ indicator }) => withoutSpacing(indicator.unit.de),
  source: ({ edition, indicator }) => {
    // Earlier years may rest on other sources for long; the newest figures say where they come from now.
    const newest = indicator.periods.at(-1)?.deliveries ?? []
    const publishers = newest.map(id => edition.deliveries.find(delivery => delivery.id === id)?.publisher ?? id)
    return [...new Set(publishers)].toSorted().join('; ')
  },
}

function withoutSpacing (text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
