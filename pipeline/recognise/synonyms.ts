/*
 * What offices write above their columns. The indicator catalogue says what an indicator is; this list says by which
 * words a column of it is known, in the plain spelling of `plainWords` (lower case, ae for ä, no stop words).
 */

export interface KnownHead {
  /** As in the indicator catalogue. */
  readonly id: string
  readonly kind: 'count' | 'measure'
  readonly theme: Theme
  readonly label: { readonly de: string, readonly en: string }
  readonly unit: { readonly de: string, readonly en: string }
  readonly decimals: number
  /** Any of these phrases, all of whose words must stand in the head. */
  readonly phrases: readonly string[]
  /** Words that turn the meaning: a head with one of them is something else. */
  readonly not?: readonly string[]
}

export type Theme = 'population' | 'households' | 'movement' | 'income' | 'work' | 'children' | 'support' | 'other'

const people = { de: 'Personen', en: 'people' }
const cases = { de: 'Fälle', en: 'cases' }
const homes = { de: 'Haushalte', en: 'households' }
const percent = { de: '%', en: '%' }

const count = (id: string, theme: Theme, de: string, en: string, phrases: readonly string[], more: Partial<KnownHead> = {}): KnownHead =>
  ({ id, kind: 'count', theme, label: { de, en }, unit: people, decimals: 0, phrases, ...more })
const measure = (id: string, theme: Theme, de: string, en: string, phrases: readonly string[], more: Partial<KnownHead> = {}): KnownHead =>
  ({ id, kind: 'measure', theme, label: { de, en }, unit: { de: '', en: '' }, decimals: 1, phrases, ...more })

