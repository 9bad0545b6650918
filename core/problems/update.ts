import type { ProblemCatalogue } from '../problem.ts'

/** What a folder of deliveries looks like, and how new ones differ from the last. */
export const updateProblems = {
  'update-recognised': {
    severity: 'note',
    de: { found: 'als Lieferung {delivery} erkannt ({evidence})', expected: 'wird {target}', next: '' },
    en: { found: 'recognised as the delivery {delivery} ({evidence})', expected: 'becomes {target}', next: '' },
  },
  'update-unknown-file': {
    severity: 'error',
    de: {
      found: 'gleicht keiner Lieferung; am nächsten kommen {candidates}',
      expected: 'die Spalten und Gebietsschlüssel einer Lieferung des Projekts',
      next: 'Ist es eine davon, die Lieferung selbst nennen: npx atlas update PROJEKT LIEFERUNG={file}. Eine neue Lieferung in atlas.yaml unter deliveries eintragen.',
    },
    en: {
      found: 'resembles no delivery; nearest are {candidates}',
      expected: 'the columns and area keys of a delivery of the project',
      next: 'If it is one of them, name the delivery: npx atlas update PROJECT DELIVERY={file}. Enter a new delivery in atlas.yaml under deliveries.',
    },
  },
  'update-ambiguous-file': {
    severity: 'error',
    de: {
      found: 'passt zu mehreren Lieferungen: {candidates}',
      expected: 'genau eine Lieferung',
      next: 'Die Lieferung selbst nennen: npx atlas update PROJEKT {first}={file}',
    },
    en: {
      found: 'fits several deliveries: {candidates}',
      expected: 'exactly one delivery',
      next: 'Name the delivery: npx atlas update PROJECT {first}={file}',
    },
  },
  'update-unknown-delivery': {
    severity: 'error',
    de: { found: 'die Lieferung „{delivery}“ gibt es nicht', expected: 'eine von {known}', next: '{guess}' },
    en: { found: 'there is no delivery "{delivery}"', expected: 'one of {known}', next: '{guess}' },
  },
  'update-boundaries': {
    severity: 'error',
    de: {
      found: 'ist eine Datei mit Grenzen',
      expected: 'Tabellen; neue Grenzen sind ein neuer Gebietsstand und brauchen ein Wort dazu',
      next: 'In atlas.yaml der alten Ebene validTo geben und eine neue Ebene desselben system mit validFrom, boundaries: { file: … } und recut: \'Was sich geändert hat\' eintragen.',
    },
    en: {
      found: 'is a file of boundaries',
      expected: 'tables; new boundaries are a new vintage and need a word',
      next: 'In atlas.yaml give the old level a validTo and enter a new level of the same system with validFrom, boundaries: { file: … } and recut: \'what changed\'.',
    },
  },
  'update-partial-overlap': {
    severity: 'error',
    de: {
      found: 'enthält einen Teil dessen, was schon in {other} steht ({cells} Zeilen, {periods})',
      expected: 'neue Zeiträume, oder eine Datei, die eine alte ganz ersetzt',
      next: 'Beim Datenhalter die ganze Reihe anfordern, oder die doppelten Zeilen aus einer der beiden Dateien nehmen.',
    },
    en: {
      found: 'holds a part of what {other} holds already ({cells} rows, {periods})',
      expected: 'new periods, or a file that replaces an old one as a whole',
      next: 'Ask the publisher for the whole series, or take the rows that are there twice out of one of the two files.',
    },
  },
  'update-period-unknown': {
    severity: 'error',
    de: {
      found: 'in den Zeilen und im Dateinamen steht kein Zeitraum',
      expected: 'ein Zeitraum wie {example}, den die bisherigen Dateien der Lieferung {delivery} auch nennen',
      next: 'Den Zeitraum selbst nennen: npx atlas update PROJEKT {delivery}@{example}={file}',
    },
    en: {
      found: 'neither rows nor file name say a period',
      expected: 'a period such as {example}, as the earlier files of the delivery {delivery} have it',
      next: 'Name the period: npx atlas update PROJECT {delivery}@{example}={file}',
    },
  },
  'update-same-file': {
    severity: 'note',
    de: { found: 'steht mit demselben Inhalt schon im Projekt', expected: 'wird nicht noch einmal aufgenommen ({target})', next: '' },
    en: { found: 'is in the project already, with the same content', expected: 'is not taken in again ({target})', next: '' },
  },
  'update-replaces': {
    severity: 'warning',
    de: { found: 'ersetzt {old} (dieselben Zeiträume: {periods})', expected: 'eine berichtigte Lieferung', next: 'Die alte Datei bleibt als {kept} liegen.' },
    en: { found: 'replaces {old} (the same periods: {periods})', expected: 'a corrected delivery', next: 'The old file stays as {kept}.' },
  },
  'update-column-renamed': {
    severity: 'warning',
    de: {
      found: 'die Spalte „{old}“ ({indicator}) fehlt; an ihrer Stelle steht „{new}“',
      expected: 'dieselbe Spalte unter neuem Namen',
      next: 'Wird in columns als zweite Schreibweise gemerkt. Ist es eine andere Zahl, die Datei nicht aufnehmen.',
    },
    en: {
      found: 'the column "{old}" ({indicator}) is missing; in its place stands "{new}"',
      expected: 'the same column under a new name',
      next: 'Is remembered in columns as a second spelling. If it is another figure, do not take the file in.',
    },
  },
  'update-column-missing': {
    severity: 'error',
    de: {
      found: 'die Spalte „{column}“ ({indicator}) der Lieferung {delivery} fehlt; übrig sind {found}',
      expected: 'alle Spalten der letzten Lieferung',
      next: 'Heißt sie jetzt anders, in der Lieferung eintragen: columns: { {indicator}: [\'{column}\', \'NEUER KOPF\'] }. Wird sie nicht mehr geliefert, beim Datenhalter nachfragen.',
    },
    en: {
      found: 'the column "{column}" ({indicator}) of the delivery {delivery} is missing; left are {found}',
      expected: 'all columns of the last delivery',
      next: 'If it has a new name, write in the delivery: columns: { {indicator}: [\'{column}\', \'NEW HEAD\'] }. If it is no longer delivered, ask the publisher.',
    },
  },
  'update-no-edition': {
    severity: 'note',
    de: { found: 'noch keine Ausgabe dieses Atlas auf diesem Rechner', expected: 'nichts, womit zu vergleichen wäre', next: '' },
    en: { found: 'no edition of this atlas on this machine yet', expected: 'nothing to compare with', next: '' },
  },
  'update-no-difference': {
    severity: 'note',
    de: { found: 'kein Unterschied zur Ausgabe {edition}', expected: 'gezeigt wird dasselbe', next: '' },
    en: { found: 'no difference from the edition {edition}', expected: 'the same is shown', next: '' },
  },
  'update-compared': {
    severity: 'note',
    de: { found: 'Unterschiede zur Ausgabe {edition}', expected: '{count} Befunde', next: '' },
    en: { found: 'differences from the edition {edition}', expected: '{count} findings', next: '' },
  },
  'update-level-new': {
    severity: 'note',
    de: { found: 'neue Ebene {level}', expected: 'es gibt sie in der letzten Ausgabe nicht', next: '' },
    en: { found: 'new level {level}', expected: 'the last edition lacks it', next: '' },
  },
  'update-level-vanished': {
    severity: 'warning',
    de: { found: 'die Ebene {level} gibt es nicht mehr', expected: 'alle Ebenen der letzten Ausgabe', next: 'Links auf Karten dieser Ebene führen ins Leere. Ist das gewollt?' },
    en: { found: 'the level {level} is gone', expected: 'all levels of the last edition', next: 'Links to maps of this level lead nowhere. Is that intended?' },
  },
  'update-recut': {
    severity: 'warning',
    de: { found: 'neuer Zuschnitt der Ebene {level}: neu {appeared}; weggefallen {vanished}; verschoben {moved}', expected: 'in recut begründet', next: 'Steht in der Reihe als Bruch.' },
    en: { found: 're-cut of the level {level}: new {appeared}; gone {vanished}; moved {moved}', expected: 'explained in recut', next: 'Is shown as a break in the line.' },
  },
  'update-recut-needs-note': {
    severity: 'error',
    de: {
      found: 'die Grenzen der Ebene {level} haben sich geändert: neu {appeared}; weggefallen {vanished}; verschoben {moved}',
      expected: 'ein Satz dazu, der in der Reihe als Bruch steht',
      next: 'In atlas.yaml bei der Ebene {level} eintragen:\n      recut: Was sich an den Grenzen geändert hat und seit wann.',
    },
    en: {
      found: 'the boundaries of the level {level} changed: new {appeared}; gone {vanished}; moved {moved}',
      expected: 'a sentence about it, shown as a break in the line',
      next: 'Write in atlas.yaml at the level {level}:\n      recut: What changed in the boundaries, and since when.',
    },
  },
  'update-indicator-new': {
    severity: 'note',
    de: { found: 'neue Kennzahl „{indicator}“', expected: 'es gibt sie in der letzten Ausgabe nicht', next: '' },
    en: { found: 'new indicator "{indicator}"', expected: 'the last edition lacks it', next: '' },
  },
  'update-indicator-vanished': {
    severity: 'warning',
    de: { found: 'die Kennzahl „{indicator}“ gibt es nicht mehr', expected: 'alle Kennzahlen der letzten Ausgabe', next: 'Links auf sie führen ins Leere. Ist das gewollt?' },
    en: { found: 'the indicator "{indicator}" is gone', expected: 'all indicators of the last edition', next: 'Links to it lead nowhere. Is that intended?' },
  },
  'update-definition': {
    severity: 'warning',
    de: { found: '„{indicator}“ bedeutet etwas anderes als in der letzten Ausgabe: {parts}', expected: 'in changes begründet', next: 'Steht in der Reihe als Bruch.' },
    en: { found: '"{indicator}" means something else than in the last edition: {parts}', expected: 'explained in changes', next: 'Is shown as a break in the line.' },
  },
  'update-definition-needs-note': {
    severity: 'error',
    de: {
      found: 'die Kennzahl {indicator} bedeutet etwas anderes als in der letzten Ausgabe: {parts}',
      expected: 'ein Satz dazu, der in der Reihe als Bruch steht',
      next: 'In atlas.yaml beim Indikator {indicator} eintragen:\n      changes:\n        - { from: {from}, note: Was sich geändert hat und warum. }',
    },
    en: {
      found: 'the indicator {indicator} means something else than in the last edition: {parts}',
      expected: 'a sentence about it, shown as a break in the line',
      next: 'Write in atlas.yaml at the indicator {indicator}:\n      changes:\n        - { from: {from}, note: What changed and why. }',
    },
  },
  'update-period-new': {
    severity: 'note',
    de: { found: '{period} ist neu (Kennzahlen: {indicators}, Ebenen: {levels}; {names})', expected: '{cells} Zahlen kommen hinzu', next: '' },
    en: { found: '{period} is new for {indicators} indicators on {levels} levels ({names})', expected: '{cells} figures are added', next: '' },
  },
  'update-period-vanished': {
    severity: 'warning',
    de: {
      found: '{period} fehlt jetzt (Kennzahlen: {indicators}, Ebenen: {levels}; {names}); {cells} Zahlen fallen weg',
      expected: 'alles, was die letzte Ausgabe zeigt',
      next: 'Prüfen, ob eine Datei ersetzt wurde, die mehr Zeiträume enthielt.',
    },
    en: {
      found: '{period} is now missing for {indicators} indicators on {levels} levels ({names}); {cells} figures are gone',
      expected: 'all that the last edition shows',
      next: 'Check whether a file was replaced that held more periods.',
    },
  },
  'update-cells': {
    severity: 'warning',
    de: {
      found: '„{indicator}“, {period}: {appeared} Zahlen neu gezeigt, {vanished} nicht mehr gezeigt',
      expected: 'dieselben Zahlen wie in der letzten Ausgabe',
      next: 'Ist die Lieferung berichtigt worden, ist nichts zu tun.',
    },
    en: {
      found: '"{indicator}", {period}: {appeared} figures newly shown, {vanished} no longer shown',
      expected: 'the same figures as in the last edition',
      next: 'If the delivery was corrected, nothing need be done.',
    },
  },
  'update-cells-changed': {
    severity: 'warning',
    de: {
      found: '„{indicator}“, {period}, wurde berichtigt: {changed} Zahlen geändert, {appeared} neu gezeigt, {vanished} nicht mehr gezeigt; am stärksten {area} ({level}): {before} → {after}',
      expected: 'dieselben Zahlen wie in der letzten Ausgabe',
      next: 'Beim Datenhalter nach dem Grund fragen; er gehört in die Anmerkungen (notes).',
    },
    en: {
      found: '"{indicator}", {period}, was re-stated: {changed} figures changed, {appeared} newly shown, {vanished} no longer shown; most of all {area} ({level}): {before} → {after}',
      expected: 'the same figures as in the last edition',
      next: 'Ask the publisher for the reason; it belongs into the notes.',
    },
  },
  'scaffold-gap': {
    severity: 'error',
    de: { found: '{key} ist noch nicht ausgefüllt', expected: '{what}', next: 'Das kann kein Programm wissen: in atlas.yaml anstelle von BITTE AUSFÜLLEN eintragen.' },
    en: { found: '{key} is not filled in yet', expected: '{what}', next: 'No program can know that: write it into atlas.yaml in place of BITTE AUSFÜLLEN.' },
  },
  'scaffold-file-exists': {
    severity: 'error',
    de: { found: 'es gibt schon eine Projektdatei', expected: 'ein Ordner ohne {name}; eine fremde Datei wird nie überschrieben', next: 'Mit -o eine andere Datei nennen, oder neue Lieferungen mit „npx atlas update“ aufnehmen.' },
    en: { found: 'there is a project file already', expected: 'a folder without {name}; a file of somebody\'s is never overwritten', next: 'Name another file with -o, or take new deliveries in with "npx atlas update".' },
  },
  'scaffold-no-boundaries': {
    severity: 'error',
    de: { found: 'keine Datei mit Gebietsgrenzen ({files} Dateien angesehen)', expected: 'ein Shapefile, GeoJSON oder GeoPackage mit Flächen und einer Schlüsselspalte', next: 'Die Grenzen beim Katasteramt oder in der Statistikstelle erbitten und in den Ordner legen.' },
    en: { found: 'no file of area boundaries ({files} files looked at)', expected: 'a shapefile, GeoJSON or GeoPackage with areas and a key column', next: 'Ask the land registry or the statistics office for boundaries and put them into the folder.' },
  },
  'scaffold-no-tables': {
    severity: 'error',
    de: { found: 'keine Tabelle, deren Zeilen zu den Grenzen passen ({files} Dateien angesehen)', expected: 'mindestens eine Tabelle mit Gebietsschlüssel und Zahlen', next: '{hint}' },
    en: { found: 'no table whose rows fit the boundaries ({files} files looked at)', expected: 'at least one table with area keys and figures', next: '{hint}' },
  },
  'scaffold-missing-folder': {
    severity: 'error',
    de: { found: 'der Ordner lässt sich nicht lesen', expected: 'ein Ordner mit Lieferungen', next: 'Den Pfad prüfen.' },
    en: { found: 'the folder cannot be read', expected: 'a folder of deliveries', next: 'Check the path.' },
  },
  'scaffold-level': {
    severity: 'note',
    de: { found: 'Grenzen von {areas} Gebieten', expected: 'Ebene {level}', next: '' },
    en: { found: 'boundaries of {areas} areas', expected: 'level {level}', next: '' },
  },
  'scaffold-delivery': {
    severity: 'note',
    de: { found: 'Tabelle zur Ebene {level} ({periods}), Kennzahlen: {columns}, davon erkannt: {known}', expected: 'Lieferung {delivery}', next: '' },
    en: { found: 'table for the level {level} ({periods}), indicators: {columns}, recognised: {known}', expected: 'delivery {delivery}', next: '' },
  },
  'scaffold-left-out': {
    severity: 'warning',
    de: { found: 'nicht übernommen: {why}', expected: 'eine Tabelle oder Ebene des Atlas', next: '{next}' },
    en: { found: 'left out: {why}', expected: 'a table or level of the atlas', next: '{next}' },
  },
} as const satisfies ProblemCatalogue
