/** A column of the census grids, and the indicator it becomes. Heads differ between 2011 and 2022. */
export interface KnownHead {
  readonly heads: readonly string[]
  /** Of the long form: which lines are meant. */
  readonly where?: Readonly<Record<string, string>>
  readonly id: string
  readonly kind: 'count' | 'measure'
  readonly theme: 'population' | 'housing'
  readonly de: string
  readonly en: string
  readonly definition: string
  readonly definitionEn: string
  readonly unit: string
  readonly unitEn: string
  readonly decimals: number
}

const weighted = 'Mittel der Zellen, gewichtet mit der Zahl der Einwohnerinnen und Einwohner.'
const weightedEn = 'Mean of the cells, weighted by inhabitants.'

const mean = (heads: readonly string[], id: string, theme: KnownHead['theme'], [de, en]: readonly [string, string], [definition, definitionEn]: readonly [string, string], [unit, unitEn]: readonly [string, string], decimals = 1): KnownHead => ({
  heads, id, kind: 'measure', theme, de, en, definition: `${definition}; ${weighted}`, definitionEn: `${definitionEn}; ${weightedEn}`, unit, unitEn, decimals,
})

const age = (code: string, id: string, [de, en]: readonly [string, string]): KnownHead => ({
  heads: ['Anzahl'], where: { Merkmal: 'ALTER_10JG', Auspraegung_Code: code }, id, kind: 'count', theme: 'population', de, en, definition: `${de} aus Zellen von 100 Metern; kleine Zahlen hat die Quelle verändert.`, definitionEn: `${en} from cells of 100 metres; the source has altered small numbers.`, unit: 'Personen', unitEn: 'persons', decimals: 0,
})

/** What the 1 km and 100 m grids of both censuses hold, in the order in which an atlas shows it. */
export const knownHeads: readonly KnownHead[] = [
  {
    heads: ['Einwohner'], id: 'inhabitants', kind: 'count', theme: 'population', de: 'Einwohnerinnen und Einwohner', en: 'Inhabitants', definition: 'Personen mit Hauptwohnung am Stichtag, aus den Zellen des Zensusgitters summiert.', definitionEn: 'Persons with main residence on the reference date, summed from the cells of the census grid.', unit: 'Personen', unitEn: 'persons', decimals: 0,
  },
  {
    heads: ['Anzahl'], where: { Merkmal: 'INSGESAMT' }, id: 'inhabitants', kind: 'count', theme: 'population', de: 'Einwohnerinnen und Einwohner', en: 'Inhabitants', definition: 'Personen mit Hauptwohnung am Stichtag, aus Zellen von 100 Metern summiert.', definitionEn: 'Persons with main residence on the reference date, summed from cells of 100 metres.', unit: 'Personen', unitEn: 'persons', decimals: 0,
  },
  mean(['Alter_D', 'Durchschnittsalter'], 'mean-age', 'population', ['Durchschnittsalter', 'Mean age'], ['Mittleres Alter in Jahren', 'Mean age in years'], ['Jahre', 'years']),
  mean(['unter18_A', 'AnteilUnter18'], 'under-18-share', 'population', ['Anteil der unter 18-Jährigen', 'Share of people under 18'], ['Unter 18-Jährige in Prozent der Bevölkerung', 'People under 18 in percent of the population'], ['%', '%']),
  mean(['ab65_A', 'AnteilUeber65'], 'over-65-share', 'population', ['Anteil der ab 65-Jährigen', 'Share of people of 65 and over'], ['Personen ab 65 Jahren in Prozent der Bevölkerung', 'People of 65 and over in percent of the population'], ['%', '%']),
  mean(['Auslaender_A', 'AnteilAuslaender'], 'foreigners-share', 'population', ['Ausländeranteil', 'Share of foreigners'], ['Personen ohne deutsche Staatsangehörigkeit in Prozent der Bevölkerung', 'Persons without German citizenship in percent of the population'], ['%', '%']),
  mean(['Frauen_A'], 'women-share', 'population', ['Frauenanteil', 'Share of women'], ['Frauen in Prozent der Bevölkerung', 'Women in percent of the population'], ['%', '%']),
  age('1', 'under-10', ['Kinder unter 10 Jahren', 'Children under 10']),
  age('9', 'over-80', ['Personen ab 80 Jahren', 'People of 80 and over']),
  mean(['HHGroesse_D', 'durchschnHHGroesse'], 'household-size', 'housing', ['Haushaltsgröße', 'Household size'], ['Personen je privatem Haushalt', 'Persons per private household'], ['Personen', 'persons'], 2),
  mean(['Leerstandsquote'], 'vacancy-share', 'housing', ['Leerstandsquote', 'Share of vacant dwellings'], ['Leer stehende Wohnungen in Prozent', 'Vacant dwellings in percent'], ['%', '%']),
  mean(['Eigentuemerquote'], 'owner-share', 'housing', ['Eigentümerquote', 'Share of owner-occupied dwellings'], ['Selbst bewohnte Wohnungen in Prozent', 'Dwellings lived in by their owners in percent'], ['%', '%']),
  mean(['durchschnMieteQM'], 'mean-rent', 'housing', ['Nettokaltmiete', 'Net rent'], ['Nettokaltmiete in Euro je Quadratmeter', 'Net rent in euros per square metre'], ['€/m²', '€/m²'], 2),
  mean(['Wohnfl_Bew_D', 'durchschnFlaechejeBew'], 'living-space', 'housing', ['Wohnfläche je Person', 'Living space per person'], ['Quadratmeter Wohnfläche je Bewohnerin oder Bewohner', 'Square metres of living space per person'], ['m²', 'm²']),
  mean(['Wohnfl_Whg_D', 'durchschnFlaechejeWohn'], 'dwelling-size', 'housing', ['Wohnfläche je Wohnung', 'Living space per dwelling'], ['Quadratmeter Wohnfläche je Wohnung', 'Square metres of living space per dwelling'], ['m²', 'm²']),
]
