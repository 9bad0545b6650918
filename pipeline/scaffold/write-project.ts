import { findEntry } from '../catalogue/catalogue.ts'
import type { PlannedDelivery, PlannedIndicator, PlannedLevel, ScaffoldPlan } from './plan.ts'
import { check, gapMark, onOneLine, quoted, yamlFlow, yamlText } from './yaml-text.ts'

/**
 * The text of `atlas.yaml`: every guess with its evidence behind it, and a mark wherever only a person knows what belongs there.
 * As long as one mark is left `atlas check` refuses the file.
 */
export function writeProject (plan: ScaffoldPlan): string {
  return [
    ...head(plan),
    'levels:',
    ...plan.levels.flatMap(writeLevel),
    ...writeTown(plan),
    ...writeContext(plan),
    '',
    'themes:',
    ...plan.themes.map(theme => `  - { id: ${theme}, label: { de: ${yamlText(themeNames[theme].de)}, en: ${yamlText(themeNames[theme].en)} } }`),
    '',
    '# Lieferungen: eine je Tabelle und Gebietssystem; die Dateien vieler Jahre stehen unter files.',
    'deliveries:',
    ...plan.deliveries.flatMap((delivery, index) => writeDelivery(delivery, plan.town.id, plan.deliveries.length > mostAliases ? 'alone' : index === 0 ? 'first' : 'other')),
    '# Kennzahlen. „use“ übernimmt Texte und Formel aus dem Katalog; eigene Angaben daneben gehen vor.',
    'indicators:',
    ...(plan.computed.length === 0 ? [] : ['  # Aus den Fallzahlen unten gerechnet:']),
    ...plan.computed.map(({ id, label }) => `  - { use: ${id} }  # ${label.de}`),
    '  # Geliefert, je Zahlenspalte eine:',
    ...plan.indicators.flatMap(writeIndicator),
  ].join('\n').trimEnd() + '\n'
}

/** The reader of YAML takes more references to one text for an attack. */
const mostAliases = 80

export const themeNames = {
  population: { de: 'Bevölkerung', en: 'Population' },
  households: { de: 'Haushalte und Wohnen', en: 'Households and housing' },
  movement: { de: 'Geburten und Wanderungen', en: 'Births and migration' },
  income: { de: 'Einkommen und Leistungen', en: 'Income and benefits' },
  work: { de: 'Arbeit', en: 'Work' },
  children: { de: 'Kinder und Familien', en: 'Children and families' },
  support: { de: 'Beratung und Hilfen', en: 'Advice and support' },
  other: { de: 'Weitere Zahlen', en: 'Other figures' },
} as const

function head ({ atlas, municipality, bounds, indicators, computed, leftOut }: ScaffoldPlan): string[] {
  const start = computed[0] ?? indicators.find(({ id }) => id === 'inhabitants') ?? indicators[0]
  return [
    '# Projektdatei, vorgeschlagen von „npx atlas scaffold“ nach den Dateien dieses Ordners.',
    `# Vermutungen tragen „bitte prüfen“; wo „${gapMark}“ steht, weiß es nur ein Mensch.`,
    '# Danach: npx atlas check .   (sagt, was noch fehlt), dann npx atlas build . --first-edition',
    ...(leftOut.length === 0 ? [] : ['#', '# Nicht übernommen:', ...leftOut.map(({ file, why }) => `#   ${onOneLine(`${file}: ${why.de}`)}`)]),
    '',
    `atlas: ${yamlText(atlas)}${check('Name des Ordners; er steht in jeder Adresse')}`,
    `title: ${yamlText(`Sozialraum-Atlas ${municipality.value}`)}`,
    `municipality: ${yamlText(municipality.value)}${check(municipality.evidence)}`,
    'language: de',
    `dataStatus: official${check('amtliche Zahlen; open-data für offene, synthetic für erfundene')}`,
    '# Lizenz des Atlas; *lizenz übernimmt sie in jede Lieferung. Gilt dort eine andere, sie ausschreiben.',
    `licence: &lizenz { name: ${gapMark}, url: ${gapMark} }`,
    `contact: { name: ${gapMark}, email: ${gapMark} }`,
    `bounds: [${bounds.west}, ${bounds.south}, ${bounds.east}, ${bounds.north}]  # West, Süd, Ost, Nord der gefundenen Grenzen, mit Rand`,
    ...(start ? [`start: ${yamlText(start.id)}${check('die Kennzahl, die zuerst erscheint')}`] : []),
    ...(indicators.some(({ id }) => id === 'inhabitants') ? ['population: inhabitants'] : []),
    'referenceLevel: stadt',
    '',
  ]
}

