import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Three areas in a row and their town: the smallest project that runs through every station. */
export const smallProject = {
  'atlas.yaml': `atlas: small
title: Sozialraum-Atlas Kleinstadt
municipality: Kleinstadt
dataStatus: synthetic
licence: { name: CC0 1.0, url: 'https://creativecommons.org/publicdomain/zero/1.0/' }
contact: { name: Sozialplanung, email: planung@kleinstadt.example }
bounds: [9, 52, 10, 53]
start: sgb2-share
referenceLevel: stadt
tiles: { minZoom: 10, maxZoom: 11 }
levels:
  - id: sozialraum
    label: Sozialraum
    labelPlural: Sozialräume
    validFrom: 2019-01-01
    parent: stadt
    boundaries: { file: areas.geojson, key: { column: nr, pad: 2 }, name: { column: name } }
  - id: stadt
    label: Stadt
    labelPlural: Städte
    validFrom: 2000-01-01
    boundaries: { dissolve: sozialraum, id: kleinstadt, areaName: Kleinstadt }
themes:
  - { id: income, label: Einkommen }
deliveries:
  - id: register
    title: Bestand
    publisher: Kleinstadt
    licence: { name: CC0 1.0, url: 'https://creativecommons.org/publicdomain/zero/1.0/' }
    attribution: Kleinstadt
    minimumCount: 3
    legalBasis: Satzung
    mayBePassedOn: true
    level: sozialraum
    files: [people.csv]
    area: { column: Nr, pad: 2 }
    period: { column: Jahr, template: '{}-12-31' }
    columns: { people: Personen, sgb2: SGB II }
indicators:
  - { id: sgb2-share, theme: income, kind: share, label: SGB-II-Quote, definition: Alle., unit: '%', decimals: 1, numerator: sgb2, denominator: people }
  - { id: sgb2, theme: income, kind: count, label: SGB II, definition: Alle., decimals: 0 }
  - { id: people, theme: income, kind: count, label: Personen, definition: Alle., decimals: 0 }
`,
  'areas.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: [1, 2, 3].map(nr => ({
      type: 'Feature',
      properties: { nr: String(nr), name: `Gebiet ${nr}` },
      geometry: { type: 'Polygon', coordinates: [square(9 + nr / 50)] },
    })),
  }),
  'people.csv': `Nr;Jahr;Personen;SGB II
1;2023;1000;100
2;2023;2000;2
3;2023;500;50
1;2024;1100;110
2;2024;2100;210
3;2024;600;60
`,
}

function square (west: number): number[][] {
  const [east, south, north] = [west + 0.02, 52.5, 52.52]
  return [[west, south], [east, south], [east, north], [west, north], [west, south]].map(position => position.map(degrees => Math.round(degrees * 1e7) / 1e7))
}

/** Copies a project and changes one of its files, as a person would who makes a mistake. */
export async function changedProject (from: string, to: string, file: string, change: (text: string) => string): Promise<string> {
  await mkdir(to, { recursive: true })
  await cp(from, to, { recursive: true })
  const changed = path.join(to, file)
  await writeFile(changed, change(await readFile(changed, 'utf8')))
  return to
}
