import { forkModule } from '../../task.ts'
import type { DesignFigures, DesignTask } from './design-task.ts'
import { measureGap } from './gap.ts'
import { kleinstadt, s1, s2, s3, type Design } from './towns.ts'

/** What was measured with the prototype of the specification: § 5.1 and 5.2 of the reference on confidentiality. */
interface Reference {
  readonly primaries: number
  readonly secondaries: number
  readonly upperSecondaries: number
  readonly printedPercent: number
  readonly naiveExact: number
  /** With two naive attacks, which ours leaves out. */
  readonly cpuSeconds: number
}

const runs: ReadonlyArray<readonly [design: Design, minimumCount: number, reference?: Reference]> = [
  [s1, 3, { primaries: 3621, secondaries: 4513, upperSecondaries: 1155, printedPercent: 75.8, naiveExact: 3238, cpuSeconds: 5.5 }],
  [s1, 10, { primaries: 12_110, secondaries: 5199, upperSecondaries: 2291, printedPercent: 48.5, naiveExact: 3894, cpuSeconds: 16.2 }],
  [s2, 3, { primaries: 12_725, secondaries: 25_081, upperSecondaries: 5803, printedPercent: 94.1, naiveExact: 12_402, cpuSeconds: 15.8 }],
  [s2, 10, { primaries: 65_283, secondaries: 54_351, upperSecondaries: 21_114, printedPercent: 81.2, naiveExact: 35_380, cpuSeconds: 87.6 }],
  [s3, 3, { primaries: 50_155, secondaries: 26_626, upperSecondaries: 10, printedPercent: 83.2, naiveExact: 30_684, cpuSeconds: 22.7 }],
  [s3, 10, { primaries: 148_397, secondaries: 25_178, upperSecondaries: 97, printedPercent: 62.1, naiveExact: 14_910, cpuSeconds: 37.8 }],
  [kleinstadt, 3],
  [kleinstadt, 5],
  [kleinstadt, 10],
]

/**
 * Secondary suppression of whole atlases: what is suppressed, what an intruder still learns, what it
 * takes; then what it costs against the proven optimum of small ones. `only` names designs (S1, S2,
 * S3, Kleinstadt, gap), none for all; `children` work beside, 0 for none.
 */
export async function benchProtect ({ only = [], children = 0, naive = false }: { readonly only?: readonly string[], readonly children?: number, readonly naive?: boolean } = {}): Promise<void> {
  const wanted = (name: string) => only.length === 0 || only.includes(name)
  for (const [design, minimumCount, reference] of runs) {
    if (!wanted(design.name)) continue
    // The towns of the reference show their zeros; the small town may suppress them, as the product does.
    const options = reference ? {} : { zeros: 'open' } as const
    const task = { design, minimumCount, options, naive, children }
    console.log(report(task, await runDesign(task), reference))
  }
  if (wanted('gap')) console.log(await measureGap())
}

async function runDesign (task: DesignTask): Promise<DesignFigures> {
  return new Promise((resolve, reject) => {
    const child = forkModule(new URL('./design-task', import.meta.url), [JSON.stringify(task)])
    child.once('message', message => resolve(message as DesignFigures))
    child.once('error', reject)
    child.once('exit', code => { if (code !== 0) reject(new Error(`the protection of ${task.design.name} ended with ${code}`)) })
  })
}

function report ({ design, minimumCount, naive }: DesignTask, { tally, cpuSeconds, wallSeconds }: DesignFigures, reference?: Reference): string {
  const printed = 100 * (1 - (tally.primaries + tally.secondaries) / tally.cells)
  const against = (value: number, key: keyof Reference) => reference ? ` (reference ${reference[key].toLocaleString('en')}, ratio ${(value / reference[key]).toFixed(2)})` : ''
  const count = (key: keyof Reference & keyof typeof tally, label: string) => `${tally[key].toLocaleString('en')} ${label}${against(tally[key], key)}`
  return [
    `protect ${design.name} k=${minimumCount}: ${tally.cells.toLocaleString('en')} cells in ${tally.blocks} blocks, ${count('primaries', 'primaries')}`,
    `  ${count('secondaries', 'secondaries')}, of which ${count('upperSecondaries', 'not leaves')}; printed ${printed.toFixed(1)} %${against(printed, 'printedPercent')}`,
    `  unprotected ${tally.unprotected}, exact ${tally.exact}, narrow ${tally.narrow}, insiders ${tally.insiders}, bad certificates ${tally.badCertificates} (limits 0); exposed anyway ${tally.exposed}`,
    ...(naive ? [`  with the primaries alone suppressed ${count('naiveExact', 'of them exact')}; ${tally.naiveSeconds.toFixed(1)} CPU s`] : []),
    `  ${cpuSeconds.toFixed(1)} CPU s${against(cpuSeconds, 'cpuSeconds')}, ${wallSeconds.toFixed(1)} s; suppression ${tally.suppressSeconds.toFixed(1)}, audit ${tally.auditSeconds.toFixed(1)} CPU s, largest block ${tally.largestBlockSeconds.toFixed(1)}; memory ${tally.peakMegabytes.toFixed(0)} MB`,
    `  ${tally.certificates.toLocaleString('en')} certificates, ${tally.lps.toLocaleString('en')} linear programs of the audit, ${tally.integerChecks} in whole numbers`,
  ].join('\n')
}
