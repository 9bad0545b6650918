import type { ProblemCatalogue } from '../problem.ts'

/** What a data request says about itself. */
export const requestProblems = {
  'request-written': {
    severity: 'note',
    de: {
      found: 'Anforderungen an {publishers} Stellen sind geschrieben ({files} Dateien)',
      expected: 'sie enthalten keine Zahlen aus Lieferungen und lassen sich in Word oder LibreOffice öffnen',
      next: 'Vor dem Absenden lesen: Stichtag und Rechtsgrundlage kommen aus der Projektdatei.',
    },
    en: {
      found: 'requests to {publishers} offices are written ({files} files)',
      expected: 'they hold no figures of deliveries and open in Word or LibreOffice',
      next: 'Read them before sending: reference date and legal basis come from the project file.',
    },
  },
  'request-guessed-day': {
    severity: 'warning',
    de: {
      found: 'zu welchem Stichtag „{delivery}“ als Nächstes gebraucht wird, geht aus dem Projekt nicht hervor',
      expected: 'ein Zeitraum in den gelieferten Tabellen, an den der nächste anschließt',
      next: 'Im Brief steht {period}; bitte prüfen und wenn nötig ändern.',
    },
    en: {
      found: 'the project does not say for which day "{delivery}" is needed next',
      expected: 'a period in the delivered tables which the next one follows',
      next: 'The letter says {period}; please check it and change it where needed.',
    },
  },
} as const satisfies ProblemCatalogue
