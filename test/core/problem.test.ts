import t from 'tap'
import { formatProblem, hasErrors, problem, problemCatalogue, type ProblemCode, type ProblemKind } from '../../core/problem.ts'
import { nearest } from '../../core/nearest.ts'

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()

t.test('every problem speaks German and English about the same facts', async t => {
  for (const [code, { de, en }] of Object.entries(problemCatalogue) as Array<[ProblemCode, ProblemKind]>) {
    for (const part of ['found', 'expected', 'next'] as const) {
      t.strictSame(new Set(namesIn(de[part])), new Set(namesIn(en[part])), `${code}: ${part}`)
    }
    t.not(de.found, en.found, `${code} is translated`)
    t.notMatch(de.found + de.expected + de.next, /\b(ae|oe|ue)\b|fuer|ueber/, `${code} is written with umlauts`)
  }
})

t.test('a problem is told with its place, what was found, what was expected and what to do', async t => {
  const found = problem('join-negative-count', { file: 'ew.csv', line: 14, column: 'Einwohner' }, { text: '-4' })
  t.equal(formatProblem(found, 'de'), [
    'ew.csv:14 (Einwohner): die Fallzahl „-4“ ist negativ; erwartet: null oder mehr',
    '  → Die Zelle berichtigen; Salden werden aus Zugang und Abgang gerechnet (numerator und minus).',
  ].join('\n'))
  t.equal(formatProblem(problem('join-negative-count', { file: 'ew.xlsx', cell: 'Tabelle1!C14' }, { text: '-4' }), 'en').split('\n')[0],
    'ew.xlsx (Tabelle1!C14): the count "-4" is below zero; expected: zero or more')
})

t.test('only an error stops a build', async t => {
  t.equal(hasErrors([problem('join-unassigned', {}), problem('join-total-differs', {})]), false)
  t.equal(hasErrors([problem('join-negative-count', {})]), true)
})

t.test('the nearest name is a name a person could have meant', async t => {
  t.equal(nearest('Einwoner', ['Einwohner', 'Haushalte']), 'Einwohner')
  t.equal(nearest('start indicator', ['startIndicator']), 'startIndicator')
  t.equal(nearest('xyz', ['Einwohner', 'Haushalte']), undefined)
})
