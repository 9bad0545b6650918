import t from 'tap'
import { getPeriod } from '../../core/period.ts'
import { findFigures } from '../../pipeline/figures.ts'
import { findTellingCalibrations } from '../../pipeline/grid/calibrated-secrets.ts'
import type { CalibrationEntry } from '../../pipeline/project-file/schema/grid.ts'
import type { ProjectFile } from '../../pipeline/project-file/schema.ts'
import { listSecrets, noteCounts } from '../../pipeline/protect/kept-secrets.ts'
import { protect } from '../../pipeline/protect/protect.ts'
import { buildTown, type DrawnColumn, type DrawnLevel } from '../tiny-town.ts'

const levels: DrawnLevel[] = [{ id: 'sr', drawn: 'A B C', parent: 'stadt' }, { id: 'stadt', drawn: 'T T T' }]

async function secretsOf (columns: readonly DrawnColumn[], file: Partial<ProjectFile> = {}, drawn = levels) {
  const input = buildTown({ levels: drawn, indicators: ['cases', 'grid'], columns, file })
  const notes = noteCounts(input.figures, input.file, input.levels)
  await protect(input)
  return { ...input, secrets: listSecrets(notes, input.figures, input.levels) }
}

const named = (secrets: Awaited<ReturnType<typeof secretsOf>>['secrets']) => secrets.map(({ level, area, value }) => `${level} ${area ?? 'all'}: ${value}`)

t.test('what is suppressed, rounded or withheld is a secret, and so is its sum where the town is none the readers have', async t => {
  const alone: DrawnLevel[] = [{ id: 'sr', drawn: 'A B C' }]
  t.strictSame(named((await secretsOf([['sr', 'cases', '2024', [41, 20, 2]]], {}, alone)).secrets), ['sr 2: 2', 'sr all: 63'])
  t.notOk(named((await secretsOf([['sr', 'cases', '2024', [41, 20, 2]]])).secrets).includes('stadt all: 63'), 'the town is printed, and another area suppressed')
  t.strictSame(named((await secretsOf([['sr', 'cases', '2024', [41, 20, 12]]])).secrets), [], 'nothing is small')
  t.strictSame(named((await secretsOf([['sr', 'cases', '2024', [41, 20, 2], { rules: { minimumCount: 0 } }]])).secrets), [], 'nothing is protected')
  t.match(named((await secretsOf([['sr', 'cases', '2024', [40, 20, 10], { rules: { method: 'round5' } }]])).secrets), ['sr 0: 40', 'sr 1: 20', 'sr 2: 10', 'sr all: 70'], '40 may be 38 to 42')
  const external = [{ source: 'Landesamt', level: 'stadt' }] as unknown as ProjectFile['external']
  t.notOk(named((await secretsOf([['sr', 'cases', '2024', [1, 1, 0]]], { external: external! })).secrets).some(name => name.endsWith('all: 2')), 'others print the town')
})

t.test('a grid is not brought to a count that another delivery keeps secret', async t => {
  const grid: DrawnColumn = ['sr', 'grid', '2024', [5, 5, 2], { rules: { minimumCount: 0 }, delivery: 'zensus' }]
  const tellingOf = async (cases: number[], entry: CalibrationEntry) => {
    const { figures, levels, secrets } = await secretsOf([['sr', 'cases', '2024-12-31', cases], grid])
    const file = { deliveries: [{ id: 'zensus', grid: { calibrate: { grid: entry } } }] } as unknown as ProjectFile
    return findTellingCalibrations({ project: { file, locate: () => ({}) }, levels, secrets, figures })
  }
  t.equal(getPeriod('2024').to, getPeriod('2024-12-31').to, 'the same day by another name')
  t.match(await tellingOf([1, 0, 1], { value: 2 }), [{ code: 'grid-calibration-secret', facts: { other: 'cases' } }], 'two in the town')
  t.match(await tellingOf([41, 20, 2], { level: 'sr' }), [{ facts: { other: 'cases', count: 1, areas: '"C"' } }])
  t.strictSame(await tellingOf([41, 20, 1], { level: 'sr' }), [])
  t.strictSame(await tellingOf([5, 5, 12], { level: 'sr' }), [], 'what is printed may be')
  const { figures } = await secretsOf([grid])
  t.ok(findFigures(figures, 'stadt', 'grid', '2024'), 'the sum that would print it')
})
