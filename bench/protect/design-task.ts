import { mapInChildren } from '../../task.ts'
import { addTallies, cpuSeconds, emptyTally, tallyBlock, type Tally } from './tally.ts'
import { generateBlocks, type BlockOptions, type Design } from './towns.ts'

/** What `design-task` is told. */
export interface DesignTask {
  readonly design: Design
  readonly minimumCount: number
  readonly options: BlockOptions
  readonly naive: boolean
  /** How many processes work beside this one; 0 for none, then it works itself. */
  readonly children: number
}

/** What it answers. */
export interface DesignFigures {
  readonly tally: Tally
  /** User and system time of all processes, generation included, the naive attack left out. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
}

/*
 * All blocks of one design in a process of its own, so that time and memory are theirs alone.
 * Argument: a `DesignTask` as JSON.
 */
const { design, minimumCount, options, naive, children } = JSON.parse(process.argv[2]!) as DesignTask
const [cpuBefore, started] = [cpuSeconds(), performance.now()]
const tallies = children === 0 ? tallyHere() : mapInChildren<object, Tally>(new URL('./block-task', import.meta.url), listQuestions(), children)
let tally = emptyTally
for await (const of of tallies) tally = addTallies(tally, of)
const ownCpu = cpuSeconds() - cpuBefore
const figures: DesignFigures = {
  tally,
  cpuSeconds: children === 0 ? ownCpu - tally.naiveSeconds : ownCpu + tally.suppressSeconds + tally.auditSeconds,
  wallSeconds: (performance.now() - started) / 1000,
}
process.send!(figures)

async function * tallyHere (): AsyncGenerator<Tally> {
  for (const block of generateBlocks(design, minimumCount, options)) yield await tallyBlock(block, { naive })
}

function * listQuestions (): Generator<object> {
  for (const block of generateBlocks(design, minimumCount, options)) yield { block, naive }
}
