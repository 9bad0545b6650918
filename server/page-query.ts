import type { Language } from '../core/edition.ts'
import type { ParameterFault } from '../core/view.ts'
import { isEditionId } from '../core/id.ts'
import { faultText } from '../render/error-page.ts'
import { advise, errors } from './errors.ts'

/** What every page but the view can be asked: which edition, in which language. */
export interface PageQuery {
  /** `ausgabe`; null means the current one. */
  readonly edition: string | null
  /** `sprache`; null means the project's. */
  readonly language: Language | null
}

/** Name and value of every parameter, in order and with repetitions. */
export function queryPairs (url: string): Array<[name: string, value: string]> {
  const start = url.indexOf('?')
  return start === -1 ? [] : [...new URLSearchParams(url.slice(start + 1))]
}

/** Reads `ausgabe` and `sprache`; collects every fault, as `parseView` does. */
export function parsePageQuery (pairs: ReadonlyArray<readonly [name: string, value: string]>): { query: PageQuery, faults: ParameterFault[] } {
  let query: PageQuery = { edition: null, language: null }
  const faults: ParameterFault[] = []
  const seen = new Set<string>()
  for (const [parameter, value] of pairs) {
    const expected = expectations.get(parameter)
    if (expected === undefined) {
      faults.push({ parameter, value, fault: 'unknown-name', expected: [...expectations.keys()].join(', ') })
    } else if (seen.has(parameter)) {
      faults.push({ parameter, value, fault: 'repeated', expected })
    } else if (parameter === 'ausgabe' && isEditionId(value)) {
      query = { ...query, edition: value }
    } else if (parameter === 'sprache' && (value === 'de' || value === 'en')) {
      query = { ...query, language: value }
    } else {
      faults.push({ parameter, value, fault: 'invalid-value', expected })
    }
    seen.add(parameter)
  }
  return { query, faults }
}

/** Whether a page can simply be shown without what is wrong: names of others, as in shared links. */
export function isTrackingJunk (faults: readonly ParameterFault[]): boolean {
  return faults.every(({ fault }) => fault === 'unknown-name')
}

/** The refusal of faulty parameters: a list for programs, sentences for people. */
export function refuseParameters (faults: readonly ParameterFault[], nearest?: string): Error {
  const sentence = faults.map(({ fault, parameter, expected }) => `${fault.replace('-', ' ')} of parameter "${parameter}"; expected ${expected}`).join('. ')
  return advise(errors.invalidParameters(sentence), {
    parameters: faults.map(({ parameter, fault, expected }) => ({ name: parameter, fault, expected })),
    ...nearest !== undefined && { nearest },
    say: ({ language }) => faultText(faults, language),
  })
}

const expectations = new Map([['ausgabe', 'e0123456789ab'], ['sprache', 'de, en']])
