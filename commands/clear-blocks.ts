import { availableParallelism } from 'node:os'
import { auditBlock } from '../audit/cells.ts'
import type { BlockVerdict } from '../audit/verdict.ts'
import type { Pattern } from '../core/certificate.ts'
import type { Block } from '../core/release.ts'
import type { ClearOptions } from '../pipeline/protect/protect.ts'
import { suppress } from '../pipeline/protect/suppress.ts'
import { mapInChildren } from '../task.ts'
import type { FindSettled } from './settled-blocks.ts'

/** A block, what was decided about it, and what the intruder found. */
export interface ClearedBlock {
  readonly pattern: Pattern
  readonly verdict: BlockVerdict
}

/** The two rooms that share no code meet here: one suppresses, the other attacks. */
export async function clearBlock (block: Block, { patternOf, intervals = false }: ClearOptions = {}): Promise<ClearedBlock> {
  const pattern = patternOf?.(block) ?? await suppress(block)
  return { pattern, verdict: await auditBlock(block, pattern, { intervals }) }
}

/** Clears blocks, in their order; those that `findSettled` knows need no work. */
export async function * clearBlocks (blocks: Iterable<Block>, options: ClearOptions = {}, findSettled: FindSettled = () => undefined): AsyncGenerator<ClearedBlock, void, undefined> {
  const all = [...blocks]
  const settled = all.map(block => options.intervals ? undefined : findSettled(block))
  const others = clearUnsettled(all.filter((_, index) => settled[index] === undefined), options)
  for (const known of settled) yield known ?? (await others.next()).value!
}

/** What a child process is asked. */
export interface ClearTask { readonly block: Block, readonly intervals: boolean }

/** A small town is done before a child process has started; what goes beyond is spread over all cores. */
async function * clearUnsettled (blocks: readonly Block[], options: ClearOptions): AsyncGenerator<ClearedBlock, void, undefined> {
  const { patternOf, intervals = false } = options
  // A function cannot be sent to a child.
  const limit = patternOf === undefined ? cellsInProcess : Infinity
  let [done, cells] = [0, 0]
  for (; done < blocks.length && cells < limit; done++) {
    cells += blocks[done]!.cells.length
    yield await clearBlock(blocks[done]!, options)
  }
  if (done === blocks.length) return
  const tasks = blocks.slice(done).map((block): ClearTask => ({ block, intervals }))
  yield * mapInChildren<ClearTask, ClearedBlock>(new URL('./clear-task', import.meta.url), tasks, Math.min(availableParallelism(), tasks.length))
}

/** About the work of one second. */
const cellsInProcess = 15_000
