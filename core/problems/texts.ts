import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the texts of a town about its areas. */
export const textsProblems = {
  'texts-bad-head': {
    severity: 'error',
    de: {
      found: 'der Kopf des Textes lässt sich nicht lesen ({found})',
      expected: 'zwischen zwei Zeilen --- die Angaben author und date (2025-03-01), wenn gewünscht goal, indicator und state (draft oder released)',
      next: 'Den Text in der Werkstatt unter „Einschätzungen“ neu speichern, oder den Kopf der Datei berichtigen.',
    },
    en: {
      found: 'the head of the text cannot be read ({found})',
      expected: 'between two lines --- the entries author and date (2025-03-01), if wanted goal, indicator and state (draft or released)',
      next: 'Save the text once more in the Werkstatt under “Assessments”, or correct the head of the file.',
    },
  },
  'texts-missing-entry': {
    severity: 'error',
    de: {
      found: 'im Kopf des Textes fehlt „{name}“',
      expected: 'wer ihn geschrieben hat (author: …) und wann (date: 2025-03-01)',
      next: 'Die Zeile im Kopf zwischen den beiden --- ergänzen, oder den Text in der Werkstatt neu speichern.',
    },
    en: {
      found: 'the head of the text has no "{name}"',
      expected: 'who wrote it (author: …) and when (date: 2025-03-01)',
      next: 'Add the line to the head between the two ---, or save the text once more in the Werkstatt.',
    },
  },
  'texts-unknown-indicator': {
    severity: 'error',
    de: {
      found: 'die Kennzahl „{name}“, an der es zu sehen sein soll, gibt es in diesem Atlas nicht',
      expected: 'die Kennung einer Kennzahl aus der Projektdatei, oder keine Zeile indicator',
      next: 'Die Kennung berichtigen oder die Zeile indicator löschen.',
    },
    en: {
      found: 'this atlas has no indicator "{name}" by which one would see it',
      expected: 'the id of an indicator of the project file, or no line indicator',
      next: 'Correct the id or delete the line indicator.',
    },
  },
  'texts-too-long': {
    severity: 'error',
    de: {
      found: 'die Datei ist länger als {limit} kB, oder sie ist keine Datei',
      expected: 'ein Text von höchstens {limit} kB',
      next: 'Den Text kürzen; lange Berichte besser verlinken.',
    },
    en: {
      found: 'the file is longer than {limit} kB, or it is no file',
      expected: 'a text of at most {limit} kB',
      next: 'Shorten the text; a long report is better linked to.',
    },
  },
  'texts-unknown-area': {
    severity: 'warning',
    de: {
      found: 'es gibt kein Gebiet „{name}“, oder mehrere Ebenen haben eines',
      expected: 'ein Dateiname wie 03.md, oder stadtteil.03.md, wenn mehrere Ebenen diesen Schlüssel haben',
      next: 'Die Datei umbenennen; bis dahin wird der Text nicht gezeigt.',
    },
    en: {
      found: 'there is no area "{name}", or several levels have one',
      expected: 'a file name such as 03.md, or stadtteil.03.md where several levels have this key',
      next: 'Rename the file; until then the text is not shown.',
    },
  },
  'texts-area-twice': {
    severity: 'error',
    de: {
      found: 'zu dem Gebiet {name} gibt es zwei Texte',
      expected: 'eine Datei je Gebiet',
      next: 'Beide Texte zusammenführen und eine der Dateien löschen.',
    },
    en: {
      found: 'there are two texts for the area {name}',
      expected: 'one file for each area',
      next: 'Bring the texts together and delete one of the files.',
    },
  },
  'texts-names-secret': {
    severity: 'warning',
    de: {
      found: 'der Text nennt eine Zahl, die in diesem Gebiet gesperrt ist',
      expected: 'nur Zahlen, die der Atlas zeigt',
      next: 'Ansehen, ob die gesperrte Zahl gemeint ist, und sie dann aus dem Text nehmen; ist etwas anderes gemeint, kann er bleiben.',
    },
    en: {
      found: 'the text names a number that is suppressed in this area',
      expected: 'only numbers that the atlas prints',
      next: 'See whether the suppressed number is meant, and take it out of the text then; where something else is meant it can stay.',
    },
  },
} as const satisfies ProblemCatalogue
