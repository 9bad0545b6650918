import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with `atlas.yaml`. */
export const projectFileProblems = {
  'project-file-missing': {
    severity: 'error',
    de: {
      found: 'keine Projektdatei „{path}“',
      expected: 'ein Ordner mit der Datei atlas.yaml',
      next: 'Den Ordner des Projekts angeben, zum Beispiel: npx atlas build examples/flensburg.',
    },
    en: {
      found: 'no project file "{path}"',
      expected: 'a folder with the file atlas.yaml',
      next: 'Name the folder of the project, for example: npx atlas build examples/flensburg.',
    },
  },
  'project-file-broken-yaml': {
    severity: 'error',
    de: {
      found: 'die Datei ist kein gültiges YAML ({reason})',
      expected: 'eingerückte Zeilen der Form „name: wert“',
      next: 'Die Zeile prüfen: Einrückung mit Leerzeichen statt Tabulatoren, Texte mit Doppelpunkt oder # in Anführungszeichen.',
    },
    en: {
      found: 'the file is not valid YAML ({reason})',
      expected: 'indented lines of the form "name: value"',
      next: 'Check the line: indent with blanks, not tabs; put texts with a colon or # in quotation marks.',
    },
  },
  'project-file-aliases': {
    severity: 'error',
    de: {
      found: 'ein Verweis (*name) nennt einen Anker, den es nicht gibt, oder Verweise vervielfachen die Datei über jedes Maß',
      expected: 'zu jedem Verweis *name einen Anker &name weiter oben, und nur wenige Verweise je Anker',
      next: 'Die Verweise durch den Text ersetzen, für den sie stehen.',
    },
    en: {
      found: 'an alias (*name) refers to an anchor that does not exist, or aliases multiply the file beyond measure',
      expected: 'an anchor &name above for every alias *name, and only a few aliases per anchor',
      next: 'Replace the aliases by the text they stand for.',
    },
  },
  'project-file-unknown-key': {
    severity: 'error',
    de: {
      found: 'unbekannter Eintrag „{key}“',
      expected: 'einer von {known}',
      next: '{guess}',
    },
    en: {
      found: 'unknown key "{key}"',
      expected: 'one of {known}',
      next: '{guess}',
    },
  },
  'project-file-missing-key': {
    severity: 'error',
    de: {
      found: 'der Eintrag „{key}“ fehlt',
      expected: '{key}: {what}',
      next: 'Den Eintrag an dieser Stelle ergänzen.',
    },
    en: {
      found: 'the key "{key}" is missing',
      expected: '{key}: {what}',
      next: 'Add the key at this place.',
    },
  },
  'project-file-invalid-value': {
    severity: 'error',
    de: {
      found: 'der Wert von „{key}“ ist {value}',
      expected: '{expected}',
      next: 'Den Wert an dieser Stelle ändern.',
    },
    en: {
      found: 'the value of "{key}" is {value}',
      expected: '{expected}',
      next: 'Change the value at this place.',
    },
  },
  'project-file-unknown-reference': {
    severity: 'error',
    de: {
      found: '„{key}“ nennt „{value}“, das es nicht gibt',
      expected: 'einer von {known}',
      next: '{guess}',
    },
    en: {
      found: '"{key}" names "{value}", which does not exist',
      expected: 'one of {known}',
      next: '{guess}',
    },
  },
  'project-file-duplicate-id': {
    severity: 'error',
    de: {
      found: 'die Kennung „{value}“ kommt zweimal vor',
      expected: 'jede Kennung in {list} nur einmal',
      next: 'Eine der beiden umbenennen; Kennungen stehen in jeder Adresse.',
    },
    en: {
      found: 'the id "{value}" stands twice',
      expected: 'every id in {list} once',
      next: 'Rename one of them; ids are part of every address.',
    },
  },
  'project-file-either-or': {
    severity: 'error',
    de: {
      found: 'angegeben ist {given}',
      expected: 'genau eins von beiden: {first} oder {second}',
      next: 'Den Eintrag, der nicht gemeint ist, entfernen oder den fehlenden ergänzen.',
    },
    en: {
      found: 'given is {given}',
      expected: 'exactly one of both: {first} or {second}',
      next: 'Remove the one that is not meant, or add the missing one.',
    },
  },
  'project-file-no-reason': {
    severity: 'error',
    de: {
      found: 'die Lieferung „{delivery}“ sagt, dass keine Mindestfallzahl nötig ist, aber nicht warum',
      expected: 'because: ein Satz mit dem Grund',
      next: 'Den Grund eintragen, zum Beispiel: because: Einwohnerzahlen je Gebiet sind öffentlich.',
    },
    en: {
      found: 'the delivery "{delivery}" says that no minimum count is needed, but not why',
      expected: 'because: a sentence with the reason',
      next: 'Write the reason, for example: because: the number of inhabitants of an area is public.',
    },
  },
  'project-file-not-passed-on': {
    severity: 'error',
    de: {
      found: 'die Lieferung „{delivery}“ darf nicht weitergegeben werden (mayBePassedOn: false)',
      expected: 'nur Lieferungen, deren Weitergabe erlaubt ist',
      next: 'Die Lieferung aus dem Projekt nehmen, die Erlaubnis einholen und als legalBasis festhalten, oder neben der öffentlichen eine interne Ausgabe machen: audiences: [public, internal].',
    },
    en: {
      found: 'the delivery "{delivery}" must not be passed on (mayBePassedOn: false)',
      expected: 'only deliveries that may be published',
      next: 'Take the delivery out of the project, obtain the permission and record it as legalBasis, or make an internal edition beside the public one: audiences: [public, internal].',
    },
  },
  'project-file-measure-minimum': {
    severity: 'error',
    de: {
      found: 'die Lieferung „{delivery}“ verlangt eine Mindestfallzahl, enthält aber das Maß „{indicator}“; an einem Maß lässt sich keine Fallzahl messen',
      expected: 'minimumCount: none und because: warum das Maß so gezeigt werden darf',
      next: 'Enthält die Lieferung auch Fallzahlen, sie in zwei Lieferungen derselben Datei teilen: die Fallzahlen mit Mindestfallzahl, die Maße ohne.',
    },
    en: {
      found: 'the delivery "{delivery}" demands a minimum count but holds the measure "{indicator}"; no count can be held against a measure',
      expected: 'minimumCount: none, and because: why the measure may be printed as it is',
      next: 'If the delivery holds counts too, part it into two deliveries of the same file: the counts with a minimum count, the measures without.',
    },
  },
  'project-file-rounded-outside': {
    severity: 'error',
    de: {
      found: '„{indicator}“ aus der Lieferung „{delivery}“ ist öffentlich gerundet und intern gesperrt; wer beide Ausgaben liest, weiß von gesperrten Zahlen, was die gerundeten sagen',
      expected: 'innen dieselbe Methode wie außen, oder außen suppress und innen round5',
      next: 'rules.internal.method auf round5 setzen oder auch öffentlich sperren.',
    },
    en: {
      found: '"{indicator}" of the delivery "{delivery}" is rounded for the public and suppressed inside; whoever reads both editions knows of suppressed figures what the rounded ones say',
      expected: 'the same method inside as outside, or suppress outside and round5 inside',
      next: 'Set rules.internal.method to round5, or suppress for the public too.',
    },
  },
  'project-file-mixed-methods': {
    severity: 'error',
    de: {
      found: 'der Indikator „{indicator}“ wird aus der Lieferung „{first}“ nach einer anderen Methode geschützt als aus „{second}“',
      expected: 'in beiden dieselbe Methode, suppress oder round5',
      next: 'Die Methode bei einer der beiden Lieferungen ändern.',
    },
    en: {
      found: 'the indicator "{indicator}" is protected by another method in the delivery "{first}" than in "{second}"',
      expected: 'the same method in both, suppress or round5',
      next: 'Change the method of one of the two deliveries.',
    },
  },
  'project-file-ambiguous-values': {
    severity: 'error',
    de: {
      found: '„values“ nennt Zahlen, aber nicht, welche Fallzahl und welcher Zeitraum es sind',
      expected: 'indicators und periods mit je genau einem Eintrag',
      next: 'Für jede Fallzahl und jeden Zeitraum einen eigenen Eintrag in external schreiben.',
    },
    en: {
      found: '"values" states numbers, but not of which count and which period',
      expected: 'indicators and periods with exactly one entry each',
      next: 'Write an entry of its own in external for every count and every period.',
    },
  },
  'project-file-undelivered': {
    severity: 'warning',
    de: {
      found: 'keine Lieferung enthält den Indikator „{indicator}“',
      expected: 'eine Spalte in deliveries … columns',
      next: 'Die Spalte ergänzen oder den Indikator entfernen; bis dahin erscheint er nicht im Atlas.',
    },
    en: {
      found: 'no delivery holds the indicator "{indicator}"',
      expected: 'a column in deliveries … columns',
      next: 'Add the column or remove the indicator; until then it does not appear in the atlas.',
    },
  },
} as const satisfies ProblemCatalogue
