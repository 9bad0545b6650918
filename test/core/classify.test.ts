import fc from 'fast-check'
import t from 'tap'
import { classBreaks, classCounts, classIndex, defaultClasses } from '../../core/classify.ts'

t.test('a value at a bound opens the upper class, and the last class is closed', async t => {
  const breaks = [0, 10, 20]
  t.strictSame([-0.1, 0, 9.9, 10, 20, 20.1].map(value => classIndex(value, breaks)), [-1, 0, 0, 1, 1, -1])
  t.equal(classIndex(5, []), -1, 'no classes, no index')
  t.equal(classIndex(5, [5, 5]), 0, 'one value is one class')
})

t.test('fewer than eight distinct values are a class each', async t => {
  const { method, breaks } = defaultClasses([3, 1, 2, 3, 1], false)
  t.equal(method, 'unique')
  t.strictSame(breaks, [1, 2, 3, 3])
  t.strictSame(classCounts([3, 1, 2, 3, 1], breaks), [2, 1, 2])
})

t.test('no printed value, no classes', async t => {
  t.strictSame(defaultClasses([], false).breaks, [])
})

t.test('signed values keep their sign apart: the classes mirror at zero', async t => {
  const { breaks } = defaultClasses([-31, -12, -8, -3, -1, 2, 4, 9, 15, 22], true)
  t.strictSame(breaks, breaks.map(bound => -bound).toReversed().map(bound => bound + 0))
})

t.test('quantile classes hold equal shares, and ties merge instead of splitting equals', async t => {
  t.strictSame(classCounts([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], classBreaks([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'quantile', 5)), [2, 2, 2, 2, 2])
  t.strictSame(classBreaks([0, 0, 0, 0, 0, 0, 0, 1, 2], 'quantile', 5), [0, 1, 2])
  t.throws(() => classBreaks([1], 'quantile', 0), { message: /class count must be a positive integer, got 0/ })
})

t.test('natural classes are the best of all partitions', async () => {
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  }
  const cost = (values: readonly number[], breaks: readonly number[]) => {
    const classes = new Map<number, number[]>()
    for (const value of values) {
      const index = classIndex(value, breaks)
      classes.set(index, [...classes.get(index) ?? [], value])
    }
    return [...classes.values()].reduce((sum, members) => sum + spread(members), 0)
  }
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 4, maxLength: 9 }), values => {
    const ascending = values.toSorted((a, b) => a - b)
    const natural = classBreaks(values, 'natural', 3)
    let best = Infinity
    for (let i = 1; i < ascending.length - 1; i++) {
      for (let j = i + 1; j < ascending.length; j++) {
        best = Math.min(best, cost(ascending, [ascending[0]!, ascending[i]!, ascending[j]!, ascending.at(-1)!]))
      }
    }
    return cost(ascending, natural) <= best + 1e-6
  }))
})

t.test('whatever the values, every one of them has a class', async () => {
  const values = fc.array(fc.integer({ min: -1e9, max: 1e9 }).map(units => units / 1e4), { minLength: 1, maxLength: 60 })
  fc.assert(fc.property(values, fc.boolean(), (values, signed) => {
    const { breaks } = defaultClasses(values, signed)
    return values.every(value => classIndex(value, breaks) >= 0) && breaks.every((bound, i) => i === 0 || bound >= breaks[i - 1]!)
  }))
  fc.assert(fc.property(values, fc.constantFrom('quantile', 'equal', 'natural', 'pretty'), fc.integer({ min: 1, max: 7 }), (values, method, count) => {
    const breaks = classBreaks(values, method, count)
    return values.every(value => classIndex(value, breaks) >= 0) && breaks.length <= count + 1
  }))
})

t.test('pretty bounds are round and keep the classes within a fifth of their size', async t => {
  const values = Array.from({ length: 200 }, (_, i) => 3.17 + (i * i) / 700)
  const [pretty, natural] = [classBreaks(values, 'pretty', 5), classBreaks(values, 'natural', 5)]
  for (const bound of pretty.slice(1, -1)) t.equal(bound, Math.round(bound), `${bound} is a whole number`)
  const before = classCounts(values, natural)
  classCounts(values, pretty).forEach((count, i) => t.ok(Math.abs(count - before[i]!) <= 0.4 * before[i]!, `class ${i + 1}: ${before[i]} → ${count}`))
})
