import t from 'tap'
import { attempt } from '../fuzz/attempt.ts'
import { formats } from '../fuzz/corpus.ts'
import { mutate } from '../fuzz/mutate.ts'

t.test('every reader takes 200 damaged files: it reads or refuses with a Problem', { timeout: 120_000 }, async t => {
  for (const format of formats) {
    const folder = t.testdir({})
    const findings: string[] = []
    for (let seed = 0; seed < 200; seed++) {
      const outcome = await attempt(format, seed, folder)
      if (outcome.kind === 'finding') findings.push(`${format.name} ${seed}: ${outcome.message}`)
    }
    t.same(findings, [], format.name)
  }
})

t.test('the same seed damages a file in the same way', async t => {
  for (const format of formats) t.same(Buffer.compare(mutate(format, 7), mutate(format, 7)), 0, format.name)
})