function writeLevel ({ id, label, labelPlural, system, validFrom, validTo, file, count, key, keys, name, parent }: PlannedLevel): string[] {
  const sample = `${count} Schlüssel wie „${key.prefix}${keys[0]}“`
  return [
    `  - id: ${yamlText(id)}`,
    `    label: ${yamlText(label.value)}${check(label.evidence)}`,
    `    labelPlural: ${yamlText(labelPlural)}`,
    ...(system === id ? [] : [`    system: ${system}`]),
    `    validFrom: ${validFrom.value}${check(validFrom.evidence)}`,
    ...(validTo === null ? [] : [`    validTo: ${validTo}${check('der Tag vor dem nächsten Gebietsstand')}`]),
    `    parent: ${parent?.id ?? 'stadt'}`,
    '    boundaries:',
    `      file: ${yamlText(file)}`,
    `      key: ${yamlFlow({ column: key.column, prefix: key.prefix === '' ? null : key.prefix })}${check(sample)}`,
    `      name: ${yamlFlow({ column: name.column, extract: name.extract })}`,
    ...(parent === null ? [] : [`      parentKey: ${yamlFlow({ column: key.column, prefix: key.prefix === '' ? null : key.prefix, extract: `^(.{${parent.digits}})` })}${check(`die ersten ${parent.digits} Zeichen sind der Schlüssel der Ebene ${parent.id}`)}`]),
    `      # attribution: ${gapMark} und das # davor entfernen, wenn jemand für die Grenzen zu nennen ist`,
    '',
  ]
}

function writeTown ({ town }: ScaffoldPlan): string[] {
  return [
    '  - id: stadt',
    '    label: Stadt',
    '    labelPlural: Städte',
    `    validFrom: ${town.validFrom}`,
    `    boundaries: { dissolve: ${yamlText(town.of)}, id: ${yamlText(town.id)}, areaName: ${yamlText(town.name)} }`,
  ]
}

function writeContext ({ context }: ScaffoldPlan): string[] {
  if (context.length === 0) return []
  return ['', 'context:', ...context.map(({ kind, file, name }) => `  - ${yamlFlow({ kind, file, name })}${check('nach dem Dateinamen')}`)]
}

/**
 * Where a delivery stands: most come from one office, so the others take from the first what was filled in there once. The minimum count,
 * its legal ground and whether it may be passed on are never taken over: they must be looked at for each.
 */
type Standing = 'first' | 'other' | 'alone'

function writeOrigin (standing: Standing): string[] {
  const [publisher, licence, attribution] = {
    first: [`&datenhalter ${gapMark}  # *datenhalter übernimmt ihn unten; liefert dort ein anderer, ihn hinschreiben`, '*lizenz', `&quelle ${gapMark}  # ebenso *quelle`],
    other: [`*datenhalter${check('wie oben')}`, '*lizenz', `*quelle${check('wie oben')}`],
    alone: [gapMark, `{ name: ${gapMark}, url: ${gapMark} }`, gapMark],
  }[standing] as [string, string, string]
  return [`    publisher: ${publisher}`, `    licence: ${licence}`, `    attribution: ${attribution}`]
}

function writeDelivery (delivery: PlannedDelivery, town: string, standing: Standing): string[] {
  const { id, kind, title, where, files, dialect, area, long, columns } = delivery
  const fileList = files.every(({ period }) => period === null)
    ? [`    files: [${files.map(({ file }) => yamlText(file)).join(', ')}]`]
    : ['    files:', ...files.map(({ file, period }, index) => `      - ${yamlFlow({ file, period })}${index === 0 ? check(delivery.period.evidence.de) : ''}`)]
  return [
    `  - id: ${yamlText(id)}`,
    `    title: ${yamlText(title)}${check('nach dem Dateinamen')}`,
    ...writeOrigin(standing),
    ...(kind === 'measures' ? ['    minimumCount: none  # ein Maß ist keine Fallzahl', `    because: ${gapMark}`] : [`    minimumCount: ${gapMark}`]),
    `    legalBasis: ${gapMark}`,
    `    mayBePassedOn: ${gapMark}`,
    'level' in where ? `    level: ${where.level}` : `    system: ${where.system}`,
    ...fileList,
    ...(Object.keys(dialect).length === 0 ? [] : [`    dialect: ${yamlFlow(dialect)}${dialect.thousands === undefined ? '  # so gelesen' : check('der Punkt trennt Tausender: „1.234“ ist 1234')}`]),
    ...writeArea(area, town),
    ...writePeriod(delivery),
    ...(area && area.totals.length > 0 ? [`    totals: [${area.totals.map(yamlText).join(', ')}]${check('Summenzeilen')}`] : []),
    ...(area && area.unassigned.length > 0 ? [`    unassigned: [${area.unassigned.map(yamlText).join(', ')}]${check('Zeilen ohne Zuordnung')}`] : []),
    ...writeLegend(delivery),
    ...(long === null ? ['    columns:'] : [`    value: ${yamlFlow({ column: long.value })}`, '    indicator:', `      column: ${yamlText(long.column)}${check('unterscheidet die Zeilen eines Gebiets')}`, '      lookUp:']),
    ...columns.map(({ head, indicator, isKnown }) => {
      const remark = isKnown ? '' : check('die Kennzahl ist keine des Katalogs')
      return long === null ? `      ${yamlText(indicator)}: ${yamlText(head)}${remark}` : `        ${quoted(head)}: ${yamlText(indicator)}${remark}`
    }),
    '',
  ]
}

