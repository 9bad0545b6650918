import type { Edition, Series } from '../core/edition.ts'
import type { Geometry, Level, MultiPolygon } from '../core/area.ts'
import { formatVersion } from '../core/edition.ts'
import { computeEditionId } from '../sql/document.ts'

/**
 * The smallest atlas that can go wrong: three areas, one observed, one suppressed, one missing,
 * and the town above them. Two periods; one share with its counts. `overrides` replaces whole fields.
 *
 * Drawn near Nienburg, each square 0.02 degrees wide:
 *
 *     01 | 02 | 03
 */
export function tinyEdition (overrides: Partial<Omit<Edition, 'id'>> = {}): Edition {
  const levels: Level[] = [
    {
      id: 'sozialraum',
      label: { de: 'Sozialraum', en: 'Social area' },
      labelPlural: { de: 'Sozialräume', en: 'Social areas' },
      system: 'sozialraum',
      validFrom: '2019-01-01',
      validTo: null,
      parent: 'stadt',
      areas: [
        { id: '01', name: 'Altstadt', parentId: 'tiny' },
        { id: '02', name: 'Nordertor', parentId: 'tiny' },
        { id: '03', name: 'Süd <& Groß>', parentId: 'tiny' },
      ],
      geometry: 'gaaaaaaaaaaaa',
      attribution: '© Kleinstadt, Vermessung',
    },
    {
      id: 'stadt',
      label: { de: 'Stadt', en: 'Town' },
      labelPlural: { de: 'Städte', en: 'Towns' },
      system: 'stadt',
      validFrom: '2000-01-01',
      validTo: null,
      parent: null,
      areas: [{ id: 'tiny', name: 'Kleinstadt', parentId: null }],
      geometry: 'gbbbbbbbbbbbb',
      attribution: null,
    },
  ]
  const content: Omit<Edition, 'id'> = {
    formatVersion,
    atlas: {
      id: 'tiny',
      title: 'Sozialraum-Atlas Kleinstadt',
      municipality: 'Kleinstadt',
      language: 'de',
      dataStatus: 'synthetic',
      licence: { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/deed.de' },
      contact: { name: 'Sozialplanung', email: 'sozialplanung@kleinstadt.example' },
      referenceLevel: 'stadt',
      startIndicator: 'sgb2-share',
      tiles: { minZoom: 9, maxZoom: 12 },
    },
    audience: 'public',
    themes: [{ id: 'income', label: { de: 'Einkommen und Armut', en: 'Income and poverty' } }],
    levels,
    geometries: [row('gaaaaaaaaaaaa', 3, 0.02), row('gbbbbbbbbbbbb', 1, 0.06)],
    context: [],
    indicators: [
      {
        id: 'sgb2-share',
        theme: 'income',
        kind: 'share',
        label: { de: 'SGB-II-Quote', en: 'SGB II share' },
        definition: { de: 'Leistungsberechtigte nach SGB II je 100 Personen unter der Regelaltersgrenze.' },
        unit: { de: '%' },
        decimals: 1,
        signed: false,
        palette: 'petrol',
        formula: { numerator: ['sgb2-recipients'], minus: [], denominator: ['inhabitants'], factor: 100 },
        notes: [],
        periods: ['2023-12-31', '2024-12-31'].map(period => (
          { period, referenceDate: period, denominatorDate: null, deliveries: ['ba', 'register'] })),
      },
      {
        id: 'sgb2-recipients',
        theme: 'income',
        kind: 'count',
        label: { de: 'Leistungsberechtigte nach SGB II', en: 'SGB II recipients' },
        definition: { de: 'Alle Leistungsberechtigten nach SGB II mit Hauptwohnsitz im Gebiet.' },
        unit: { de: 'Personen', en: 'people' },
        decimals: 0,
        signed: false,
        palette: 'petrol',
        formula: null,
        notes: [],
        periods: [{ period: '2024-12-31', referenceDate: '2024-12-31', denominatorDate: null, deliveries: ['ba'] }],
      },
    ],
    deliveries: [
      delivery('ba', 'Leistungsberechtigte SGB II', 'Statistik der Bundesagentur für Arbeit'),
      delivery('register', 'Einwohner', 'Kleinstadt, Einwohnermelderegister'),
    ],
    series: [
      columns('sozialraum', 'sgb2-share', ['2023-12-31', '2024-12-31'],
        [[1234.5, 8.25, null], [12.5, null, null]], [['o', 'o', 'm'], ['o', 's', 'm']], [0, 10, 20]),
      columns('sozialraum', 'sgb2-recipients', ['2024-12-31'], [[1250, null, null]], [['o', 's', 'm']], [0, 1000, 2000]),
      columns('stadt', 'sgb2-share', ['2023-12-31', '2024-12-31'], [[9.5], [10.25]], [['o'], ['o']], [0, 10, 20]),
    ],
    notes: [],
    ...overrides,
  }
  return { id: computeEditionId({ id: '', ...content }), ...content }
}

/** Squares side by side from 9.2° east, 52.64° north, as one geometry. */
function row (id: string, count: number, width: number): Geometry {
  const unit = (degrees: number) => Math.round(degrees * 1e7)
  const [south, north] = [52.64, 52.66]
  const shapes: MultiPolygon[] = []
  for (let i = 0; i < count; i++) {
    const [west, east] = [9.2 + i * width, 9.2 + (i + 1) * width]
    shapes.push([[[west, south, east, south, east, north, west, north, west, south].map(unit)]])
  }
  return {
    id,
    shapes,
    labels: shapes.map((_, i) => ({ position: [unit(9.2 + (i + 0.5) * width), unit(52.65)], radiusMetres: 600 })),
    bounds: { west: 9.2, south, east: 9.26, north },
  }
}

function delivery (id: string, title: string, publisher: string): Edition['deliveries'][number] {
  return {
    id,
    title,
    publisher,
    licence: { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/deed.de' },
    attribution: publisher,
    extractedOn: '2025-02-03',
    minimumCount: 3,
    minimumCountReason: null,
    legalBasis: '§ 16 BStatG',
  }
}

function columns (
  level: string, indicator: string, periods: string[],
  values: Array<Array<number | null>>, statuses: Array<Array<'o' | 's' | 'm'>>, breaks: number[],
): Series {
  return {
    level,
    indicator,
    periods,
    values,
    statuses,
    reasons: statuses.map(line => line.map(status => status === 'm' ? 'not-delivered' : null)),
    flags: statuses.map(line => line.map(() => null)),
    classes: { method: 'pretty', breaks },
  }
}