/** The more special first: the first that fits wins among those with equally many words. */
export const knownHeads: readonly KnownHead[] = [
  count('inhabitants', 'population', 'Einwohnerinnen und Einwohner', 'Inhabitants', ['einwohner', 'einwohnerinnen', 'bevoelkerung', 'hauptwohnsitz', 'residents', 'inhabitants', 'population', 'wohnberechtigte'], { not: ['quote', 'dichte', 'anteil', 'unter', 'ueber', 'auslaender', 'je', 'percentage'] }),
  count('male', 'population', 'Männer', 'Men', ['maennlich', 'maenner', 'male']),
  count('women', 'population', 'Frauen', 'Women', ['weiblich', 'frauen', 'female', 'inhabitants female']),
  count('foreigners', 'population', 'Ausländerinnen und Ausländer', 'Foreign nationals', ['auslaender', 'auslaenderinnen', 'nichtdeutsche', 'foreign citizenship', 'foreigners', 'inhabitants foreigners'], { not: ['quote', 'anteil', 'percentage'] }),
  count('germans', 'population', 'Deutsche', 'Germans', ['deutsche', 'inhabitants germans'], { not: ['migrationshintergrund', 'migration'] }),
  count('migration-background', 'population', 'Menschen mit Migrationshintergrund', 'People with a migration background', ['migrationshintergrund', 'inhabitants migration background'], { not: ['deutsche', 'germans', 'ohne', 'without', 'anteil', 'quote'] }),
  count('germans-with-migration-background', 'population', 'Deutsche mit Migrationshintergrund', 'Germans with a migration background', ['deutsche migrationshintergrund', 'inhabitants germans migration background', 'german citizenship'], { not: ['ohne', 'without', 'non'] }),
  count('germans-without-migration-background', 'population', 'Deutsche ohne Migrationshintergrund', 'Germans without a migration background', ['deutsche ohne migrationshintergrund', 'inhabitants germans without migration background']),
  count('residence-5-years', 'households', 'Wohndauer mindestens fünf Jahre', 'At least five years at the address', ['wohndauer 5', 'wohndauer 5+', 'wohndauer fuenf']),
  count('households', 'households', 'Haushalte', 'Households', ['haushalte', 'privathaushalte', 'households'], { unit: homes, not: ['kindern', 'children'] }),
  count('one-person-households', 'households', 'Einpersonenhaushalte', 'One-person households', ['einpersonenhaushalte', 'haushalte 1 person', 'haushalte einer person', 'singlehaushalte', 'one person households'], { unit: homes }),
  count('households-with-children', 'children', 'Haushalte mit Kindern', 'Households with children', ['haushalte kindern', 'households children'], { unit: homes }),
  count('single-parent-households', 'children', 'Alleinerziehende', 'Single-parent households', ['alleinerziehende', 'haushalte alleinerziehender', 'single parent'], { unit: homes, not: ['percentage', 'anteil'] }),
  count('arrivals', 'movement', 'Zuzüge', 'Arrivals', ['zuzuege', 'zugezogene', 'arrivals'], { unit: cases }),
  count('departures', 'movement', 'Fortzüge', 'Departures', ['fortzuege', 'wegzuege', 'fortgezogene', 'departures'], { unit: cases }),
  count('births', 'movement', 'Geburten', 'Births', ['geburten', 'lebendgeborene', 'births'], { unit: cases, not: ['rate', 'ziffer'] }),
  count('deaths', 'movement', 'Sterbefälle', 'Deaths', ['sterbefaelle', 'gestorbene', 'deaths'], { unit: cases }),
  count('sgb2-recipients', 'income', 'Leistungsberechtigte nach SGB II', 'Recipients of SGB II benefits', ['leistungsberechtigte sgb ii', 'sgb ii', 'sgb 2', 'sgb2', 'buergergeld', 'leistungsberechtigte', 'beneficiaries'], { not: ['quote', 'anteil', 'arbeitslose', 'percentage', 'inactive', '15', 'characteristics'] }),
  count('sgb2-employable', 'income', 'Erwerbsfähige Leistungsberechtigte (SGB II)', 'Employable recipients (SGB II)', ['erwerbsfaehig', 'erwerbsfaehige leistungsberechtigte', 'elb', 'employability', 'employable benefits', 'beneficiaries age 15 65', 'beneficiaries 15-64'], { not: ['nicht'] }),
  count('sgb2-not-employable', 'income', 'Nicht erwerbsfähige Leistungsberechtigte (SGB II)', 'Not employable recipients (SGB II)', ['nicht erwerbsfaehig', 'nef', 'unemployability', 'inactive beneficiaries']),
  count('sgb2-children', 'income', 'Kinder unter 15 Jahren in SGB-II-Bezug', 'Children under 15 on SGB II benefits', ['sgb ii unter 15', 'sgb ii 0-14', 'kinder sgb ii']),
  count('sgb2-not-unemployed', 'income', 'Nicht arbeitslose Leistungsberechtigte (SGB II)', 'Recipients (SGB II) not unemployed', ['nicht arbeitslos']),
  count('unemployed', 'work', 'Arbeitslose', 'Unemployed', ['arbeitslose', 'unemployed'], { not: ['quote', 'anteil', 'nicht', 'percentage', 'langzeit'] }),
  count('long-term-unemployed', 'work', 'Langzeitarbeitslose', 'Long-term unemployed', ['langzeitarbeitslose', 'langzeitarbeitslos', 'long term unemployed']),
  count('employed', 'work', 'Sozialversicherungspflichtig Beschäftigte', 'Employees subject to social insurance', ['sozialversicherungspflichtig beschaeftigte', 'svb', 'beschaeftigte', 'employed pension insurance'], { not: ['quote', 'rate'] }),
  measure('employment-rate', 'work', 'Beschäftigungsquote', 'Employment rate', ['beschaeftigungsquote', 'employment rate'], { unit: percent }),
  count('old-age-assistance', 'income', 'Grundsicherung im Alter', 'Old-age assistance', ['grundsicherung alter', 'grundsicherung 65+', 'basic benefits 65+']),
  count('reduced-earning-assistance', 'income', 'Grundsicherung bei Erwerbsminderung', 'Assistance for reduced earning capacity', ['grundsicherung erwerbsminderung', 'erwerbsminderung', 'basic benefits 18-64']),
  count('basic-benefits', 'income', 'Grundsicherung nach SGB XII', 'Basic benefits (SGB XII)', ['grundsicherung', 'basic benefits']),
  count('subsistence-assistance', 'income', 'Hilfe zum Lebensunterhalt', 'Subsistence assistance', ['hilfe lebensunterhalt', 'hlu', 'assisting benefits']),
  count('housing-benefit', 'income', 'Wohngeld', 'Housing benefit', ['wohngeld', 'housing benefit']),
  count('kita-children', 'children', 'Betreute Kinder unter 3 Jahren', 'Children under 3 in day care', ['betreute kinder', 'kinder kindertagesbetreuung', 'kinder kita']),
  count('hze-minors', 'children', 'Hilfen zur Erziehung', 'Child and family support', ['hilfen erziehung', 'hze'], { unit: cases }),
  count('school-entrants', 'children', 'Untersuchte Kinder (Schuleingang)', 'Children examined at school entry', ['untersuchte kinder', 'schulanfaenger', 'einschulungskinder']),
  count('language-findings', 'children', 'Auffällige Sprachentwicklung', 'Delayed language development', ['kinder sprachentwicklung', 'sprachauffaellig', 'auffaellige sprache', 'sprachfoerderbedarf']),
  count('risk-of-homelessness', 'support', 'Von Wohnungslosigkeit bedroht', 'At risk of homelessness', ['wohnungslosigkeit', 'risk homelessness'], { unit: cases }),
  count('parenting-counselling', 'support', 'Erziehungsberatung', 'Parenting counselling', ['erziehungsberatung', 'parenting counselor'], { unit: cases }),
  count('family-assistance', 'support', 'Sozialpädagogische Familienhilfe', 'Pedagogical family assistance', ['familienhilfe', 'family assistance'], { unit: cases }),
  count('foster-care', 'support', 'Vollzeitpflege', 'Full-time foster care', ['vollzeitpflege', 'full time care'], { unit: cases }),
  count('residential-care', 'support', 'Heimerziehung', 'Residential care', ['heimerziehung', 'residential education'], { unit: cases }),
  count('integration-assistance', 'support', 'Eingliederungshilfe', 'Integration assistance', ['eingliederungshilfe', 'integration assistance'], { unit: cases }),
  count('asylum-seekers', 'population', 'Asylsuchende', 'Asylum seekers', ['asylsuchende', 'asylbewerber', 'asylum seeker']),
  count('area-hectares', 'population', 'Fläche', 'Area', ['flaeche', 'katasterflaeche'], { unit: { de: 'ha', en: 'ha' }, decimals: 1, not: ['wohnflaeche'] }),
  measure('mean-age', 'population', 'Durchschnittsalter', 'Mean age', ['durchschnittsalter', 'mean age', 'average age'], { unit: { de: 'Jahre', en: 'years' } }),
  measure('old-age-ratio', 'population', 'Altenquotient', 'Old-age ratio', ['altenquotient', 'old age ratio', 'age ratio quotient', 'age ratio']),
  measure('youth-ratio', 'population', 'Jugendquotient', 'Youth ratio', ['jugendquotient', 'youth ratio']),
  measure('birth-rate', 'movement', 'Geburtenziffer', 'Birth rate', ['geburtenrate', 'geburtenziffer', 'birth rate']),
  measure('sgb2-share', 'income', 'SGB-II-Quote', 'SGB II share', ['sgb ii quote', 'quote sgb ii'], { unit: percent }),
  measure('unemployment-share', 'work', 'Arbeitslosenanteil', 'Unemployment share', ['arbeitslosenquote', 'arbeitslosenanteil', 'anteil arbeitslose'], { unit: percent }),
  measure('foreigners-share', 'population', 'Ausländeranteil', 'Share of foreign nationals', ['auslaenderanteil', 'auslaenderquote', 'anteil auslaender'], { unit: percent }),
  measure('migration-background-share', 'population', 'Anteil mit Migrationshintergrund', 'Share with a migration background', ['anteil migrationshintergrund'], { unit: percent }),
  measure('child-poverty-share', 'income', 'Kinderarmut', 'Child poverty', ['kinderarmut', 'kinderarmutsquote'], { unit: percent }),
]
