import type { ProblemCatalogue } from '../problem.ts'

/** What is possible and yet hard to believe, and what was accepted all the same. */
export const plausibleProblems = {
  'plausible-jump': {
    severity: 'warning',
    de: {
      found: '{label}, Gebiet {name}: {value} ({when}) nach {previous} ({before}), {times}',
      expected: 'eine Zahl in der Größe des Vorjahres',
      next: 'In der Quelle nachsehen; stimmt die Zahl, den Grund in atlas.yaml unter accepted festhalten.',
    },
    en: {
      found: '{label}, area {name}: {value} ({when}) after {previous} ({before}), {times}',
      expected: 'a figure of about the size of the period before',
      next: 'Look it up at the source; if the figure is right, note the reason under accepted in atlas.yaml.',
    },
  },
  'plausible-column-shift': {
    severity: 'error',
    de: {
      found: '{label}, {when}: fast alle {areas} Gebiete sind etwa {factor}-mal {direction} als {before}',
      expected: 'Zahlen in der Größe des Zeitraums davor',
      next: '{guess} Die Lieferung berichtigen lassen; stimmt sie, den Grund in atlas.yaml unter accepted festhalten.',
    },
    en: {
      found: '{label}, {when}: nearly all of {areas} areas are about {factor} times {direction} than {before}',
      expected: 'figures of about the size of the period before',
      next: '{guess} Have the delivery corrected; if it is right, note the reason under accepted in atlas.yaml.',
    },
  },
  'plausible-same-twice': {
    severity: 'warning',
    de: {
      found: '{label}: die Zahlen für {when} sind in allen {areas} Gebieten dieselben wie für {before}',
      expected: 'andere Zahlen als im Zeitraum davor',
      next: 'Prüfen, ob dieselbe Spalte zweimal geliefert wurde; stimmen die Zahlen, den Grund unter accepted festhalten.',
    },
    en: {
      found: '{label}: the figures of {when} are the same as those of {before} in all {areas} areas',
      expected: 'other figures than in the period before',
      next: 'Check whether the same column was delivered twice; if the figures are right, note the reason under accepted.',
    },
  },
  'plausible-swapped-periods': {
    severity: 'warning',
    de: {
      found: '{label}: die Zahlen für {before} und {when} sind wohl vertauscht; andersherum wäre der Verlauf in fast allen Gebieten glatt (Gebiete: {areas})',
      expected: 'ein Verlauf ohne Hin und Her in allen Gebieten zugleich',
      next: 'Die Spaltenköpfe beider Zeiträume in der Lieferung vergleichen; stimmen die Zahlen, den Grund unter accepted festhalten.',
    },
    en: {
      found: '{label}: the figures of {before} and {when} were probably exchanged; the other way round the line would be smooth in nearly all areas (areas: {areas})',
      expected: 'a line that does not go to and fro in all areas at once',
      next: 'Compare the heads of both periods in the delivery; if the figures are right, note the reason under accepted.',
    },
  },
  'plausible-above-hundred': {
    severity: 'error',
    de: {
      found: '{label}, {when}: {value} %, mehr als alles ({areas}; Gebiete: {count})',
      expected: 'höchstens 100 %',
      next: 'Die Zellen berichtigen; ist es kein Anteil, die Einheit % am Indikator ändern oder den Grund unter accepted festhalten.',
    },
    en: {
      found: '{label}, {when}: {value} %, more than all ({areas}; areas: {count})',
      expected: 'at most 100 %',
      next: 'Correct the cells; if it is not a share, change the unit % of the indicator, or note the reason under accepted.',
    },
  },
  'plausible-negative': {
    severity: 'error',
    de: {
      found: '{label}, {when}: {value} ist kleiner als null ({areas}; Gebiete: {count})',
      expected: 'null oder mehr',
      next: 'Die Zellen berichtigen; kann der Wert unter null liegen, signed: true beim Indikator eintragen.',
    },
    en: {
      found: '{label}, {when}: {value} is below zero ({areas}; areas: {count})',
      expected: 'zero or more',
      next: 'Correct the cells; if values below zero are possible, write signed: true at the indicator.',
    },
  },
  'plausible-not-acceptable': {
    severity: 'error',
    de: {
      found: 'der Befund {code} lässt sich nicht annehmen: {why}',
      expected: 'ein Befund, den jemand beurteilen kann; von denen, die die Ausgabe aufhalten, nur {acceptable}',
      next: 'Den Eintrag unter accepted entfernen und beheben, was der Befund sagt.',
    },
    en: {
      found: 'the finding {code} cannot be accepted: {why}',
      expected: 'a finding that somebody can judge; of those that stop the edition only {acceptable}',
      next: 'Remove the entry under accepted, and settle what the finding says.',
    },
  },
  'plausible-stale-acceptance': {
    severity: 'warning',
    de: {
      found: 'zu diesem Eintrag unter accepted gibt es keinen Befund mehr: {code}',
      expected: 'ein Befund, auf den der Eintrag passt',
      next: 'Den Eintrag entfernen; sonst nimmt er eines Tages etwas an, das niemand geprüft hat.',
    },
    en: {
      found: 'this entry under accepted has no finding any more: {code}',
      expected: 'a finding that the entry fits',
      next: 'Remove the entry; else it will accept something one day that nobody looked at.',
    },
  },
  'plausible-report-not-written': {
    severity: 'warning',
    de: {
      found: 'der Prüfbericht konnte nicht geschrieben werden: {reason}',
      expected: 'ein Ordner, in den dieses Programm schreiben darf',
      next: 'Die Rechte des Ordners prüfen, oder mit ATLAS_VAULT einen anderen nennen.',
    },
    en: {
      found: 'the check report could not be written: {reason}',
      expected: 'a folder that this program may write to',
      next: 'Check the permissions of the folder, or name another one with ATLAS_VAULT.',
    },
  },
} as const satisfies ProblemCatalogue