function writeArea (area: PlannedDelivery['area'], town: string): string[] {
  if (area === null) return [`    area: { value: ${yamlText(town)} }${check('keine Spalte mit Gebieten: die ganze Stadt')}`]
  const { lookUp, ...rule } = area.rule
  const share = `${area.matched} von ${area.texts} Texten sind Gebiete, ${area.areas} von ${area.key.keys.length} Gebieten kommen vor`
  const orphans = area.orphans.length === 0 ? [] : [`    # Ohne Gebiet bleiben: ${area.orphans.slice(0, 8).map(text => `„${onOneLine(text)}“`).join(', ')}`]
  if (lookUp === undefined) return [`    area: ${yamlFlow({ column: area.column, ...rule })}${check(share)}`, ...orphans]
  return [
    '    area:',
    `      column: ${yamlText(area.column)}${check(`${share}; nach dem Namen zugeordnet`)}`,
    '      lookUp:',
    ...Object.entries(lookUp).map(([text, key]) => `        ${quoted(text)}: ${quoted(key)}`),
    ...orphans,
  ]
}

function writePeriod ({ period }: PlannedDelivery): string[] {
  const { column, template, lookUp, evidence } = period
  if (period.in !== null) return [`    period: { in: ${period.in} }${check(`${period.in === 'head' ? 'die Spaltenköpfe' : 'die Namen der Blätter'} nennen ${period.periods[0]} bis ${period.periods.at(-1)}`)}`]
  if (column === null) return []
  if (lookUp !== null) return ['    period:', `      column: ${yamlText(column)}${check(evidence.de)}`, '      lookUp:', ...Object.entries(lookUp).map(([text, to]) => `        ${quoted(text)}: ${quoted(to)}`)]
  const days = template === null ? `${evidence.de}; gelten die Zahlen für einen Stichtag, template: '{}-12-31' ergänzen` : `${evidence.de}; über der Tabelle steht der 31. Dezember`
  return [`    period: ${yamlFlow({ column, template })}${check(/^\d{4}$/.test(period.periods[0] ?? '') || template !== null ? days : evidence.de)}`]
}

function writeLegend ({ signs }: PlannedDelivery): string[] {
  if (signs.size === 0) return []
  return ['    legend:', ...[...signs].map(([sign, meaning]) => meaning === null
    ? `      ${quoted(sign)}: ${gapMark}  # ${sign === '' ? 'leere Zellen' : 'dieses Zeichen'}: zero, suppressed oder not-delivered?`
    : `      ${quoted(sign)}: ${meaning}${check('die übliche Bedeutung')}`)]
}

function writeIndicator ({ id, kind, theme, label, definition, unit, decimals, isSigned, isKnown, inCatalogue }: PlannedIndicator): string[] {
  if (inCatalogue) return [`  - ${yamlFlow({ use: id, kind: findEntry(id)!.kind === kind ? null : kind })}  # ${label.de}`]
  const names = label.en === undefined ? yamlText(label.de) : `{ de: ${yamlText(label.de)}, en: ${yamlText(label.en)} }`
  return [
    `  - id: ${yamlText(id)}`,
    `    theme: ${theme}`,
    `    kind: ${kind}${isKnown ? '' : check(kind === 'count' ? 'ganze Zahlen: eine Fallzahl' : 'ein Maß, das niemand addieren darf')}`,
    `    label: ${names}${isKnown ? '' : check('der Spaltenkopf')}`,
    `    definition: ${yamlText(definition)}${check('wer gezählt wird, in einem Satz')}`,
    ...(unit.de === '' ? [] : [`    unit: ${unit.en === undefined ? yamlText(unit.de) : `{ de: ${yamlText(unit.de)}, en: ${yamlText(unit.en)} }`}`]),
    `    decimals: ${decimals}`,
    ...(isSigned ? ['    signed: true'] : []),
    '',
  ]
}
