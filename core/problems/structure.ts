import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the sums between figures, and what their protection found. No count is ever quoted, save in a finding of the audit. */
export const structureProblems = {
  'structure-parts-differ': {
    severity: 'error',
    de: {
      found: '{indicator}, {period}: {total} ist {direction} {parts} (Gleichungen: {count})',
      expected: 'die Summe der Teile; mehr nur, wenn die Lieferung Fälle ohne Zuordnung oder fehlende Gebiete hat',
      next: 'Beide Lieferungen vergleichen und die falsche berichtigen; Fälle ohne Gebiet gehören unter unassigned.',
    },
    en: {
      found: '{indicator}, {period}: {total} is {direction} {parts} (equations: {count})',
      expected: 'the sum of its parts; more only if the delivery has cases without an area or areas that are missing',
      next: 'Compare the two deliveries and correct the wrong one; cases without an area belong under unassigned.',
    },
  },
  'structure-sum-differs': {
    severity: 'error',
    de: {
      found: '{area}, {period}: {indicator} ist {direction} {parts} (Gebiete: {count})',
      expected: 'die Summe, die parts in der Projektdatei erklärt',
      next: 'Die Lieferung berichtigen, oder parts entfernen, wenn die Teile nicht alles sind oder sich überschneiden.',
    },
    en: {
      found: '{area}, {period}: {indicator} is {direction} {parts} (areas: {count})',
      expected: 'the sum that parts declares in the project file',
      next: 'Correct the delivery, or remove parts if the parts are not all or overlap.',
    },
  },
  'structure-contradiction': {
    severity: 'error',
    de: {
      found: '{indicator}, {period}: keine ganzen Zahlen erfüllen {total} = {parts} zusammen mit den übrigen Summen',
      expected: 'für jeden gesperrt gelieferten Wert eine Zahl, mit der alle Summen aufgehen',
      next: 'Die Lieferung berichtigen: Ein geliefertes Ganzes passt nicht zu seinen Teilen.',
    },
    en: {
      found: '{indicator}, {period}: no whole numbers fulfil {total} = {parts} together with the other sums',
      expected: 'a number for every value delivered as suppressed with which all sums add up',
      next: 'Correct the delivery: a delivered whole does not fit its parts.',
    },
  },
  'structure-nested-differ': {
    severity: 'note',
    de: {
      found: 'die Gebiete der Ebene {level} liegen in denen der Ebene {parent}, ihre Zahlen ergeben aber nicht deren Summe ({indicators})',
      expected: 'sie werden nicht als Teile behandelt',
      next: '',
    },
    en: {
      found: 'the areas of the level {level} lie within those of the level {parent}, but their figures do not add up to theirs ({indicators})',
      expected: 'they are not treated as parts',
      next: '',
    },
  },
  'structure-overlap-differs': {
    severity: 'warning',
    de: {
      found: '{indicator}, {period}: die Zahlen der Ebenen {first} und {second}, die sich überschneiden, gehen nicht ineinander auf',
      expected: 'auf beiden Ebenen dieselben Fälle, nur anders eingeteilt',
      next: 'Beide Lieferungen vergleichen. Der Zusammenhang wird nicht geschützt, weil er nicht genau gilt; wer Zahlen vergleicht, kann ihn dennoch ungefähr nutzen.',
    },
    en: {
      found: '{indicator}, {period}: the figures of the overlapping levels {first} and {second} do not fit each other',
      expected: 'the same cases on both levels, divided differently',
      next: 'Compare the two deliveries. The relation is not protected, since it does not hold exactly; whoever compares figures may still use it roughly.',
    },
  },
  'structure-three-systems': {
    severity: 'error',
    de: {
      found: 'auf mehr als zwei Ebenen, die sich gegenseitig schneiden, stehen dieselben Zahlen: {levels} ({indicators})',
      expected: 'höchstens zwei solche Ebenen je Fallzahl und Zeitraum: Was sich aus dreien zusammen errechnen lässt, kann das Programm nicht ausschließen',
      next: 'Diese Fallzahlen nur für zwei der Ebenen liefern, oder eine Ebene aus ganzen Gebieten einer anderen bilden (boundaries mit of).',
    },
    en: {
      found: 'the same figures stand on more than two levels that cut each other: {levels} ({indicators})',
      expected: 'two such levels at most for each count and period: the program cannot rule out what follows from three together',
      next: 'Deliver these counts for two of the levels only, or make one level of whole areas of another (boundaries with of).',
    },
  },
  'structure-older-differs': {
    severity: 'warning',
    de: {
      found: '{indicator}, {period}: die Zahlen einer früheren Ausgabe lassen sich nicht zu ihren Summen ergänzen',
      expected: 'ein früherer Stand, in dem alle Summen aufgingen',
      next: 'Prüfen, ob seither berichtigte Zahlen mit damals gesperrten zusammen zu lesen sind.',
    },
    en: {
      found: '{indicator}, {period}: the figures of an earlier edition cannot be completed to their sums',
      expected: 'an earlier state in which all sums added up',
      next: 'Check whether figures revised since can be read together with ones suppressed then.',
    },
  },
  'structure-sum-found': {
    severity: 'note',
    de: {
      found: 'in den Lieferungen gilt überall {sum} (Ebenen: {levels})',
      expected: 'die Summe wird mitgeschützt; ist sie gewollt, dann parts beim Indikator eintragen',
      next: '',
    },
    en: {
      found: 'the deliveries fulfil {sum} everywhere (levels: {levels})',
      expected: 'the sum is protected too; if it is intended, write parts at the indicator',
      next: '',
    },
  },
  'structure-withheld': {
    severity: 'warning',
    de: {
      found: '{indicators}, {periods}: zurückgehalten, weil sich nicht alle kleinen Zahlen schützen lassen (Zellen: {count}; {cells})',
      expected: 'ein Weg, jede zu schützende Zahl offen zu lassen',
      next: 'Auf eine Ebene oder Untergruppe verzichten, Gebiete zusammenlegen oder Mehrjahreswerte zeigen.',
    },
    en: {
      found: '{indicators}, {periods}: withheld, because not all small counts can be protected (cells: {count}; {cells})',
      expected: 'a way to leave every protected count open',
      next: 'Leave out a level or subgroup, merge areas, or show several years together.',
    },
  },
  'structure-exposed': {
    severity: 'warning',
    de: {
      found: '{indicators}, {periods}: durch Bekanntes allein bestimmt, keine Sperrung hilft (Zellen: {count}; {cells})',
      expected: 'kleine Zahlen, die nicht schon aus öffentlichen oder früher veröffentlichten folgen',
      next: 'Prüfen, ob die öffentliche Zahl bleiben darf, und den Fall der Stelle für Datenschutz zeigen.',
    },
    en: {
      found: '{indicators}, {periods}: determined by what is known already, no suppression helps (cells: {count}; {cells})',
      expected: 'small counts that do not follow from public or earlier printed ones',
      next: 'Check whether the public figure may stay, and show the case to the data protection officer.',
    },
  },
  'structure-disclosed': {
    severity: 'error',
    de: {
      found: 'die Prüfung hat {cell} errechnet: {arithmetic}',
      expected: 'eine Ausgabe, aus der keine geschützte Zahl folgt',
      next: 'Nicht veröffentlichen. Das ist ein Fehler des Programms; bitte mit dem Bericht im Tresor melden.',
    },
    en: {
      found: 'the audit has computed {cell}: {arithmetic}',
      expected: 'an edition from which no protected count follows',
      next: 'Do not publish. This is a fault of the program; please report it with the report in the vault.',
    },
  },
  'structure-narrow': {
    severity: 'error',
    de: {
      found: 'die Prüfung hat {cell} zu genau eingegrenzt: {arithmetic}',
      expected: '{required}',
      next: 'Nicht veröffentlichen. Das ist ein Fehler des Programms; bitte mit dem Bericht im Tresor melden.',
    },
    en: {
      found: 'the audit has narrowed {cell} too far: {arithmetic}',
      expected: '{required}',
      next: 'Do not publish. This is a fault of the program; please report it with the report in the vault.',
    },
  },
  'structure-bad-proof': {
    severity: 'error',
    de: {
      found: '{block}: Nachweise, die nicht stimmen oder fehlen: {count}',
      expected: 'zu jeder geschützten Zahl zwei gültige Nachweise',
      next: 'Nicht veröffentlichen. Das ist ein Fehler des Programms; bitte mit dem Bericht im Tresor melden.',
    },
    en: {
      found: '{block}: certificates that are wrong or missing: {count}',
      expected: 'two valid certificates for every protected count',
      next: 'Do not publish. This is a fault of the program; please report it with the report in the vault.',
    },
  },
} as const satisfies ProblemCatalogue
