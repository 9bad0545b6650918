import { yamlFlow, yamlText } from '../scaffold/yaml-text.ts'
import type { KnownHead } from './known-heads.ts'

/** What is known about a town whose only figures are those of the census grid. */
export interface GridPlan {
  readonly atlas: string
  readonly municipality: string
  /** Paths relative to the project. */
  readonly boundaries: string
  readonly gridFile: string
  readonly level: { readonly id: string, readonly label: string, readonly labelPlural: string }
  readonly key: { readonly column: string, readonly prefix: string }
  readonly name: { readonly column: string, readonly extract: string | null }
  readonly where: Readonly<Record<string, string>>
  readonly bounds: readonly number[]
  readonly areas: number
  /** Figures with the heads under which the file has them. */
  readonly heads: ReadonlyArray<{ readonly known: KnownHead, readonly head: string }>
  readonly period: string
  readonly isPeriodGuessed: boolean
}

/** The text of `atlas.yaml`; complete, with a comment wherever a person should look. */
export function writeGridProject (plan: GridPlan): string {
  return `${[...head(plan), ...levels(plan), ...delivery(plan), ...indicators(plan)].join('\n')}\n`
}

const licence = "{ name: Datenlizenz Deutschland – Namensnennung – Version 2.0, url: 'https://www.govdata.de/dl-de/by-2-0' }"

function head ({ atlas, municipality, bounds, heads }: GridPlan): string[] {
  return [
    '# Projektdatei, geschrieben von „atlas scaffold --zensus“: ein Atlas aus Grenzen und Zensusgitter. Er lässt sich sofort bauen:',
    '#   npx atlas check .      prüft, ob alles zusammenpasst',
    '#   npx atlas build .      macht eine Ausgabe daraus',
    '# „prüfen“ steht überall, wo geraten wurde.',
    '',
    `atlas: ${yamlText(atlas)}                       # prüfen: erster Teil jeder Adresse`,
    `title: ${yamlText(`Zensusatlas ${municipality}`)}`,
    `municipality: ${yamlText(municipality)}         # prüfen: Name der Kommune`,
    'language: de',
    'dataStatus: open-data',
    `licence: ${licence}`,
    'contact: { name: Sozialplanung, email: sozialplanung@example.org }     # prüfen: wer Fragen beantwortet',
    `bounds: [${bounds.join(', ')}]          # West, Süd, Ost, Nord: die Grenzen und etwas Rand`,
    `start: ${heads[0]!.known.id}`,
    'referenceLevel: ganzes',
    '',
  ]
}

function levels ({ level, boundaries, where, key, name, areas, atlas, municipality }: GridPlan): string[] {
  return [
    'levels:',
    `  - id: ${yamlText(level.id)}`,
    `    label: ${yamlText(level.label)}               # prüfen: wie die ${areas} Gebiete heißen`,
    `    labelPlural: ${yamlText(level.labelPlural)}`,
    '    validFrom: 2000-01-01                  # prüfen: erster Tag, an dem diese Grenzen galten',
    '    parent: ganzes',
    '    boundaries:',
    `      file: ${yamlText(boundaries)}`,
    ...Object.keys(where).length === 0 ? [] : [`      where: ${yamlFlow(where)}`],
    ...boundaries.includes('VG250') || boundaries.includes('VG5000') ? ['      attribution: © GeoBasis-DE / BKG (Daten verändert)   # prüfen: Jahr der Daten'] : ['      # attribution: Quellenvermerk der Grenzen, wenn jemand zu nennen ist'],
    `      key: ${yamlFlow({ column: key.column, prefix: key.prefix === '' ? null : key.prefix })}          # prüfen: Spalte mit dem Gebietsschlüssel`,
    `      name: ${yamlFlow({ column: name.column, extract: name.extract })}         # prüfen: Spalte mit dem Namen`,
    '',
    '  - id: ganzes',
    '    label: Kommune',
    '    labelPlural: Kommunen',
    '    validFrom: 2000-01-01',
    `    boundaries: { dissolve: ${yamlText(level.id)}, id: ${yamlText(atlas)}, areaName: ${yamlText(municipality)} }`,
    '',
    'themes:',
    '  - { id: population, label: { de: Bevölkerung, en: Population } }',
    '  - { id: housing, label: { de: Wohnen, en: Housing } }',
    '',
  ]
}

function delivery ({ level, gridFile, period, isPeriodGuessed, heads }: GridPlan): string[] {
  const year = period.slice(0, 4)
  const weight = heads.find(({ known }) => known.id === 'inhabitants')?.head
  const counts = heads.filter(({ known }) => known.kind === 'count')
  const means = heads.filter(({ known }) => known.kind === 'measure')
  return [
    'deliveries:',
    `  - id: zensus-${year}`,
    `    title: Zensus ${year}, Gitterzellen`,
    '    publisher: Statistische Ämter des Bundes und der Länder',
    `    licence: ${licence}`,
    `    attribution: © Statistische Ämter des Bundes und der Länder, Zensus ${year} (Daten verändert)`,
    '    minimumCount: none',
    '    because: Die Statistischen Ämter haben die Zellen veröffentlicht und, was zu schützen war, selbst geheim gehalten.',
    '    legalBasis: Veröffentlichung unter der Datenlizenz Deutschland – Namensnennung – Version 2.0',
    '    mayBePassedOn: true',
    `    level: ${yamlText(level.id)}`,
    `    period: { value: '${period}' }${isPeriodGuessed ? '      # prüfen: der Dateiname nennt kein Jahr; 2011-05-09 oder 2022-05-15' : ''}`,
    `    files: [${yamlText(gridFile)}]`,
    '    grid:',
    '      assign: centre                        # eine Zelle zählt zu dem Gebiet, in dem ihre Mitte liegt; area teilt sie nach Fläche auf',
    '      secret: [-9, –]',
    '      uninhabited: [-1]',
    '      columns:',
    ...counts.map(({ known, head }) => `        ${known.id}: ${known.where === undefined ? yamlText(head) : `{ column: ${yamlText(head)}, where: ${yamlFlow(known.where)} }`}`),
    ...means.length === 0 ? [] : ['      means:'],
    ...means.map(({ known, head }) => `        ${known.id}: { column: ${yamlText(head)}, weight: ${yamlText(weight!)} }`),
    ...weight === undefined
      ? []
      : [
          '      # Ist die amtliche Einwohnerzahl bekannt, wird die Summe der Zellen auf sie gebracht:',
          '      # calibrate: { inhabitants: { value: 31402 } }',
        ],
    '',
  ]
}

function indicators ({ heads }: GridPlan): string[] {
  return ['indicators:', ...heads.flatMap(({ known }) => [
    `  - id: ${known.id}`,
    `    theme: ${known.theme}`,
    `    kind: ${known.kind}`,
    `    label: { de: ${yamlText(known.de)}, en: ${yamlText(known.en)} }`,
    '    definition:',
    `      de: ${yamlText(known.definition)}`,
    `      en: ${yamlText(known.definitionEn)}`,
    `    unit: { de: ${yamlText(known.unit)}, en: ${yamlText(known.unitEn)} }`,
    `    decimals: ${known.decimals}`,
  ])]
}
