import type { Edition } from '../core/edition.ts'
import { defaultClasses } from '../core/classify.ts'
import { tinyEdition } from './tiny-edition.ts'

const licence = { name: 'dl-de/by-2-0', url: 'https://www.govdata.de/dl-de/by-2-0' }
const value = (period: string, value: number, differs: Edition['notes'][number] | null = null) =>
  ({ indicator: 'sgb2-share', period, value, source: 'Statistik der Bundesagentur für Arbeit', referenceDate: period, licence, differs })

/** The tiny atlas with one of everything that must be read with its figures. */
export function annotatedEdition (): Edition {
  const plain = tinyEdition()
  return tinyEdition({
    series: plain.series.map(series => ({ ...series, classes: defaultClasses(series.values.flat().filter(number => number !== null), false), flags: series.flags.map(row => row.map((flag, area) => area === 0 ? 'estimated' : flag)) })),
    levels: plain.levels.map(level => level.id === 'sozialraum' ? { ...level, recut: { de: 'Ein Teil von Süd kam zu Nordertor.' } } : level),
    indicators: plain.indicators.map(indicator => indicator.id === 'sgb2-share' ? { ...indicator, changes: [{ from: '2024-12-31', note: { de: 'Nenner bis 66 statt 64 Jahre.' } }] } : indicator),
    remarks: [
      { kind: 'accepted', indicator: 'sgb2-share', level: 'sozialraum', area: '01', period: '2023-12-31', text: { de: 'Neue Unterkunft mit 47 Plätzen.' } },
      // Its cell is suppressed: nothing may show it.
      { kind: 'accepted', indicator: 'sgb2-share', level: 'sozialraum', area: '02', period: '2024-12-31', text: { de: 'Sprung auf das Fünffache.' } },
      { kind: 'census', indicator: 'sgb2-recipients', level: null, area: null, period: null, text: { de: 'Summe aus 12 Gitterzellen.' } },
    ],
    references: [{ id: 'kreis', name: { de: 'Landkreis Muster' }, kind: 'district', values: [value('2022-12-31', 8.1), value('2023-12-31', 7.9, { de: 'ohne Regelaltersgrenze' })] }],
    facilities: [{
      id: 'kitas', label: { de: 'Kitas' }, attribution: 'Kleinstadt', licence, referenceDate: '2024-03-01', facilities: [{ id: '1', name: 'Kita 7 Zwerge', kind: 'Kita', lon: 92_000_000, lat: 526_000_000, attributes: { address: 'Ring 5' } }],
    }],
  })
}
