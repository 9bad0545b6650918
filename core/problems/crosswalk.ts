import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong where boundaries change, or where areas are made of others. */
export const crosswalkProblems = {
  'crosswalk-assigned-twice': {
    severity: 'error',
    de: {
      found: 'der Teil „{key}“ ist zwei Gebieten zugeordnet: „{first}“ und „{second}“',
      expected: 'für jeden Teil genau ein Gebiet',
      next: 'Eine der beiden Zeilen löschen oder den Teil in der Grenzdatei zerlegen.',
    },
    en: {
      found: 'the part "{key}" is assigned to two areas: "{first}" and "{second}"',
      expected: 'exactly one area for every part',
      next: 'Delete one of the two rows, or cut the part in the boundary file.',
    },
  },
  'crosswalk-not-assigned': {
    severity: 'error',
    de: {
      found: 'Teile der Grenzdatei ohne Gebiet in der Zuordnungsliste: {count} ({keys})',
      expected: 'für jeden Teil genau ein Gebiet',
      next: 'Die Teile in der Liste ergänzen oder mit whereNot aus der Grenzdatei weglassen.',
    },
    en: {
      found: 'parts of the boundary file without an area in the assignment list: {count} ({keys})',
      expected: 'exactly one area for every part',
      next: 'Add the parts to the list, or leave them out of the boundary file with whereNot.',
    },
  },
  'crosswalk-assigned-nothing': {
    severity: 'warning',
    de: {
      found: 'Zeilen der Zuordnungsliste, zu denen es in der Grenzdatei keinen Teil gibt: {count} ({keys})',
      expected: 'Schlüssel, die in der Grenzdatei vorkommen',
      next: 'Prüfen, ob Liste und Grenzen denselben Stand haben; führende Nullen gehören zum Schlüssel.',
    },
    en: {
      found: 'rows of the assignment list that no part of the boundary file belongs to: {count} ({keys})',
      expected: 'keys that occur in the boundary file',
      next: 'Check whether list and boundaries are of the same vintage; leading zeros belong to the key.',
    },
  },
  'crosswalk-outline-feature': {
    severity: 'error',
    de: {
      found: 'unter den Gebieten der Ebene „{level}“ ist eines, das die {others} anderen überdeckt: „{key}“ ({name}); das ist wohl der Umriss der Stadt',
      expected: 'nur die Gebiete selbst',
      next: 'In atlas.yaml bei der Ebene {level} unter boundaries eintragen:\n      {yaml}',
    },
    en: {
      found: 'among the areas of the level "{level}" one covers the {others} others: "{key}" ({name}); it is probably the outline of the town',
      expected: 'the areas themselves only',
      next: 'Write in atlas.yaml at the level {level} under boundaries:\n      {yaml}',
    },
  },
  'crosswalk-unknown-parts': {
    severity: 'error',
    de: {
      found: 'das Gebiet „{area}“ der Ebene „{level}“ nennt Teile, die es auf der Ebene „{of}“ nicht gibt: {parts}',
      expected: 'Kennungen von Gebieten dieser Ebene, etwa {examples}',
      next: 'Die Liste parts berichtigen; Kennungen mit führenden Nullen gehören in Anführungszeichen.',
    },
    en: {
      found: 'the area "{area}" of the level "{level}" names parts that the level "{of}" does not have: {parts}',
      expected: 'ids of areas of this level, such as {examples}',
      next: 'Correct the list parts; ids with leading zeros belong in quotation marks.',
    },
  },
  'crosswalk-part-twice': {
    severity: 'error',
    de: {
      found: 'das Gebiet „{part}“ ist auf der Ebene „{level}“ zweimal enthalten, in „{first}“ und in „{second}“',
      expected: 'Gebiete, die nichts gemeinsam haben',
      next: 'Überlappende Fördergebiete als zwei Ebenen anlegen.',
    },
    en: {
      found: 'the area "{part}" is contained twice on the level "{level}", in "{first}" and in "{second}"',
      expected: 'areas that have nothing in common',
      next: 'Make two levels of funding areas that overlap.',
    },
  },
  'crosswalk-no-keys': {
    severity: 'error',
    de: {
      found: 'die Spalte enthält keinen Schlüssel für die Ebene „{level}“',
      expected: 'die Schlüssel der alten Gebiete',
      next: 'Unter keys die Spalte nennen, in der die alten Gebietsschlüssel stehen.',
    },
    en: {
      found: 'the column holds no key for the level "{level}"',
      expected: 'the keys of the old areas',
      next: 'Name the column with the old area keys under keys.',
    },
  },
  'crosswalk-keys-protected': {
    severity: 'error',
    de: {
      found: 'die Lieferung „{delivery}“ ist zu schützen, gehört aber zur Ebene „{level}“, von der es keine Grenzen gibt',
      expected: 'Grenzen für jede Ebene, deren Zahlen geschützt werden',
      next: 'Die alten Grenzen liefern (boundaries mit file): Ohne sie weiß niemand, welche Gebiete sich überschneiden.',
    },
    en: {
      found: 'the delivery "{delivery}" must be protected, but belongs to the level "{level}", which has no boundaries',
      expected: 'boundaries for every level whose figures are protected',
      next: 'Deliver the old boundaries (boundaries with file): without them nobody knows which areas overlap.',
    },
  },
  'crosswalk-keys-rest': {
    severity: 'warning',
    de: {
      found: '{indicator}, {period}, wird nicht umgerechnet: Neben der anderen Zahl von {share}, die für die neuen Gebiete geliefert ist, verriete die Schätzung eine kleine oder gesperrte Gruppe',
      expected: 'Zähler und Nenner einer Quote aus denselben Gebieten, damit beide zusammen geschützt werden',
      next: 'Beide für die alten Gebiete liefern oder beide für die neuen. Sonst fehlt die Reihe vor dem Neuzuschnitt.',
    },
    en: {
      found: '{indicator}, {period}, is not converted: beside the other figure of {share}, which is delivered for the new areas, the estimate would tell a small or suppressed group',
      expected: 'numerator and denominator of a share from the same areas, so that they are protected together',
      next: 'Deliver both for the old areas or both for the new ones. Otherwise the series is missing before the re-cut.',
    },
  },
  'crosswalk-keys-secret': {
    severity: 'warning',
    de: {
      found: '{indicator}, {period}, der alten Ebene „{level}“ wird nicht umgerechnet: Hier, auf einer anderen Ebene, in einem Summanden oder in einer früheren Ausgabe ist etwas gesperrt, und die Differenz könnte es verraten',
      expected: 'alte Grenzen, damit alle Ebenen zusammen geschützt werden können, oder Zahlen ohne Geheimnis',
      next: 'Die alten Grenzen liefern (boundaries mit file). Gibt es keine, bleibt die Reihe am Neuzuschnitt stehen.',
    },
    en: {
      found: '{indicator}, {period}, of the old level "{level}" is not carried over: something is suppressed here, on another level, in a summand or in an earlier edition, and the difference might tell it',
      expected: 'old boundaries, so that all levels can be protected together, or figures without a secret',
      next: 'Deliver the old boundaries (boundaries with file). Where there are none, the series ends at the re-cut.',
    },
  },
  'crosswalk-unknown-areas': {
    severity: 'error',
    de: {
      found: 'die Gewichte nennen Gebiete, die es auf der Ebene „{level}“ nicht gibt: {keys} (Anzahl: {count})',
      expected: 'Kennungen von Gebieten dieser Ebene, etwa {examples}',
      next: 'Prüfen, ob from und to vertauscht sind und ob die Schlüssel gleich geschrieben sind (pad, prefix, lookUp).',
    },
    en: {
      found: 'the weights name areas that the level "{level}" does not have: {keys} (number: {count})',
      expected: 'ids of areas of this level, such as {examples}',
      next: 'Check whether from and to are swapped, and whether the keys are written alike (pad, prefix, lookUp).',
    },
  },
  'crosswalk-no-weights': {
    severity: 'error',
    de: {
      found: 'alte Gebiete der Ebene „{level}“ ohne Gewichte: {count} ({keys})',
      expected: 'für jedes alte Gebiet mindestens ein neues',
      next: 'Die fehlenden Gebiete in der Tabelle der Gewichte ergänzen; ihre Einwohner gingen sonst verloren.',
    },
    en: {
      found: 'old areas of the level "{level}" without weights: {count} ({keys})',
      expected: 'at least one new area for every old one',
      next: 'Add the missing areas to the table of weights; their inhabitants would be lost otherwise.',
    },
  },
  'crosswalk-bad-weight': {
    severity: 'error',
    de: {
      found: 'das Gewicht „{text}“ ist keine Zahl von 0 bis 1 (Zeilen mit diesem Fehler: {count})',
      expected: 'der Anteil des alten Gebiets, der in das neue fällt, etwa 0,25',
      next: 'Die Zelle berichtigen; Prozentwerte durch 100 teilen.',
    },
    en: {
      found: 'the weight "{text}" is no number from 0 to 1 (rows with this mistake: {count})',
      expected: 'the part of the old area that falls to the new one, such as 0.25',
      next: 'Correct the cell; divide percentages by 100.',
    },
  },
  'crosswalk-weight-sums': {
    severity: 'error',
    de: {
      found: 'die Gewichte mancher alten Gebiete (Anzahl: {count}) ergeben zusammen nicht 1; am weitesten weicht „{key}“ ab: {sum}',
      expected: 'für jedes alte Gebiet Gewichte, die zusammen 1 ergeben (0,99 bis 1,01 wird ausgeglichen)',
      next: 'Fehlende Zeilen ergänzen, oder from und to tauschen, wenn die Tabelle Anteile der neuen Gebiete nennt. Fehlt der Rest mit Absicht, evenOut: true bei table eintragen.',
    },
    en: {
      found: 'the weights of some old areas (number: {count}) do not add up to 1; "{key}" is furthest off: {sum}',
      expected: 'weights that add up to 1 for every old area (0.99 to 1.01 is evened out)',
      next: 'Add the missing rows, or swap from and to if the table holds parts of the new areas. If the rest is left out on purpose, write evenOut: true at table.',
    },
  },
  'crosswalk-evened-out': {
    severity: 'note',
    de: {
      found: 'Gewichte von „{from}“ nach „{to}“',
      expected: 'auf die Summe 1 gebracht (alte Gebiete: {count}); am weitesten wich „{key}“ ab: {sum}',
      next: '',
    },
    en: {
      found: 'weights from "{from}" to "{to}"',
      expected: 'brought to the sum of 1 (old areas: {count}); "{key}" was furthest off: {sum}',
      next: '',
    },
  },
  'crosswalk-applied': {
    severity: 'note',
    de: {
      found: 'Umrechnung von „{from}“ auf „{to}“',
      expected: '{columns} Reihen von Fallzahlen ({periods}), als geschätzt gekennzeichnet; Summen bleiben erhalten',
      next: '',
    },
    en: {
      found: 'crosswalk from "{from}" to "{to}"',
      expected: '{columns} series of counts ({periods}), marked as estimated; sums are kept',
      next: '',
    },
  },
  'crosswalk-twice': {
    severity: 'error',
    de: {
      found: 'die Umrechnung von „{from}“ auf „{to}“ ergibt noch einmal, was eine andere Umrechnung schon ergibt: {indicators} ({periods})',
      expected: 'jede Kennzahl eines Zeitraums aus einer alten Ebene',
      next: 'Unter crosswalks mit „indicators“ sagen, welche Umrechnung für welche Kennzahlen gilt, oder eine davon löschen.',
    },
    en: {
      found: 'the crosswalk from "{from}" to "{to}" gives once more what another crosswalk gives already: {indicators} ({periods})',
      expected: 'each indicator of a period from one old level',
      next: 'Say with "indicators" under crosswalks which one holds for which indicators, or delete one of them.',
    },
  },
  'crosswalk-carried-before': {
    severity: 'error',
    de: {
      found: 'von „{indicator}“ ({period}) wird jetzt etwas gesperrt, aber eine frühere Ausgabe hat für denselben Zeitraum Schätzwerte von {estimated} aus alten Gebieten ohne Grenzen gezeigt',
      expected: 'Zahlen, die vor und nach dem Neuzuschnitt gleich geschützt sind: Aus der alten Summe und den neuen Teilen zusammen könnte sich das Gesperrte ausrechnen lassen',
      next: 'Diesen Zeitraum nicht neu liefern und die Schätzwerte stehen lassen, oder der alten Ebene Grenzen geben („file“ statt „keys“), damit beide zusammen geschützt werden.',
    },
    en: {
      found: 'something of "{indicator}" ({period}) is suppressed now, but an earlier edition showed estimates of {estimated} for the same period from old areas without boundaries',
      expected: 'figures that are protected alike before and after the re-cut: from the old sum and the new parts together the suppressed one might be worked out',
      next: 'Do not deliver this period anew and leave the estimates, or give the old level boundaries ("file" in place of "keys"), so that both are protected together.',
    },
  },
  'crosswalk-nothing': {
    severity: 'warning',
    de: {
      found: 'die Umrechnung von „{from}“ auf „{to}“ findet keine Fallzahl, die nicht schon geliefert ist',
      expected: 'Lieferungen für die alte Ebene in Zeiträumen, für die es auf der neuen keine gibt',
      next: 'Die Lieferungen der alten Ebene eintragen oder den Abschnitt unter crosswalks löschen.',
    },
    en: {
      found: 'the crosswalk from "{from}" to "{to}" finds no count that is not delivered already',
      expected: 'deliveries for the old level in periods for which the new one has none',
      next: 'Add the deliveries of the old level, or delete the entry under crosswalks.',
    },
  },
} as const satisfies ProblemCatalogue
